"""Commands that cannot begin say what is missing in a sentence; a fault keeps its traceback."""

import sqlite3
from pathlib import Path

import pytest
from django.db import DatabaseError

from publication import command_line

from .processes import environment, free_port, manage


@pytest.fixture
def env(db: None, tmp_path: Path) -> dict[str, str]:
    return environment(tmp_path)


@pytest.mark.parametrize("command", ["work --once", "backup {}/backup.zip", "migrate"])
def test_a_database_that_cannot_be_opened_is_named_with_what_to_do(
    env: dict[str, str], tmp_path: Path, command: str
) -> None:
    there = tmp_path / "none" / "publication.sqlite3"
    env |= {"DATABASE_URL": f"sqlite:///{there}"}
    told = manage(env, *command.format(tmp_path).split())
    assert told.returncode == 1
    assert f"The database {there} cannot be opened: unable to open database file." in told.stderr
    assert "Make its folder, and let this user write to it" in told.stderr
    assert "Traceback" not in told.stderr
    assert not (tmp_path / "backup.zip").exists()


def test_a_server_that_does_not_answer_is_named_with_what_to_do(env: dict[str, str]) -> None:
    env |= {"DATABASE_URL": f"postgres://nobody:secret@127.0.0.1:{free_port()}/films"}
    told = manage(env, "send_notices")
    assert told.returncode == 1
    assert "The database “films” does not answer: " in told.stderr
    assert "Connection refused" in told.stderr
    assert "Start it, or mend DATABASE_URL" in told.stderr
    assert "Traceback" not in told.stderr
    assert "secret" not in told.stderr


@pytest.mark.parametrize("command", ["send_notices", "backup {}/backup.zip"])
def test_a_database_without_tables_asks_for_migrate(
    env: dict[str, str], tmp_path: Path, command: str
) -> None:
    env |= {"DATABASE_URL": f"sqlite:///{tmp_path}/empty.sqlite3"}
    told = manage(env, *command.format(tmp_path).split())
    assert told.returncode == 1
    assert "not applied yet. Run manage.py migrate." in told.stderr
    assert "Traceback" not in told.stderr


def test_traceback_shows_all_of_it(env: dict[str, str], tmp_path: Path) -> None:
    env |= {"DATABASE_URL": f"sqlite:///{tmp_path}/none/at.sqlite3"}
    assert "Traceback" in manage(env, "send_notices", "--traceback").stderr


def test_a_setting_of_the_wrong_kind_is_named(env: dict[str, str]) -> None:
    told = manage(env | {"PICTURE_MAX_BYTES": "25 MB"}, "check")
    assert told.returncode == 1
    assert told.stderr.startswith("The setting PICTURE_MAX_BYTES cannot be read: ")
    assert "Traceback" not in told.stderr


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


def test_a_step_of_migrate_that_fails_is_not_said_to_be_missing(
    env: dict[str, str], tmp_path: Path
) -> None:
    """`migrate` itself is what one would be told to run."""
    place = tmp_path / "half.sqlite3"
    env |= {"DATABASE_URL": f"sqlite:///{place}"}
    with sqlite3.connect(place) as database:
        database.execute("CREATE TABLE auth_user (id integer)")
    told = manage(env, "migrate", "auth", "--verbosity", "0")
    assert told.returncode == 1
    assert 'table "auth_user" already exists' in told.stderr
