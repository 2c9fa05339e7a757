"""Pages of a list lead to each other, and what is on none is not found."""

import re

import pytest
from django.test import Client

from reviews.views import lists
from tests.factories import make_article

pytestmark = pytest.mark.django_db

PAGE_LENGTH = 3


@pytest.fixture(scope="module")
def reviews(shared: None) -> None:
    for n in range(PAGE_LENGTH + 1):
        make_article(headline=f"Review {n}", rating=8, days_ago=n + 1)
    make_article(headline="Other", rating=2)


@pytest.fixture
def two_pages(reviews: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "PAGE_LENGTH", PAGE_LENGTH)


def _headlines(client: Client, query: str) -> list[str]:
    html = client.get(f"/reviews/{query}").content.decode()
    return re.findall(r'<h2 class="card__title"><a [^>]*>([^<]*)</a>', html)


def test_pages_lead_to_each_other_and_keep_the_filter(client: Client, two_pages: None) -> None:
    first = client.get("/reviews/?rating=8").content.decode()
    assert '<a class="pages__step" rel="next" href="/reviews/?rating=8&amp;page=2">' in first
    assert 'rel="prev"' not in first
    second = client.get("/reviews/?rating=8&page=2").content.decode()
    assert '<a class="pages__step" rel="prev" href="/reviews/?rating=8&amp;page=1">' in second
    assert 'rel="next"' not in second
    assert _headlines(client, "?rating=8&page=2") == [f"Review {PAGE_LENGTH}"]


def test_every_review_is_on_one_page_once(client: Client, two_pages: None) -> None:
    seen = _headlines(client, "") + _headlines(client, "?page=2")
    assert len(seen) == len(set(seen)) == PAGE_LENGTH + 2


@pytest.mark.parametrize("page", ["3", "0", "-1", "x", "1.5", "9" * 5000, "%00", "%ff"])
@pytest.mark.parametrize("path", ["/reviews/", "/sections/film/", "/news/"])
def test_a_page_that_does_not_exist_is_not_found(
    client: Client, two_pages: None, path: str, page: str
) -> None:
    assert client.get(f"{path}?page={page}").status_code == 404


def test_a_later_page_is_its_own_canonical_address(client: Client, two_pages: None) -> None:
    html = client.get("/reviews/?page=2").content.decode()
    assert '<link rel="canonical" href="http://testserver/reviews/?page=2">' in html
    assert 'content="noindex"' in client.get("/reviews/?rating=8").content.decode()
