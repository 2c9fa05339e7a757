"""Whichever door a change comes through, the next search is right.

The index is kept up to date by the worker. What has changed since is searched as it is.
"""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from publication import health
from reviews import checks, search
from reviews.finding import asking, changes, engines, index
from reviews.models import Article, Byline, Credit, Film, FilmTitle, Person, Reviewer
from tests.factories import make_article, make_film, make_person, make_reviewer

pytestmark = pytest.mark.django_db


def _read_all() -> None:
    while index.read_next():
        pass


def _found(query: str) -> list[str]:
    """Addresses of the pieces on the search page."""
    page = Client().get("/search/", {"q": query}).content.decode()
    return re.findall(r'found__title"[^>]*><a href="([^"]+)"', page)


def _rows() -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {changes.TABLE}")
        return int(cursor.fetchone()[0])


def _in_sql(article: Article) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE reviews_article SET body = %s WHERE id = %s", ["<p>zanzibar</p>", article.pk]
        )


DOORS: dict[str, Callable[[Article], object]] = {
    "headline": lambda a: Article.objects.filter(pk=a.pk).update(headline="Zanzibar again"),
    "SQL": _in_sql,
    "standfirst": lambda a: Article.objects.filter(pk=a.pk).update(standfirst="To zanzibar"),
    "verdict": lambda a: Article.objects.filter(pk=a.pk).update(verdict="Like Zanzibar"),
    "another film": lambda a: Article.objects.filter(pk=a.pk).update(film=make_film("Zanzibar")),
    "the film's name": lambda a: Film.objects.filter(pk=a.film_id).update(title="Zanzibar"),
    "a title": lambda a: FilmTitle.objects.bulk_create(
        [FilmTitle(film_id=a.film_id, text="Zanzibar", language="sw", kind="original")]
    ),
    "a credit": lambda a: Credit.objects.create(
        film=a.film, person=make_person("Zanzibar Jones"), role="cast"
    ),
    "a person's name": lambda a: Person.objects.filter(credits__film=a.film).update(
        native_name="Zanzibar"
    ),
    "a byline": lambda a: Byline.objects.create(
        article=a, reviewer=make_reviewer("Zanzibar Smith")
    ),
    "a reviewer's name": lambda a: Reviewer.objects.filter(articles=a).update(name="Zanzibar"),
}


@pytest.mark.parametrize("door", DOORS)
def test_what_is_changed_is_found_at_once(door: str) -> None:
    article = make_article(film=make_film(director="Somebody"))
    make_article()
    _read_all()
    assert _found("zanzibar") == []
    DOORS[door](article)
    assert _found("zanzibar") == [article.get_absolute_url()]
    assert _rows()
    _read_all()
    assert _found("zanzibar") == [article.get_absolute_url()]


def _forget_the_person(article: Article) -> None:
    Credit.objects.filter(film=article.film).delete()


GONE: dict[str, Callable[[Article], object]] = {
    "headline": lambda a: Article.objects.filter(pk=a.pk).update(headline="Plain"),
    "a credit": _forget_the_person,
    "the piece itself": lambda a: Article.objects.filter(pk=a.pk).delete(),
}


@pytest.mark.parametrize("door", GONE)
def test_what_is_taken_away_is_found_no_more(door: str) -> None:
    named = {"headline": {"headline": "Zanzibar"}, "the piece itself": {"headline": "Zanzibar"}}
    director = "Zanzibar" if door == "a credit" else "Somebody"
    article = make_article(film=make_film(director=director), **named.get(door, {}))
    _read_all()
    assert len(_found("zanzibar")) == 1
    GONE[door](article)
    assert _found("zanzibar") == []
    _read_all()
    assert _found("zanzibar") == []


def test_a_film_and_a_person_are_one_press_away_by_their_new_names() -> None:
    film, person = make_film("Old"), make_person("Former")
    _read_all()
    Film.objects.filter(pk=film.pk).update(title="Zanzibar")
    Person.objects.filter(pk=person.pk).update(name="Zanzibar Jones")
    for _ in range(2):
        page = Client().get("/search/", {"q": "zanzibar"}).content.decode()
        assert film.get_absolute_url() in page
        assert person.get_absolute_url() in page
        _read_all()


def test_a_scheduled_piece_is_found_from_its_minute_on_without_being_read_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    later = timezone.now() + timedelta(hours=1)
    article = make_article(headline="Zanzibar")
    Article.objects.filter(pk=article.pk).update(status="scheduled", publish_at=later)
    _read_all()
    assert _found("zanzibar") == []
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert _rows() == 0
    assert _found("zanzibar") == [article.get_absolute_url()]


def test_what_concerns_no_words_leaves_nothing_to_read() -> None:
    article = make_article()
    _read_all()
    Article.objects.filter(pk=article.pk).update(rating=2, comment_policy="closed")
    Film.objects.filter(pk=article.film_id).update(year=1999)
    assert _rows() == 0


BEHIND = "not all of it can be found yet"


def _page(query: str) -> str:
    return Client().get("/search/", {"q": query}).content.decode()


def test_a_search_amid_many_changes_reads_the_last_of_them_writes_nothing_and_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(asking, "MOST_UNREAD", 3)
    articles = [make_article() for _ in range(4)]
    _read_all()
    assert BEHIND not in _page("zanzibar")
    for article in articles:
        Article.objects.filter(pk=article.pk).update(headline="Zanzibar")
    waiting = _rows()
    with CaptureQueriesContext(connection) as queries:
        page = _page("zanzibar")
    assert BEHIND in page
    assert articles[-1].get_absolute_url() in page
    assert not [q["sql"] for q in queries if re.match("INSERT|UPDATE|DELETE", q["sql"])]
    assert _rows() == waiting
    _read_all()
    assert len(_found("zanzibar")) == len(articles)
    assert BEHIND not in _page("zanzibar")


def test_a_name_that_very_many_pieces_have_is_one_row_to_read_and_a_search_says_that_there_are_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(asking, "MOST_UNREAD", 3)
    reviewer = make_reviewer()
    articles = [make_article(by=reviewer) for _ in range(4)]
    _read_all()
    Reviewer.objects.filter(pk=reviewer.pk).update(name="Zanzibar")
    assert _rows() == 1
    assert BEHIND in _page("zanzibar")
    assert len(_found("zanzibar")) == 3
    assert index.read_next()
    assert BEHIND in _page("zanzibar"), "they are written down, and not read yet"
    _read_all()
    assert BEHIND not in _page("zanzibar")
    assert len(_found("zanzibar")) == len(articles)


def test_as_long_as_nobody_notes_what_changes_searches_and_readiness_say_so() -> None:
    """While `migrate` takes its steps, and after one of them failed."""
    make_article()
    _read_all()
    assert index.is_kept()
    index.remove()
    assert BEHIND in _page("zanzibar")
    _read_all()
    assert BEHIND in _page("zanzibar"), "the worker goes on reading what it knows of"
    ready = Client().get("/readyz").content.decode()
    assert "migrations: All applied, but the search has no index. Run manage.py migrate." in ready
    index.install()
    assert index.is_kept()
    assert BEHIND not in _page("zanzibar")
    assert "migrations: ok" in Client().get("/readyz").content.decode()


def test_what_an_interrupted_migrate_left_to_be_read_the_worker_reads(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    article = make_article(headline="Zanzibar")
    index.remove()
    with monkeypatch.context() as patch:
        patch.setattr(index, "read_next", _interrupted)
        with pytest.raises(KeyboardInterrupt):
            index.install()
    assert index.is_kept()
    assert _found("zanzibar") == [article.get_absolute_url()]
    _read_all()
    assert _rows() == 0
    assert _found("zanzibar") == [article.get_absolute_url()]


def _interrupted(**_: object) -> int:
    raise KeyboardInterrupt


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
    _read_all()
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
    pieces = _dated(*range(12))
    Article.objects.filter(pk__in=[piece.pk for piece in pieces[:8]]).update(status="withdrawn")
    _read_all()
    found = search.find("zanzibar")
    assert list(found.pieces) == [piece.pk for piece in pieces[8:10]]
    assert found.more


def test_what_was_first_published_on_another_day_takes_its_place_there() -> None:
    older, old, new = _dated(30, 20, 10)
    _read_all()
    assert list(search.find("zanzibar").pieces) == [new.pk, old.pk, older.pk]
    at = timezone.now() - timedelta(days=1)
    Article.objects.filter(pk=older.pk).update(publish_at=at, first_published_at=at)
    for _ in range(2):
        assert list(search.find("zanzibar").pieces) == [older.pk, new.pk, old.pk]
        _read_all()
    Article.objects.filter(pk=older.pk).update(headline="Elsewhere")
    _read_all()
    assert list(search.find("zanzibar").pieces) == [new.pk, old.pk]


def _dated(*days_ago: int) -> list[Article]:
    """Pieces with the word, of so many days ago."""
    made = [make_article(headline="Zanzibar") for _ in days_ago]
    for article, days in zip(made, days_ago, strict=True):
        at = timezone.now() - timedelta(days=days)
        Article.objects.filter(pk=article.pk).update(publish_at=at, first_published_at=at)
    return made


def test_what_is_lost_is_made_again_by_migrate() -> None:
    article = make_article(headline="Zanzibar")
    _read_all()
    index.remove()
    Article.objects.filter(pk=article.pk).update(headline="Elsewhere")
    assert _found("elsewhere") == []  # nobody noted it: so it is while `migrate` runs
    index.install()
    assert _found("elsewhere") == [article.get_absolute_url()]
    assert _rows() == 0
    with CaptureQueriesContext(connection) as queries:
        index.install()
    assert all(query["sql"].lstrip().startswith("SELECT") for query in queries), "it is there"


def test_an_index_that_lacks_a_part_is_told_by_readiness_and_made_by_migrate() -> None:
    """As another version may have left it."""
    article = make_article(headline="Zanzibar")
    _read_all()
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE reviews_findable_place")
    assert "the search has no index. Run manage.py migrate." in health.problems_at_start()
    assert "the search has no index" in Client().get("/readyz").content.decode()
    index.install()
    assert not health.problems_at_start()
    assert _found("zanzibar") == [article.get_absolute_url()]


def test_a_sqlite_without_trigrams_is_told_before_migrate_begins(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert not checks.pieces_can_be_found(None, ["default"])
    if connection.vendor == "sqlite":
        monkeypatch.setattr(index, "has_trigrams", lambda _: False)
        (said,) = checks.pieces_can_be_found(None, ["default"])
        assert "3.34" in str(said.hint)
