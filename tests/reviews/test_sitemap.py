"""The sitemap: every published article, and the pages that hold some."""

from xml.etree import ElementTree

import pytest
from django.test import Client

from reviews import publishing, sitemaps
from tests.factories import make_article, make_edition, make_film, make_person, make_screening

pytestmark = pytest.mark.django_db

NS = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def _addresses(client: Client) -> list[str]:
    """Of all pages, through the file that leads to the others."""
    return [page for part in _parts(client) for page in _said(client, part)]


def _parts(client: Client) -> list[str]:
    return _said(client, "http://testserver/sitemap.xml")


def _said(client: Client, address: str) -> list[str]:
    root = ElementTree.fromstring(client.get(address.removeprefix("http://testserver")).content)
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
    assert client.get(f"/sitemap-articles.xml?p={page}").status_code == 404


def test_a_part_it_does_not_have_is_not_found(client: Client) -> None:
    assert client.get("/sitemap-drafts.xml").status_code == 404


def test_no_part_grows_past_a_stretch_of_keys_and_a_thing_stays_in_its_part(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemaps, "STRETCH", 2)
    articles = [make_article() for _ in range(5)]
    parts = [part for part in _parts(client) if "articles" in part]
    held = {part: _said(client, part) for part in parts}
    assert max(map(len, held.values())) <= 2
    assert len([page for pages in held.values() for page in pages]) == 5
    before = {page: part for part, pages in held.items() for page in pages}
    publishing.withdraw(articles[0], by=None)
    after = {page: part for part in parts for page in _said(client, part)}
    gone = f"http://testserver{articles[0].get_absolute_url()}"
    assert {page: part for page, part in before.items() if page != gone} == after
