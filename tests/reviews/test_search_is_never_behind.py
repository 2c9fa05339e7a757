"""Whichever door a change comes through, the next search is right.

The index is kept up to date by the worker. What has changed since is searched as it is.
"""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from reviews.finding import asking, index
from reviews.models import Article, Byline, Credit, Film, FilmTitle, Person, Reviewer
from tests.factories import make_article, make_film, make_person, make_reviewer

from .searching import BEHIND, found, page, read_all, unread

pytestmark = pytest.mark.django_db


def _in_sql(article: Article) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE reviews_article SET body = %s WHERE id = %s", ["<p>zanzibar</p>", article.pk]
        )


def _title_of_another(article: Article) -> None:
    title = FilmTitle.objects.create(
        film=make_film("Other"), text="Zanzibar", language="sw", kind="original"
    )
    read_all()
    FilmTitle.objects.filter(pk=title.pk).update(film=article.film)


def _byline_of_somebody_known(article: Article) -> None:
    known = make_reviewer("Zanzibar Smith")
    read_all()
    Byline.objects.filter(article=article).update(reviewer=known)


def _credit_of_somebody_known(article: Article) -> None:
    known = make_person("Zanzibar Jones")
    read_all()
    Credit.objects.filter(film=article.film).update(person=known)


def _name_of_whom_it_is_with(article: Article) -> None:
    article.people.add(person := make_person())
    read_all()
    Person.objects.filter(pk=person.pk).update(name="Zanzibar")


def _title_of_a_film_it_is_about(article: Article) -> None:
    article.covered_films.create(film=(film := make_film("Other")))
    read_all()
    FilmTitle.objects.create(film=film, text="Zanzibar", language="sw", kind="original")


def _director_of_a_film_it_is_about(article: Article) -> None:
    article.covered_films.create(film=make_film("Other", director="Nobody"))
    read_all()
    Person.objects.filter(name="Nobody").update(native_name="Zanzibar")


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
    "a title of another film": _title_of_another,
    "a credit": lambda a: Credit.objects.create(
        film=a.film, person=make_person("Zanzibar Jones"), role="cast"
    ),
    "a credit of somebody known": _credit_of_somebody_known,
    "a person's name": lambda a: Person.objects.filter(credits__film=a.film).update(
        native_name="Zanzibar"
    ),
    "a byline": lambda a: Byline.objects.create(
        article=a, reviewer=make_reviewer("Zanzibar Smith")
    ),
    "a byline of somebody known": _byline_of_somebody_known,
    "whom it is with": lambda a: a.people.add(make_person("Zanzibar Jones")),
    "the name of whom it is with": _name_of_whom_it_is_with,
    "a film it is about": lambda a: a.covered_films.create(film=make_film("Zanzibar")),
    "a title of a film it is about": _title_of_a_film_it_is_about,
    "the director of a film it is about": _director_of_a_film_it_is_about,
    "a reviewer's name": lambda a: Reviewer.objects.filter(articles=a).update(name="Zanzibar"),
}


@pytest.mark.parametrize("door", DOORS)
def test_what_is_changed_is_found_at_once(door: str) -> None:
    article = make_article(film=make_film(director="Somebody"))
    make_article()
    read_all()
    assert found("zanzibar") == []
    DOORS[door](article)
    assert found("zanzibar") == [article.get_absolute_url()]
    assert unread()
    read_all()
    assert found("zanzibar") == [article.get_absolute_url()]


GONE: dict[str, Callable[[Article], object]] = {
    "headline": lambda a: Article.objects.filter(pk=a.pk).update(headline="Plain"),
    "a credit": lambda a: Credit.objects.filter(film=a.film).delete(),
    "whom it is with": lambda a: a.people.clear(),
    "a film it is about": lambda a: a.covered_films.all().delete(),
    "a credit, to another film": lambda a: Credit.objects.filter(film=a.film).update(
        film=make_film("Other")
    ),
    "the piece itself": lambda a: Article.objects.filter(pk=a.pk).delete(),
}


@pytest.mark.parametrize("door", GONE)
def test_what_is_taken_away_is_found_no_more(door: str) -> None:
    named = {"headline": {"headline": "Zanzibar"}, "the piece itself": {"headline": "Zanzibar"}}
    director = "Zanzibar" if door.startswith("a credit") else "Somebody"
    article = make_article(film=make_film(director=director), **named.get(door, {}))
    if door == "whom it is with":
        article.people.add(make_person("Zanzibar"))
    if door == "a film it is about":
        article.covered_films.create(film=make_film("Zanzibar"))
    read_all()
    assert len(found("zanzibar")) == 1
    GONE[door](article)
    assert found("zanzibar") == []
    read_all()
    assert found("zanzibar") == []


def test_a_film_and_a_person_are_one_press_away_by_their_new_names() -> None:
    film, person = make_film("Old"), make_person("Former")
    read_all()
    Film.objects.filter(pk=film.pk).update(title="Zanzibar")
    Person.objects.filter(pk=person.pk).update(name="Zanzibar Jones")
    for _ in range(2):
        said = page("zanzibar")
        assert film.get_absolute_url() in said
        assert person.get_absolute_url() in said
        read_all()


def test_a_scheduled_piece_is_found_from_its_minute_on_without_being_read_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    later = timezone.now() + timedelta(hours=1)
    article = make_article(headline="Zanzibar")
    Article.objects.filter(pk=article.pk).update(status="scheduled", publish_at=later)
    read_all()
    assert found("zanzibar") == []
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert unread() == 0
    assert found("zanzibar") == [article.get_absolute_url()]


def test_what_concerns_no_words_leaves_nothing_to_read() -> None:
    article = make_article()
    read_all()
    Article.objects.filter(pk=article.pk).update(rating=2, comment_policy="closed")
    Film.objects.filter(pk=article.film_id).update(year=1999)
    assert unread() == 0


def test_a_search_amid_many_changes_reads_the_last_of_them_writes_nothing_and_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(asking, "MOST_UNREAD", 3)
    articles = [make_article() for _ in range(4)]
    read_all()
    assert BEHIND not in page("zanzibar")
    for article in articles:
        Article.objects.filter(pk=article.pk).update(headline="Zanzibar")
    waiting = unread()
    with CaptureQueriesContext(connection) as queries:
        said = page("zanzibar")
    assert BEHIND in said
    assert articles[-1].get_absolute_url() in said
    assert not [q["sql"] for q in queries if re.match("INSERT|UPDATE|DELETE", q["sql"])]
    assert unread() == waiting
    read_all()
    assert len(found("zanzibar")) == len(articles)
    assert BEHIND not in page("zanzibar")


def test_a_name_that_very_many_pieces_have_is_one_row_to_read_and_a_search_says_that_there_are_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(asking, "MOST_UNREAD", 3)
    reviewer = make_reviewer()
    articles = [make_article(by=reviewer) for _ in range(4)]
    read_all()
    Reviewer.objects.filter(pk=reviewer.pk).update(name="Zanzibar")
    assert unread() == 1
    assert BEHIND in page("zanzibar")
    assert len(found("zanzibar")) == 3
    assert index.read_next()
    assert BEHIND in page("zanzibar"), "they are written down, and not read yet"
    read_all()
    assert BEHIND not in page("zanzibar")
    assert len(found("zanzibar")) == len(articles)
