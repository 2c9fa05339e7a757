"""Who follows one reviewer, tag or section has a feed of that alone."""

from xml.etree import ElementTree

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from publication.models import Masthead
from reviews import former
from reviews.feeds import LENGTH
from reviews.models import Tag
from tests.factories import make_article, make_draft, make_reviewer, make_section

pytestmark = pytest.mark.django_db


def _channel(client: Client, address: str) -> ElementTree.Element:
    response = client.get(address)
    assert response["Content-Type"] == "application/rss+xml; charset=utf-8"
    channel = ElementTree.fromstring(response.content).find("channel")
    assert channel is not None
    return channel


def _titles(client: Client, address: str) -> list[str]:
    return [item.findtext("title", "") for item in _channel(client, address).findall("item")]


@pytest.fixture
def pages() -> dict[str, str]:
    """Of what has two pieces; others have nothing of it."""
    Masthead.objects.create(pk=1, name="Ninth Row")
    wren, tag = make_reviewer("Wren & Co"), Tag.objects.create(name="Debuts", slug="debuts")
    music = make_section("Music")
    same = {"by": wren, "tags": [tag], "section": music}
    make_article(headline="Older", days_ago=3, body="<p>Its <em>whole</em> text.</p>", **same)
    make_article(headline="Newer", days_ago=2, **same)
    make_draft(headline="A draft", **same)
    make_article(headline="Another", days_ago=1)
    return {
        "reviewer": wren.get_absolute_url(),
        "tag": tag.get_absolute_url(),
        "section": music.get_absolute_url(),
    }


@pytest.mark.parametrize("of", ["reviewer", "tag", "section"])
def test_it_has_the_newest_first_and_the_whole_text(
    client: Client,
    pages: dict[str, str],
    of: str,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    feed = f"{pages[of]}feed/"
    with django_assert_max_num_queries(10):
        assert _titles(client, feed) == ["Newer", "Older"]
    assert "whole&lt;/em&gt; text" in client.get(feed).content.decode()


@pytest.mark.parametrize(
    ("of", "name"), [("reviewer", "Wren & Co"), ("tag", "Debuts"), ("section", "Music")]
)
def test_it_is_called_as_its_page_leads_there_and_is_found_on_it(
    client: Client, pages: dict[str, str], of: str, name: str
) -> None:
    feed = f"{pages[of]}feed/"
    channel = _channel(client, feed)
    assert channel.findtext("title") == f"{name} · Ninth Row"
    assert channel.findtext("link") == f"http://testserver{pages[of]}"
    itself = channel.find("{http://www.w3.org/2005/Atom}link")
    assert itself is not None
    assert itself.get("href") == f"http://testserver{feed}"
    page = client.get(pages[of]).content.decode()
    called = name.replace("&", "&amp;")
    assert f'type="application/rss+xml" title="{called}" href="{feed}">' in page
    assert f'<a href="{feed}" type="application/rss+xml">RSS feed: {called}</a>' in page


def test_it_is_no_longer_than_that_of_all(client: Client) -> None:
    wren = make_reviewer()
    for _ in range(LENGTH + 1):
        make_article(by=wren)
    assert len(_titles(client, f"{wren.get_absolute_url()}feed/")) == LENGTH


def test_a_former_address_leads_on(client: Client) -> None:
    tag = Tag.objects.create(name="Debuts", slug="first-films")
    former.lead_on("debuts", to=tag)
    for asked in ("", "?from=reader"):
        answer = client.get(f"/tags/debuts/feed/{asked}")
        assert (answer.status_code, answer["Location"]) == (301, f"/tags/first-films/feed/{asked}")
    assert client.get("/tags/none/feed/").status_code == 404


def test_other_lists_have_none(client: Client) -> None:
    make_article()
    assert "RSS feed:" not in client.get("/features/").content.decode()
