"""Pages that must not ask the database say all the same whose they are."""

from collections.abc import Callable

import html5lib
import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from pytest_django import Settings

from publication import site_name, views
from publication.floods import waiting
from publication.models import Masthead

REQUEST = RequestFactory().get("/")
# Not marked django_db where they are asked: a query would fail the test.
PAGES: dict[str, Callable[[], HttpResponse | bytes]] = {
    "500": lambda: views.server_error(REQUEST),
    "503": lambda: views.away(REQUEST),
    "400": lambda: views.bad_request(REQUEST, ValueError()),
    "a flood": lambda: waiting.page(0, [("text", "It was loud.")], "ticket"),
    "a flood, unread": lambda: waiting.page(3, None, ""),
    "a flood of searches": lambda: waiting.search_page("film", "ticket"),
}


@pytest.fixture(autouse=True)
def nothing_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(site_name, "_read", {})


def shown(page: str) -> str:
    answer = PAGES[page]()
    html = (answer if isinstance(answer, bytes) else answer.content).decode()
    html5lib.HTMLParser(strict=True).parse(html)
    return html


@pytest.mark.parametrize("page", PAGES)
def test_it_has_the_name_that_was_read_last(page: str) -> None:
    for name, written in (("Ninth Row", "Ninth Row"), ("<Tenth> & Row", "&lt;Tenth&gt; &amp; Row")):
        site_name.remember(name)
        html = shown(page)
        assert f" · {written}</title>" in html
        assert f'<a href="/">{written}</a>' in html


@pytest.mark.parametrize("page", PAGES)
def test_before_any_was_read_it_has_the_host_of_the_site(page: str, settings: Settings) -> None:
    settings.SITE_URL = "https://ninth-row.example"
    assert '<a href="/">ninth-row.example</a>' in shown(page)


@pytest.mark.django_db
def test_every_page_that_readers_get_reads_it(client: Client) -> None:
    for name in ("Ninth Row", "Tenth Row"):
        Masthead.objects.update_or_create(pk=1, defaults={"name": name})
        client.get("/about/")
        assert site_name.known() == name
