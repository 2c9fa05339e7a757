"""Where the tests run a second time, what looks at a page as it came is left out (.ci/run)."""

import subprocess
import sys

import pytest
from django.conf import settings

pytestmark = pytest.mark.once


def test_whole_folders_are_marked_before_tests_are_chosen_by_their_marks() -> None:
    chosen = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-p", "no:cacheprovider"),
            *("--collect-only", "-q", "-m", "not once", "tests/nu"),
        ],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
    )
    assert chosen.returncode == pytest.ExitCode.NO_TESTS_COLLECTED, chosen.stdout + chosen.stderr
    assert "deselected" in chosen.stdout
