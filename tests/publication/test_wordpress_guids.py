"""Who subscribes to a feed that moves here is shown no piece once more: its GUID comes along."""

from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.test import Client

from reviews.models import Article
from tests.factories import make_article
from tests.wordpress import bring_in, post

pytestmark = pytest.mark.django_db


def _guids(client: Client) -> list[str]:
    feed = ElementTree.fromstring(client.get("/feed/").content)
    return [guid.text or "" for guid in feed.iter("guid")]


def test_a_piece_keeps_the_guid_that_wordpress_gave_it(tmp_path: Path, client: Client) -> None:
    given = "http://reel.wordpress.com/?post_type=post&p=7"
    bring_in(tmp_path, post(7, guid=given))
    assert _guids(client) == [given]
    bring_in(tmp_path, post(7, "Another headline", guid=given))
    assert _guids(client) == [given]


@pytest.mark.parametrize(
    "given", ["", "https://reel.example/?p=1", "https://x.example/" + "x" * 490]
)
def test_one_that_has_none_or_that_of_another_gets_one_of_ours(
    tmp_path: Path, client: Client, given: str
) -> None:
    there = make_article()
    Article.objects.update(guid="https://reel.example/?p=1")
    bring_in(tmp_path, post(7, guid=given))
    known, of_another = sorted(_guids(client), reverse=True)
    assert known.startswith("urn:uuid:")
    assert of_another == Article.objects.get(pk=there.pk).guid


def test_of_two_with_one_guid_the_first_has_it(tmp_path: Path) -> None:
    same = "https://reel.example/?p=7"
    bring_in(tmp_path, post(9, "Two", "<p>A copy.</p>", guid=same), post(7, "One", guid=same))
    first, second = Article.objects.get(headline="One"), Article.objects.get(headline="Two")
    assert first.guid == same
    assert second.guid.startswith("urn:uuid:")
