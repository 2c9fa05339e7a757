"""Safe by default, and clear about what is missing."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection


def _start(**env: str) -> subprocess.CompletedProcess[str]:
    ours = {"SECRET_KEY", "HTTPS", "DJANGO_ALLOW_ASYNC_UNSAFE"}  # set for the suite, not the site
    said = {name: value for name, value in os.environ.items() if name not in ours}
    return subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        env=said | {"DJANGO_SETTINGS_MODULE": "publication.settings"} | env,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("secret", ["", "short"])
def test_a_missing_or_weak_secret_stops_the_start_in_words(secret: str) -> None:
    started = _start(SECRET_KEY=secret)
    assert started.returncode != 0
    assert "SECRET_KEY is missing or shorter than 40 characters" in started.stderr


def test_the_defaults_pass_djangos_deployment_check() -> None:
    started = _start(SECRET_KEY="kJ3-" + "aB1x" * 15, HTTPS="true", DEBUG="false")
    assert started.returncode == 0, started.stderr


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="asks SQLite")
def test_sqlite_keeps_foreign_keys_and_waits_for_other_writers() -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys")
        assert cursor.fetchone() == (1,)
        cursor.execute("PRAGMA busy_timeout")
        assert cursor.fetchone() == (20_000,)
    assert connection.transaction_mode == "IMMEDIATE"
