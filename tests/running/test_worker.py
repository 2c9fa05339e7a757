"""The worker outlives its database, and one errand that fails does not stop the others."""

import logging
import threading

import pytest
from django.db import OperationalError

from publication import worker


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

    monkeypatch.setattr(worker.library, "prune", broken)
    monkeypatch.setattr(worker.privacy, "purge", lambda: done.append("purge"))
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)
    worker.work(Stop(rounds=1))
    assert done == ["purge"]
    assert "The worker's errand “old files” failed; the others go on." in caplog.text
