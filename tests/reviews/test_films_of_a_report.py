"""The films that a report or a feature is about: their order and their own stars, in its form and
for readers."""

import json
import re
from typing import Any

import pytest
from django.test import Client

from reviews.models import Article, Film
from tests.factories import make_article, make_film
from tests.opened import opened
from tests.reviews.desk import change_url, form_data

pytestmark = pytest.mark.django_db
NEW = "/admin/reviews/article/add/"


@pytest.fixture
def aloners() -> Film:
    return make_film("Aloners", original=("혼자 사는 사람들", "ko"), director="Hong Sung-eun")


@pytest.fixture
def report(aloners: Film) -> Article:
    piece = make_article(kind="festival_report", headline="Nine Days in Busan")
    piece.covered_films.create(film=make_film("Yi Yi", year=2000), position=0)
    piece.covered_films.create(film=aloners, rating=7, position=1)
    return piece


def _html(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def _rows(*rows: dict[str, Any], initial: int = 0) -> dict[str, Any]:
    counts = {"covered_films-TOTAL_FORMS": len(rows), "covered_films-INITIAL_FORMS": initial}
    named = {f"covered_films-{n}-{k}": v for n, row in enumerate(rows) for k, v in row.items()}
    return counts | named


def test_each_film_is_named_in_both_scripts_with_its_own_stars(
    client: Client, report: Article, aloners: Film
) -> None:
    page = _html(client, report.get_absolute_url())
    _, _, box = page.partition('class="film-box"')
    box, _, _ = box.partition("</section>")
    assert ">Films</h2>" in box
    assert box.index("Yi&nbsp;Yi" if "Yi&nbsp;Yi" in box else "Yi Yi") < box.index("Aloners")
    assert f'<a href="{aloners.get_absolute_url()}"><cite>' in box
    assert '<bdi lang="ko">혼자 사는 사람들</bdi>' in box
    assert "Hong" in box
    assert box.count("Rating: 3.5 out of 5.") == box.count("Rating:") == 1


def test_a_review_has_the_film_it_is_of_and_no_list(client: Client, aloners: Film) -> None:
    review = make_article(film=make_film("Yi Yi"))
    review.covered_films.create(film=aloners)
    page = _html(client, review.get_absolute_url())
    assert page.count('class="film-box"') == 1
    assert aloners.get_absolute_url() not in page


def test_programs_are_told_of_each_film_and_of_a_review_of_those_with_stars(
    client: Client, report: Article
) -> None:
    page = _html(client, report.get_absolute_url())
    (script,) = re.findall('<script type="application/ld.json">(.*?)</script>', page)
    said = json.loads(script)
    assert said["@type"] == "Article"
    assert [(film["@type"], film["name"]) for film in said["about"]] == [
        ("Movie", "Yi Yi"),
        ("Movie", "Aloners"),
    ]
    assert said["about"][1]["alternateName"] == ["혼자 사는 사람들"]
    (capsule,) = said["hasPart"]
    assert (capsule["@type"], capsule["itemReviewed"]["name"]) == ("Review", "Aloners")
    assert capsule["reviewRating"]["ratingValue"] == 3.5
    assert capsule["author"] == said["author"]


def test_the_page_of_a_film_shows_the_stars_that_a_report_gave_it(
    client: Client, report: Article, aloners: Film
) -> None:
    assert "Rating: 3.5 out of 5." in _html(client, aloners.get_absolute_url())
    other = report.covered_films.get(rating=None).film
    assert "Rating:" not in _html(client, other.get_absolute_url())
    assert "Rating:" not in _html(client, "/festival-reports/")


def test_the_page_of_a_film_shows_no_stars_of_another_film(client: Client, aloners: Film) -> None:
    """Where a review of that one is also about this one."""
    review = make_article(film=make_film("Yi Yi"), rating=8)
    review.covered_films.create(film=aloners, position=0)
    page = _html(client, aloners.get_absolute_url())
    assert review.headline in page
    assert "Rating:" not in page
    assert "Rating: 4 out of 5." in _html(client, review.film.get_absolute_url())


def test_the_feed_has_them(client: Client, report: Article) -> None:
    feed = _html(client, "/feed/")
    assert "&lt;cite&gt;Aloners&lt;/cite&gt; (2021). Rating: 3.5 out of 5." in feed
    assert feed.count("Rating:") == 1


def test_the_feed_says_the_language_of_their_titles(client: Client, report: Article) -> None:
    film = make_film("Honja saneun saramdeul")
    film.titles.create(text=film.title, language="ko-Latn", kind="romanised")
    report.covered_films.create(film=film, rating=6, position=2)
    said = '&lt;cite lang="ko-Latn"&gt;Honja saneun saramdeul&lt;/cite&gt; (2021)'
    assert said in _html(client, "/feed/")


def test_an_editor_says_them_a_row_each(editor_client: Client, aloners: Film) -> None:
    page = editor_client.get(NEW).content.decode()
    assert "Films it is about, in the order of their numbers" in page
    assert "3½ stars" in page
    rows = _rows({"film": aloners.pk, "rating": "9"}, {"film": make_film("Yi Yi").pk})
    typed = {"kind": "festival_report", "headline": "Nine Days"}
    editor_client.post(NEW, form_data(**typed) | rows)
    piece = Article.objects.get()
    assert [(each.film.title, each.rating) for each in piece.covered_films.all()] == [
        ("Aloners", 9),
        ("Yi Yi", None),
    ]
    path = change_url(piece)
    before = opened(editor_client, path)
    editor_client.post(path, before | {"covered_films-0-rating": "8"})
    told = editor_client.get(path.replace("change", "history")).content.decode()
    assert "Stars for film" in told
    assert "Aloners (2021)" in told


@pytest.mark.parametrize("changed", ["stars", "film", "row"])
def test_other_stars_are_asked_about_as_those_of_a_review_are(
    editor_client: Client, report: Article, changed: str
) -> None:
    typed = {
        "stars": {"covered_films-1-rating": "4"},
        "film": {"covered_films-1-film": make_film("Burning").pk},
        "row": {"covered_films-1-DELETE": "on"},
    }
    path = change_url(report)
    sent = opened(editor_client, path) | typed[changed]
    page = editor_client.post(path, sent).content.decode()
    assert "Readers saw another rating." in page
    assert report.covered_films.filter(rating=7, film__title="Aloners").exists()
    editor_client.post(path, sent | {"asked": "on"})
    assert not report.covered_films.filter(rating=7, film__title="Aloners").exists()


def test_first_stars_are_not_said_to_be_others(editor_client: Client, report: Article) -> None:
    path = change_url(report)
    editor_client.post(path, opened(editor_client, path) | {"covered_films-0-rating": "9"})
    assert report.covered_films.filter(rating=9).exists()
