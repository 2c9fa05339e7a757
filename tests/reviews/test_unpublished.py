"""What readers may not see is nowhere."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from reviews import publishing
from reviews.models import Article, Tag
from reviews.sitemaps import STRETCH
from tests.factories import (
    make_article,
    make_draft,
    make_edition,
    make_film,
    make_person,
    make_reviewer,
    make_screening,
    make_section,
    make_user,
)

pytestmark = pytest.mark.django_db

HEADLINE = "“Nobody may know” Review"


def _draft() -> Article:
    edition, film, person = make_edition(), make_film(slug="secret"), make_person(slug="somebody")
    film.credits.create(person=person, role="director")
    tag = Tag.objects.create(name="Tag", slug="tag")
    return make_draft(
        headline=HEADLINE,
        slug="secret-review",
        film=film,
        screening=make_screening(film, edition=edition),
        by=make_reviewer("Alistair"),
        section=make_section("Film"),
        tags=[tag],
    )


def _submitted() -> Article:
    article = _draft()
    publishing.submit(article, by=make_user("Contributor"))
    return article


def _scheduled() -> Article:
    article = _draft()
    publishing.schedule(article, timezone.now() + timedelta(hours=1), by=None)
    return article


def _withdrawn() -> Article:
    article = _draft()
    publishing.publish(article, by=None)
    publishing.withdraw(article, by=make_user("Editor"))
    return article


def _pages_that_would_show(article: Article) -> list[str]:
    now = timezone.localtime()
    assert article.film is not None
    return [
        "/",
        "/reviews/",
        "/reviews/?sort=rating",
        "/archive/",
        f"/archive/{now:%Y}/{now:%m}/",
        "/feed/",
        f"/sitemap-articles.xml?p={-(-article.pk // STRETCH)}",
        "/about/",
        "/people/somebody/",
        "/tags/tag/",
        article.film.get_absolute_url(),
        article.section.get_absolute_url(),
        article.writers()[0].get_absolute_url(),
        make_edition().get_absolute_url(),
    ]


def _is_shown(client: Client, url: str) -> bool:
    response = client.get(url)
    assert response.status_code == 200, url
    return HEADLINE in response.content.decode() or b"secret-review" in response.content


@pytest.mark.parametrize("make", [_draft, _submitted, _scheduled, _withdrawn])
def test_an_unpublished_article_is_on_no_page(client: Client, make: Callable[[], Article]) -> None:
    article = make()
    beside = make_article(film=article.film, section=article.section, screening=article.screening)
    for url in (*_pages_that_would_show(article), beside.get_absolute_url()):
        assert not _is_shown(client, url), url


@pytest.mark.parametrize("make", [_draft, _submitted, _scheduled, _withdrawn])
def test_its_public_address_is_not_found_for_readers_and_editors_alike(
    client: Client, editor_client: Client, make: Callable[[], Article]
) -> None:
    url = make().get_absolute_url()
    assert client.get(url).status_code == 404
    assert editor_client.get(url).status_code == 404


def test_the_same_pages_show_it_once_it_is_published(client: Client) -> None:
    article = _draft()
    publishing.publish(article, by=None)
    shown = {url for url in _pages_that_would_show(article) if _is_shown(client, url)}
    assert set(_pages_that_would_show(article)) - shown == {"/archive/", "/about/"}
    assert client.get(article.get_absolute_url()).status_code == 200


def test_an_article_stands_under_its_own_kind_and_the_others_lead_there(client: Client) -> None:
    article = make_article(slug="aloners")
    assert client.get("/reviews/aloners/").status_code == 200
    kinds = ("interviews", "features", "news", "festival-reports")
    others = [f"/{kind}/aloners/" for kind in kinds]
    for address in others:  # one of which readers may have from before it was called a review
        answer = client.get(address)
        assert (answer.status_code, answer["Location"]) == (301, "/reviews/aloners/")
        assert client.get(f"{address}?from=a")["Location"] == "/reviews/aloners/?from=a"
    publishing.withdraw(article, by=make_user("Editor"))
    assert {client.get(address).status_code for address in others} == {404}


@pytest.mark.parametrize("kind", ["interview", "feature", "news", "festival_report"])
def test_the_list_of_a_kind_has_what_is_published_alone(client: Client, kind: str) -> None:
    make_article(kind=kind, headline="Everybody knows")
    publishing.withdraw(make_article(kind=kind, headline=HEADLINE), by=make_user("Editor"))
    page = client.get(reverse(f"reviews:{kind}_list")).content.decode()
    assert "Everybody knows" in page
    assert HEADLINE not in page
