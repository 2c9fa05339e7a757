"""The verbs that move an article, and the checklist before them."""

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone

from reviews import publishing, revisions
from reviews.models import Article
from tests.factories import make_article, make_draft, make_image, make_user

pytestmark = pytest.mark.django_db


def test_a_complete_draft_is_published_and_keeps_a_revision() -> None:
    article, editor = make_draft(), make_user("Editor")
    publishing.publish(article, by=editor)
    article.refresh_from_db()
    assert article.is_live()
    assert Article.objects.published().get() == article
    assert article.first_published_at == article.publish_at
    assert article.updated_at is None
    assert article.revisions.get().made_by == editor


def test_the_checklist_names_every_problem_at_once() -> None:
    uncredited = make_image(credit_line="", alt_text="")
    article = make_draft(standfirst="", rating=None, film=None, lead_image=uncredited, body="")
    article.bylines.all().delete()
    with pytest.raises(publishing.NotReady) as caught:
        publishing.publish(article, by=None)
    assert [problem.field for problem in caught.value.problems] == [
        "film",
        "rating",
        "standfirst",
        "body",
        "bylines",
        "lead_image",
        "lead_image",
    ]
    article.refresh_from_db()
    assert article.status == Article.Status.DRAFT


def test_a_body_picture_without_credit_or_file_keeps_the_article_back() -> None:
    uncredited = make_image(credit_line="")
    article = make_draft(
        body=f'<p>Words.</p><figure data-image="{uncredited.pk}"></figure>'
        '<figure data-image="999999"></figure>'
    )
    messages = [problem.message for problem in publishing.checklist(article)]
    assert any("not in the library" in message for message in messages)
    assert any("no credit line" in message for message in messages)


def test_a_scheduled_article_appears_at_its_minute_by_itself() -> None:
    article = make_draft()
    at = timezone.now() + timedelta(hours=1)
    publishing.schedule(article, at, by=None)
    assert not Article.objects.published().exists()
    assert Article.objects.scheduled().get() == article
    assert Article.objects.published(at=at).get() == article
    assert not Article.objects.published(at=at - timedelta(seconds=1)).exists()


def test_what_was_scheduled_and_is_published_before_is_of_the_moment_it_appeared() -> None:
    article = make_draft()
    publishing.schedule(article, timezone.now() + timedelta(hours=1), by=None)
    publishing.publish(article, by=None)
    article.refresh_from_db()
    assert article.is_live()
    assert article.first_published_at == article.publish_at <= timezone.now()


def test_a_scheduled_article_that_readers_see_is_given_back_to_nobody() -> None:
    article = make_draft()
    publishing.schedule(article, timezone.now() + timedelta(hours=1), by=None)
    Article.objects.update(publish_at=timezone.now(), first_published_at=timezone.now())
    article.refresh_from_db()
    with pytest.raises(publishing.NotAllowed, match="withdraw it first"):
        publishing.return_to_draft(article, by=make_user("Editor"))
    assert Article.objects.published().get() == article


def test_what_is_withdrawn_before_its_minute_was_never_published() -> None:
    article, editor = make_draft(), make_user("Editor")
    publishing.schedule(article, timezone.now() + timedelta(hours=1), by=editor)
    publishing.withdraw(article, by=editor)
    article.refresh_from_db()
    assert (article.publish_at, article.first_published_at) == (None, None)


def test_a_moment_in_the_past_cannot_be_scheduled() -> None:
    with pytest.raises(publishing.NotAllowed, match="has passed"):
        publishing.schedule(make_draft(), timezone.now(), by=None)


def test_what_readers_see_is_not_scheduled_away_from_them() -> None:
    article = make_article()
    with pytest.raises(publishing.NotAllowed, match="Withdraw it first"):
        publishing.schedule(article, timezone.now() + timedelta(hours=1), by=None)
    assert Article.objects.published().get() == article


def test_of_two_editors_who_publish_one_is_told() -> None:
    article = make_draft()
    same = Article.objects.get(pk=article.pk)
    publishing.publish(article, by=None)
    with pytest.raises(publishing.Conflict):
        publishing.publish(same, by=None)
    assert article.revisions.count() == 1


def test_withdrawing_keeps_everything_and_the_first_date_survives_a_return() -> None:
    article, editor = make_article(days_ago=30), make_user("Editor")
    first = article.first_published_at
    publishing.withdraw(article, by=editor)
    assert not Article.objects.published().exists()
    publishing.publish(article, by=editor)
    article.refresh_from_db()
    assert article.first_published_at == first
    assert article.is_live()


def test_a_schedule_taken_back_leaves_no_date() -> None:
    article, editor = make_draft(), make_user("Editor")
    publishing.schedule(article, timezone.now() + timedelta(days=2), by=editor)
    publishing.return_to_draft(article, by=editor)
    article.refresh_from_db()
    assert (article.status, article.publish_at, article.first_published_at) == ("draft", None, None)


def test_what_changes_before_readers_see_it_is_no_correction() -> None:
    article = make_draft()
    publishing.record_edit(article, by=None, substantive=True, note="Nobody read it yet.")
    publishing.publish(article, by=None)
    article.refresh_from_db()
    assert article.updated_at is None
    assert not article.revisions.filter(public=True).exists()


def test_what_breaks_off_publishes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    article = make_draft()

    def breaks(*args: object, **kwargs: object) -> None:
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(revisions, "keep", breaks)
    with pytest.raises(OperationalError):
        publishing.publish(article, by=None)
    article.refresh_from_db()
    assert article.status == Article.Status.DRAFT


def test_updated_at_moves_only_on_a_substantive_change() -> None:
    article, editor = make_article(), make_user("Editor")
    publishing.record_edit(article, by=editor, substantive=False)
    article.refresh_from_db()
    assert article.updated_at is None
    publishing.record_edit(article, by=editor, substantive=True, note="Name corrected")
    article.refresh_from_db()
    assert article.updated_at is not None
    assert article.revisions.first().note == "Name corrected"
