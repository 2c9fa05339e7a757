"""Threads by the page, in three orders, and the way to any comment in them."""

import itertools
import re
from datetime import timedelta

import html5lib
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from comments.models import Comment
from comments.reading import pages
from comments.reading.pages import PER_PAGE
from reviews.models import Article
from tests.factories import make_article, make_comment

pytestmark = pytest.mark.django_db


def fill(article: Article, number: int, **facts: object) -> list[Comment]:
    """Conversations a second apart, the oldest first."""
    start = timezone.now() - timedelta(days=1)
    said = {"author_email": "r@example.org", "text": "Yes.", "status": "approved"} | facts
    return Comment.objects.bulk_create(
        Comment(
            article=article,
            author_name=f"Reader {n}",
            submitted_at=start + timedelta(seconds=n),
            **said,
        )
        for n in range(1, number + 1)
    )


def names(client: Client, address: str) -> list[str]:
    page = client.get(address).content.decode()
    return re.findall(r'comment__author"><bdi>([^<]+)', page)


def all_of(article: Article, query: str = "") -> str:
    return f"/comments/on/{article.pk}/all/{query}"


def test_the_article_shows_fifty_conversations_and_says_how_many_more(client: Client) -> None:
    article = make_article()
    fill(article, 57)
    page = " ".join(client.get(article.get_absolute_url()).content.decode().split())
    assert "57 replies" in page
    assert "Page 1 of 2; 7 more conversations" in page
    assert f'rel="next" href="{all_of(article)}?page=2"' in page
    assert 'rel="prev"' not in page
    assert names(client, article.get_absolute_url()) == [f"Reader {n}" for n in range(1, 51)]


def test_the_next_page_goes_on_and_leads_back(client: Client) -> None:
    article = make_article()
    fill(article, PER_PAGE + 2)
    assert names(client, all_of(article, "?page=2")) == [
        f"Reader {PER_PAGE + 1}",
        f"Reader {PER_PAGE + 2}",
    ]
    page = client.get(all_of(article, "?page=2")).content.decode()
    assert f'rel="prev" href="{article.get_absolute_url()}#replies"' in page
    assert 'rel="next"' not in page
    assert f'rel="canonical" href="http://testserver{all_of(article)}?page=2"' in page


def test_the_first_page_names_the_article_as_the_place_to_be_found(client: Client) -> None:
    article = make_article()
    page = client.get(all_of(article)).content.decode()
    assert f'rel="canonical" href="http://testserver{article.get_absolute_url()}"' in page


def test_an_answer_stands_on_the_page_of_its_conversation(client: Client) -> None:
    article = make_article()
    first, *_ = fill(article, PER_PAGE + 1)
    make_comment(article, parent=first, status="approved", author_name="Late")
    assert names(client, article.get_absolute_url())[:2] == ["Reader 1", "Late"]


def test_replies_are_sorted_by_links(client: Client) -> None:
    article = make_article()
    first, second, third = fill(article, 3)
    for answered in (second, second, third):
        make_comment(article, parent=answered, status="approved", author_name="A")
    make_comment(article, parent=first, status="pending", author_name="B")
    page = client.get(article.get_absolute_url()).content.decode()
    for order in ("newest", "replied"):
        assert f'href="{all_of(article)}?sort={order}"' in page
    assert names(client, all_of(article, "?sort=newest")) == [
        *("Reader 3", "A", "Reader 2", "A", "A", "Reader 1")
    ]
    assert names(client, all_of(article, "?sort=replied")) == [
        *("Reader 2", "A", "A", "Reader 3", "A", "Reader 1")
    ]
    assert 'content="noindex"' in client.get(all_of(article, "?sort=newest")).content.decode()


def test_a_link_above_many_replies_leads_to_the_form_below_them(client: Client) -> None:
    article = make_article()
    fill(article, 2)
    write = re.compile(r'<li><a href="([^"]+)"[^>]*>Leave a Reply')
    assert write.findall(client.get(article.get_absolute_url()).content.decode()) == ["#reply"]
    sorted_page = client.get(pages.address(article, 1, pages.Order.NEWEST)).content.decode()
    assert write.findall(sorted_page) == [f"/comments/on/{article.pk}/"]
    Article.objects.update(comment_policy="closed")
    assert not write.findall(client.get(article.get_absolute_url()).content.decode())


@pytest.mark.parametrize("sort", ["oldest", "newest", "replied"])
def test_every_order_shows_every_conversation_once(client: Client, sort: str) -> None:
    article = make_article()
    roots = fill(article, PER_PAGE + 5)
    for root in roots[PER_PAGE - 5 :]:
        make_comment(article, parent=root, status="approved", author_name="A")
    seen = [
        name
        for number in (1, 2)
        for name in names(client, all_of(article, f"?sort={sort}&page={number}"))
    ]
    assert sorted(set(seen) - {"A"}) == sorted(root.author_name for root in roots)
    assert len(seen) == PER_PAGE + 5 + 10


@pytest.mark.parametrize(
    "query", ["?page=2", "?page=0", "?page=x", "?page=²", "?page=9999999999", "?sort=best"]
)
def test_a_page_that_is_not_there_is_not_found(client: Client, query: str) -> None:
    article = make_article()
    fill(article, 3)
    assert client.get(all_of(article, query)).status_code == 404


def test_the_replies_of_an_unpublished_article_are_not_found(client: Client) -> None:
    comment = make_comment(status="approved")
    Article.objects.update(status="withdrawn")
    named = dict.fromkeys(("on_article", "thread", "feed_on"), comment.article_id)
    named |= dict.fromkeys(("comment", "conversation", "reply", "report"), comment.pk)
    for name, key in named.items():
        assert client.get(reverse(f"comments:{name}", args=[key])).status_code == 404, name


def test_a_permanent_address_leads_to_any_comment_however_deep(client: Client) -> None:
    article = make_article()
    parent = fill(article, PER_PAGE + 1)[-1]
    for _ in range(12):
        parent = make_comment(article, parent=parent, status="approved")
    answer = client.get(f"/comments/{parent.pk}/")
    assert answer.status_code == 302
    assert answer["Location"] == f"{all_of(article)}?page=2#comment-{parent.pk}"
    assert f'id="comment-{parent.pk}"' in client.get(answer["Location"]).content.decode()
    early = Comment.objects.get(author_name="Reader 1")
    answer = client.get(early.get_absolute_url())
    assert answer["Location"] == f"{article.get_absolute_url()}#comment-{early.pk}"


def test_pages_move_up_when_a_conversation_before_them_goes(client: Client) -> None:
    article = make_article()
    roots = fill(article, PER_PAGE + 1)
    assert "page=2" in client.get(f"/comments/{roots[-1].pk}/")["Location"]
    Comment.objects.filter(pk=roots[3].pk).update(status="rejected")
    assert "page" not in client.get(f"/comments/{roots[-1].pk}/")["Location"]
    make_comment(article, parent=roots[3], status="approved")
    assert "page=2" in client.get(f"/comments/{roots[-1].pk}/")["Location"]


@pytest.mark.parametrize("status", ["pending", "rejected", "spam", "withdrawn"])
def test_what_readers_may_not_see_has_no_address(client: Client, status: str) -> None:
    comment = make_comment(status=status)
    assert client.get(f"/comments/{comment.pk}/").status_code == 404


def test_a_waiting_comment_is_shown_on_its_own_page_of_the_thread() -> None:
    article = make_article()
    fill(article, PER_PAGE + 3)
    own = make_comment(article, status="pending")
    page = pages.with_own(own)
    assert page.number == 2
    assert [place.comment for place in page.thread.places][-1] == own
    assert page.replies == PER_PAGE + 3


def test_ten_thousand_comments_on_one_article_stay_within_the_query_budget(client: Client) -> None:
    article = make_article()
    roots = fill(article, 5_000)
    Comment.objects.bulk_create(
        Comment(
            article=article,
            parent=root,
            root=root,
            author_name="A",
            author_email="a@example.org",
            text="No.",
            status="approved" if number % 5 else "spam",
        )
        for number, root in enumerate(roots)
    )
    addresses = [article.get_absolute_url()]
    addresses += [all_of(article, f"?sort={sort}&page=37") for sort in ("newest", "replied")]
    for address in addresses:
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(address)
        assert len(queries) <= 12
        assert answer.content.count(b'class="comment__author"') <= 2 * PER_PAGE


@pytest.mark.skipif(connection.vendor != "sqlite", reason="counts the steps of SQLite's machine")
def test_spam_under_an_article_makes_its_thread_no_dearer() -> None:
    article, spammed = make_article(), make_article()
    for each in (article, spammed):
        fill(each, 20)
    fill(spammed, 2_000, status="spam")
    assert _steps(spammed) - _steps(article) <= 100  # which is how finely they are counted


def _steps(article: Article) -> int:
    """Of SQLite's machine for the first page of a thread, in hundreds and their rest left out."""
    taken = itertools.count()
    connection.connection.set_progress_handler(lambda: next(taken) and 0, 100)
    try:
        pages.read(article)
    finally:
        connection.connection.set_progress_handler(None, 0)
    return 100 * next(taken)


def test_the_pages_are_valid_html(client: Client) -> None:
    article = make_article()
    roots = fill(article, PER_PAGE + 1, text="Spoiler: they leave.\n\nYes.")
    make_comment(article, parent=roots[-1], status="approved")
    for query in ("", "?page=2", "?sort=replied"):
        parser = html5lib.HTMLParser(strict=False)
        parser.parse(client.get(all_of(article, query)).content.decode())
        assert parser.errors == []
