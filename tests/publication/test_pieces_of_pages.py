"""Pieces of pages are kept while nothing changes that they were made of, and never longer."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from django.utils.translation import get_language

from comments.models import Comment, Limits
from publication.models import Masthead
from publication.pagecache import sources
from publication.pagecache.held import Held
from publication.pagecache.memory import Shelf
from reviews import dependencies
from reviews.models import Article, Film, Reviewer, Tag
from tests.factories import make_article, make_comment, make_film
from tests.reviews.pages import fill_the_publication

from .reading import Page, Reader

PAST = {"HTTP_COOKIE": "sessionid=nobody"}  # whoever logged in is not answered from the store


def _past(reader: Reader, address: str) -> Page:
    return reader.get(address, **PAST)


def test_a_page_that_is_made_again_makes_no_piece_again(reader: Reader) -> None:
    article = make_article()
    make_comment(article, status="approved")
    for address in ("/", article.get_absolute_url()):
        first = _past(reader, address)
        with CaptureQueriesContext(connection) as queries:
            again = _past(reader, address)
        assert not queries.captured_queries
        assert again.same_for_all() == first.same_for_all() == reader.fresh(address).same_for_all()


def test_pages_of_nothing_are_one_but_for_the_address(reader: Reader) -> None:
    Masthead.objects.create(pk=1, name="The Lantern")
    fresh = {at: reader.fresh(at).body for at in ("/none/", "/reviews/&'x/", "/reviews/?page=99")}
    assert b"http://testserver/reviews/&amp;&#x27;x/" in fresh["/reviews/&'x/"]
    with CaptureQueriesContext(connection) as queries:
        for address, page in fresh.items():
            answer = reader.get(address)
            assert (answer.status, answer.body) == (404, page)
    assert len([query for query in queries if '"publication_masthead"' in query["sql"]]) == 1
    Masthead.objects.update(name="Night Bus")
    assert b"Night Bus" in reader.get("/none/").body


def test_a_new_reply_leaves_the_article_as_it_was_made(reader: Reader) -> None:
    article = make_article()
    for text in ("The first words.", "The second words."):
        make_comment(article, status="approved", text=text)
        with CaptureQueriesContext(connection) as queries:
            assert text in reader.get(article.get_absolute_url()).body.decode()
    assert not [query for query in queries if '"reviews_section"' in query["sql"]]


CHANGES: dict[str, Callable[[], Any]] = {
    "headline": lambda: Article.objects.update(headline="Another headline"),
    "film": lambda: Film.objects.update(year=1911),
    "tag": lambda: Tag.objects.update(name="another tag"),
    "masthead": lambda: Masthead.objects.create(pk=1, name="Night Bus", comment_policy="Be kind."),
    "closing": lambda: Limits.objects.create(pk=1, close_after_days=1),
    "closed by itself": lambda: Article.objects.update(comment_policy="closed"),
    "no longer approved": lambda: Comment.objects.update(status="spam"),
    "other words": lambda: Comment.objects.update(text="Other words."),
    "byline": lambda: Reviewer.objects.update(name="Another Name"),
    "withdrawn article": lambda: Article.objects.update(status="withdrawn"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_what_changes_is_seen_by_who_is_not_answered_from_the_store(
    change: Callable[[], Any], reader: Reader
) -> None:
    fill_the_publication(1)
    article = Article.objects.reviews().get()
    make_comment(article, status="approved")
    addresses = ("/", article.get_absolute_url())
    before = [_past(reader, address).same_for_all() for address in addresses]
    change()
    for address in addresses:
        now, kept = reader.fresh(address), _past(reader, address)
        assert (kept.status, kept.same_for_all()) == (now.status, now.same_for_all())
    assert [_past(reader, address).same_for_all() for address in addresses] != before


def test_a_stored_page_ends_with_the_pieces_it_was_put_together_from(reader: Reader) -> None:
    article = make_article(film=make_film())
    address = article.get_absolute_url()
    _past(reader, address)
    with CaptureQueriesContext(connection) as queries:
        reader.get(address)  # made and stored, of pieces that are there
    assert not [query for query in queries if '"reviews_film"' in query["sql"]]
    assert not reader.makes(address)
    Film.objects.update(year=1911)
    assert reader.makes(address) == [address]
    assert b"1911" in reader.get(address).body


def test_a_piece_holds_until_what_it_shows_is_over(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = timezone.now()
    Limits.objects.create(pk=1, close_after_days=1)
    article = make_article(days_ago=1 - 2 / 1440)  # two minutes until then
    address = article.get_absolute_url()
    assert b'id="reply-text"' in _past(reader, address).body
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(minutes=3))
    assert b'id="reply-text"' not in _past(reader, address).body


def test_a_piece_that_was_compared_with_now_is_made_anew_when_its_moment_comes(
    transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    held, now, made = Held(), timezone.now(), []

    def make() -> int:
        dependencies.changes_at(now + timedelta(minutes=1))
        made.append(1)
        return len(made)

    assert [held.piece("until then", make) for _ in range(2)] == [1, 1]
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(minutes=2))
    assert held.piece("until then", make) == 2
    held.close()


def test_what_is_not_committed_is_kept_for_nobody(transactional_db: None) -> None:
    make_article(headline="As it is")
    held = Held()

    def headline() -> str:
        return Article.objects.get().headline

    with transaction.atomic():
        Article.objects.update(headline="As it might have been")
        assert held.piece("headline", headline) == "As it might have been"
        transaction.set_rollback(True)
    assert held.piece("headline", headline) == "As it is"
    held.close()


def test_what_changes_while_a_piece_is_made_is_not_missed(transactional_db: None) -> None:
    make_article(headline="Before")
    held = Held()

    def slowly() -> str:
        headline = Article.objects.get().headline
        Article.objects.update(headline="After")
        return headline

    assert held.piece("headline", slowly) == "Before"
    assert held.piece("headline", lambda: Article.objects.get().headline) == "After"
    held.close()


def test_a_piece_of_a_table_that_nobody_watches_is_made_each_time(transactional_db: None) -> None:
    make_article()
    held = Held()
    with sources.seen() as page:
        counts = [held.piece("users", User.objects.count) for _ in range(2)]
        User.objects.create(username="somebody")
        counts.append(held.piece("users", User.objects.count))
    assert counts == [0, 0, 1]
    assert "auth_user" in page.why_not
    held.close()


def test_a_piece_that_writes_is_made_each_time(transactional_db: None) -> None:
    """Though no reader sees what it writes."""
    article = make_article()
    held = Held()
    with sources.seen() as page:
        for _ in range(2):
            held.piece("counted", lambda: Article.objects.update(version=F("version") + 1))
    assert Article.objects.get().version == article.version + 2
    assert page.why_not == "it writes"
    held.close()


def test_a_piece_is_of_its_language_and_its_zone(transactional_db: None) -> None:
    held = Held()

    def said() -> str:
        return f"{get_language()} {timezone.get_current_timezone_name()}"

    for language, zone in (("en-gb", "UTC"), ("ko", "UTC"), ("ko", "Asia/Seoul")):
        with translation.override(language), timezone.override(zone):
            assert held.piece("what is said", said) == f"{language} {zone}"
    held.close()


def test_pieces_have_a_room_of_their_own(transactional_db: None, settings: Any) -> None:
    settings.PAGE_MEMORY_BYTES = 400_000
    make_article()
    held = Held()
    for number in range(100):
        held.piece(f"number {number}", lambda: "x" * 9_000)
    assert isinstance(held.pieces, Shelf)
    assert 50_000 < held.pieces.size <= 100_000
    held.close()


def test_nobody_keeping_pieces_they_are_made() -> None:
    made = []
    for _ in range(2):
        dependencies.kept("a piece", lambda: made.append(1))
    assert made == [1, 1]
    assert not dependencies.are_kept()
