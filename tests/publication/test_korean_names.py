"""Countries and languages of films are said in the language of the pages."""

import csv

import pytest
from django.test import Client
from django.utils import translation
from pytest_django import Settings

from reviews.models import Country, Film, Language
from reviews.names import SEED
from tests.factories import make_article


@pytest.fixture
def film(db: None) -> Film:
    film = make_article().film
    assert film
    film.countries.set(Country.objects.filter(pk__in=["KR", "HK"]))
    film.languages.set(Language.objects.filter(pk__in=["ko", "cmn"]))
    return film


@pytest.fixture
def korean(settings: Settings) -> None:
    settings.LANGUAGE_CODE = "ko"


@pytest.mark.usefixtures("korean")
def test_a_korean_page_says_them_in_korean(client: Client, film: Film) -> None:
    page = client.get(film.get_absolute_url()).content.decode()
    for name in ("대한민국", "홍콩", "한국어", "표준 중국어"):
        assert name in page
    for name in ("South Korea", "Hong Kong", "Mandarin"):
        assert name not in page


@pytest.mark.usefixtures("korean")
def test_what_an_editor_wrote_is_said_as_written(client: Client, film: Film) -> None:
    Country.objects.filter(pk="KR").update(name="한국")
    page = client.get(film.get_absolute_url()).content.decode()
    assert "<dd>홍콩, 한국</dd>" in page
    assert "대한민국" not in page


@pytest.mark.usefixtures("korean")
def test_countries_to_choose_from_stand_in_the_order_of_their_korean_names(
    client: Client, film: Film
) -> None:
    page = client.get("/reviews/").content.decode()
    assert page.index('<option value="KR">대한민국') < page.index('<option value="HK">홍콩')


def test_an_english_page_says_them_in_english(client: Client, film: Film) -> None:
    page = client.get(film.get_absolute_url()).content.decode()
    assert "South Korea" in page
    assert "대한민국" not in page


@pytest.mark.parametrize("kind", ["countries", "languages"])
def test_every_one_has_a_korean_name_of_its_own(kind: str) -> None:
    english, korean = (
        dict(list(csv.reader((SEED / name).read_text().splitlines()))[1:])
        for name in (f"{kind}.csv", f"{kind}.ko.csv")
    )
    assert korean.keys() == english.keys()
    assert len(set(korean.values())) == len(korean)
    with translation.override("ko"):
        assert Country(code="JP", name="Japan").said() == "일본"
