"""What is refused, how it is said, and that the text is still there every time."""

import html
import re
from datetime import timedelta
from functools import partial
from unittest import mock

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.html import escape

from comments import welcome
from comments.forms import FORM_LIFETIME, Stamp
from comments.models import TEXT_LIMIT, Comment
from reviews.models import Article
from tests.factories import make_article, make_comment, make_draft

from .posting import OURS, WORDS, address_of, form_data, post

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "begins"),
    [
        ("/comments/on/{article}/", "Not sent yet: Reply to"),
        ("/comments/{comment}/reply/", "Not sent yet: Reply to"),
        ("/comments/{comment}/report/", "Not sent yet: Report a comment"),
        ("/by-mail/", "Not sent yet: New pieces by mail"),
        ("/privacy/comments/yours/", "Not sent yet: What is kept of you"),
        ("/comments/reports/?code=12-nonsense", "Not found: Look up a report"),
    ],
)
def test_a_page_with_a_fault_says_so_in_its_title_and_where_the_focus_is(
    client: Client, address: str, begins: str
) -> None:
    comment = make_comment(status="approved")
    address = address.format(article=comment.article_id, comment=comment.pk)
    ask = client.get if "?" in address else partial(client.post, headers=OURS)
    page = ask(address).content.decode()
    assert f"<title>{begins}" in page
    (problem,) = re.findall('<div class="problem"[^>]*>', page)
    assert "autofocus" in problem
    assert re.search('<a href="#([^"]*)">[^<]*</a>', page.partition(problem)[2])


def text_in(page: bytes) -> str:
    """What stands in the form's text area."""
    area = page.decode().partition("<textarea")[2].partition(">")[2].partition("</textarea>")[0]
    return html.unescape(area).removeprefix("\n").strip()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"text": ""}, "Write your comment."),
        ({"text": " \u200b\u3164\u2800 \n"}, "Write your comment."),
        ({"text": "x" * (TEXT_LIMIT + 7)}, "Shorten it by 7"),
        ({"text": "映" * 100_000}, "100,000 characters"),
        ({"text": "A nul\x00 in it"}, "taken out"),
        ({"text": "Bytes: \ufffd"}, "cannot be read"),
        ({"name": ""}, "Say what name"),
        ({"name": "\u200b"}, "Say what name"),
        ({"name": "N\x00ora"}, "taken out"),
        ({"name": "n" * 81}, "80 characters at most"),
        ({"email": ""}, "never shown"),
        ({"email": "mina"}, "not an e-mail address"),
        ({"email": "mi\u212ae@example.org"}, "not an e-mail address"),  # its small letter is our k
        ({"email": f"{'m' * 250}@example.org"}, "254 characters at most"),
        ({"url": "javascript:alert(1)"}, "https://example.org"),
        ({"url": "ftp://example.org"}, "https://example.org"),
        ({"url": "not a site"}, "https://example.org"),
        ({"url": f"https://example.org/{'x' * 300}"}, "300 characters at most"),
    ],
)
def test_a_malformed_post_is_answered_with_the_form_and_the_text(
    client: Client, typed: dict[str, str], sentence: str
) -> None:
    answer = post(client, make_article(), **typed)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert escape(sentence) in page
    assert 'role="alert"' in page
    assert text_in(answer.content) == typed.get("text", WORDS).replace("\x00", "").strip()
    assert "\x00" not in page
    assert not Comment.objects.exists()


def test_all_that_is_wrong_is_said_at_once_with_links_to_the_fields(client: Client) -> None:
    page = post(client, make_article(), text="", name="", email="x").content.decode()
    for field in ("text", "name", "email"):
        assert f'href="#reply-{field}"' in page
        assert f'id="reply-{field}_error"' in page


def test_bytes_that_are_not_utf_8_are_answered_with_the_form(client: Client) -> None:
    article = make_article()
    stamp = Stamp.made_now(article, came_back=True)
    body = b"name=Mina&email=mina%40example.org&text=%FF%FE+words&stamp=" + stamp.encode()
    answer = client.post(
        address_of(article), body, "application/x-www-form-urlencoded", headers=OURS
    )
    assert answer.status_code == 422
    assert "words" in text_in(answer.content)


def test_an_expired_form_needs_one_more_press(client: Client) -> None:
    article = make_article()
    long_ago = timezone.now() - FORM_LIFETIME - timedelta(minutes=1)
    with mock.patch("comments.forms.timezone.now", return_value=long_ago):
        old = Stamp.made_now(article)
    answer = post(client, article, stamp=old)
    assert answer.status_code == 403
    assert "Press the button once more" in answer.content.decode()
    assert text_in(answer.content) == WORDS
    fresh = answer.content.decode().partition('name="stamp" value="')[2].partition('"')[0]
    assert post(client, article, stamp=html.unescape(fresh)).status_code == 303
    assert not Comment.objects.get().findings.filter(rule="written_too_fast").exists()


def test_an_expired_form_with_a_fault_says_to_correct_that_first(client: Client) -> None:
    article = make_article()
    answer = post(client, article, stamp="", email="nonsense")
    assert answer.status_code == 422
    said = answer.content.decode()
    assert "Correct what is marked below" in said
    assert "Press the button once more" not in said
    fresh = said.partition('name="stamp" value="')[2].partition('"')[0]
    assert post(client, article, stamp=html.unescape(fresh)).status_code == 303


@pytest.mark.parametrize("stamp", ["", "x", "1.2.new:forged"])
def test_a_form_without_its_own_time_has_expired(client: Client, stamp: str) -> None:
    assert post(client, make_article(), stamp=stamp).status_code == 403


def test_the_form_of_another_article_does_not_post_here(client: Client) -> None:
    elsewhere = make_comment(status="approved")
    here = make_article()
    answer = post(client, elsewhere, stamp=Stamp.made_now(here))
    assert answer.status_code == 403
    assert text_in(answer.content) == WORDS
    assert Comment.objects.count() == 1


def test_a_closed_thread_refuses_and_keeps_the_text(client: Client) -> None:
    article = make_article(comment_policy="closed")
    answer = post(client, article)
    assert answer.status_code == 403
    assert "Replies to this article are closed" in answer.content.decode()
    assert text_in(answer.content) == WORDS


def test_an_answer_to_a_removed_comment_can_be_sent_to_the_article(client: Client) -> None:
    parent = make_comment(status="rejected")
    answer = post(client, parent)
    assert answer.status_code == 403
    assert f'action="{address_of(parent.article)}"' in answer.content.decode()
    assert text_in(answer.content) == WORDS


@pytest.mark.parametrize("headers", [OURS, {"sec-fetch-site": "cross-site"}])
@pytest.mark.parametrize("status", ["pending", "rejected", "spam", "withdrawn"])
def test_a_refused_answer_never_quotes_what_readers_cannot_see(
    client: Client, status: str, headers: dict[str, str]
) -> None:
    hidden = make_comment(author_name="Hidden Hana", text="Not for readers.", status=status)
    page = post(client, hidden, name="", text="My own words.", headers=headers).content.decode()
    assert "Hidden Hana" not in page
    assert "Not for readers." not in page
    assert "My own words." in page


def test_a_flood_is_told_when_to_come_back(client: Client) -> None:
    article = make_article()
    for number in range(welcome.MOST_FROM_ADDRESS):
        assert post(client, article, text=f"Number {number}").status_code == 303
    answer = post(client, article)
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 600
    assert text_in(answer.content) == WORDS


def test_an_article_that_readers_cannot_see_says_nothing_of_itself(client: Client) -> None:
    draft = make_draft(headline="Secret headline")
    for target, data in ((draft, form_data(draft)), (Article(pk=10**6), form_data(draft))):
        answer = client.post(address_of(target), data, headers=OURS)
        assert answer.status_code == 404
        assert "Secret headline" not in answer.content.decode()
        assert text_in(answer.content) == WORDS


@pytest.mark.parametrize(
    "headers",
    [{}, {"sec-fetch-site": "cross-site"}, {"origin": "https://evil.example"}, {"origin": "null"}],
)
def test_a_post_from_elsewhere_is_refused_with_the_text_kept(
    client: Client, headers: dict[str, str]
) -> None:
    answer = post(client, make_article(), headers=headers)
    assert answer.status_code == 403
    assert "own page" in answer.content.decode()
    assert text_in(answer.content) == WORDS
    assert not Comment.objects.exists()


def test_a_body_too_large_to_read_gets_a_clear_answer(client: Client) -> None:
    answer = post(client, make_article(), text="x" * 3_000_000)
    assert answer.status_code == 413
    assert "too large" in answer.content.decode()


def test_a_malformed_multipart_body_is_no_server_error(client: Client) -> None:
    answer = client.post(
        address_of(make_article()), b"--x\r\nnonsense", "multipart/form-data", headers=OURS
    )
    assert answer.status_code == 400
