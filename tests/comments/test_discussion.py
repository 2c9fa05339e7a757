"""What readers get under an article."""

import re

import html5lib
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from comments.models import Comment
from publication.models import Masthead
from tests.factories import make_article, make_comment

pytestmark = pytest.mark.django_db


def page_of(client: Client, comment: Comment) -> str:
    return client.get(comment.article.get_absolute_url()).content.decode()


@pytest.mark.parametrize("status", ["pending", "rejected", "spam", "withdrawn"])
def test_only_what_is_approved_is_shown(client: Client, status: str) -> None:
    hidden = make_comment(status=status, text="Not for readers", author_name="Unseen")
    make_comment(hidden.article, status="approved", text="For readers")
    page = page_of(client, hidden)
    assert "For readers" in page
    assert "Not for readers" not in page
    assert "Unseen" not in page
    assert "1 reply" in " ".join(page.split())


def test_the_page_is_the_same_for_everyone_and_shows_no_e_mail(
    client: Client, moderator_client: Client
) -> None:
    comment = make_comment(status="approved")
    answer = client.get(comment.article.get_absolute_url())
    page = answer.content.decode()
    assert "mina@example.org" not in page
    assert "csrf" not in page
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")
    stamp = page.partition('name="stamp" value="')[2].partition('"')[0]
    theirs = page_of(moderator_client, comment)
    other_stamp = theirs.partition('name="stamp" value="')[2].partition('"')[0]
    assert page.replace(stamp, "") == theirs.replace(other_stamp, "")


def test_a_removed_comment_leaves_its_place_to_its_replies(client: Client) -> None:
    removed = make_comment(status="rejected", text="Removed words", author_name="Troll")
    make_comment(removed.article, status="approved", parent=removed, text="An answer")
    page = page_of(client, removed)
    assert page.index(f'id="comment-{removed.pk}"') < page.index("This comment was removed")
    assert page.index("This comment was removed") < page.index("An answer")
    assert "Removed words" not in page
    assert "Troll" not in page


def test_a_ten_level_thread_names_the_parents_that_nesting_no_longer_shows(client: Client) -> None:
    parent = make_comment(status="approved", author_name="Reader 1")
    for number in range(2, 11):
        parent = make_comment(
            parent.article, parent=parent, status="approved", author_name=f"Reader {number}"
        )
    page = page_of(client, parent)
    assert page.count('<ol class="thread">') == 4
    assert page.count("in reply to") == 6
    assert "in reply to <bdi>Reader 9</bdi>" in page


def test_who_goes_by_headings_comes_to_each_comment_and_hears_how_deep_it_stands(
    client: Client,
) -> None:
    first = make_comment(status="approved")
    removed = make_comment(first.article, status="approved")
    parent = first
    for _ in range(4):
        parent = make_comment(first.article, parent=parent, status="approved")
    make_comment(first.article, parent=removed, status="approved")
    Comment.objects.filter(pk=removed.pk).update(status="withdrawn")

    def levels(page: str) -> list[int]:
        return [int(level) for level in re.findall(r'<h(\d) class="comment', page)]

    assert levels(page_of(client, first)) == [3, 4, 5, 6, 6, 3, 4]  # below “6 replies”, an h2
    everything = client.get(f"/comments/on/{first.article_id}/all/").content.decode()
    assert levels(everything) == [2, 3, 4, 5, 5, 2, 3]  # which is the h1 there
    conversation = client.get(f"/comments/conversation/{first.pk}/").content.decode()
    assert levels(conversation) == [2, 3, 4, 5, 5]


def test_a_name_in_another_script_is_told_apart_wherever_it_is_read(client: Client) -> None:
    asked = make_comment(status="approved", author_name="김하늘", text="I came for the ending.")
    page = page_of(client, asked)
    for said in ("<bdi>{}</bdi>", " to {}</span></a>", " the comment by {}</span></a>"):
        assert said.format('<span lang="ko">김하늘</span>') in page
    assert '<bdi><span lang="ko">김하늘</span></bdi>' in client.get("/").content.decode()


def test_the_thread_costs_three_queries_whatever_its_length(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    article = make_article()
    counts = []
    for number in (1, 30):
        parent = None
        for _ in range(number):
            parent = make_comment(article, parent=parent, status="approved")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(article.get_absolute_url())
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12
    with django_assert_max_num_queries(3):
        from django.template import engines

        source = "{% load comments %}{% discussion article %}"
        engines["django"].from_string(source).render(
            {"article": article, "masthead": Masthead.objects.current()}
        )


def test_the_page_is_valid_html(client: Client) -> None:
    first = make_comment(status="approved", text="One\n\nTwo <b> & https://a.example/?a&b")
    for number in range(6):
        child = make_comment(first.article, parent=first, status="approved", text="혼자")
        if number % 2:
            make_comment(first.article, parent=child, status="rejected")
    for address in (first.article.get_absolute_url(), f"/comments/{first.pk}/reply/"):
        parser = html5lib.HTMLParser(strict=False)
        parser.parse(client.get(address).content.decode())
        assert parser.errors == []


def test_a_korean_comment_says_its_language(client: Client) -> None:
    comment = make_comment(status="approved", text="혼자 밥 먹는 장면이 제일 좋았어요.")
    assert 'dir="auto" lang="ko"' in page_of(client, comment)


def test_a_closed_thread_is_read_but_not_answered(client: Client) -> None:
    comment = make_comment(make_article(comment_policy="closed"), status="approved")
    page = page_of(client, comment)
    assert "Replies to this article are closed" in page
    assert "<textarea" not in page
    assert "/reply/" not in page
    assert "Leave a Reply" not in page
    replies = client.get(f"/comments/on/{comment.article_id}/all/").content.decode()
    assert "Replies to this article are closed" in replies


def test_a_closed_thread_without_replies_awaits_none(client: Client) -> None:
    page = client.get(make_article(comment_policy="closed").get_absolute_url()).content.decode()
    assert "No replies" in page
    assert "No replies yet" not in page
    assert "Leave a Reply" not in page


def test_the_form_says_what_becomes_of_what_is_typed(client: Client) -> None:
    Masthead(
        pk=Masthead.THE_ONE,
        name="X",
        comment_notice="Read before shown.",
        comment_policy="Be kind.",
    ).save()
    page = page_of(client, make_comment())
    for words in ("Read before shown.", "Be kind.", 'href="/privacy/comments/"', "Never shown"):
        assert words in page
    for field, kind in (("name", "name"), ("email", "email"), ("url", "url"), ("subject", "off")):
        tag = page.partition(f'name="{field}"')[2].partition(">")[0]
        assert f'autocomplete="{kind}"' in tag


def test_the_privacy_page_says_what_is_kept(client: Client) -> None:
    Masthead(
        pk=Masthead.THE_ONE,
        name="X",
        contact_email="desk@example.org",
        comment_privacy="Our own words.",
    ).save()
    page = client.get("/privacy/comments/").content.decode()
    for words in ("Our own words.", "keyed hash", "14 days", "10 minutes", "desk@example.org"):
        assert words in page
