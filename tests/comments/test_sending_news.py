"""New pieces reach each follower once, whatever the mail server, a crash or another worker does."""

from datetime import timedelta
from typing import Any
from unittest import mock

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.utils import timezone
from pytest_django import Settings

from comments import claims
from comments.following import follows, letter, news, sending
from comments.models import Follower
from reviews import publishing
from reviews.models import Article
from tests.between import before_first
from tests.factories import make_article, make_user

from .followed import earlier, make_follower, next_morning
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
