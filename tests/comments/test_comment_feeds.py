"""RSS of what readers say."""

from xml.etree import ElementTree

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from comments.feeds import LENGTH
from comments.models import Comment
from publication.models import Masthead
from reviews.models import Article
from tests.factories import make_article, make_comment

pytestmark = pytest.mark.django_db
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"


def channel(client: Client, address: str) -> ElementTree.Element:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("application/rss+xml")
    found = ElementTree.fromstring(answer.content).find("channel")
    assert found is not None
    return found


def test_the_sites_feed_has_the_newest_approved_comments(client: Client) -> None:
    Masthead(pk=Masthead.THE_ONE, name="Half Light").save()
    first = make_comment(status="approved", author_name="Mina")
    second = make_comment(status="approved", author_name="Ravi")
    for status in ("pending", "rejected", "spam", "withdrawn"):
        make_comment(first.article, status=status)
    feed = channel(client, "/comments/feed/")
    assert feed.findtext("title") == "Replies · Half Light"
    assert [item.findtext(CREATOR) for item in feed.findall("item")] == ["Ravi", "Mina"]
    item = feed.find("item")
    assert item is not None
    assert item.findtext("link") == f"http://testserver/comments/{second.pk}/"
    assert item.findtext("title") == f"Ravi on {second.article.headline}"
    assert item.findtext("pubDate")


def test_an_articles_feed_has_its_own_comments_alone(client: Client) -> None:
    comment = make_comment(status="approved", author_name="Mina")
    make_comment(status="approved", author_name="Elsewhere")
    for status in ("pending", "rejected", "spam", "withdrawn"):
        make_comment(comment.article, status=status)
    feed = channel(client, f"/comments/feed/{comment.article_id}/")
    assert [item.findtext(CREATOR) for item in feed.findall("item")] == ["Mina"]
    assert feed.findtext("title") == f"Replies to {comment.article.headline}"


def test_the_text_is_escaped_and_spoilers_stay_out(client: Client) -> None:
    make_comment(
        status="approved",
        author_name="A <b> & \ufffe",
        text="One <script> & two.\n\nSpoiler: she leaves.",
    )
    item = channel(client, "/comments/feed/").find("item")
    assert item is not None
    said = item.findtext("description") or ""
    assert said == '<p dir="auto">One &lt;script&gt; &amp; two.</p>\n<p dir="auto">[spoiler]</p>'
    assert item.findtext(CREATOR) == "A <b> & "


def test_nobodys_e_mail_address_is_in_a_feed(client: Client) -> None:
    make_comment(status="approved")
    assert b"mina@example.org" not in client.get("/comments/feed/").content


def test_comments_on_what_is_not_published_are_in_no_feed(client: Client) -> None:
    comment = make_comment(status="approved")
    Article.objects.update(status="withdrawn")
    assert channel(client, "/comments/feed/").findall("item") == []
    assert client.get(f"/comments/feed/{comment.article_id}/").status_code == 404


def test_pages_say_where_the_feeds_are(client: Client) -> None:
    article = make_article()
    page = client.get(article.get_absolute_url()).content.decode()
    for address in ("/comments/feed/", f"/comments/feed/{article.pk}/"):
        assert f'href="{address}"' in page


def test_a_feed_costs_few_queries_and_has_an_end(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    article = make_article()
    Comment.objects.bulk_create(
        Comment(article=article, author_name="A", author_email="a@b.example", text="Yes.",
                status="approved")
        for _ in range(LENGTH + 5)
    )  # fmt: skip
    with django_assert_max_num_queries(4):
        assert len(channel(client, "/comments/feed/").findall("item")) == LENGTH
