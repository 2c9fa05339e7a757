"""However long one conversation is, no page holds all of it, and every comment has an address."""

import re
from datetime import timedelta
from itertools import pairwise

import html5lib
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comments.models import Comment
from comments.reading import pages
from comments.reading.conversations import PER_PAGE, SHOWN
from tests.factories import make_comment

pytestmark = pytest.mark.django_db


def talk(replies: int, *, chain: bool = False) -> tuple[Comment, list[Comment]]:
    """A root and its replies, a second apart; as a `chain` each answers the one before."""
    start = timezone.now() - timedelta(days=2)
    root = make_comment(status="approved", author_name="Root", submitted_at=start)
    said = {"article": root.article, "root": root, "status": "approved", "text": "Yes."}
    below = Comment.objects.bulk_create(
        Comment(
            author_name=f"Reader {n}",
            author_email="r@example.org",
            parent=root,
            submitted_at=start + timedelta(seconds=n),
            **said,
        )
        for n in range(1, replies + 1)
    )
    if chain:
        for before, reply in pairwise(below):
            reply.parent = before
        Comment.objects.bulk_update(below, ["parent"], batch_size=400)
    return root, below


def names(page: str) -> list[str]:
    return re.findall(r'comment__author"><bdi>([^<]+)', page)


def test_the_article_shows_the_beginning_and_leads_to_the_rest(client: Client) -> None:
    root, _ = talk(SHOWN + 7)
    page = " ".join(client.get(root.article.get_absolute_url()).content.decode().split())
    assert names(page) == ["Root", *(f"Reader {n}" for n in range(1, SHOWN + 1))]
    assert f"{SHOWN + 8} replies" in page
    more = f'href="/comments/conversation/{root.pk}/">7 more replies in this conversation</a>'
    assert page.count("thread__more") == page.count(more) == 1


def test_a_conversation_that_fits_says_nothing_of_more(client: Client) -> None:
    root, _ = talk(SHOWN)
    make_comment(root.article, parent=root, status="pending", author_name="Waits")
    page = client.get(root.article.get_absolute_url()).content.decode()
    assert len(names(page)) == SHOWN + 1
    assert "thread__more" not in page


def test_its_own_pages_hold_every_reply_once(client: Client) -> None:
    root, below = talk(PER_PAGE + 3)
    address = f"/comments/conversation/{root.pk}/"
    first, second = (client.get(f"{address}{q}").content.decode() for q in ("", "?page=2"))
    assert names(first) == ["Root", *(reply.author_name for reply in below[:PER_PAGE])]
    assert names(second) == ["Root", *(reply.author_name for reply in below[PER_PAGE:])]
    assert f'rel="next" href="{address}?page=2"' in first
    assert f'rel="prev" href="{address}"' in second
    assert f'href="{root.article.get_absolute_url()}#comment-{root.pk}"' in second


@pytest.mark.parametrize("chain", [False, True])
def test_a_permanent_address_leads_to_the_page_a_reply_stands_on(
    client: Client, chain: bool
) -> None:
    _, below = talk(2 * PER_PAGE + 1, chain=chain)
    for place in (0, SHOWN - 1, SHOWN, PER_PAGE - 1, PER_PAGE, 2 * PER_PAGE):
        reply = below[place]
        to = client.get(f"/comments/{reply.pk}/")["Location"]
        assert to.endswith(f"#comment-{reply.pk}")
        assert ("/conversation/" in to) is (place >= SHOWN)
        page = client.get(to).content.decode()
        assert f'id="comment-{reply.pk}"' in page
        assert reply.author_name in names(page)


def test_a_reply_to_something_on_another_page_names_and_links_it(client: Client) -> None:
    root, below = talk(PER_PAGE + 1, chain=True)
    page = client.get(f"/comments/conversation/{root.pk}/?page=2").content.decode()
    answered = below[PER_PAGE - 1]
    said = f'href="/comments/{answered.pk}/">in reply to <bdi>{answered.author_name}</bdi>'
    assert said in " ".join(page.split())


def test_who_wrote_what_is_not_shown_is_not_named_by_a_reply_to_it(client: Client) -> None:
    root, below = talk(6, chain=True)
    Comment.objects.filter(pk=below[4].pk).update(status="spam", author_name="Cheap Loans")
    page = client.get(root.article.get_absolute_url()).content.decode()
    assert "in reply to a removed comment" in page
    assert below[5].author_name in names(page)
    assert "Cheap Loans" not in page


def test_a_thousand_replies_to_one_comment_stay_within_the_query_budget(client: Client) -> None:
    root, below = talk(1_000)
    Comment.objects.filter(pk__in=[reply.pk for reply in below[::7]]).update(status="spam")
    article = root.article
    addresses = {
        article.get_absolute_url(): SHOWN + 1,
        f"/comments/on/{article.pk}/all/?sort=replied": SHOWN + 1,
        f"/comments/conversation/{root.pk}/": PER_PAGE + 1,
        f"/comments/conversation/{root.pk}/?page=8": PER_PAGE + 1,
    }
    for address, most in addresses.items():
        with CaptureQueriesContext(connection) as queries:
            page = client.get(address)
        assert page.status_code == 200
        assert len(queries) <= 12
        assert 2 <= len(names(page.content.decode())) <= most
        assert len(page.content) < 300_000
    with CaptureQueriesContext(connection) as queries:
        to = client.get(f"/comments/{below[998].pk}/")["Location"]
    assert len(queries) <= 12
    assert "page=9" in to


def test_a_waiting_reply_is_shown_to_its_writer_however_long_the_talk() -> None:
    root, below = talk(SHOWN + 50)
    own = make_comment(root.article, parent=below[-1], status="pending", author_name="Own")
    places = pages.with_own(own).thread.places
    assert [place.comment for place in places[-2:]] == [below[-1], own]
    assert len(places) == SHOWN + 3
    assert places[-1].more == 49


def test_a_removed_root_keeps_its_place_and_a_conversation_without_replies_has_no_page(
    client: Client,
) -> None:
    root, _ = talk(SHOWN + 1)
    Comment.objects.filter(pk=root.pk).update(status="rejected")
    address = f"/comments/conversation/{root.pk}/"
    for place in (root.article.get_absolute_url(), address):
        page = client.get(place).content.decode()
        assert "This comment was removed." in page
        assert "Root" not in names(page)
    assert "Root" not in client.get(f"{address}?page=1").content.decode()
    Comment.objects.filter(root=root).update(status="spam")
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("query", ["?page=2", "?page=0", "?page=x", "?page=²", "?page=99999999"])
def test_a_page_that_is_not_there_is_not_found(client: Client, query: str) -> None:
    root, below = talk(3)
    assert client.get(f"/comments/conversation/{root.pk}/{query}").status_code == 404
    assert client.get(f"/comments/conversation/{below[0].pk}/").status_code == 404


def test_the_pages_are_valid_html(client: Client) -> None:
    root, _ = talk(PER_PAGE + 2, chain=True)
    address = f"/comments/conversation/{root.pk}/"
    for place in (root.article.get_absolute_url(), address, f"{address}?page=2"):
        parser = html5lib.HTMLParser(strict=False)
        parser.parse(client.get(place).content.decode())
        assert parser.errors == []
