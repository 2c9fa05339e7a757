"""The sitemap: every published article, and the pages that hold some."""

from xml.etree import ElementTree

import pytest
from django.test import Client

from tests.factories import make_article, make_edition, make_film, make_person, make_screening

pytestmark = pytest.mark.django_db

NS = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def _addresses(client: Client) -> list[str]:
    root = ElementTree.fromstring(client.get("/sitemap.xml").content)
    return [loc.text or "" for loc in root.iterfind(".//s:loc", NS)]


def test_it_leads_to_articles_and_all_they_are_about(client: Client) -> None:
    film, also = make_film(), make_film()
    film.credits.create(person=make_person(slug="hong"), role="director")
    article = make_article(film=film, screening=make_screening(film, edition=make_edition()))
    article.related_films.add(also)
    listed = _addresses(client)
    things = [film, also, article, article.section, article.writers()[0], make_edition()]
    for thing in things:
        assert f"http://testserver{thing.get_absolute_url()}" in listed
    assert "http://testserver/people/hong/" in listed
    assert "http://testserver/" in listed
    assert len(listed) == len(set(listed))


def test_a_film_without_coverage_is_not_offered(client: Client) -> None:
    film = make_film()
    assert f"http://testserver{film.get_absolute_url()}" not in _addresses(client)


def test_every_address_it_gives_opens(client: Client) -> None:
    film = make_film()
    make_article(film=film, screening=make_screening(film))
    for address in _addresses(client):
        assert client.get(address.removeprefix("http://testserver")).status_code == 200, address


@pytest.mark.parametrize("page", ["2", "x", "0", "%00"])
def test_a_page_it_does_not_have_is_not_found(client: Client, page: str) -> None:
    assert client.get(f"/sitemap.xml?p={page}").status_code == 404
