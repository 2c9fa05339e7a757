"""A piece deleted by mistake comes back whole."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from comments.models import Comment
from reviews import publishing, slugs
from reviews.models import Article, Revision, Tag
from tests.factories import (
    make_article,
    make_comment,
    make_draft,
    make_image,
    make_reviewer,
    make_user,
)

from .desk import change_url, form_data
from .trash import DESK, ROOM, bring_back, deleted, discussed

pytestmark = pytest.mark.django_db


def test_it_comes_back_with_all_that_belongs_to_it(editor_client: Client) -> None:
    still = make_image()
    wren = make_reviewer("Wren Castellane")
    draft = make_draft(
        by=wren,
        body=f'<p>Slow.</p><figure data-image="{still.pk}"></figure>',
        lead_image=make_image(),
    )
    slow = Tag.objects.create(name="Slow", slug="slow")
    editor_client.post(change_url(draft), form_data(draft, headline="Slower", tags=[slow.pk]))
    before = Article.objects.values(*_COLUMNS).get(), list(Revision.objects.values())
    deleted(editor_client, draft)
    bring_back(editor_client, draft)
    assert (Article.objects.values(*_COLUMNS).get(), list(Revision.objects.values())) == before
    draft.refresh_from_db()
    assert [line.reviewer for line in draft.bylines.all()] == [wren]
    assert [placed.image for placed in draft.placements.all()] == [still]
    assert draft.tags.get() == slow


_COLUMNS = [field.name for field in Article._meta.concrete_fields if field.name not in {"version"}]


def test_the_page_that_asks_says_until_when_and_the_next_one_leads_there(
    editor_client: Client,
) -> None:
    draft = make_draft()
    day = f"{timezone.localtime(timezone.now() + timedelta(days=30)):%-d %B %Y}"
    asks = editor_client.get(f"{DESK}{draft.pk}/delete/").content.decode()
    assert f"Until {day} it can be brought back whole" in asks
    assert "goes for good: nobody can" not in asks
    told = deleted(editor_client, draft).content.decode()
    assert f'<a href="{ROOM}{draft.pk}/change/">bring it back</a>' in told


def test_the_newsroom_has_it_among_the_deleted_alone(editor_client: Client) -> None:
    User.objects.filter(pk=editor_client.session["_auth_user_id"]).update(first_name="Jane")
    draft = make_draft(headline="Sátántangó")
    deleted(editor_client, draft)
    for page in (DESK, "/admin/reviews/article/", "/admin/"):
        assert f"review/{draft.pk}/change/" not in editor_client.get(page).content.decode()
    room = editor_client.get(ROOM).content.decode()
    assert "Sátántangó" in room
    assert "What is deleted waits here for 30 days." in room
    assert editor_client.get(change_url(draft)).headers["Location"] == f"{ROOM}{draft.pk}/change/"
    page = editor_client.get(f"{ROOM}{draft.pk}/change/").content.decode()
    assert "Bring it back" in page
    assert ", by Jane" in page
    assert "Sátántangó" in editor_client.get(f"/preview/{draft.pk}/").text


def test_a_deleted_piece_is_read_by_those_alone_who_may_bring_it_back(
    editor_client: Client, client: Client
) -> None:
    draft = make_draft(headline="Sátántangó")
    client.force_login(make_user("Contributor"))
    assert "Sátántangó" in client.get(f"/preview/{draft.pk}/").text
    deleted(editor_client, draft)
    assert client.get(f"/preview/{draft.pk}/").status_code == 404
    assert "Sátántangó" in editor_client.get(f"/preview/{draft.pk}/").text


def test_what_readers_had_is_withdrawn_then_at_its_address(editor_client: Client) -> None:
    article = make_article(slug="aloners-review")
    publishing.withdraw(article, by=make_user("Editor"))
    deleted(editor_client, article)
    assert slugs.is_taken("aloners-review", Article), "links lead there still"
    told = bring_back(editor_client, article).content.decode()
    article.refresh_from_db()
    assert (article.status, article.slug) == ("withdrawn", "aloners-review")
    assert "is back: it is withdrawn, so readers do not see it." in told


def test_what_readers_never_had_leaves_its_address_to_another(editor_client: Client) -> None:
    long = make_draft(slug="a" * Article._meta.get_field("slug").max_length)
    deleted(editor_client, long)
    Article.objects.get(pk=long.pk).clean_fields(exclude=["lead_image", "film"])
    draft = make_draft(slug="aloners-review")
    deleted(editor_client, draft)
    make_draft(slug="aloners-review", film=draft.film)
    bring_back(editor_client, draft)
    draft.refresh_from_db()
    assert (draft.status, draft.slug) == ("draft", "aloners-review-2")


def test_an_address_that_is_taken_in_the_same_moment_is_said(
    editor_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = make_draft(slug="aloners")
    deleted(editor_client, draft)
    make_draft(slug="aloners")
    with monkeypatch.context() as patched:  # as it was a moment before
        patched.setattr(slugs, "is_taken", lambda *_, **__: False)
        said = bring_back(editor_client, draft)
    assert "Its address was taken just now." in said.content.decode()
    draft.refresh_from_db()
    assert draft.status == "deleted"
    bring_back(editor_client, draft)
    draft.refresh_from_db()
    assert (draft.status, draft.slug) == ("draft", "aloners-2")


def test_it_is_brought_back_before_it_is_published() -> None:
    draft, editor = make_draft(), make_user("Editor")
    publishing.delete(draft, by=editor)
    assert publishing.possible(draft) == set()
    with pytest.raises(publishing.NotAllowed, match="bring it back first"):
        publishing.publish(draft, by=editor)


def test_many_are_deleted_and_brought_back(editor_client: Client) -> None:
    drafts = [make_draft(), make_draft()]
    ticked = {"_selected_action": [draft.pk for draft in drafts], "post": "yes"}
    asked = {"_selected_action": ticked["_selected_action"]}
    asks = editor_client.post(DESK, asked | {"action": "delete_selected"})
    assert "it can be brought back whole" in asks.content.decode()
    told = editor_client.post(DESK, ticked | {"action": "delete_selected"}, follow=True)
    assert f'<a href="{ROOM}">bring what was deleted back</a>' in told.text
    assert Article.objects.deleted().count() == 2
    editor_client.post(ROOM, ticked | {"action": "bring_back"})
    assert Article.objects.drafts().count() == 2


def test_one_that_goes_for_good_among_many_stops_none(
    editor_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    drafts = [make_draft(), make_draft()]
    for draft in drafts:
        deleted(editor_client, draft)
    bring_first_back = publishing.bring_back

    def bring_back_at_the_last_moment(article: Article, *, by: User) -> None:
        Article.objects.exclude(pk=article.pk).delete()
        bring_first_back(article, by=by)

    monkeypatch.setattr(publishing, "bring_back", bring_back_at_the_last_moment)
    ticked = {"_selected_action": [draft.pk for draft in drafts], "action": "bring_back"}
    told = editor_client.post(ROOM, ticked, follow=True)
    assert "went for good just now" in told.text
    assert Article.objects.get().status == "draft"


def test_its_comments_wait_with_it_and_come_back(editor_client: Client) -> None:
    article = discussed(headline="Aloners")
    waiting = make_comment(article, author_name="Colin")
    before = list(Comment.objects.values())
    desk = "/admin/comments/comment/"
    assert "Colin" in editor_client.get(desk).text
    told = deleted(editor_client, article)
    assert "bring it back" in told.text
    assert list(Comment.objects.values()) == before
    assert Comment.objects.pending().count() == Comment.objects.number_pending() == 0
    make_comment()
    assert Comment.objects.pending().count() == Comment.objects.number_pending() == 1
    Comment.objects.exclude(article=article).delete()
    for page in ("/admin/", desk):
        assert "Colin" not in editor_client.get(page).text
    bring_back(editor_client, article)
    assert list(Comment.objects.values()) == before
    assert Comment.objects.pending().get() == waiting


@pytest.mark.parametrize(
    "asked",
    [
        "?state=all",
        "?state=approved",
        "?state=all&q=Aloners",
        "alike/?by=email&value=mina@example.org&also=1",
    ],
)
def test_no_list_of_the_desk_has_its_comments_until_it_is_back(
    editor_client: Client, asked: str
) -> None:
    article = discussed(headline="Aloners")
    make_comment(article, author_name="Colin")
    desk = f"/admin/comments/comment/{asked}"
    assert 'class="desk-row ' in editor_client.get(desk).text
    deleted(editor_client, article)
    page = editor_client.get(desk).text
    assert 'class="desk-row ' not in page
    assert "All (0)" in page or "None wait or are approved." in page
    bring_back(editor_client, article)
    assert 'class="desk-row ' in editor_client.get(desk).text


def test_what_a_colleague_changed_meanwhile_is_not_deleted(
    editor_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They publish it between the page that asks and the press, in the worst moment of all."""
    draft = make_draft()
    seen = publishing.delete

    def late(article: Article, **kwargs: Any) -> None:
        publishing.publish(Article.objects.get(pk=article.pk), by=None)
        seen(article, **kwargs)

    monkeypatch.setattr(publishing, "delete", late)
    ticked = {"action": "delete_selected", "_selected_action": [draft.pk], "post": "yes"}
    for page in (deleted(editor_client, draft), editor_client.post(DESK, ticked, follow=True)):
        assert "Nothing was deleted." in page.content.decode()
        assert Article.objects.deleted().count() == 0


def test_who_comes_too_late_to_bring_it_back_is_led_to_it(editor_client: Client) -> None:
    draft = make_draft()
    deleted(editor_client, draft)
    bring_back(editor_client, draft)
    assert editor_client.get(f"{ROOM}{draft.pk}/change/").status_code == 302
    again = bring_back(editor_client, draft)
    assert "It was brought back already." in again.content.decode()
    assert again.redirect_chain[-1][0] == change_url(draft)


def test_its_history_says_who_deleted_it_and_who_brought_it_back(editor_client: Client) -> None:
    draft = make_draft()
    deleted(editor_client, draft)
    bring_back(editor_client, draft)
    history = editor_client.get(f"{DESK}{draft.pk}/history/").content.decode()
    assert "it can be brought back, under “Deleted pieces”" in history
    assert "Brought back." in history
