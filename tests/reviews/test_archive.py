"""The archive lists its months, and leads on: to sections, and from month to month."""

import re
from datetime import UTC, datetime

import pytest
from django.test import Client

from reviews.models import Article
from tests.factories import make_article, make_section

pytestmark = pytest.mark.django_db


def _steps(client: Client, month: str) -> tuple[bool, bool]:
    """Whether March and July 2021 are offered before and after it."""
    page = client.get(f"/archive/{month}/").content.decode()
    before = 'rel="prev" href="/archive/2021/03/">← March 2021</a>' in page
    after = 'rel="next" href="/archive/2021/07/">July 2021 →</a>' in page
    assert ('rel="prev"' in page, 'rel="next"' in page) == (before, after)
    return before, after


def _published(moment: datetime) -> None:
    article = make_article()
    Article.objects.filter(pk=article.pk).update(publish_at=moment, first_published_at=moment)


def test_each_month_that_has_pieces_is_listed_with_their_number(client: Client) -> None:
    _published(datetime(1995, 1, 1, tzinfo=UTC))  # more months ago than one statement counts
    _published(datetime(2021, 3, 1, tzinfo=UTC))
    _published(datetime(2021, 3, 31, 22, 30, tzinfo=UTC))
    _published(datetime(2021, 6, 30, 23, 30, tzinfo=UTC))  # in July by the clocks of London
    _published(datetime(2999, 3, 10, tzinfo=UTC))
    page = client.get("/archive/").content.decode()
    listed = re.findall(r'<li><a href="/archive/(\d+/\d+)/">(\w+)</a> <span>(.+)</span></li>', page)
    assert listed == [
        ("2021/07", "July", "1 piece"),
        ("2021/03", "March", "2 pieces"),
        ("1995/01", "January", "1 piece"),
    ]


def test_a_month_leads_to_the_archive_and_to_the_months_beside_it_that_have_pieces(
    client: Client,
) -> None:
    _published(datetime(2021, 3, 31, 22, 30, tzinfo=UTC))
    _published(datetime(2021, 6, 30, 23, 30, tzinfo=UTC))  # in July by the clocks of London
    assert _steps(client, "2021/03") == (False, True)
    assert _steps(client, "2021/05") == (True, True)
    assert _steps(client, "2021/07") == (True, False)
    assert '<a href="/archive/">Archive</a>' in client.get("/archive/2021/05/").content.decode()


def test_a_month_in_which_nothing_was_published_is_not_for_search_engines(client: Client) -> None:
    _published(datetime(2021, 3, 1, tzinfo=UTC))
    for month, is_kept_away in (("2021/03", False), ("2021/04", True), ("1000/01", True)):
        page = client.get(f"/archive/{month}/").content.decode()
        assert ('<meta name="robots" content="noindex">' in page) is is_kept_away, month
        assert ('rel="canonical"' in page) is not is_kept_away, month


def test_a_month_that_has_only_what_is_scheduled_is_not_offered(client: Client) -> None:
    _published(datetime(2021, 3, 10, tzinfo=UTC))
    _published(datetime(2999, 3, 10, tzinfo=UTC))
    assert 'rel="next"' not in client.get("/archive/2021/03/").content.decode()


def test_the_archive_leads_to_each_section_that_has_pieces(client: Client) -> None:
    make_section("Music")
    make_article(section=make_section("Film"))
    page = client.get("/archive/").content.decode()
    assert '<a href="/sections/film/">Film</a>' in page
    assert "Music" not in page
