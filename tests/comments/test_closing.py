"""Replies close by the rule of the whole site, unless an article has its own."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from comments import closing, intake, welcome
from comments.models import Limits
from reviews import publishing
from reviews.models import Article
from tests.factories import make_article, make_comment, make_draft, make_user
from tests.opened import opened, sent_by

from .pressing import DESK

pytestmark = pytest.mark.django_db


def close_after(days: int | None) -> None:
    Limits.objects.update_or_create(pk=Limits.THE_ONE, defaults={"close_after_days": days})


@pytest.mark.parametrize(
    ("site", "own", "is_open", "said"),
    [
        (None, {}, True, "Replies are open. The rule of the whole site, under Limits: they never"),
        (30, {}, True, "under Limits: after 30 days."),
        (7, {}, False, "The rule of the whole site, under Limits: after 7 days."),
        (7, {"comment_policy": "open"}, True, "Replies are open. This piece’s own setting."),
        (30, {"comment_policy": "closed"}, False, "Replies are closed. This piece’s own setting."),
        (
            7,
            {"comment_policy": "closes_after", "comments_close_after_days": 30},
            True,
            "This piece’s own setting: after 30 days.",
        ),
        (
            None,
            {"comment_policy": "closes_after", "comments_close_after_days": 1},
            False,
            "This piece’s own setting: after 1 day.",
        ),
    ],
)
def test_the_articles_own_rule_comes_first_and_the_one_in_force_is_said(
    site: int | None, own: dict[str, Any], is_open: bool, said: str
) -> None:
    close_after(site)
    found = closing.of(make_article(days_ago=9, **own))
    assert found.open is is_open
    assert said in found.sentence()


def test_a_closed_article_takes_nothing_and_says_so(client: Client) -> None:
    article = make_article(days_ago=9)
    comment = make_comment(article, status="approved")
    assert "Post comment" in client.get(article.get_absolute_url()).content.decode()
    close_after(7)
    page = client.get(article.get_absolute_url()).content.decode()
    assert "Replies to this article are closed." in page
    assert "Post comment" not in page
    assert f"/comments/{comment.pk}/reply/" not in page
    said = {"author_name": "Mina", "author_email": "mina@example.org", "text": "Too late?"}
    with pytest.raises(welcome.Closed):
        intake.submit(article, **said)
    close_after(10)
    assert intake.submit(article, **said).is_pending()


def test_a_draft_says_only_which_rule_will_count() -> None:
    close_after(7)
    said = closing.of(make_draft()).sentence()
    assert said == "The rule of the whole site, under Limits: after 7 days."


def test_editors_set_the_rule_and_see_it_on_each_piece(editor_client: Client) -> None:
    review = make_article(days_ago=9)
    its = "/admin/comments/limits/1/change/"
    editor_client.get("/admin/comments/limits/")
    shown = editor_client.get(its).context["adminform"].form.initial
    others = {name: value for name, value in shown.items() if value is not None}
    for wrong in ("0", "-1", "3651", "x"):
        answer = editor_client.post(its, others | {"close_after_days": wrong})
        assert answer.status_code == 200
    editor_client.post(its, others | {"close_after_days": "7"})
    assert Limits.objects.current().close_after_days == 7
    page = editor_client.get(f"/admin/reviews/review/{review.pk}/change/").content.decode()
    assert "The rule of the whole site, under Limits: after 7 days." in page
    assert "Replies closed on" in page
    add = editor_client.get("/admin/reviews/review/add/").content.decode()
    assert "The rule of the whole site, under Limits: after 7 days." in add


def _press(client: Client, article: Article, policy: str, was: str = "usual") -> str:
    data = {"piece": article.pk, "was": was, "policy": policy, "query": f"article={article.pk}"}
    return client.post(f"{DESK}replies/", data, follow=True).text


def test_moderators_close_replies_where_the_desk_shows_one_piece(
    client: Client, moderator_client: Client
) -> None:
    article = make_article(headline="Aloners", body="<p>Whole.</p>")
    before = article.version
    make_comment(article, status="approved")
    assert "Close replies" not in moderator_client.get(DESK).text
    assert "Close replies" in moderator_client.get(f"{DESK}?article={article.pk}").text
    page = _press(moderator_client, article, "closed")
    assert "Aloners: Replies are closed. This piece’s own setting." in page
    assert "Last said here by moderator" in page
    assert "Close replies" not in page
    assert "by its own number of days" not in page, "it has none"
    assert "Replies to this article are closed." in client.get(article.get_absolute_url()).text
    moderator_client.force_login(make_user("Moderator", first_name="Ann", last_name="Lee"))
    page = _press(moderator_client, article, "usual", was="closed")
    assert "Replies are open. The rule of the whole site" in page
    assert "Last said here by Ann Lee" in page
    assert "Post comment" in client.get(article.get_absolute_url()).text
    article.refresh_from_db()
    assert (article.body, article.version) == ("<p>Whole.</p>", before + 2)


def test_an_own_number_of_days_is_offered_again(moderator_client: Client) -> None:
    article = make_article(comment_policy="closes_after", comments_close_after_days=30)
    page = _press(moderator_client, article, "closed", was="closes_after")
    assert "by its own number of days" in page
    assert "after 30 days" in _press(moderator_client, article, "closes_after", was="closed")


@pytest.mark.parametrize("was", ["usual", "closed", "", "nonsense"])
def test_who_closes_what_a_colleague_settled_meanwhile_is_told(
    moderator_client: Client, was: str
) -> None:
    article = make_article(comment_policy="open")
    assert "a colleague was quicker" in _press(moderator_client, article, "closed", was=was)
    article.refresh_from_db()
    assert article.comment_policy == "open"
    publishing.withdraw(article, by=make_user())
    publishing.delete(article, by=make_user())
    assert "not here any more" in _press(moderator_client, article, "closed", was="open")


def test_an_editor_who_has_the_piece_open_meanwhile_takes_it_over(
    editor_client: Client, moderator_client: Client
) -> None:
    review = make_article(headline="Aloners")
    address = f"/admin/reviews/review/{review.pk}/change/"
    form = opened(editor_client, address)
    _press(moderator_client, review, "closed")
    told = editor_client.post(address, form | {"headline": "Aloners, again"})
    assert "moderator saved this review" in told.text
    assert "At the moderators’ desk, replies: closed; before: as on the whole site." in told.text
    editor_client.post(address, sent_by(told))
    review.refresh_from_db()
    assert (review.headline, review.comment_policy) == ("Aloners, again", "closed")


def test_the_database_takes_no_day_that_no_calendar_has() -> None:
    for days in (0, 3_651):
        with pytest.raises(IntegrityError), transaction.atomic():
            close_after(days)
    assert make_article().comment_policy == Article.CommentPolicy.USUAL
