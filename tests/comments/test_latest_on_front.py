"""The front page shows what readers said last."""

import re

import pytest
from django.test import Client

from tests.factories import make_article, make_comment, make_draft

pytestmark = pytest.mark.django_db


def _front(client: Client) -> str:
    return client.get("/").content.decode()


def test_only_what_moderators_approved_is_shown(client: Client) -> None:
    article = make_article()
    make_comment(article, text="Good words.", status="approved")
    for status in ("pending", "rejected", "spam"):
        make_comment(article, text=f"Words that are {status}.", status=status)
    make_comment(make_draft(), text="On what is not published.", status="approved")
    page = _front(client)
    assert "Good words." in page
    assert "Words that are" not in page
    assert "On what is not published." not in page


def test_the_newest_of_each_article_come_before_others(client: Client) -> None:
    for told in "abcd":
        article = make_article()
        make_comment(article, text=f"The older one of {told}.", status="approved")
        make_comment(article, text=f"The newer one of {told}.", status="approved")
    page = _front(client)
    assert page.count("The newer one of ") == 4
    assert "The older one of " not in page


def test_where_few_articles_are_talked_about_the_row_is_full_all_the_same(client: Client) -> None:
    quiet, busy = make_article(), make_article()
    make_comment(quiet, text="Said first.", status="approved")
    for number in range(5):
        make_comment(busy, text=f"Said number {number}.", status="approved")
    told = re.findall(r"Said [a-z0-9 ]+\.", _front(client))
    assert told == ["Said number 4.", "Said number 3.", "Said number 2.", "Said first."]


def test_a_spoiler_is_not_given_away(client: Client) -> None:
    make_comment(make_article(), text="Spoiler: she leaves.\n\nLovely.", status="approved")
    page = _front(client)
    assert "she leaves" not in page
    assert "Lovely." in page


def test_a_long_comment_is_cut_and_markup_stays_words(client: Client) -> None:
    make_comment(make_article(), text="<b>bold</b> " + "on and on " * 60, status="approved")
    page = _front(client)
    assert "&lt;b&gt;bold&lt;/b&gt;" in page
    assert page.count("on and on") < 30


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("word " * 31 + "word", "word " * 31 + "word"),  # 159 characters
        ("word " * 33, "word " * 31 + "word…"),
        ("much longer " * 20, "much longer " * 12 + "much longer…"),  # no word is cut through
        ("Here. " * 40, "Here. " * 25 + "Here…"),  # no full stop before the dots
        ("한 " + "語" * 200, "한 " + "語" * 157 + "…"),  # what has no spaces is, at any letter
        ("a" * 200, "a" * 159 + "…"),
        ("e\u0331" * 100, "e\u0331" * 79 + "…"),  # a letter that has its mark beside it
        ("\u1112\u1161" * 200, "하" * 159 + "…"),  # of two letters each
    ],
)
def test_a_cut_parts_no_letter_from_its_mark(client: Client, text: str, shown: str) -> None:
    make_comment(make_article(), text=text, status="approved")
    said = _front(client).partition('class="said__words"')[2].partition("</a>")[0]
    assert said.endswith(f">{shown}")


def test_without_comments_the_front_page_says_nothing_of_them(client: Client) -> None:
    make_article()
    assert "What readers say" not in _front(client)
