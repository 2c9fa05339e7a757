"""What holds for every public page there is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import html5lib
import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoDbBlocker

from tests.reviews.pages import fill_the_publication

pytestmark = pytest.mark.django_db

MOST_QUERIES = 12
KINDS_OF_PAGE = [
    *("front", "reviews", "filtered", "review", "interview", "feature", "news", "festival_report"),
    *("interviews", "features", "all news", "festival reports", "film", "person", "reviewer"),
    *("festivals", "edition", "section", "tag", "archive", "month", "about"),
]
COUNTED = {"feed": "/feed/", "sitemap": "/sitemap.xml"}  # besides


@dataclass(frozen=True)
class Page:
    answer: HttpResponse
    queries: int


Pages = dict[str, Page]


@pytest.fixture(scope="module")
def few_and_many(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[tuple[Pages, Pages]]:
    """Each kind of page, of few articles and of many: read once for this file. What they were made
    of is taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield _read(fill_the_publication(3)), _read(fill_the_publication(12))
        transaction.set_rollback(True)


@pytest.fixture
def page(few_and_many: tuple[Pages, Pages], name: str) -> HttpResponse:
    return few_and_many[0][name].answer


def _read(addresses: dict[str, str]) -> Pages:
    pages = {}
    for name, address in (addresses | COUNTED).items():
        with CaptureQueriesContext(connection) as seen:
            answer = Client().get(address)
        assert answer.status_code == 200, name
        pages[name] = Page(answer, len(seen))
    return pages


@pytest.mark.parametrize("name", KINDS_OF_PAGE)
def test_a_page_is_valid_html_without_duplicate_ids(page: HttpResponse) -> None:
    html = page.content.decode()
    html5lib.HTMLParser(strict=True).parse(html)
    ids = re.findall(r'\sid="([^"]*)"', html)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("name", KINDS_OF_PAGE)
def test_a_page_has_one_h1_landmarks_and_a_language(page: HttpResponse) -> None:
    html = page.content.decode()
    assert html.count("<h1") == 1
    assert '<html lang="en-GB">' in html
    for landmark in ("<header", "<nav", "<main", "<footer", 'href="#content"', 'id="content"'):
        assert landmark in html
    assert 'rel="canonical"' in html or 'content="noindex"' in html
    described = re.search(r'<meta name="description" content="([^"]+)">', html)
    assert described
    assert f"<title>{described[1]} · " not in html


@pytest.mark.parametrize("name", KINDS_OF_PAGE)
def test_a_page_is_the_same_for_every_reader(page: HttpResponse) -> None:
    assert not page.cookies
    assert "Cookie" not in page.headers.get("Vary", "")
    assert b"csrf" not in page.content
    assert b"style=" not in page.content
    scripts = re.findall(rb"<script[^>]*>", page.content)
    assert scripts.count(b"<script>") == 2  # tests/publication/test_headers.py says which
    assert set(scripts) <= {b"<script>", b'<script type="application/ld+json">'}


@pytest.mark.parametrize("name", [*KINDS_OF_PAGE, *COUNTED])
def test_a_page_asks_the_database_as_often_for_many_articles_as_for_few(
    few_and_many: tuple[Pages, Pages], name: str
) -> None:
    few, many = (pages[name].queries for pages in few_and_many)
    assert few == many <= MOST_QUERIES
