"""Whatever Akismet does wrong, no comment is published because of it and none is lost."""

import logging
import socket
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from comments import notices
from comments.akismet import health, owed, verdicts
from comments.models import AkismetCheck, AkismetHealth, Comment, Notice
from comments.spam import sentences
from tests.factories import make_article, make_user

from .akismet_double import KEY, Double
from .asked import answered, finding, later, send, trusted

pytestmark = pytest.mark.django_db

FAILURES = [
    "hang",
    "drip",
    "break",
    "garbage",
    "gone",
    "empty",
    "HTML",
    "True",
    "huge",
    "500",
    "404",
    "429",
    "redirect",
    "invalid",
    "alert",
    "error",
]
HANGS = ("hang", "drip")


@pytest.mark.parametrize("failure", FAILURES)
def test_nothing_is_published_and_nothing_lost(
    client: Client, verified: Double, moderator: User, settings: Settings, failure: str
) -> None:
    trusted(client, moderator)  # whose comments appear at once when nothing is against them
    settings.AKISMET_TIMEOUT = 0.3 if failure in HANGS else 20.0
    if failure == "gone":
        with socket.create_server(("127.0.0.1", 0)) as free:
            settings.AKISMET_URL = f"http://127.0.0.1:{free.getsockname()[1]}"
        AkismetHealth.objects.all().delete()
    verified.does = failure
    article = make_article()
    comments = [send(client, article, text=f"Number {n} of them.") for n in range(2)]
    for _ in range(6):
        verdicts.work_all()
        later(days=1)
    waiting = Comment.objects.filter(pk__in=[comment.pk for comment in comments])
    assert [c.status for c in waiting] == ["pending"] * 2
    assert [c.text for c in waiting.order_by("pk")] == [f"Number {n} of them." for n in range(2)]
    assert all("Not checked" in sentences.of(finding(comment)) for comment in comments)
    assert KEY not in "".join(sentences.of(finding(comment)) for comment in comments)


@pytest.mark.parametrize("failure", ["hang", "500", "429", "HTML", "break", "error", "empty"])
def test_when_it_answers_again_it_is_as_if_nothing_had_been(
    client: Client, verified: Double, moderator: User, settings: Settings, failure: str
) -> None:
    settings.AKISMET_TIMEOUT = 0.3 if failure in HANGS else 20.0
    trusted(client, moderator)
    verified.does = failure
    honest, spam = send(client), send(client, name="viagra-test-123")
    verdicts.work_all()
    assert "is asked again" in sentences.of(finding(honest))
    verified.does, settings.AKISMET_TIMEOUT = "", 20.0
    later(minutes=11)  # longer than it asked for, and than the first pause
    answered(honest)
    spam.refresh_from_db()
    assert honest.is_approved()
    assert spam.is_spam()
    assert AkismetHealth.objects.get().failures == 0


def test_it_is_asked_after_1_5_20_and_60_minutes_and_then_for_three_days(
    client: Client, verified: Double
) -> None:
    verified.does = "404"
    comment = send(client)
    waits = []
    while True:
        verdicts.work_all()
        check = AkismetCheck.objects.get()
        if check.next_at is None:
            break
        waits.append(round((check.next_at - timezone.now()).total_seconds() / 60))
        later(days=1)
    assert waits == [1, 5, 20, 60, 1440, 1440, 1440]
    assert len(verified.asked("comment-check")) == 8
    said = (
        "Not checked: Akismet answered with an error (HTTP 404), whenever it was asked for three "
        "days."
    )
    assert sentences.of(finding(comment)) == said


def test_it_is_not_asked_sooner_than_it_says(client: Client, verified: Double) -> None:
    verified.does = "429"
    send(client)
    verdicts.work_all()
    later(minutes=9)
    assert verdicts.work_all() == 0
    later(minutes=2)
    assert verdicts.work_all() == 1


@pytest.mark.parametrize(
    ("attempts", "asks", "minutes"),
    [
        (1, {}, 1),
        (1, {"retry_after": timedelta(minutes=7)}, 7),
        (1, {"recheck_after": timedelta(minutes=8)}, 8),
        (4, {"retry_after": timedelta(minutes=7), "recheck_after": timedelta(minutes=8)}, 60),
    ],
)
def test_the_next_attempt_waits_for_the_longest_of_what_it_asks_and_what_we_would(
    attempts: int, asks: dict[str, timedelta], minutes: int
) -> None:
    check = AkismetCheck(attempts=attempts)
    assert owed.pause(check, verdicts.Answer(**asks)) == timedelta(minutes=minutes)


def test_what_is_due_longest_is_asked_about_first(client: Client, verified: Double) -> None:
    for name in ("Ann", "Ben", "Cho"):
        send(client, name=name)
    earlier = timezone.now() - timedelta(hours=1)
    AkismetCheck.objects.filter(comment__author_name="Cho").update(next_at=earlier)
    verdicts.work_all()
    asked = [request.fields["comment_author"] for request in verified.asked("comment-check")]
    assert asked == [["Cho"], ["Ann"], ["Ben"]]


def test_one_knock_on_a_closed_door_is_enough(client: Client, verified: Double) -> None:
    verified.does = "500"
    article = make_article()
    for n in range(5):
        send(client, article, text=f"Number {n} of them.")
    assert verdicts.work_all() == 1
    assert len(verified.requests) == 1
    verified.does = ""
    later(minutes=2)
    assert verdicts.work_all() == 5


@pytest.mark.parametrize(("ahead", "asked"), [(timedelta(hours=5), 1), (timedelta(days=2), 2)])
def test_what_a_clock_that_was_ahead_put_off_is_asked_now(
    client: Client, verified: Double, ahead: timedelta, asked: int
) -> None:
    """What may be a pause that is meant is waited for."""
    verified.does = "500"
    answered(send(client))
    AkismetCheck.objects.update(next_at=timezone.now() + ahead)
    AkismetHealth.objects.update(paused_until=timezone.now() + ahead)
    verdicts.work_all()
    assert len(verified.asked("comment-check")) == asked


@pytest.mark.parametrize("fault", ["invalid", "alert"])
def test_a_fault_of_the_key_stops_everything_until_it_is_verified(
    client: Client, verified: Double, fault: str
) -> None:
    verified.does = fault
    first = send(client)
    second = send(client, name="viagra-test-123")
    assert verdicts.work_all() == 1
    assert "Administrators have been told" in sentences.of(finding(first))
    verified.does = ""
    later(days=2)
    assert verdicts.work_all() == 0  # nobody has seen to it yet
    asked = verdicts.akismet.client()
    assert asked is not None
    assert verdicts.verify(asked).verdict is verdicts.Verdict.VALID
    assert answered(second).is_spam()
    assert "is not spam" in sentences.of(finding(first))


def test_another_key_begins_anew(client: Client, service: Double, settings: Settings) -> None:
    service.knows = "another"
    comment = send(client)
    answered(comment)
    assert AkismetHealth.objects.get().stopped_at
    assert [request.path for request in service.requests] == ["/1.1/verify-key"]
    settings.AKISMET_KEY = "another"
    assert "is not spam" in sentences.of(finding(answered(comment)))


@pytest.mark.parametrize("name", ["AKISMET_KEY", "AKISMET_SITE", "AKISMET_URL"])
def test_what_was_said_of_another_key_site_or_address_is_of_no_account(
    verified: Double, settings: Settings, name: str
) -> None:
    assert health.heard(verdicts.Answer(verdict=verdicts.Verdict.INVALID, help="Unknown key."))
    assert health.current().alert == "Unknown key."
    setattr(settings, name, "https://another.example/")
    assert (health.current().stopped_at, health.current().alert) == (None, "")


def test_a_service_that_is_down_is_left_alone_for_as_long_as_it_asks(verified: Double) -> None:
    health.heard(verdicts.Answer(is_down=True, retry_after=timedelta(hours=1)))
    now = timezone.now()
    assert not health.may_be_asked(health.current(), now + timedelta(minutes=59))
    assert health.may_be_asked(health.current(), now + timedelta(minutes=61))


def test_a_warning_beside_no_verdict_is_shown_too(verified: Double) -> None:
    health.heard(verdicts.Answer(alert_code="10501", alert="Over."))
    assert health.current().alert == "Over."


def test_an_unclear_answer_about_the_key_is_not_asked_for_every_second(
    client: Client, service: Double
) -> None:
    service.does = "HTML"
    send(client)
    for _ in range(3):
        verdicts.work_all()
    assert len(service.requests) == 1


def test_a_warning_is_shown_and_stops_nothing(client: Client, verified: Double) -> None:
    verified.does = "warning"
    comment = answered(send(client))
    assert "is not spam" in sentences.of(finding(comment))
    assert AkismetHealth.objects.get().alert == "Over."
    verified.does = ""
    answered(send(client))
    assert AkismetHealth.objects.get().alert == ""


def test_administrators_are_mailed_once_a_day_and_nobody_else(
    client: Client, verified: Double, moderator: User
) -> None:
    make_user("Administrator", email="admin@example.org")
    left = make_user("Administrator", email="left@example.org")
    make_user("Administrator")
    make_user("Editor", email="editor@example.org")
    verified.does = "invalid"
    answered(send(client))
    asked = verdicts.akismet.client()
    assert asked is not None
    verdicts.verify(asked)
    User.objects.filter(pk=left.pk).update(is_superuser=False)
    notices.send_due()
    assert [sent.to for sent in mail.outbox] == [["admin@example.org"]]
    assert "does not accept the key or the site" in mail.outbox[0].body
    assert "/admin/comments/akismethealth/" in mail.outbox[0].body
    assert KEY not in mail.outbox[0].body
    assert Notice.objects.filter(kind="akismet").count() == 2


def test_a_mail_about_what_is_mended_by_now_is_not_sent(client: Client, verified: Double) -> None:
    make_user("Administrator", email="admin@example.org")
    verified.does = "invalid"
    answered(send(client))
    verified.does = ""
    asked = verdicts.akismet.client()
    assert asked is not None
    verdicts.verify(asked)
    assert notices.send_due() == 0


def test_the_key_is_in_no_log_and_no_row(
    client: Client, service: Double, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    settings.AKISMET_TIMEOUT = 0.3
    for failure in ("", "invalid", "alert", "hang", "500", "garbage", "HTML"):
        service.does = failure
        client.defaults["REMOTE_ADDR"] = f"192.0.2.{len(failure)}"
        send(client, text=f"While it does {failure}.")
        verdicts.work_all()
        AkismetHealth.objects.update(stopped_at=None, paused_until=None)
        later(days=1)
    rows = [*AkismetHealth.objects.values_list(), *AkismetCheck.objects.values_list()]
    assert len(rows) > 7
    assert KEY not in str(rows)
    assert KEY not in caplog.text
