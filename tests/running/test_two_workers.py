"""Of several workers the one that died is missed; not the one that was told to stop."""

import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from comments import notices
from publication import alerts, heartbeat, worker
from publication.models import Heartbeat, WorkerProcess
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def on_another_machine(beat_at: datetime) -> None:
    WorkerProcess.objects.update_or_create(machine="web2", process=1, defaults={"beat_at": beat_at})


def test_the_monitor_is_told_which_does_not_report() -> None:
    heartbeat.beat()
    on_another_machine(timezone.now() - heartbeat.LATE + timedelta(seconds=5))
    assert heartbeat.problem() == ""
    on_another_machine(timezone.now() - heartbeat.LATE - timedelta(seconds=5))
    assert heartbeat.problem() == (
        "The worker on web2 (process 1) has not reported for 95 s and was not told to stop; "
        "another works. Is manage.py work running there?"
    )
    on_another_machine(timezone.now() - heartbeat.FORGOTTEN)
    assert heartbeat.problem() == "", "its machine is gone for good"


def test_the_newsroom_and_the_administrators_are_told_after_a_while(editor_client: Client) -> None:
    make_user("Administrator", email="admin@example.org")
    heartbeat.beat()
    on_another_machine(timezone.now() - timedelta(minutes=14))
    assert alerts.now() == [], "it may pass"
    on_another_machine(since := timezone.now() - timedelta(minutes=16))
    said = f"A worker is missed (web2, since {timezone.localtime(since):%H:%M on %-d %B}): it was"
    assert said in editor_client.get("/admin/").content.decode()
    alerts.tell()
    notices.send_due()
    assert said in mail.outbox[0].body
    heartbeat.beat(timezone.now() - timedelta(minutes=16))
    (only,) = alerts.now()
    assert only.startswith("The worker has not been at work"), "none is"


def test_who_is_told_to_stop_is_not_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    stop = threading.Event()

    def beat() -> None:
        heartbeat.beat()
        assert WorkerProcess.objects.exists()
        stop.set()

    monkeypatch.setattr(worker, "close_old_connections", lambda: None)
    monkeypatch.setattr(worker, "errands", lambda: [worker.Errand("heartbeat", beat, 15)])
    worker.work(stop)
    assert not WorkerProcess.objects.exists()
    worker.work_once()
    assert not WorkerProcess.objects.exists()


def test_it_reports_between_two_rows_of_which_each_takes_long(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Fifty seconds each: two that followed each other unsaid would be taken for its end."""
    stop, clock, rows = threading.Event(), [0.0], list[datetime]()

    def row() -> bool:
        clock[0] += 50
        rows.append(Heartbeat.objects.get().beat_at)
        if len(rows) == 6:
            stop.set()
        return True

    monkeypatch.setattr(worker.time, "monotonic", lambda: clock[0])
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)
    monkeypatch.setattr(worker, "errands", list)
    monkeypatch.setattr(worker, "rows", lambda: [worker.Errand(f"{n}", row) for n in range(3)])
    worker.work(stop)
    assert len(set(rows)) == 6


def test_who_stops_while_the_database_is_away_stops_all_the_same() -> None:
    heartbeat.beat()

    def stop() -> None:
        connection.settings_dict = connection.settings_dict | {"NAME": "/no/one", "HOST": "/no/one"}
        with pytest.raises(OperationalError):
            connection.ensure_connection()
        told = threading.Event()
        told.set()
        worker.work(told)

    with ThreadPoolExecutor() as another:  # which has a connection of its own
        another.submit(stop).result()
    assert WorkerProcess.objects.exists()


def test_who_was_killed_is_not_missed_where_another_was_started() -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    heartbeat.beat()
    WorkerProcess.objects.update(process=ended.pid)
    on_another_machine(long_ago := timezone.now() - timedelta(hours=1))
    heartbeat.beat()
    assert WorkerProcess.objects.count() == 2
    assert WorkerProcess.objects.exclude(beat_at=long_ago).get().process != ended.pid


def test_whose_number_another_program_has_after_a_power_cut_is_not_missed() -> None:
    heartbeat.beat()
    before = timezone.now() - heartbeat.LATE - timedelta(seconds=5)
    WorkerProcess.objects.update(process=os.getppid(), beat_at=before)
    heartbeat.beat()
    assert WorkerProcess.objects.get().process == os.getpid()
