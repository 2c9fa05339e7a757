"""Addresses that make no sense are answered kindly, never with an error."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from reviews import numbers
from reviews.models import Article
from tests.factories import make_article

pytestmark = pytest.mark.django_db

PATHS = [
    "/reviews/{}/",
    "/interviews/{}/",
    "/films/{}/",
    "/people/{}/",
    "/reviewers/{}/",
    "/festivals/{}/2021/",
    "/festivals/london/{}/",
    "/sections/{}/",
    "/tags/{}/",
    "/archive/{}/01/",
    "/archive/2021/{}/",
    "/preview/{}/",
    "/{}/",
]
NONSENSE = [
    "nothing",
    "%00",
    "%ff%fe",
    "a" * 5000,
    "9" * 40,
    "..%2f..%2fetc",
    "혼자",
    "%F0%9F%8E%AC",
    "-1",
]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("value", NONSENSE)
def test_an_address_that_leads_nowhere_is_not_found(client: Client, path: str, value: str) -> None:
    assert client.get(path.format(value)).status_code == 404


@pytest.mark.parametrize("date", ["2021/13", "2021/00", "2021/1", "0000/01", "9999/12", "21/01"])
def test_a_month_that_no_calendar_has_is_not_found(client: Client, date: str) -> None:
    assert client.get(f"/archive/{date}/").status_code == 404


@pytest.mark.parametrize("date", ["1000/01", "2021/12", "2999/12"])
def test_a_month_without_articles_is_an_empty_page(client: Client, date: str) -> None:
    response = client.get(f"/archive/{date}/")
    assert response.status_code == 200
    assert b"Nothing has been published here yet." in response.content


def test_the_first_minute_of_a_month_in_london_belongs_to_it(client: Client) -> None:
    make_article(headline="Midnight")
    Article.objects.update(first_published_at=datetime(2021, 6, 30, 23, 30, tzinfo=UTC))
    assert b"Midnight" in client.get("/archive/2021/07/").content  # 00:30 British Summer Time
    assert b"Midnight" not in client.get("/archive/2021/06/").content


@pytest.mark.parametrize("query", ["?x=%00", "?%ff=%fe", "?page=%00", "?a=" + "b" * 100_000])
@pytest.mark.parametrize("path", ["/", "/feed/", "/sitemap.xml", "/archive/", "/about/", "/news/"])
def test_a_query_nobody_asked_for_does_no_harm(client: Client, path: str, query: str) -> None:
    make_article()
    assert client.get(path + query).status_code in {200, 404}


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_pages_are_read_and_nothing_else(client: Client, method: str) -> None:
    article = make_article()
    for path in ("/", "/reviews/", article.get_absolute_url(), "/about/"):
        assert getattr(client, method)(path).status_code == 405


@pytest.mark.parametrize("room", ["review", "article", "deletedarticle"])
def test_a_number_that_no_row_has_leads_nowhere_in_the_newsroom(
    editor_client: Client, room: str
) -> None:
    for number in ("9" * 5_000, "²"):  # more digits than Python reads, and none
        answer = editor_client.get(f"/admin/reviews/{room}/{number}/change/")
        assert (answer.status_code, answer.headers["Location"]) == (302, "/admin/")


@pytest.mark.parametrize(
    ("said", "key"),
    [("7", 7), ("٧", 7), ("9" * 18, 10**18 - 1), ("9" * 19, 0), ("-1", 0), ("x", 0), ("", 0)],
)
def test_what_can_be_no_key_is_that_of_no_row(said: str, key: int) -> None:
    assert numbers.key(said) == key
