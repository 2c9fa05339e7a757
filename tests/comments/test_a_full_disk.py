"""A disk that is full: readers go on reading, and who writes keeps every word."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core import mail
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from comments import letters, notices, writers
from comments.models import Comment, Subscription
from tests.factories import make_article, make_comment
from tests.full_disk import full_disk

from .posting import OURS, post

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite can be told to be full"),
]
LONG = "Words that matter to me. " * 200


@pytest.fixture
def full() -> Iterator[None]:
    with full_disk():
        yield


def test_a_comment_that_cannot_be_saved_is_handed_back_with_its_words(
    client: Client, request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture
) -> None:
    article = make_article()
    request.getfixturevalue("full")
    answer = post(client, article, text=LONG)
    assert answer.status_code == 503
    page = answer.content.decode()
    assert "press the button again in a minute" in page
    assert LONG.strip() in page
    assert 'value="Mina"' in page
    assert not Comment.objects.exists()
    assert "could not be saved" in caplog.text
    assert client.get(article.get_absolute_url()).status_code == 200


def test_a_change_that_cannot_be_saved_is_handed_back_with_its_words(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    comment = make_comment()
    address = writers.yours_address(comment)
    sent = {"text": LONG, "version": str(comment.version)}
    with full_disk():
        answer = client.post(address, sent, headers=OURS)
    assert answer.status_code == 503
    page = answer.content.decode()
    assert "press the button again in a minute" in page
    assert LONG.strip() in page
    assert f'name="version" value="{comment.version}"' in page
    assert "could not be saved" in caplog.text
    kept = Comment.objects.get(pk=comment.pk)
    assert (kept.text, kept.version) == (comment.text, comment.version)
    assert client.post(address, sent, headers=OURS).status_code == 303
    assert Comment.objects.get(pk=comment.pk).text == LONG.strip()


def _report(comment: Comment) -> tuple[str, dict[str, str]]:
    return f"/comments/{comment.pk}/report/", {"reason": "abuse", "note": "It names my street."}


def _withdraw(comment: Comment) -> tuple[str, dict[str, str]]:
    return writers.yours_address(comment), {"withdraw": "yes"}


def _ask_for_a_link(comment: Comment) -> tuple[str, dict[str, str]]:
    return writers.yours_address(comment), {"prove": "yes"}


def _confirm(comment: Comment) -> tuple[str, dict[str, str]]:
    return letters.confirm_address(comment), {}


def _ask(comment: Comment) -> tuple[str, dict[str, str]]:
    return "/privacy/comments/yours/", {"email": comment.author_email}


def _erase(comment: Comment) -> tuple[str, dict[str, str]]:
    notices.tell_what_is_kept(comment, timezone.now())
    notices.send_due()
    link = next(word for word in mail.outbox[-1].body.split() if "/yours/" in word)
    return link.removeprefix("http://testserver"), {}


def _stop(comment: Comment) -> tuple[str, dict[str, str]]:
    wish = Subscription.objects.create(comment=comment, confirmed_at=timezone.now())
    return letters.unsubscribe_address(wish), {}


EVERY_BUTTON = [_report, _withdraw, _ask_for_a_link, _confirm, _ask, _erase, _stop]


@pytest.mark.parametrize("press", EVERY_BUTTON)
def test_whatever_a_reader_presses_is_handed_back_and_works_a_minute_later(
    client: Client, press: Callable[[Comment], tuple[str, dict[str, str]]]
) -> None:
    """Any database that takes nothing, whatever the view would have written."""
    comment = make_comment(status="approved")
    address, sent = press(comment)

    def refuse(execute: Any, sql: str, *rest: Any) -> Any:
        if not sql.lstrip(" (").upper().startswith(("SELECT", "SAVEPOINT", "ROLLBACK", "RELEASE")):
            raise OperationalError("database or disk is full")
        return execute(sql, *rest)

    with connection.execute_wrapper(refuse):
        answer = client.post(address, sent, headers=OURS)
    assert answer.status_code == 503
    page = answer.content.decode()
    assert "press the button again in a minute" in page
    for typed in sent.values():
        assert typed in page or typed == "yes"
    assert client.post(address, sent, headers=OURS).status_code in (200, 303)
