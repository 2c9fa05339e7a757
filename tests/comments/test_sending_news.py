"""New pieces reach each follower once, whatever the mail server, a crash or another worker does."""

import smtplib
from datetime import timedelta
from typing import Any
from unittest import mock

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.utils import timezone
from pytest_django import Settings

from comments import claims, mail_failures
from comments.following import follows, letter, news, sending
from comments.models import Follower
from reviews import publishing
from reviews.models import Article
from tests.between import before_first
from tests.factories import make_article, make_user

from .followed import earlier, make_follower, next_morning, told
from .mail_server import mail_server

pytestmark = pytest.mark.django_db


def test_a_crash_after_the_server_took_it_sends_the_same_mail_once_more(port: int) -> None:
    """Also when something was published meanwhile."""
    make_article(headline="One")
    make_follower()
    with mail_server(port) as server:
        crash = mock.patch.object(sending, "_has_been_told", side_effect=KeyboardInterrupt)
        with crash, pytest.raises(KeyboardInterrupt):
            next_morning()
        make_article(headline="Two", days_ago=0)
        assert next_morning() == 0  # another process may still be at it
        earlier(minutes=11)
        assert sending.send_all() == 1
        next_morning()
        first, again, later = server.mails
        assert first["Message-ID"] == again["Message-ID"] != later["Message-ID"]
        assert first.get_content() == again.get_content()
        assert [sent["Subject"] for sent in server.mails] == ["One", "One", "Two"]


def test_a_crash_before_it_was_sent_leaves_nothing_out(port: int) -> None:
    make_article(headline="One")
    make_follower()
    with mail_server(port) as server:
        with (
            mock.patch.object(sending, "_send", side_effect=KeyboardInterrupt),
            pytest.raises(KeyboardInterrupt),
        ):
            next_morning()
        earlier(minutes=11)
        sending.send_all()
        assert [sent["Subject"] for sent in server.mails] == ["One"]


def test_what_is_withdrawn_before_the_next_try_is_not_told(port: int) -> None:
    make_article(headline="One")
    withdrawn = make_article(headline="Two")
    make_follower()
    with mail_server(port) as server:
        with (
            mock.patch.object(sending, "_send", side_effect=KeyboardInterrupt),
            pytest.raises(KeyboardInterrupt),
        ):
            next_morning()
        publishing.withdraw(withdrawn, by=make_user("Editor"))
        earlier(minutes=11)
        sending.send_all()
        assert [sent["Subject"] for sent in server.mails] == ["One"]


def test_with_the_server_down_everybody_waits_and_nothing_is_lost(port: int) -> None:
    make_article(headline="One")
    for name in ("mina", "jun", "ana"):
        make_follower(f"{name}@example.org")
    assert next_morning() == 1  # one knock on a closed door is enough
    assert Follower.objects.filter(due_at__lte=timezone.now()).count() == 0
    assert "@" not in Follower.objects.exclude(error="").get().error
    make_article(headline="Two", days_ago=0)
    with mail_server(port) as server:
        next_morning()
        assert [sent["Subject"] for sent in server.mails] == ["Two, and 1 more"] * 3
    assert not Follower.objects.exclude(error="").exists()


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


def test_one_who_is_refused_keeps_nobody_else_waiting(port: int) -> None:
    make_article(headline="One")
    for number in range(3):
        make_follower(f"reader{number}@example.org")
    send = sending._send

    def refused(follower: Follower, *more: Any) -> None:
        if follower.email == "reader0@example.org":
            raise UnicodeError("an address that no mail program can write")
        send(follower, *more)

    with mail_server(port) as server, mock.patch.object(sending, "_send", refused):
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


def test_what_can_be_no_news_any_more_is_forgotten() -> None:
    old, young = make_article(days_ago=15), make_article(days_ago=9)
    make_follower(told=[old.pk])
    next_morning()
    assert Follower.objects.get().told == [young.pk]


def test_two_workers_send_one_mail_each(port: int) -> None:
    make_article()
    make_follower()
    jun = make_follower("jun@example.org")

    def another() -> None:
        assert claims.first(Follower.objects.filter(pk=jun.pk - 1))

    with mail_server(port) as server, before_first("UPDATE", another):
        assert sending.send_all() == 1
    assert server.recipients == [["jun@example.org"]]


def test_who_was_overtaken_sends_nothing_and_says_nothing(port: int) -> None:
    make_article()
    make_follower()
    taken = timezone.now() + timedelta(seconds=1)
    pieces = letter.pieces

    def slow(keys: list[int]) -> list[Article]:
        Follower.objects.update(claimed_at=taken)
        return pieces(keys)

    with mail_server(port) as server, mock.patch.object(letter, "pieces", slow):
        sending.send_all()
        assert not server.mails
    assert Follower.objects.get().claimed_at == taken


def test_what_a_clock_that_was_ahead_put_off_longer_than_is_ever_waited_is_sent() -> None:
    make_article()
    make_follower(due_at=timezone.now() + timedelta(days=9))
    make_follower("jun@example.org", rhythm="weekly", due_at=timezone.now() + timedelta(days=6))
    assert sending.send_all() == 1
    assert [sent.to for sent in mail.outbox] == [["mina@example.org"]]


def test_a_mail_that_was_begun_is_not_put_off_with_those_who_have_no_news() -> None:
    article, now = make_article(), timezone.now()
    make_follower(news_from=now)
    make_follower("jun@example.org", news_from=now, in_hand=[article.pk], begun_at=now)
    assert sending.send_all() == 2
    assert [sent.to for sent in mail.outbox] == [["jun@example.org"]]


def test_who_stops_while_their_mail_is_sent_is_not_brought_back() -> None:
    make_article()
    make_follower()

    def stopping(message: EmailMessage) -> None:
        follows.stop(Follower.objects.get())

    with mock.patch.object(EmailMessage, "send", stopping):
        sending.send_all()
    assert not Follower.objects.exists()


def test_who_changes_how_often_meanwhile_is_mailed_on_the_new_day(settings: Settings) -> None:
    day = (timezone.localtime().weekday() + 3) % 7  # so that it is not tomorrow, whatever is today
    settings.FOLLOWERS_DAY = news.DAYS[day]
    make_article()
    make_follower()

    def changing(message: EmailMessage) -> None:
        follows.choose(Follower.objects.get(), "weekly")

    with mock.patch.object(EmailMessage, "send", changing):
        sending.send_all()
    assert timezone.localtime(Follower.objects.get().due_at).weekday() == day


def test_a_morning_without_news_costs_few_statements(
    django_assert_max_num_queries: Any,
) -> None:
    make_article(headline="Old", days_ago=12)
    for number in range(60):
        make_follower(f"reader{number}@example.org", rhythm=["daily", "weekly"][number % 2])
    with django_assert_max_num_queries(20):
        assert sending.send_all() == 1
    assert not Follower.objects.filter(due_at__lte=timezone.now()).exists()
    assert not mail.outbox


def test_many_are_served_by_portions() -> None:
    make_article()
    for number in range(sending.BATCH + 3):
        make_follower(f"reader{number}@example.org")
    assert sending.send_some() == sending.BATCH
    assert sending.send_some() == 3
    assert sending.send_some() == 0
    assert len({sent.to[0] for sent in mail.outbox}) == sending.BATCH + 3


def test_of_a_slow_server_no_portion_holds_the_worker_for_long(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It hears in between that it is to end, and says that it is at work."""
    make_article()
    for number in range(sending.BATCH):
        make_follower(f"reader{number}@example.org")
    monkeypatch.setattr(sending, "monotonic", lambda: 15.0 * len(mail.outbox))
    assert sending.send_some() == 1
    assert sending.send_all() == sending.BATCH - 1
