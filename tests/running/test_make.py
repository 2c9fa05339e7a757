"""`make run` and `make serve` from a fresh clone: what they start, where, and under which name."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

PYTHON = """#!/bin/sh
test -d var || echo "no var"
echo "$SITE_URL" "$@"
"""

pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """The Makefile, and a Python that says how it was called."""
    shutil.copy(settings.BASE_DIR / "Makefile", tmp_path)
    (tmp_path / "bin").mkdir()
    python = tmp_path / "bin" / "python"
    python.write_text(PYTHON)
    python.chmod(0o755)
    return tmp_path


def _made(clone: Path, *words: str) -> list[str]:
    env = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME")}
    done = subprocess.run(
        ["make", "-o", ".venv/.run", "-o", ".env", "BIN=bin", *words],
        cwd=clone,
        env=env,
        capture_output=True,
        text=True,
        check=True,
    )
    return [
        line.strip() for line in done.stdout.splitlines() if "manage.py" in line or "no" in line
    ]


def test_a_first_serve_has_a_place_for_its_database(clone: Path) -> None:
    assert _made(clone, "serve") == [
        "manage.py migrate --verbosity 0",
        "manage.py collectstatic --no-input --verbosity 0",
        "manage.py serve --bind 127.0.0.1:8000",
    ]
    assert (clone / "var").stat().st_mode & 0o007 == 0, (
        "readers' addresses are nobody else's to read"
    )


def test_links_of_what_is_served_lead_where_its_settings_say(clone: Path) -> None:
    """The address is one that a proxy asks, and no reader."""
    served = _made(clone, "serve", "ADDRESS=127.0.0.1:8001")
    assert served[-1] == "manage.py serve --bind 127.0.0.1:8001"


def test_links_of_a_trial_lead_to_the_trial(clone: Path) -> None:
    tried = _made(clone, "run", "ADDRESS=127.0.0.1:8001")
    assert tried[-1] == "http://127.0.0.1:8001 manage.py serve --bind 127.0.0.1:8001"


@pytest.mark.parametrize("python", ["nowhere/python3", "bin/python"])
def test_a_machine_without_what_it_takes_is_told_what_to_install(clone: Path, python: str) -> None:
    """Debian has a python3 without pip; the second Python here knows no module at all."""
    (clone / "bin" / "python").write_text("#!/bin/sh\nexit 1\n")
    done = subprocess.run(
        ["make", f"PYTHON={python}", ".venv/bin/python"],
        cwd=clone,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert "without pip. On Debian: apt install --no-install-recommends python3-pip" in done.stdout
    assert not (clone / ".venv").exists()
