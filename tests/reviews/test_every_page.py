"""What holds for every public page there is."""

import re

import html5lib
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.reviews.pages import fill_the_publication

pytestmark = pytest.mark.django_db

MOST_QUERIES = 12
KINDS_OF_PAGE = [
    *("front", "reviews", "filtered", "review", "interview", "feature", "news", "festival_report"),
    *("interviews", "features", "all news", "festival reports", "film", "person", "reviewer"),
    *("festivals", "edition", "section", "tag", "archive", "month", "about"),
]


def _queries(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


@pytest.mark.parametrize("name", KINDS_OF_PAGE)
def test_a_page_is_valid_html_without_duplicate_ids(client: Client, name: str) -> None:
    html = client.get(fill_the_publication()[name]).content.decode()
    html5lib.HTMLParser(strict=True).parse(html)
    ids = re.findall(r'\sid="([^"]*)"', html)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("name", KINDS_OF_PAGE)
def test_a_page_has_one_h1_landmarks_and_a_language(client: Client, name: str) -> None:
    html = client.get(fill_the_publication()[name]).content.decode()
    assert html.count("<h1") == 1
    assert '<html lang="en-GB">' in html
    for landmark in ("<header", "<nav", "<main", "<footer", 'href="#content"', 'id="content"'):
        assert landmark in html
    assert 'rel="canonical"' in html or 'content="noindex"' in html
    assert re.search(r'<meta name="description" content="[^"]+">', html)


@pytest.mark.parametrize("name", KINDS_OF_PAGE)
def test_a_page_is_the_same_for_every_reader(client: Client, name: str) -> None:
    response = client.get(fill_the_publication()[name])
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")
    assert b"csrf" not in response.content
    assert b"style=" not in response.content
    scripts = re.findall(rb"<script[^>]*>", response.content)
    assert scripts.count(b"<script>") == 1  # tests/publication/test_headers.py says which
    assert set(scripts) <= {b"<script>", b'<script type="application/ld+json">'}


@pytest.mark.parametrize("name", [*KINDS_OF_PAGE, "feed", "sitemap"])
def test_a_page_asks_the_database_as_often_for_many_articles_as_for_few(
    client: Client, name: str
) -> None:
    own = {"feed": "/feed/", "sitemap": "/sitemap.xml"}
    few = _queries(client, (fill_the_publication(3) | own)[name])
    many = _queries(client, (fill_the_publication(12) | own)[name])
    assert few == many <= MOST_QUERIES
