"""What is refused of new pieces is told later, and keeps others waiting no longer than it must."""

import smtplib
from datetime import timedelta
from typing import Any
from unittest import mock

import pytest
from django.core.mail import EmailMessage
from django.utils import timezone

from comments import mail_failures
from comments.following import news, sending
from comments.models import Follower
from tests.factories import make_article

from .followed import make_follower, next_morning, told
from .mail_server import mail_server

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("answer", "left"),
    [("550 5.1.1 no such user", 0), ("550 5.7.1 your network is listed", 1), ("452 full", 1)],
)
def test_a_mailbox_that_is_no_more_ends_it_and_nothing_else_does(
    port: int, answer: str, left: int
) -> None:
    make_article(headline="One")
    make_follower()
    with mail_server(port) as server:
        server.refuse = answer
        for times in range(3):
            assert Follower.objects.count() == 1, times
            next_morning()
        assert Follower.objects.count() == left
        server.refuse = ""
        next_morning()
        assert len(server.mails) == left  # what was refused is told as soon as it is taken


def test_a_mailbox_that_is_there_again_counts_anew(port: int) -> None:
    make_follower(refused=2)
    make_article()
    with mail_server(port):
        next_morning()
    assert Follower.objects.get().refused == 0


@pytest.mark.parametrize(
    ("error", "mornings"),
    [
        (UnicodeError("an address that no mail program can write"), 1),
        (
            smtplib.SMTPRecipientsRefused({"reader0@example.org": (550, b"5.7.1 colleagues only")}),
            2,
        ),
    ],
)
def test_one_who_is_refused_keeps_others_waiting_once_at_most(
    port: int, error: Exception, mornings: int
) -> None:
    """For policy the first time: it may be everybody's."""
    make_article(headline="One")
    for number in range(3):
        make_follower(f"reader{number}@example.org")
    send = sending._send

    def refused(follower: Follower, *more: Any) -> None:
        if follower.email == "reader0@example.org":
            raise error
        send(follower, *more)

    with mail_server(port) as server, mock.patch.object(sending, "_send", refused):
        for morning in range(1, mornings + 1):
            assert not server.recipients, morning
            next_morning()
        assert sorted(server.recipients) == [["reader1@example.org"], ["reader2@example.org"]]


@pytest.mark.parametrize(
    "error",
    [
        smtplib.SMTPAuthenticationError(535, b"not with this password"),
        smtplib.SMTPSenderRefused(451, b"too many of yours today", "publication@localhost"),
    ],
)
def test_what_the_server_has_against_us_is_not_tried_with_everybody(error: Exception) -> None:
    make_article(headline="One")
    for number in range(3):
        make_follower(f"reader{number}@example.org")
    with mock.patch.object(sending, "_send", side_effect=error):
        assert next_morning() == 1
    assert not Follower.objects.filter(due_at__lte=timezone.now()).exists()
    next_morning()
    assert told() == ["One"] * 3


@pytest.mark.parametrize(
    ("error", "is_final", "again"),
    [
        (smtplib.SMTPServerDisconnected("gone"), False, "One"),
        (smtplib.SMTPDataError(451, b"later"), False, "Two, and 1 more"),
        (smtplib.SMTPDataError(554, b"never"), True, "Two, and 1 more"),
    ],
)
def test_a_mail_that_may_have_arrived_is_sent_again_as_it_was_and_others_anew(
    error: Exception, is_final: bool, again: str
) -> None:
    make_article(headline="One")
    make_follower()
    with mock.patch.object(EmailMessage, "send", side_effect=error):
        next_morning()
        next_morning()
    due_at, now = Follower.objects.get().due_at, timezone.now()
    if is_final:
        assert due_at == news.next_time("daily", now)
    else:  # the second pause
        assert timedelta(minutes=1.5) < due_at - now <= timedelta(minutes=2)
    make_article(headline="Two", days_ago=0)
    next_morning()
    assert told() == [again]


def test_in_the_end_a_mail_waits_for_the_next_morning() -> None:
    make_article(headline="One")
    make_follower(attempts=mail_failures.MOST_ATTEMPTS - 1)
    with mock.patch.object(EmailMessage, "send", side_effect=smtplib.SMTPDataError(451, b"later")):
        next_morning()
    follower = Follower.objects.get()
    assert follower.attempts == 0
    assert follower.due_at == news.next_time("daily", timezone.now())
