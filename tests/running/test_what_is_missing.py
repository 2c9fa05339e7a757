"""Commands that cannot begin say what is missing in a sentence; a fault keeps its traceback."""

import os
import pwd
import re
import sqlite3
import sys
from contextlib import closing
from io import StringIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import DatabaseError, OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from psycopg.errors import DiskFull
from pytest_django import Settings

from publication import command_line, health

from .processes import environment, free_port, manage, manage_here, on_database


@pytest.fixture
def env(db: None, tmp_path: Path) -> dict[str, str]:
    return environment(tmp_path)


@pytest.mark.parametrize("command", ["work --once", "backup {}/backup.zip", "migrate"])
def test_a_database_that_cannot_be_opened_is_named_with_what_to_do(
    db: None, tmp_path: Path, command: str
) -> None:
    there = tmp_path / "none" / "publication.sqlite3"
    with on_database(f"sqlite:///{there}"):
        told = manage_here(*command.format(tmp_path).split())
    assert told.returncode == 1
    assert f"The database {there} cannot be opened: unable to open database file." in told.stderr
    assert "Make its folder, and let this user write to it" in told.stderr
    assert "Traceback" not in told.stderr
    assert not (tmp_path / "backup.zip").exists()


@pytest.mark.parametrize("damaged", ["the beginning", "another place"])
def test_a_damaged_database_is_said_with_what_to_do(db: None, tmp_path: Path, damaged: str) -> None:
    there = tmp_path / "damaged.sqlite3"
    with closing(sqlite3.connect(there)) as database:
        database.executescript("CREATE TABLE django_migrations (id, app, name, applied); VACUUM;")
    with there.open("r+b") as file:
        file.seek({"the beginning": 0, "another place": 4096}[damaged])
        file.write(b"\xee" * 4096)
    with on_database(f"sqlite:///{there}"):
        told = manage_here("migrate")
    assert told.returncode == 1
    assert f"The database {there} is damaged: " in told.stderr
    assert "restore the newest backup (docs/deploying.md)." in told.stderr
    assert "Traceback" not in told.stderr


@pytest.mark.django_db
def test_who_goes_back_to_an_older_program_is_told_that_the_database_is_newer(
    settings: Settings, tmp_path: Path
) -> None:
    settings.STATIC_ROOT, said = tmp_path, StringIO()  # where nothing is collected
    for expected in ("", "The database is of a newer version of the program (comments.9999_later)"):
        with pytest.raises(CommandError, match="not collected"):
            call_command("serve", stderr=said)
        assert said.getvalue().startswith(expected)
        assert bool(said.getvalue()) == bool(expected)
        MigrationRecorder(connection).record_applied("comments", "9999_later")
    assert "or restore the backup of before." in said.getvalue()


def test_a_server_that_does_not_answer_is_named_with_what_to_do(env: dict[str, str]) -> None:
    env |= {"DATABASE_URL": f"postgres://nobody:secret@127.0.0.1:{free_port()}/films"}
    told = manage(env, "unnamed_files")
    assert told.returncode == 1
    assert "The database “films” does not answer: " in told.stderr
    assert "Connection refused" in told.stderr
    assert "Start it, or correct DATABASE_URL" in told.stderr
    assert "Traceback" not in told.stderr
    assert "secret" not in told.stderr


def test_a_database_without_tables_asks_for_migrate(db: None, tmp_path: Path) -> None:
    with on_database(f"sqlite:///{tmp_path}/empty.sqlite3"):
        told = manage_here("backup", f"{tmp_path}/backup.zip")
    assert told.returncode == 1
    assert "not applied yet. Run manage.py migrate." in told.stderr
    assert "Traceback" not in told.stderr


def test_traceback_shows_all_of_it(db: None, tmp_path: Path) -> None:
    with on_database(f"sqlite:///{tmp_path}/none/at.sqlite3"), pytest.raises(OperationalError):
        manage_here("unnamed_files", "--traceback")


def test_who_stops_a_command_is_shown_no_fault(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stopped(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(command_line, "execute_from_command_line", stopped)
    with pytest.raises(SystemExit) as end:
        command_line.run(["manage.py", "check"])
    assert (end.value.code, capsys.readouterr().err) == (130, "Stopped.\n")


@pytest.mark.parametrize("fails", ["while it writes", "at its end"])
def test_a_command_whose_output_nobody_reads_any_more_ends_without_a_fault(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], fails: str
) -> None:
    def written(_: object) -> None:
        sys.stdout.write("Operations to perform:")
        if fails == "while it writes":
            sys.stdout.flush()

    reader, writer = os.pipe()
    os.close(reader)
    monkeypatch.setattr(command_line, "execute_from_command_line", written)
    with os.fdopen(writer, "w") as out:
        monkeypatch.setattr("sys.stdout", out)
        with pytest.raises(SystemExit) as end:
            command_line.run(["manage.py", "check"])
    said = "Stopped before its end: nobody reads its output any more.\n"
    assert (end.value.code, capsys.readouterr().err) == (141, said)


def test_a_connection_that_breaks_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: object) -> None:
        raise BrokenPipeError

    monkeypatch.setattr(command_line, "execute_from_command_line", broken)
    with pytest.raises(BrokenPipeError):
        command_line.run(["manage.py", "check"])


def test_a_setting_of_the_wrong_kind_is_named(env: dict[str, str]) -> None:
    told = manage(env | {"PICTURE_MAX_BYTES": "25 MB"}, "check")
    assert told.returncode == 1
    assert told.stderr.startswith("The setting PICTURE_MAX_BYTES cannot be read: ")
    assert "Traceback" not in told.stderr
    told = manage(env | {"EMAIL_URL": "smtp+tls://user:secret/word@mail.example:587"}, "check")
    assert told.stderr.startswith("The setting EMAIL_URL is no address. Write /, ?, #, @, : and %")
    assert "secret" not in told.stderr


def test_a_setting_that_is_refused_says_why(env: dict[str, str]) -> None:
    told = manage(env | {"SECRET_KEY": "short"}, "check")
    assert told.returncode == 1
    assert told.stderr.startswith("The settings: SECRET_KEY is shorter than 50 characters. Put")
    assert "Traceback" not in told.stderr


@pytest.mark.django_db
@pytest.mark.parametrize(
    "fault", [DatabaseError("no such column: headlne"), ValueError("not ours"), KeyError("of us")]
)
def test_a_fault_of_the_program_keeps_its_traceback(fault: Exception) -> None:
    """The database answers, and has every table."""
    assert command_line.why(fault) == ""


def test_a_step_of_migrate_that_fails_is_not_said_to_be_missing(db: None, tmp_path: Path) -> None:
    """`migrate` itself is what one would be told to run."""
    place = tmp_path / "half.sqlite3"
    with closing(sqlite3.connect(place)) as database:
        database.execute("CREATE TABLE auth_user (id integer)")
    with (
        on_database(f"sqlite:///{place}"),
        pytest.raises(OperationalError, match='table "auth_user" already exists'),
    ):
        manage_here("migrate", "auth", "--verbosity", "0")


def test_root_is_told_whose_the_publication_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if os.geteuid() == 0:
        os.chown(tmp_path, pwd.getpwnam("daemon").pw_uid, -1)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    told = command_line.somebody_elses("migrate", tmp_path)
    assert f"belongs to “{tmp_path.owner()}”" in told
    assert f"runuser -u {tmp_path.owner()} -- .venv/bin/python manage.py migrate" in told
    assert command_line.somebody_elses("check", tmp_path) == ""
    assert command_line.somebody_elses("migrate", tmp_path / "none") == ""
    monkeypatch.setattr(os, "geteuid", lambda: 4711)
    assert command_line.somebody_elses("migrate", tmp_path) == ""


def test_a_file_of_somebody_else_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    error = PermissionError(13, "Permission denied", "/srv/var/static/it.json")
    told = command_line.why(error)
    assert told.startswith("/srv/var/static/it.json is not for this user (")
    monkeypatch.setattr(os, "geteuid", lambda: 4_000_000_000)  # a container's, of no name
    assert "(the user 4000000000)" in command_line.why(error)


def test_a_secret_that_may_not_be_read_is_not_called_missing(
    env: dict[str, str], tmp_path: Path
) -> None:
    """Who is told that it is missing makes another, and every mailed link is dead."""
    (tmp_path / "kept").mkdir()
    there = tmp_path / "kept" / "settings.env"
    there.write_text("LOG_FORMAT=lines\n")
    there.chmod(0o000)
    told = manage(env | {"ENV_FILE": str(there)}, "check")
    if os.geteuid() == 0:  # who may read everything
        assert told.returncode == 0
        return
    assert told.returncode == 1
    assert f"{there} is not for this user to read." in told.stderr


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="asks of SQLite's file")
def test_a_database_that_may_only_be_read_is_said_with_whose_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = tmp_path / "publication.sqlite3"
    sqlite3.connect(there).close()
    there.touch()
    monkeypatch.setitem(connection.settings_dict, "NAME", str(there))
    assert health.unanswered() == ""
    may = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: may(path, mode) and Path(path) != there)
    assert f"{there}, of the database, cannot be written by " in health.unanswered()
    assert f"it belongs to {there.owner()}." in health.problems_at_start()
    assert health.problems()["database"] == "It cannot be written by this user."
    monkeypatch.setattr(os, "geteuid", lambda: 4_000_000_000)  # as in a container
    assert "cannot be written by the user 4000000000: " in health.unanswered()
    monkeypatch.setattr(os, "statvfs", lambda _path: SimpleNamespace(f_flag=os.ST_RDONLY))
    assert f"{there}, of the database, is on a disk that can only be read" in health.unanswered()


def test_no_setting_of_the_example_has_words_behind_it() -> None:
    """Who takes the “#” away would set them, too; and “true   false: …” is false."""
    text = (Path(settings.BASE_DIR) / ".env.example").read_text()
    found = re.findall(r"^# ([A-Z][A-Z0-9_]+)=(.*)$", text, flags=re.MULTILINE)
    assert len(found) > 40
    of_several_words = {name for name, said in found if " " in said}
    assert of_several_words == {"DEFAULT_FROM_EMAIL", "OPENID_SCOPE"}


@pytest.mark.parametrize(
    "error", [OSError(28, "No space left on device"), DatabaseError("database or disk is full")]
)
def test_a_full_disk_is_said_in_words(error: Exception) -> None:
    said = "The disk is full. Make room, then run this again."
    assert command_line.why(error, command="migrate") == said


def test_a_full_disk_of_postgresql_is_said_in_words() -> None:
    """Of which Django keeps the driver's own error as the cause."""
    error = OperationalError('could not extend file "base/16384/17361": No space left on device')
    error.__cause__ = DiskFull()
    said = "The disk of the database's server is full. Make room there, then run this again."
    assert command_line.why(error, command="migrate") == said
