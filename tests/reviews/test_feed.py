"""The feed: whole articles with their pictures' credits, for readers elsewhere."""

import re
from typing import Any
from xml.etree import ElementTree

import pytest
from django.core.files.storage import default_storage
from django.test import Client

from publication.models import Masthead
from reviews import publishing
from reviews.feeds import LENGTH
from reviews.models import Article, Byline, Tag
from tests.factories import make_article, make_comment, make_film, make_image, make_reviewer

pytestmark = pytest.mark.django_db

CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
MEDIA = "{http://search.yahoo.com/mrss/}"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"


def _channel(client: Client) -> ElementTree.Element:
    response = client.get("/feed/")
    assert response["Content-Type"] == "application/rss+xml; charset=utf-8"
    channel = ElementTree.fromstring(response.content).find("channel")
    assert channel is not None
    return channel


def _text(client: Client) -> str:
    return _channel(client).findtext(f"item/{CONTENT}", "")


def test_the_channel_is_called_as_the_masthead_is(client: Client) -> None:
    Masthead.objects.create(pk=1, name="Light & Shade", tagline="Films <and> more")
    channel = _channel(client)
    assert channel.findtext("title") == "Light & Shade"
    assert channel.findtext("description") == "Films <and> more"
    assert channel.findtext("link") == "http://testserver/"


def test_an_item_names_title_address_authors_and_subjects(client: Client) -> None:
    tag = Tag.objects.create(name="Debuts", slug="debuts")
    article = make_article(
        headline="“Aloners” & I", standfirst="Me & <3", by=make_reviewer("Ada"), tags=[tag]
    )
    Byline.objects.create(article=article, reviewer=make_reviewer("Ben"), position=1)
    item = _channel(client).find("item")
    assert item is not None
    assert item.findtext("title") == "“Aloners” & I"
    assert item.findtext("link") == f"http://testserver{article.get_absolute_url()}"
    assert item.findtext("description") == "Me &amp; &lt;3", "which is HTML"
    assert [creator.text for creator in item.findall(CREATOR)] == ["Ada", "Ben"]
    assert [category.text for category in item.findall("category")] == ["Film", "Debuts"]
    assert item.findtext("pubDate")


def test_an_item_says_where_its_replies_are_and_their_feed(client: Client) -> None:
    article = make_article()
    make_comment(article, status="approved", author_name="Mina")
    item = _channel(client).find("item")
    assert item is not None
    page, _, place = item.findtext("comments", "").partition("#")
    assert f'id="{place}"' in client.get(page).content.decode()
    feed = client.get(item.findtext("{http://wellformedweb.org/CommentAPI/}commentRss", ""))
    assert "Mina" in feed.content.decode()


def test_an_item_is_known_by_the_same_guid_for_life_wherever_it_stands(
    client: Client, settings: Any
) -> None:
    article, other = make_article(days_ago=1), make_article(days_ago=2)
    known = [item.find("guid") for item in _channel(client).findall("item")]
    assert [guid.attrib for guid in known] == [{"isPermaLink": "false"}] * 2
    guids = [guid.text for guid in known]
    assert all(re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", guid) for guid in guids)
    assert guids == [article.guid, other.guid]
    Article.objects.filter(pk=article.pk).update(
        kind="feature", slug="elsewhere", headline="Another", film=None, rating=None
    )
    settings.SITE_URL = "https://moved.example"
    assert [item.findtext("guid") for item in _channel(client).findall("item")] == guids


def test_the_whole_text_travels_with_its_pictures_and_their_credits(client: Client) -> None:
    lead = make_image(credit_line="Image © Lead", caption="Jina", sha256="1" * 64)
    still = make_image(credit_line="Image © Still", sha256="2" * 64)
    make_article(
        lead_image=lead,
        rating=7,
        body=f'<p>Words.</p><figure data-image="{still.pk}"></figure><p>More.</p>',
    )
    text = _text(client)
    assert "<p>Words.</p>" in text
    assert "<p>More.</p>" in text
    assert "Rating: 3.5 out of 5." in text
    for image in (lead, still):
        assert f'src="http://testserver{image.address()}"' in text
        assert image.credit_line in text


def test_a_pull_quote_is_set_apart_without_our_styles_too(client: Client) -> None:
    make_article(body="<p>Words.</p><aside><p>Words &amp; <em>more</em>.</p></aside>")
    text = _text(client)
    assert "<blockquote><p>Words &amp; <em>more</em>.</p></blockquote>" in text
    assert "aside" not in text


def test_each_picture_is_media_with_its_credit(client: Client) -> None:
    lead = make_image(
        credit_line="Image © Lead & Co",
        copyright_notice="© 2021 Lead",
        headline="Jina",
        caption="Jina & <3 at home",
        width=1600,
        height=900,
        developed=True,
    )
    still = make_image(credit_line="Image © Still", alt_text="A lift", width=800, height=500)
    hidden = make_image(credit_line="", width=640, height=500)
    figures = f'<figure data-image="{hidden.pk}"></figure><figure data-image="{lead.pk}"></figure>'
    caption = "<figcaption>In <em>it</em> &amp; out</figcaption>"
    figures += f'<figure data-image="{still.pk}">{caption}</figure>'
    article = make_article(lead_image=lead, body="<p>Words.</p>")
    Article.objects.filter(pk=article.pk).update(body=f"<p>Words.</p>{figures}")
    article.refresh_from_db()
    publishing.place_pictures(article)
    media = _channel(client).findall(f"item/{MEDIA}content")
    width, height, name = lead.sizes()[-2]
    assert media[0].attrib == {
        "url": f"http://testserver{default_storage.url(name)}",
        "type": "image/jpeg",
        "medium": "image",
        "width": str(width),
        "height": str(height),
    }
    assert (width, height) == (1280, 720)
    assert [
        [medium.findtext(f"{MEDIA}{part}") for part in ("title", "description", "credit")]
        for medium in media
    ] == [
        ["Jina", "Jina & <3 at home", "Image © Lead & Co"],
        ["A lift", "In it & out", "Image © Still"],
    ]
    assert media[0].findtext(f"{MEDIA}copyright") == "© 2021 Lead"


def test_every_address_in_the_text_is_whole(client: Client) -> None:
    make_article(body='<p><a href="/films/x/">a</a> <a href="https://example.org/">b</a></p>')
    text = _text(client)
    assert 'href="http://testserver/films/x/"' in text
    assert 'href="https://example.org/"' in text
    assert 'href="/' not in text
    assert 'src="/' not in text


def test_characters_that_xml_cannot_carry_are_left_out(client: Client) -> None:
    make_article(film=make_film())
    Article.objects.update(headline="A\x0bB", standfirst="C\x1fD", body="<p>E\x08F</p>")
    item = _channel(client).find("item")
    assert item is not None
    assert (item.findtext("title"), item.findtext("description")) == ("AB", "CD")
    assert "<p>EF</p>" in item.findtext(CONTENT, "")


def test_the_newest_come_first_and_the_feed_has_an_end(client: Client) -> None:
    for n in range(LENGTH + 1):
        make_article(headline=f"Article {n}", days_ago=n + 1)
    titles = [item.findtext("title") for item in _channel(client).findall("item")]
    assert titles == [f"Article {n}" for n in range(LENGTH)]


def test_an_empty_publication_has_a_feed(client: Client) -> None:
    assert _channel(client).findall("item") == []
