"""A film or a tag that was added twice is made one again, and its old address leads on."""

import pytest
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reviews import merging, search
from reviews.models import Credit, Film, FilmTitle, Screening, Tag
from tests.factories import (
    make_article,
    make_edition,
    make_film,
    make_image,
    make_person,
    make_screening,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(make_user("Editor"))
    return client


def merge(desk: Client, stays: Model, *others: Model) -> str:
    rows = [stays.pk, *(other.pk for other in others)]
    data = {"action": "merge", "_selected_action": rows, "stays": stays.pk, "merge": "Merge"}
    address = f"/admin/reviews/{type(stays)._meta.model_name}/"
    return desk.post(address, data, follow=True).content.decode()


def test_one_film_stays_with_all_that_was_said_of_both(desk: Client) -> None:
    stays = make_film("Aloners", uk_distributor="Peccadillo")
    doubled = make_film("Alone Together", original=("혼자 사는 사람들", "ko"), director="Hong")
    Film.objects.filter(pk=doubled.pk).update(
        imdb_id="tt13460814", runtime_minutes=91, uk_distributor="Another"
    )
    review, feature = make_article(film=doubled), make_article(kind="feature")
    feature.related_films.set([stays])
    feature.covered_films.create(film=doubled, rating=7)
    review.related_films.set([doubled, stays])
    still = make_image(film=doubled)
    assert "is merged into Aloners (2021)" in merge(desk, stays, doubled)
    assert not Film.objects.filter(pk=doubled.pk).exists()
    film = Film.objects.get(pk=stays.pk)
    review.refresh_from_db()
    still.refresh_from_db()
    assert (film.pk, review.film, still.film) == (stays.pk, stays, stays)
    assert (film.imdb_id, film.runtime_minutes) == ("tt13460814", 91)
    assert film.uk_distributor == "Peccadillo"
    assert [(each.film, each.rating) for each in feature.covered_films.all()] == [(stays, 7)]
    assert list(review.related_films.all()) == []
    assert [person.name for person in film.directors()] == ["Hong"]
    assert {(t.text, t.kind, t.language) for t in film.titles.all()} == {
        ("혼자 사는 사람들", "original", "ko"),
        ("Alone Together", "english", "en"),
    }
    assert [*search.find("alone together").pieces] == [review.pk, feature.pk]


def test_of_two_original_titles_the_second_becomes_one_of_a_festival(desk: Client) -> None:
    stays = make_film("Aloners", original=("혼자 사는 사람들", "ko"))
    doubled = make_film("ALONERS", original=("혼자사는 사람들", "ko"))
    FilmTitle.objects.create(film=doubled, text="혼자 사는 사람들", language="ko", kind="festival")
    merge(desk, stays, doubled)
    assert {(t.text, t.kind) for t in stays.titles.all()} == {
        ("혼자 사는 사람들", "original"),
        ("혼자사는 사람들", "festival"),
    }


def test_an_original_title_comes_even_if_it_is_there_by_another_kind(desk: Client) -> None:
    stays, doubled = make_film("Rang"), make_film("Rang (2)", original=("Rang", "id"))
    merge(desk, stays, doubled)
    assert stays.original_title() is not None


def test_a_credit_and_a_screening_that_both_have_are_kept_once(desk: Client) -> None:
    stays, doubled = make_film(), make_film()
    person, edition = make_person(), make_edition()
    for film, character in ((stays, ""), (doubled, "Jina")):
        Credit.objects.create(film=film, person=person, role="cast", character=character)
    there = make_screening(stays, edition=edition)
    other = make_screening(doubled, edition=edition, strand="Women’s Voices")
    elsewhere = make_screening(doubled, edition=make_edition(year=2022))
    review = make_article(film=doubled, screening=other)
    merge(desk, stays, doubled)
    review.refresh_from_db()
    assert [c.character for c in stays.credits.all()] == ["Jina"]
    assert set(Screening.objects.all()) == {there, elsewhere}
    assert review.screening == there
    assert review.screening.strand == "Women’s Voices"


def test_one_tag_stays_with_the_pieces_of_both(desk: Client) -> None:
    stays = Tag.objects.create(name="Debuts", slug="debuts")
    doubled = Tag.objects.create(name="First films", slug="first-films")
    both, one = make_article(tags=[stays, doubled]), make_article(tags=[doubled])
    assert "First films (/tags/first-films/) is merged into Debuts" in merge(desk, stays, doubled)
    assert list(Tag.objects.all()) == [stays]
    assert list(both.tags.all()) == list(one.tags.all()) == [stays]


def test_to_merge_tags_asks_no_oftener_the_more_pieces_they_have() -> None:
    counts = []
    for pieces in (1, 4):
        stays, doubled = (
            Tag.objects.create(name=f"{n}{pieces}", slug=f"{n}{pieces}") for n in "ab"
        )
        for _ in range(pieces):
            make_article(tags=[doubled])
        with CaptureQueriesContext(connection) as seen:
            merging.merge(doubled, into=stays)
        assert stays.articles.count() == pieces
        counts.append(len(seen))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("kind", ["films", "tags"])
def test_old_addresses_lead_on_also_after_a_second_merge(desk: Client, kind: str) -> None:
    first, second, third = (
        make_film() if kind == "films" else Tag.objects.create(name=f"Tag {n}", slug=f"tag-{n}")
        for n in range(3)
    )
    merge(desk, second, first)
    merge(desk, third, second)
    for old in (first, second):
        answer = desk.get(f"/{kind}/{old.slug}/")
        assert (answer.status_code, answer["Location"]) == (301, third.get_absolute_url())
    assert desk.get(f"/{kind}/never-was/").status_code == 404


def test_it_is_asked_which_stays_with_what_each_has(desk: Client) -> None:
    one, two = make_film("Aloners", director="Hong"), make_film("Aloners")
    make_article(film=two)
    data = {"action": "merge", "_selected_action": [one.pk, two.pk]}
    page = desk.post("/admin/reviews/film/", data).content.decode()
    assert "0 reviews, 1 credit, 0 screenings" in page
    assert "1 review, 0 credits, 0 screenings" in page
    assert "Merge into one film?" in page


def test_contributors_do_not_merge(client: Client) -> None:
    one, two = make_film(), make_film()
    client.force_login(make_user("Contributor"))
    merge(client, one, two)
    assert Film.objects.count() == 2
