"""What is found stands in order, the newest first, however many pieces have the words."""

from datetime import timedelta

import pytest
from django.utils import timezone

from reviews import search
from reviews.finding import engines
from reviews.models import Article
from tests.factories import make_article

from .searching import dated, read_all

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("read", [True, False], ids=["in the index", "not read yet"])
@pytest.mark.parametrize("query", ["zanzibar", "nights zanzibar", "台北", "zanzi 台"])
def test_words_that_very_many_have_are_found_as_all_others_are(
    monkeypatch: pytest.MonkeyPatch, query: str, read: bool
) -> None:
    """The newest are gone through, instead of all that have the words being put in order."""
    now = timezone.now()
    for number in range(12):
        said = "<p>Zanzibar nights 台北.</p>" if number % 3 else "<p>Nothing.</p>"
        made = make_article(
            headline="台北 Zanzibar nights" if number == 9 else f"Piece {number}", body=said
        )
        at = now - timedelta(days=number)
        Article.objects.filter(pk=made.pk).update(publish_at=at, first_published_at=at)
    read_all()
    if not read:
        last = Article.objects.newest_first()[4]
        Article.objects.filter(pk=last.pk).update(standfirst="Changed", body="<p>Gone.</p>")
        latest = Article.objects.newest_first()[0]
        Article.objects.filter(pk=latest.pk).update(body="<p>Nights of Zanzibar, 台北.</p>")
    monkeypatch.setattr(search, "MOST_HITS", 5)
    few = search.find(query)
    assert len(few.pieces) == 5
    assert few.more
    monkeypatch.setattr(engines, "MOST_ORDERED", 2)
    for looked_at, one_in in ((3, 3), (3, 1), (500, 20)):
        monkeypatch.setattr(engines, "LOOKED_AT", looked_at)
        monkeypatch.setattr(engines, "ONE_IN", one_in)
        assert search.find(query) == few


@pytest.mark.parametrize("looked_at", [2, 500])
def test_however_many_of_the_newest_readers_do_not_see_the_next_are_found(
    monkeypatch: pytest.MonkeyPatch, looked_at: int
) -> None:
    monkeypatch.setattr(engines, "LOOKED_AT", looked_at)
    monkeypatch.setattr(engines, "MOST_ORDERED", 2)
    monkeypatch.setattr(search, "MOST_HITS", 2)
    pieces = dated(*range(12))
    Article.objects.filter(pk__in=[piece.pk for piece in pieces[:8]]).update(status="withdrawn")
    read_all()
    seen = search.find("zanzibar")
    assert list(seen.pieces) == [piece.pk for piece in pieces[8:10]]
    assert seen.more


@pytest.mark.parametrize("most_ordered", [2, engines.MOST_ORDERED])
def test_what_was_first_published_on_another_day_takes_its_place_there(
    monkeypatch: pytest.MonkeyPatch, most_ordered: int
) -> None:
    monkeypatch.setattr(engines, "MOST_ORDERED", most_ordered)
    monkeypatch.setattr(search, "MOST_HITS", 1)
    older, _old, new = dated(30, 20, 10)
    read_all()
    assert list(search.find("zanzibar").pieces) == [new.pk]
    at = timezone.now() - timedelta(days=1)
    Article.objects.filter(pk=older.pk).update(publish_at=at, first_published_at=at)
    for _ in range(2):
        assert list(search.find("zanzibar").pieces) == [older.pk]
        read_all()
    Article.objects.filter(pk=older.pk).update(headline="Elsewhere")
    read_all()
    assert list(search.find("zanzibar").pieces) == [new.pk]
