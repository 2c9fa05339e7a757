"""After a month, or when asked for, a deleted piece goes for good, some at a time."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.contrib.admin.models import CHANGE, DELETION, LogEntry
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comments.models import Comment, Decision
from publication import worker
from reviews import batches, publishing, trash
from reviews.models import Article, Revision
from tests.factories import (
    make_comment,
    make_draft,
    make_person,
    make_user,
)

from .desk import change_url, form_data
from .trash import ROOM, bring_back, deleted, discussed

pytestmark = pytest.mark.django_db


@pytest.fixture
def gone(django_capture_on_commit_callbacks: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """With what a press does after its answer is certain."""
    monkeypatch.setattr(batches, "PAUSE", 0)
    return partial(django_capture_on_commit_callbacks, execute=True)


def test_one_press_deletes_it_for_good(editor_client: Client, gone: Any) -> None:
    draft = make_draft(verdict="What the lawyers wrote about.")
    LogEntry.objects.log_actions(make_user("Editor").pk, [make_person()], CHANGE, "Of another row.")
    LogEntry.objects.update(object_id=draft.pk)
    editor_client.post(change_url(draft), form_data(draft, verdict=""))
    deleted(editor_client, draft)
    bring_back(editor_client, draft)
    deleted(editor_client, draft)
    asks = editor_client.get(f"{ROOM}{draft.pk}/delete/").content.decode()
    assert "goes for good: nobody can bring it back." in asks
    with gone():
        editor_client.post(f"{ROOM}{draft.pk}/delete/", {"post": "yes"})
    assert not Article.objects.exists()
    assert not Revision.objects.exists()
    kept = LogEntry.objects.values_list("action_flag", "object_repr", "change_message")
    assert {flag for flag, _, said in kept if said != "Of another row."} == {DELETION}
    assert "lawyers" not in str(list(kept))
    assert LogEntry.objects.filter(change_message="Of another row.").exists()


def test_many_are_deleted_for_good(editor_client: Client, gone: Any) -> None:
    drafts = [make_draft(), make_draft()]
    for draft in drafts:
        deleted(editor_client, draft)
    ticked = {"_selected_action": [draft.pk for draft in drafts], "post": "yes"}
    with gone():
        editor_client.post(ROOM, ticked | {"action": "delete_selected"})
    assert not Article.objects.exists()


def test_after_a_month_the_worker_deletes_it_for_good_with_its_comments() -> None:
    today, old = discussed(), discussed()
    for article in (today, old):
        publishing.delete(article, by=make_user())
    long_ago = timezone.now() - timedelta(days=30, minutes=1)
    Article.objects.filter(pk=old.pk).update(deleted_at=long_ago)
    worker.work_once()
    assert Article.objects.get() == today
    assert {comment.article for comment in Comment.objects.all()} == {today}
    assert {decision.comment.article for decision in Decision.objects.all()} == {today}


def test_deleted_for_good_it_takes_its_comments_along_and_says_so(
    editor_client: Client, gone: Any
) -> None:
    article, other = discussed(), make_comment(author_name="Elsewhere")
    deleted(editor_client, article)
    asks = editor_client.get(f"{ROOM}{article.pk}/delete/").text
    assert "Comments: Mina" in asks
    assert "Decisions" not in asks
    with gone():
        editor_client.post(f"{ROOM}{article.pk}/delete/", {"post": "yes"})
    assert Comment.objects.get() == other
    assert not Decision.objects.exists()


def test_it_goes_some_at_a_time_and_the_worker_ends_what_was_begun(
    editor_client: Client, gone: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reply goes before what it answers; and nobody gets half of it back."""
    monkeypatch.setattr(batches, "WITH_MUCH_BELOW", 1)
    monkeypatch.setattr(trash, "AT_THE_PRESS", 1)
    article, other = discussed(headline="Aloners"), make_comment(author_name="Elsewhere")
    deleted(editor_client, article)
    asks = editor_client.get(f"{ROOM}{article.pk}/delete/").text
    assert "Comments: Mina" in asks
    with gone():
        editor_client.post(f"{ROOM}{article.pk}/delete/", {"post": "yes"}, follow=True)
    assert article.comments.count() == 2
    assert "Aloners" not in editor_client.get(ROOM).text
    assert "going for good" in bring_back(editor_client, article).text
    worker.work_once()
    assert Comment.objects.get() == other
    assert Article.objects.get() == other.article


def test_the_page_that_asks_reads_no_more_the_more_comments_there_are(
    editor_client: Client,
) -> None:
    article = discussed()
    for _ in range(4):
        make_comment(article)
    deleted(editor_client, article)
    with CaptureQueriesContext(connection) as asked:
        page = editor_client.get(f"{ROOM}{article.pk}/delete/").text
    assert "and 4 more" in page
    below = ("comments_decision", "comments_finding")
    assert not [query for query in asked if any(table in query["sql"] for table in below)]


def test_what_is_brought_back_before_the_press_stays(
    editor_client: Client, monkeypatch: pytest.MonkeyPatch, gone: Any
) -> None:
    """In the worst moment of all, between what the press reads and what it does."""
    draft = make_draft()
    deleted(editor_client, draft)
    go = publishing.give_up

    def late(article: Article) -> None:
        colleagues = Article.objects.get(pk=draft.pk)
        if colleagues.status == "deleted":
            publishing.bring_back(colleagues, by=make_user())
        go(article)

    monkeypatch.setattr(publishing, "give_up", late)
    ticked = {"action": "delete_selected", "_selected_action": [draft.pk], "post": "yes"}
    for address, pressed in ((f"{ROOM}{draft.pk}/delete/", {"post": "yes"}), (ROOM, ticked)):
        with gone():
            told = editor_client.post(address, pressed, follow=True)
        assert "Nothing was deleted." in told.text
        assert Article.objects.can_be_brought_back().get() == draft
