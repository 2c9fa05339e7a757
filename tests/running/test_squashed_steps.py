"""Steps that one replaces, and are no longer here (docs/decisions/0021)."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

pytestmark = pytest.mark.django_db


def test_no_step_names_one_that_is_gone() -> None:
    """As `sqlmigrate` and `squashmigrations` read them, which know nothing of what was replaced."""
    MigrationLoader(None, replace_migrations=False)  # raises NodeNotFoundError


def test_a_database_between_them_is_refused_before_anything_is_changed() -> None:
    steps = MigrationRecorder(connection)
    for app, name in steps.applied_migrations():
        if app == "comments" and (name >= "0024" or name == "0001_squashed_0024"):
            steps.record_unapplied(app, name)
    with pytest.raises(CommandError, match=r"before comments\.0024_.*docs/decisions/0021"):
        call_command("migrate", verbosity=0)


def test_one_that_took_them_all_needs_none(capsys: pytest.CaptureFixture[str]) -> None:
    MigrationRecorder(connection).record_unapplied("comments", "0001_squashed_0024")
    call_command("migrate", "comments", verbosity=1)
    assert "No migrations to apply." in capsys.readouterr().out
    assert ("comments", "0001_squashed_0024") in MigrationRecorder(connection).applied_migrations()
