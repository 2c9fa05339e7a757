"""What health and readiness answer, whoever asks and whatever is wrong."""

import re
import shutil
from contextlib import suppress
from datetime import timedelta
from io import StringIO
from pathlib import Path
from threading import Barrier, BrokenBarrierError, Event
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, OperationalError, connection, connections
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from publication import alerts, health, heartbeat, logs, storage_trials
from publication.storage_trials import Trial
from tests.at_once import People

pytestmark = pytest.mark.django_db
DEPLOYING = Path(__file__).parents[2] / "docs" / "deploying.md"


@pytest.fixture(autouse=True)
def _storages_are_tried_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    anew = [Trial(trial.alias, trial.what) for trial in health.TRIALS]
    monkeypatch.setattr(health, "TRIALS", anew)


def part(client: Client, name: str) -> str:
    answer = client.get("/readyz")
    said = dict(line.split(": ", 1) for line in answer.content.decode().splitlines())
    assert answer.status_code == (200 if set(said.values()) == {"ok"} else 503)
    return said[name]


def test_a_process_that_answers_is_healthy_without_its_database(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        answer = client.get("/healthz")
    assert answer.content == b"ok\n"
    assert answer["Cache-Control"] == "no-store"


def test_a_load_balancer_is_not_asked_for_a_host_or_for_https(
    client: Client, settings: Settings
) -> None:
    settings.SECURE_SSL_REDIRECT, settings.ALLOWED_HOSTS = True, ["publication.example"]
    heartbeat.beat()
    for path in ("/healthz", "/readyz"):
        assert client.get(path, headers={"host": "10.0.0.7"}).status_code == 200


@pytest.mark.skipif(connection.vendor != "sqlite", reason="a file of SQLite's")
def test_a_database_that_somebody_moved_is_said_while_its_file_is_still_open(
    client: Client,
) -> None:
    there = Path(connection.settings_dict["NAME"])
    away = there.rename(there.with_name("moved.sqlite3"))
    try:
        assert part(client, "database").startswith("Its file was moved or deleted")
    finally:
        away.rename(there)
    assert part(client, "database") == "ok"


@pytest.mark.django_db(transaction=True)
def test_backups_that_are_no_longer_made_are_said(
    client: Client, tmp_path: Path, settings: Settings
) -> None:
    heartbeat.beat()
    assert "backup" not in client.get("/readyz").content.decode()
    settings.BACKUPS_DIR = str(tmp_path / "backups")
    assert part(client, "backup").startswith("The folder BACKUPS_DIR cannot be read (No such")
    (tmp_path / "backups").mkdir()
    (tmp_path / "backups" / "before-the-update.zip").touch()
    assert part(client, "backup") == "There is no backup in BACKUPS_DIR."
    call_command("backup", settings.BACKUPS_DIR, stdout=StringIO())
    assert part(client, "backup") == "ok"
    (made,) = Path(settings.BACKUPS_DIR).glob("publication-*.zip")
    made.rename(made.with_name("publication-2026-11-24T031700Z.zip"))
    (made.parent / "publication-2099-11-24T031700Z.zip").touch()  # of a clock that was ahead
    said = "The newest backup is of 03:17 on 24 November."
    with timezone.override("UTC"):
        assert part(client, "backup") == said
        assert said in alerts.now()[-1]
    assert client.get("/readyz?exclude=backup").status_code == 200


def test_ready_is_cheap_and_not_kept(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    heartbeat.beat()
    client.get("/readyz")
    with django_assert_num_queries(7):
        answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in answer


def test_a_worker_that_never_was_or_is_late_is_named(client: Client) -> None:
    assert part(client, "worker") == "No worker has ever reported. Start one: manage.py work."
    heartbeat.beat(timezone.now() - heartbeat.LATE - timedelta(seconds=5))
    assert part(client, "worker").startswith("No worker has reported for 95 s.")
    heartbeat.beat(timezone.now() + timedelta(hours=1))
    assert "a clock that is 3600 s ahead" in part(client, "worker"), "nobody waits until then"
    heartbeat.beat()
    assert part(client, "worker") == "ok"


def test_a_database_that_is_away_is_named_and_nothing_else_is_asked_of_it(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> None:
        raise OperationalError("password authentication failed for user “publication”")

    monkeypatch.setattr(connections[DEFAULT_DB_ALIAS], "cursor", away)
    monkeypatch.setattr(connections[DEFAULT_DB_ALIAS], "close", lambda: None)
    assert part(client, "database") == "It does not answer (OperationalError)."
    assert part(client, "worker") == "Not asked, because the database does not answer."


def test_a_migration_that_was_not_applied_is_named(client: Client) -> None:
    MigrationRecorder(connection).record_unapplied("reviews", "0021_a_piece_leads_the_front_page")
    assert part(client, "migrations") == "1 not applied yet. Run manage.py migrate."


def test_a_storage_that_cannot_be_written_is_named_without_its_address(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any) -> str:
        raise OSError(28, "No space left on device", "/srv/secret/place")

    monkeypatch.setattr(type(default_storage._wrapped), "save", full)
    said = part(client, "default")
    why = "No space left on device"
    assert said == f"The served pictures cannot be written, read and deleted ({why})."


def test_a_disk_that_is_almost_full_is_named_before_it_is(
    client: Client, editor_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    heartbeat.beat()
    assert part(client, "disk") == "ok"
    left = shutil.disk_usage("/")._replace(free=12_345_678)
    monkeypatch.setattr(shutil, "disk_usage", lambda place: left)
    said = part(client, "disk")
    assert re.fullmatch(r"12 MB are left on the disk of the [a-z ]+\. Make room\.", said)
    assert said in editor_client.get("/admin/").content.decode()
    assert client.get("/readyz?exclude=disk").status_code == 200


def test_why_the_monitor_wakes_somebody_is_logged_in_one_line(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    assert client.get("/readyz").status_code == 503
    (line,) = (logs.LineFormatter().format(record) for record in caplog.records)
    why = "/readyz 503. worker: No worker has ever reported. Start one: manage.py work."
    assert line.endswith(f"ERROR publication.health {why}")


def test_the_storage_is_tried_at_most_every_twenty_seconds(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = []
    monkeypatch.setattr(Trial, "_comes_back", lambda trial: not tried.append(trial.alias))
    for _ in range(5):
        client.get("/readyz")
    assert sorted(tried) == ["default", "originals"]


def test_two_who_ask_at_once_do_not_take_each_others_file_away(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened, one_looks = default_storage._wrapped.open, Event()
    both_look = Barrier(2, timeout=0.5)  # which they cannot: one waits for the other's answer

    def opens(*file: Any) -> Any:
        one_looks.set()
        with suppress(BrokenBarrierError):
            both_look.wait()
        return opened(*file)

    monkeypatch.setattr(default_storage._wrapped, "open", opens)
    ask = Trial("default", "served pictures").problem
    with People(2) as pool:
        asked = [pool.submit(ask)]
        assert one_looks.wait(30)
        asked.append(pool.submit(ask))
    assert [each.result() for each in asked] == ["", ""]


def test_a_storage_that_hangs_is_waited_for_aside_and_asked_once(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    heartbeat.beat()
    answers, asked = Event(), []

    def hangs(trial: Trial) -> bool:
        asked.append(trial.alias)
        return answers.wait(30)

    monkeypatch.setattr(Trial, "_comes_back", hangs)
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(storage_trials, "PATIENCE", 0.01)
        for _ in range(3):
            said = part(client, "default")
            assert said == "The served pictures did not answer within 0.01 seconds."
    answers.set()
    assert part(client, "default") == part(client, "originals") == "ok"
    assert sorted(asked) == ["default", "originals"]


def test_a_load_balancer_keeps_a_server_by_which_readers_lose_nothing(
    client: Client, settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """At the address that docs/deploying.md gives it."""
    (address,) = re.findall(r"/readyz\?exclude=\S+&[^`]+", DEPLOYING.read_text())
    settings.CDN_PURGE, settings.BACKUPS_DIR = "fastly", str(tmp_path)
    monkeypatch.setattr(Trial, "_comes_back", lambda _: False)
    monkeypatch.setattr(shutil, "disk_usage", lambda place: SimpleNamespace(free=0))
    wrong = {name for name, said in health.problems().items() if said}
    assert wrong >= {"worker", "default", "originals", "backup", "disk"}
    answer = client.get(address)
    assert answer.content == b"database: ok\nmigrations: ok\n"


def test_nothing_is_left_in_the_storage(client: Client) -> None:
    client.get("/readyz")
    assert default_storage.listdir("health")[1] == []


def test_where_nothing_can_be_deleted_one_file_is_left_until_it_can(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(*_: Any) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(storage_trials, "EVERY", 0)
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(type(default_storage._wrapped), "delete", refuses)
        for _ in range(3):
            assert part(client, "default").endswith("read and deleted (Permission denied).")
        assert len(default_storage.listdir("health")[1]) == 1
    assert part(client, "default") == "ok"
    assert default_storage.listdir("health")[1] == []


def test_they_are_only_read(client: Client) -> None:
    assert client.post("/readyz").status_code == 405
