"""The list of reviews: filters, order and pages, through a plain form."""

import re

import pytest
from django.test import Client

from tests.factories import (
    make_article,
    make_draft,
    make_edition,
    make_film,
    make_reviewer,
    make_screening,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def two_reviews(shared: None) -> None:
    """“One” and “Two” differ in everything that can be asked for; “Two” is newer."""
    ada, ben = make_reviewer("Ada"), make_reviewer("Ben")
    ada.slug, ben.slug = "ada", "ben"
    ada.save()
    ben.save()
    one, two = make_film(year=2000), make_film(year=2021)
    one.countries.set(["HK", "FR"])
    two.countries.set(["KR"])
    london = make_screening(one, edition=make_edition("London", 2020))
    busan = make_screening(two, edition=make_edition("Busan", 2021))
    make_article(headline="One", film=one, rating=10, by=ada, screening=london, days_ago=9)
    make_article(headline="Two", film=two, rating=7, by=ben, screening=busan, days_ago=1)


def _headlines(client: Client, query: str) -> list[str]:
    return _headlines_in(_page(client, query))


def _page(client: Client, query: str) -> str:
    response = client.get(f"/reviews/{query}")
    assert response.status_code == 200, query
    return response.content.decode()


def _headlines_in(html: str) -> list[str]:
    return re.findall(r'<h2 class="card__title"><a [^>]*>([^<]*)</a>', html)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Two", "One"]),
        ("?sort=rating", ["One", "Two"]),
        ("?rating=10", ["One"]),
        ("?rating=7", ["Two"]),
        ("?year=2000", ["One"]),
        ("?country=HK", ["One"]),
        ("?country=KR", ["Two"]),
        ("?festival=london", ["One"]),
        ("?festival=busan&year=2021", ["Two"]),
        ("?reviewer=ben", ["Two"]),
        ("?reviewer=ada&rating=7", []),
        ("?rating=&year=&country=&festival=&reviewer=&sort=", ["Two", "One"]),
    ],
)
def test_a_filter_leaves_what_was_asked_for(
    client: Client, two_reviews: None, query: str, expected: list[str]
) -> None:
    assert _headlines(client, query) == expected


@pytest.mark.parametrize(
    "value",
    [
        "11",
        "0",
        "-1",
        "x",
        "%00",
        "%ff%fe",
        "9" * 5000,
        "1e9",
        "'%20OR%201=1--",
        "٣",
        "%F0%9F%8E%AC",
    ],
)
@pytest.mark.parametrize("name", ["rating", "year", "country", "festival", "reviewer", "sort"])
def test_a_value_that_makes_no_sense_is_named_and_left_out(
    client: Client, two_reviews: None, name: str, value: str
) -> None:
    html = _page(client, f"?{name}={value}")
    assert _headlines_in(html) == ["Two", "One"]
    assert "this filter was left out" in html


def test_the_form_offers_only_what_the_list_holds(client: Client, two_reviews: None) -> None:
    html = client.get("/reviews/").content.decode()
    for offered in ("5 stars", "3½ stars", "Hong Kong", "South Korea", "London", "Busan", "Ada"):
        assert f">{offered}</option>" in html
    for absent in ("4 stars", "Japan", "2019"):
        assert f">{absent}</option>" not in html


def test_years_stars_and_countries_are_offered_once_each_and_in_order(client: Client) -> None:
    for n, (year, rating, country) in enumerate(
        [(1999, 3, "KR"), (2024, 9, "JP"), (1999, 3, "HK")]
    ):
        film = make_film(year=year)
        film.countries.set([country])
        make_article(film=film, rating=rating, days_ago=n)
    make_article(kind="news")
    make_draft(film=make_film(year=2010), rating=5)
    make_film(year=2030)
    html = client.get("/reviews/").content.decode()
    offered = [re.findall(r">([^<]+)</option>", part) for part in html.split("<select")[1:]]
    assert offered[:3] == [
        ["Any", "4½ stars", "1½ stars"],
        ["Any", "2024", "1999"],
        ["Any", "Hong Kong", "Japan", "South Korea"],
    ]


def test_what_was_chosen_stays_chosen(client: Client, two_reviews: None) -> None:
    html = client.get("/reviews/?country=HK&sort=rating").content.decode()
    assert '<option value="HK" selected>' in html
    assert '<option value="rating" selected>' in html


def test_when_nothing_fits_the_list_says_so(client: Client, two_reviews: None) -> None:
    assert (
        "No review is all of that." in client.get("/reviews/?rating=10&year=2021").content.decode()
    )


def test_before_the_first_review_there_is_nothing_to_choose_from(client: Client) -> None:
    html = client.get("/reviews/").content.decode()
    assert "Nothing has been published yet." in html
    assert "0 reviews" not in html
    assert "<select" not in html


def test_the_unrated_stand_last_when_the_best_come_first(client: Client) -> None:
    make_article(headline="Unrated", rating=None, unrated=True, days_ago=1)
    make_article(headline="Half a star", rating=1, days_ago=5)
    assert _headlines(client, "?sort=rating") == ["Half a star", "Unrated"]


def test_other_kinds_are_not_reviews(client: Client) -> None:
    make_article(kind="news", headline="News")
    assert _headlines(client, "") == []


def test_names_stand_where_readers_look_for_them_whatever_the_database(client: Client) -> None:
    for number, name in enumerate(("Zoe", "Émile", "ana de Armas", "김하늘", "Ömer", "Odile")):
        film = make_film()
        film.countries.set([["ZW", "RE", "RW", "CZ", "SE", "AX"][number]])
        screening = make_screening(film, edition=make_edition(f"{name} Festival"))
        make_article(film=film, by=make_reviewer(name), screening=screening)
    lists = [re.findall(r">([^<]+)</option>", part) for part in _page(client, "").split("<select")]
    *_, countries, festivals, reviewers, _order = [offered[1:] for offered in lists]
    ordered = ["ana de Armas", "Émile", "Odile", "Ömer", "Zoe", "김하늘"]
    assert reviewers == ordered
    assert festivals == [f"{name} Festival" for name in ordered]
    expected = ["Åland Islands", "Czech Republic", "Réunion", "Rwanda", "Sweden", "Zimbabwe"]
    assert countries == expected
    about = client.get("/about/").content.decode()
    assert re.findall('<a href="/reviewers/[^"]*">([^<]*)</a>', about) == ordered
