"""The worker outlives its database, and one errand that fails does not stop the others."""

import errno
import logging
import threading
import time

import pytest
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection, transaction
from django.utils import timezone

from publication import worker
from reviews import storing
from tests.safety.people import client_of

SLOW = "SET LOCAL statement_timeout = 1; SELECT pg_sleep(1)"  # ends in an OperationalError


class Stop(threading.Event):
    """Set after so many waits; nobody waits for real."""

    def __init__(self, rounds: int) -> None:
        super().__init__()
        self.rounds, self.waits = rounds, []

    def wait(self, timeout: float | None = None) -> bool:
        self.waits.append(timeout)
        if len(self.waits) >= self.rounds:
            self.set()
        return self.is_set()


@pytest.mark.django_db
def test_a_database_that_goes_away_is_said_once_and_waited_for(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    looks = []

    def develop() -> None:
        looks.append(1)
        if 2 <= len(looks) <= 8:
            raise OperationalError("server closed the connection unexpectedly")

    while worker.index.read_next():  # what other tests left, so that the pictures come first
        pass
    monkeypatch.setattr(worker.darkroom, "develop_next", develop)
    monkeypatch.setattr(worker, "_answers", lambda: False)
    monkeypatch.setattr(worker.connection, "close", lambda: None)
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)
    caplog.set_level(logging.INFO, logger="publication.worker")
    stop = Stop(rounds=9)
    worker.work(stop)
    assert stop.waits == [1, 1, 2, 4, 8, 16, 30, 30, 1]
    assert [record.getMessage() for record in caplog.records] == [
        "The database does not answer (OperationalError). Trying again until it does.",
        "The database answers again.",
    ]


@pytest.mark.django_db
def test_an_errand_that_fails_is_said_and_the_others_are_done(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    done = []

    def broken() -> None:
        raise ValueError("broken")

    monkeypatch.setattr(worker.retired_files, "prune", broken)
    monkeypatch.setattr(worker.privacy, "purge", lambda: done.append("purge"))
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)
    worker.work(Stop(rounds=1))
    assert done == ["purge"]
    assert "The worker's errand “old files” failed; the others go on." in caplog.text


@pytest.mark.django_db
def test_one_that_fails_all_night_is_still_tried_every_half_minute() -> None:
    def broken() -> None:
        raise ValueError("broken")

    night = worker.Errand("old files", broken, failures=5_000)
    night.run()
    assert 29 < night.due - time.monotonic() <= 30


@pytest.mark.django_db
def test_one_that_the_database_refuses_for_good_starves_no_other(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Such as a table that is damaged, or a statement that is always ended for its length."""
    tried, done = [], []

    def refused() -> None:
        tried.append(1)
        with connection.cursor() as cursor, transaction.atomic():
            cursor.execute("SELECT 1 FROM no_such_table" if connection.vendor == "sqlite" else SLOW)

    monkeypatch.setattr(worker.retired_files, "prune", refused)
    monkeypatch.setattr(worker.privacy, "purge", lambda: done.append("purge"))
    monkeypatch.setattr(worker.darkroom, "develop_next", lambda: done.append("pictures"))
    monkeypatch.setattr(worker.connection, "close", lambda: None)
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)
    monkeypatch.setattr(worker.time, "monotonic", lambda: 1_000.0 + len(stop.waits))
    caplog.set_level(logging.INFO, logger="publication.worker")
    stop = Stop(rounds=8)
    worker.work(stop)
    assert done.count("purge") == 1
    assert done.count("pictures") >= 5
    assert len(tried) == 4  # after one second, two, four
    said = [record.getMessage() for record in caplog.records]
    assert said == ["The worker's errand “old files” failed; the others go on."]


@pytest.mark.django_db
def test_why_a_storage_failed_is_said_in_one_line(caplog: pytest.LogCaptureFixture) -> None:
    def fail() -> None:
        with storing.as_not_stored():
            raise OSError(errno.EROFS, "Read-only file system", "/srv/private/still.jpg")

    assert not worker.Errand("pictures", fail).run()
    (said,) = caplog.records
    why = "The worker's errand “pictures” failed (Read-only file system); the others go on."
    assert (said.getMessage(), said.exc_info) == (why, None)


@pytest.mark.django_db
def test_one_that_works_again_says_so(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    tries = iter([ValueError("broken"), None])

    def purge() -> None:
        if error := next(tries):
            raise error

    monkeypatch.setattr(worker.privacy, "purge", purge)
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)
    monkeypatch.setattr(worker.time, "monotonic", lambda: 1_000.0 + len(stop.waits))
    caplog.set_level(logging.INFO, logger="publication.worker")
    stop = Stop(rounds=4)
    worker.work(stop)
    assert "“what is kept too long” works again." in caplog.text


@pytest.mark.django_db
def test_mails_do_not_wait_until_a_whole_library_of_pictures_is_made(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    done, clock, owed = [], [1_000.0], [*range(20)]

    def develop() -> bool:
        done.append("picture")
        clock[0] += 1.4
        if len(done) > 24:
            stop.set()
        return True

    def send() -> bool | None:
        clock[0] += 0.01
        if not owed:
            return None
        done.append("mail")
        return bool(owed.pop())

    while worker.index.read_next():
        pass
    monkeypatch.setattr(worker.darkroom, "develop_next", develop)
    monkeypatch.setattr(worker.notices, "send_next", send)
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)
    monkeypatch.setattr(worker.time, "monotonic", lambda: clock[0])
    stop = Stop(rounds=1)
    worker.work(stop)
    assert done[:23] == ["picture", *(["mail"] * 20), "picture", "picture"]


@pytest.mark.django_db
def test_logins_that_ended_are_deleted_and_others_are_not(monkeypatch: pytest.MonkeyPatch) -> None:
    open_still, ended = client_of("editor"), client_of("editor")
    Session.objects.filter(pk=ended.session.session_key).update(expire_date=timezone.now())
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)
    worker.work(Stop(rounds=1))
    assert [row.pk for row in Session.objects.all()] == [open_still.session.session_key]


@pytest.mark.django_db
def test_once_does_the_rest_too_and_ends_with_what_was_not_done(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    done = []

    def broken() -> None:
        raise ValueError("broken")

    monkeypatch.setattr(worker.darkroom, "develop_all", broken)
    monkeypatch.setattr(worker.retired_files, "prune", broken)
    monkeypatch.setattr(worker.privacy, "purge", lambda: done.append("purge"))
    monkeypatch.setattr(worker.notices, "send_due", lambda: done.append("mails"))
    with pytest.raises(CommandError, match="Not done: “pictures” and “old files”"):
        call_command("work", "--once")
    assert done == ["purge", "mails"]
    assert "“old files” failed" in caplog.text


@pytest.mark.django_db
def test_once_says_so_when_the_database_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> None:
        raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(worker.darkroom, "develop_all", away)
    monkeypatch.setattr(worker, "_answers", lambda: False)
    with pytest.raises(OperationalError):
        call_command("work", "--once")
