"""Which addresses are stored, and which of them are one page."""

from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from publication.pagecache import pages
from reviews import former
from reviews.models import Tag
from tests.factories import make_article, make_edition

from .reading import Reader, ask


def _names(patterns: Any, space: str = "") -> set[str]:
    found: set[str] = set()
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            found |= _names(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern) and pattern.name:
            found.add(f"{space}{pattern.name}")
    return found


def test_every_address_is_said_to_be_stored_or_not() -> None:
    """A new address: put its name into one of the lists of publication/pagecache/pages.py."""
    names = {name for name in _names(get_resolver().url_patterns) if not name.startswith("admin:")}
    assert names - set(pages.STORED) - pages.NEVER_STORED == set()
    assert set(pages.STORED) | pages.NEVER_STORED == names


def test_a_query_string_that_no_view_asks_for_is_no_other_page(reader: Reader) -> None:
    article = make_article()
    address = article.get_absolute_url()
    reader.get(address)
    reader.get(f"{address}?utm_source=x&fbclid=y")
    assert reader.made == [address]
    assert b"fbclid" not in reader.get("/reviews/?fbclid=1").body
    reader.made.clear()
    for query in ("?page=1", "?page=1&x=2", "?x=1&page=1", "?page=7&page=1"):
        assert reader.get(f"/reviews/{query}").status == 200
    assert reader.made == ["/reviews/"]


def test_who_is_led_on_is_led_with_all_that_was_asked(reader: Reader) -> None:
    """Django is asked for a page that would be everybody's; where it leads is one reader's."""
    tag = Tag.objects.create(name="Debuts", slug="first-films")
    former.lead_on("debuts", to=tag)
    asked = "?page=2&utm_source=a+b"
    for _ in range(2):
        answer = reader.get(f"/tags/debuts/{asked}")
        assert (answer.status, answer.headers["Location"]) == (301, f"/tags/first-films/{asked}")
    head = ask(reader.cache, f"/tags/debuts/{asked}", "HEAD")
    assert (head.headers["Location"], head.body) == (f"/tags/first-films/{asked}", b"")


@pytest.mark.parametrize("zeros", ["0", "000", "0000000000"])
def test_a_number_written_in_another_way_is_no_other_page(reader: Reader, zeros: str) -> None:
    article = make_article()
    edition = make_edition()
    thread = f"/comments/on/{article.pk}/all/"
    for own, other in (
        (thread, thread.replace("/on/", f"/on/{zeros}")),
        (url := edition.get_absolute_url(), url.replace("/2021/", f"/{zeros}2021/")),
    ):
        assert own != other
        for _ in range(2):
            reader.get(other)
        assert reader.made[-2:] == [other, other], "made each time, and kept under no name"
        for _ in range(2):
            reader.get(own)
        assert reader.made.count(own) == 1


@pytest.mark.parametrize(
    "address",
    [
        *("/reviews/?page=01", "/reviews/?page=%2B1", "/reviews/?page=%D9%A1", "/reviews/?page="),
        *("/news/?page=0_1", "/news/?page=%201", "/sitemap-articles.xml?p=01"),
        *("/reviews/?country=XX", "/reviews/?page=1&year=1", "/reviews/?rating=%30%35"),
        *(f"/reviews/?{name}={'x' * 300}" for name in ("country", "reviewer", "sort")),
    ],
)
def test_what_is_made_up_is_answered_and_kept_under_no_name(reader: Reader, address: str) -> None:
    make_article(rating=7)
    path = address.partition("?")[0]
    assert reader.makes(address, address) == [path, path]
    assert reader.makes(path, path) == [path]


def test_what_is_asked_for_as_our_links_ask_is_kept(reader: Reader) -> None:
    article = make_article(rating=7)
    now = timezone.localtime(article.first_published_at)
    for address in ("/reviews/?page=1&rating=7", "/archive/", f"/archive/{now:%Y/%m}/?page=1"):
        assert len(reader.makes(address, address)) == 1


def test_an_archive_has_no_pages(reader: Reader) -> None:
    make_article()
    assert reader.makes("/archive/", "/archive/?page=2", "/archive/?page=3") == ["/archive/"]
