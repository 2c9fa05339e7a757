"""Queries that are written once for stand-ins find what Django's own find, whoever asks next."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import Avg, BigIntegerField, Count, Q, Sum
from django.db.models.functions import Cast
from django.test import Client
from django.utils import timezone

from reviews.models import Article, Film, for_readers, written_once
from reviews.models.written_once import TEXT, key
from tests.factories import (
    make_article,
    make_edition,
    make_film,
    make_person,
    make_reviewer,
    make_screening,
    make_section,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def pieces() -> list[Article]:
    """Of each shape there is two: with a film and without, of a festival in both ways, of none."""
    edition, hong, music = make_edition(), make_person("Hong"), make_section("Music")
    made = []
    for number in range(2):
        film, other = make_film(f"Film {number}"), make_film(f"Other {number}")
        film.countries.set(["KR", "FR"])
        film.languages.set(["ko", "fr"])
        film.titles.create(text=f"영화 {number}", language="ko")
        for each in (film, other):
            each.credits.create(person=hong, role="director")
        made += [
            make_article(film=film, screening=make_screening(film, edition=edition)),
            make_article(film=other, section=music),
            make_article(kind="festival_report", edition=edition),
            make_article(kind="feature", section=music),
        ]
        made[-1].related_films.set([film])
        made[-4].bylines.create(reviewer=make_reviewer(f"Guest {number}"), position=1)
    for days, article in enumerate(made):
        Article.objects.filter(pk=article.pk).update(
            first_published_at=timezone.now() - timedelta(days=days)
        )
    return [Article.objects.get(pk=article.pk) for article in made]


def test_what_to_read_next_is_the_same_for_every_shape(pieces: list[Article]) -> None:
    for article in pieces:
        expected = Article.objects.published().for_teasers().around(article, 3)
        found = for_readers.around(article, 3)
        assert [_near(each) for each in found] == [_near(each) for each in expected]
        assert len(found) > 2


def test_a_piece_is_read_with_all_that_its_page_shows(
    pieces: list[Article], django_assert_num_queries: Any
) -> None:
    for article in pieces:
        found = for_readers.piece(article.kind, article.slug)
        assert found is not None
        expected = Article.objects.for_page().get(pk=article.pk)
        with django_assert_num_queries(0):
            assert _shown(found) == _shown(expected)


def test_who_asks_next_is_not_given_what_was_asked_before(pieces: list[Article]) -> None:
    first, second = pieces[0], pieces[4]
    assert for_readers.piece(first.kind, first.slug) == first
    assert for_readers.piece(second.kind, second.slug) == second
    assert for_readers.piece(first.kind, "nothing-of-the-kind") is None
    assert for_readers.piece("news", first.slug) is None


def test_a_minute_that_comes_is_not_that_of_the_writing(pieces: list[Article]) -> None:
    article = pieces[0]
    soon = timezone.now() + timedelta(hours=1)
    Article.objects.filter(pk=article.pk).update(status="scheduled", publish_at=soon)
    assert for_readers.piece(article.kind, article.slug) is None
    assert article.pk not in [key for key, *_ in for_readers.newest(20)]
    Article.objects.filter(pk=article.pk).update(publish_at=timezone.now())
    assert for_readers.piece(article.kind, article.slug) == article
    assert article.pk in [key for key, *_ in for_readers.newest(20)]


def test_cards_are_read_in_their_order_with_all_that_they_show(
    pieces: list[Article], django_assert_num_queries: Any
) -> None:
    for wanted in (pieces, pieces[:1], pieces[4:0:-1], []):
        keys = [article.pk for article in wanted]
        with django_assert_num_queries(3 if wanted else 0):
            found = for_readers.cards([*keys, -1] if wanted else [])
        assert found == wanted
        expected = Article.objects.for_cards().in_bulk(keys)
        with django_assert_num_queries(0):
            for card in found:
                assert _on_a_card(card) == _on_a_card(expected[card.pk])


def test_the_front_page_reads_what_the_words_of_lists_say(pieces: list[Article]) -> None:
    published = Article.objects.published()
    newest = published.newest_first().for_cards()
    editions = [(each.pk, _edition(each), each.leads) for each in newest[:5]]
    assert for_readers.newest(5) == editions
    for without in ([], [pieces[1].pk], [pieces[0].pk, pieces[3].pk]):
        rest = published.exclude(pk__in=without).newest_of_each_section(2)
        assert for_readers.newest_of_each_section(2, without) == list(rest)


def test_what_is_counted_and_summed_is_of_djangos_types(pieces: list[Article]) -> None:
    def write() -> Any:
        whole = Cast("pk", BigIntegerField())  # whose sum is a Decimal to PostgreSQL
        said = {"some": Count("pk"), "sum": Sum(whole), "none": Sum(whole, filter=Q(pk=0))}
        live = Article.objects.filter(pk__in=[key(0), key(1)]).order_by().values("kind")
        return live.annotate(**said, mean=Avg("pk")).order_by("kind")

    keys = [pieces[0].pk, pieces[3].pk]
    for _ in range(2):
        found = written_once.tuples("counts", write, dict(zip((key(0), key(1)), keys, strict=True)))
        of = Article.objects.filter(pk__in=keys).order_by("kind").values_list("kind", "pk")
        assert found == [(kind, 1, pk, None, float(pk)) for kind, pk in of]
        assert [[type(value) for value in row[1:]] for row in found] == [
            [int, int, type(None), float]
        ] * 2
        keys.reverse()


def test_what_was_filled_can_be_asked_further(pieces: list[Article]) -> None:
    """A page that filters a prefetched relation is told of that relation alone."""
    found = for_readers.piece(pieces[0].kind, pieces[0].slug)
    assert found is not None
    assert found.film is not None
    assert found.bylines.filter(position=1).count() == 1
    assert [country.pk for country in found.film.countries.filter(pk="KR")] == ["KR"]
    assert found.bylines.all()[0].article is found


def test_a_piece_that_is_not_there_has_no_page(client: Client, pieces: list[Article]) -> None:
    assert client.get("/reviews/nothing-of-the-kind/").status_code == 404


def _near(article: Any) -> tuple[Any, ...]:
    return article.pk, article.nearness, article.beside, article.pinned_at, article.lead_image


def _edition(article: Article) -> int | None:
    edition = article.festival_edition()
    return edition.pk if edition else None


def _on_a_card(article: Article) -> tuple[Any, ...]:
    film = article.film
    titles = film and [(title.text, title.film_id) for title in film.titles.all()]
    return article.headline, article.writers(), titles, str(article.festival_edition())


def _shown(article: Article) -> tuple[Any, ...]:
    film = article.film
    of_film = film and (
        [(country.pk, country.said()) for country in film.countries.all()],
        [(language.pk, language.said()) for language in film.languages.all()],
        [(credit.pk, credit.person.name) for credit in film.credits.all()],
        film.poster,
    )
    return (
        *_on_a_card(article),
        article.section.name,
        article.body,
        list(article.tags.all()),
        list(article.body_images.all()),
        of_film,
    )


@pytest.mark.skipif(connection.vendor != "postgresql", reason="asks PostgreSQL")
def test_postgresql_plans_once_what_is_written_once_and_nothing_else() -> None:
    def kept() -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_prepared_statements")
            return int(cursor.fetchone()[0])

    def write() -> Any:
        return Film.objects.filter(slug=TEXT).values_list("pk")

    before = kept()
    for number in range(10):
        Film.objects.filter(slug="the-same").first()
        written_once.tuples("a shape of this test", write, {TEXT: f"film-{number}"})
    assert kept() == before + 1


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite's connection cannot die")
@pytest.mark.django_db(transaction=True)
def test_a_connection_that_died_between_two_requests_is_made_anew() -> None:
    connection.ensure_connection()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        ours = cursor.fetchone()[0]
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [ours])
    connection.close_if_unusable_or_obsolete()  # as each request does first
    assert for_readers.newest(1) == []
