"""Mails are rows until a server took them: nothing is lost, and nothing is sent twice."""

from datetime import timedelta
from smtplib import SMTPDataError
from unittest import mock

import pytest
from django.core.mail import EmailMessage
from django.db.models import F
from django.utils import timezone
from pytest_django import Settings

from comments import letters, notices
from comments.models import Notice
from publication import smtp, worker
from tests.between import before_first
from tests.factories import make_article, make_comment

from .mail_server import mail_server

pytestmark = pytest.mark.django_db


def half_a_day_later() -> None:
    for moment in ("due_at", "claimed_at", "made_at"):
        Notice.objects.update(**{moment: F(moment) - timedelta(hours=12)})


def owe(number: int) -> None:
    for n in range(number):
        comment = make_comment(author_email=f"reader{n}@example.org")
        notices.ask_to_confirm(comment)
        notices.ask_to_confirm(comment)  # the same again is owed once


def test_with_the_server_down_nothing_is_lost_and_nothing_is_sent_twice(port: int) -> None:
    owe(3)
    assert notices.send_due() == 0
    waiting = Notice.objects.filter(sent_at=None, dropped_at=None, claimed_at=None)
    assert waiting.count() == 3
    tried = Notice.objects.exclude(error="").get()  # one knock on a closed door is enough
    assert "@" not in tried.error
    with mail_server(port) as server:
        assert notices.send_due() == 0  # not yet
        half_a_day_later()
        assert notices.send_due() == 3
        half_a_day_later()
        assert notices.send_due() == 0
        assert sorted(server.recipients) == [[f"reader{n}@example.org"] for n in range(3)]
        assert len({mail["Message-ID"] for mail in server.mails}) == 3
    assert not Notice.objects.exclude(error="").exists()


def test_one_that_is_not_taken_is_one_that_was_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    """The worker reports between any two, and a server may think for a minute about each."""
    tried = []

    def hesitates(mail: EmailMessage) -> None:
        tried.append(mail)
        raise SMTPDataError(451, b"Try again later")

    owe(3)
    monkeypatch.setattr(EmailMessage, "send", hesitates)
    mails = next(errand for errand in worker.rows() if errand.name == "mails")
    for number in (1, 2, 3):
        assert mails.run()
        assert len(tried) == number
    assert not mails.run()


def test_with_the_server_down_what_is_due_later_is_not_due_sooner(port: int) -> None:
    owe(2)
    in_an_hour = timezone.now() + timedelta(hours=1)
    later = Notice.objects.earliest("pk")
    Notice.objects.filter(pk=later.pk).update(due_at=in_an_hour)
    assert notices.send_due() == 0
    later.refresh_from_db()
    assert later.due_at == in_an_hour


def test_what_no_server_took_for_days_is_given_up(port: int) -> None:
    owe(1)
    Notice.objects.update(attempts=notices.MOST_ATTEMPTS - 2)
    for given_up in (False, True):
        assert notices.send_due() == 0
        assert (Notice.objects.get().dropped_at is not None) is given_up
        half_a_day_later()


@pytest.mark.parametrize("ahead", [timedelta(minutes=-5), timedelta(days=1)])
def test_a_claim_of_a_process_that_died_is_taken_over(port: int, ahead: timedelta) -> None:
    """Also one that was made before the clock was put back."""
    owe(1)
    Notice.objects.update(claimed_at=timezone.now() + ahead)
    with mail_server(port) as server:
        if ahead > timedelta():
            assert notices.send_due() == 1
            return
        assert notices.send_due() == 0  # it may still be at it
        half_a_day_later()
        assert notices.send_due() == 1
        assert len(server.mails) == 1


@pytest.mark.parametrize(("ahead", "sent"), [(timedelta(hours=5), 0), (timedelta(days=2), 1)])
def test_what_was_owed_before_the_clock_was_put_back_is_sent(
    port: int, ahead: timedelta, sent: int
) -> None:
    """What may be the pause after a failure is waited for."""
    owe(1)
    Notice.objects.update(due_at=timezone.now() + ahead)
    with mail_server(port) as server:
        assert notices.send_due() == sent
        assert notices.send_due() == 0
        assert len(server.mails) == sent


def test_an_address_that_does_not_exist_is_given_up_at_once(port: int) -> None:
    owe(1)
    with mail_server(port) as server:
        server.refuse = "550 reader0@example.org: no such user here"
        notices.send_due()
    notice = Notice.objects.get()
    assert notice.dropped_at is not None
    assert notice.error == "SMTPRecipientsRefused"


def test_what_a_server_does_not_pass_on_for_us_is_sent_once_that_is_mended(port: int) -> None:
    """As without its login: whoever it would go to does not matter."""
    owe(2)
    with mail_server(port) as server:
        server.refuse = "554 5.7.1 <reader0@example.org>: Relay access denied"
        assert notices.send_due() == 0
        still = notices.standstill()
        assert still is not None
        assert still.error == "SMTPRecipientsRefused 5.7"
        server.refuse = ""
        half_a_day_later()
        assert notices.send_due() == 2


def test_what_a_clock_that_was_ahead_sent_hides_no_standstill(port: int) -> None:
    owe(2)
    Notice.objects.filter(pk=Notice.objects.latest("pk").pk).update(
        sent_at=timezone.now() + timedelta(days=3)
    )
    assert notices.send_due() == 0
    assert notices.standstill() is not None


def test_a_full_mailbox_is_tried_again(port: int) -> None:
    owe(2)
    with mail_server(port) as server:
        server.refuse = "452 full"
        notices.send_due()
        assert [notice.attempts for notice in Notice.objects.all()] == [1, 1]  # nobody waits for it
        server.refuse = ""
        half_a_day_later()
        assert notices.send_due() == 2


def test_a_server_that_looks_into_a_mail_for_long_is_sent_it_once(
    port: int, settings: Settings
) -> None:
    """It has the mail by then: whoever does not wait for its answer sends another."""
    settings.EMAIL_TIMEOUT = 0.5
    owe(1)
    with mail_server(port) as server:
        server.looks_into_each = 0.6
        assert notices.send_due() == 1
        assert len(server.mails) == 1


def test_a_server_that_hangs_with_a_mail_is_not_waited_for_without_end(port: int) -> None:
    owe(1)
    with mail_server(port) as server, mock.patch.object(smtp, "LOOKS_INTO_IT", 0.05):
        server.looks_into_each = 0.2
        assert notices.send_due() == 0
    assert Notice.objects.get().error == "SMTPServerDisconnected"


def test_a_headline_cannot_write_headers(port: int) -> None:
    comment = make_comment(make_article(headline="A film\r\nBcc: everyone@example.org"))
    notices.ask_to_confirm(comment)
    with mail_server(port) as server:
        assert notices.send_due() == 1
        assert server.recipients == [["mina@example.org"]]
        assert server.mails[0]["Bcc"] is None


def test_a_long_headline_makes_no_long_subject(port: int) -> None:
    notices.ask_to_confirm(make_comment(make_article(headline="A film of " * 20)))
    with mail_server(port) as server:
        notices.send_due()
        assert 140 < len(server.mails[0]["Subject"].strip()) <= letters.SUBJECT_LIMIT


def test_what_another_takes_in_hand_in_the_same_moment_is_theirs(port: int) -> None:
    owe(2)
    first, second = Notice.objects.order_by("due_at", "pk")

    def another() -> None:
        Notice.objects.filter(pk=first.pk).update(claimed_at=timezone.now())

    with mail_server(port) as server, before_first("UPDATE", another):
        assert notices.send_due() == 1
    assert len(server.recipients) == 1
    second.refresh_from_db()
    assert second.sent_at


def test_who_was_overtaken_says_nothing_of_what_another_has_in_hand(port: int) -> None:
    owe(1)
    taken = timezone.now() + timedelta(seconds=1)

    def slow(message: EmailMessage) -> None:
        Notice.objects.update(claimed_at=taken)

    with mock.patch.object(EmailMessage, "send", slow):
        notices.send_due()
    notice = Notice.objects.get()
    assert (notice.claimed_at, notice.sent_at, notice.dropped_at) == (taken, None, None)


def test_what_is_spam_by_then_sends_no_mail(port: int) -> None:
    comment = make_comment(status="spam")
    notices.ask_to_confirm(comment)
    assert notices.send_due() == 0
    assert Notice.objects.get().dropped_at is not None
