"""Pieces of a thread are kept while pages are made, and never shown for another."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone, translation

from comments.models import Comment, Limits
from comments.reading import thread_html
from comments.reading.one_comment import Pen
from reviews.models import Article
from tests.factories import make_article, make_comment, make_user

pytestmark = pytest.mark.django_db


def _discussion(client: Client, article: Article) -> str:
    page = client.get(article.get_absolute_url()).content.decode()
    return page.partition('id="replies"')[2].partition('id="reply"')[0]


def _made_anew(client: Client, article: Article) -> str:
    thread_html._kept.clear()
    return _discussion(client, article)


@pytest.mark.parametrize(
    "change",
    [
        {"author_name": "Jun <b>"},
        {"author_email": "jun@example.org"},
        {"author_url": "https://jun.example"},
        {"text": "잘 봤습니다. 두 번 봤습니다."},
        {"submitted_at": timezone.now() - timedelta(days=30)},
        {"status": "withdrawn"},
        {"edited_by_moderator_at": timezone.now()},
        {"picked_at": timezone.now()},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_change_of_a_comment_is_shown(client: Client, change: dict[str, object]) -> None:
    article = make_article()
    comment = make_comment(article, status="approved")
    for depth in range(5):  # the deepest names its parent
        comment = make_comment(article, status="approved", parent=comment, text=f"At {depth}.")
    before = _discussion(client, article)
    for changed in (comment, comment.parent):
        Comment.objects.filter(pk=changed.pk).update(**change)
        now = _discussion(client, article)
        assert now != before
        assert now == _made_anew(client, article)
        before = now


def test_who_wrote_it_and_whether_replies_are_open_is_shown(client: Client) -> None:
    article = make_article()
    comment = make_comment(article, status="approved")
    assert "Reply<span" in _discussion(client, article)
    Comment.objects.update(written_by=make_user("Editor"))
    assert "for the publication" in _discussion(client, article)
    reviewer = article.writers()[0]
    reviewer.user = Comment.objects.get(pk=comment.pk).written_by
    reviewer.save()
    assert "Author of this article" in _discussion(client, article)
    Limits.objects.create(pk=1)
    Article.objects.update(comment_policy="closed")
    assert "Reply<span" not in _discussion(client, article)


def test_languages_have_pieces_of_their_own() -> None:
    article = make_article()
    make_comment(article, status="approved")
    from comments.reading import pages

    def written() -> str:
        places = pages.read(article).thread.places
        return thread_html.written(places, open=True, own=None, heading=3)

    english = written()
    with translation.override("ko"):
        where = thread_html._where(Pen(open=True, heading=3))
        assert thread_html._key(pages.read(article).thread.places[0], where)[0] == "ko"
    assert written() == english


def test_what_is_kept_is_bounded(monkeypatch: pytest.MonkeyPatch, client: Client) -> None:
    monkeypatch.setattr(thread_html, "MOST_KEPT", 3)
    article = make_article()
    for _ in range(7):
        make_comment(article, status="approved")
    _discussion(client, article)
    assert 1 <= len(thread_html._kept) <= 3
