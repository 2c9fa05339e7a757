"""The tests' database is made by its migrations once; each worker of xdist begins with a copy.

It is made by the process that hands out the tests, while the others read them.
"""

import fcntl
import shutil
import tempfile
from pathlib import Path
from typing import IO, Any

import pytest
from django.db import connection
from pytest_django.plugin import blocking_manager_key


class Original:
    """Hooks of the process that hands out the tests."""

    def __init__(self) -> None:
        self._note: IO[str] | None = None  # locked until the name of the database is in it
        self._name_before = connection.settings_dict["NAME"]

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: Any) -> None:
        if self._note is None:
            self._note = tempfile.NamedTemporaryFile("w")  # noqa: SIM115 (until the end)
            fcntl.flock(self._note, fcntl.LOCK_EX)
        node.workerinput["migrated"] = self._note.name

    @pytest.hookimpl(tryfirst=True)  # xdist collects nothing here, and asks nobody after it
    def pytest_collection(self, session: pytest.Session) -> None:
        if self._note is not None:
            with session.config.stash[blocking_manager_key].unblock():
                name = connection.creation.create_test_db(
                    verbosity=0, autoclobber=True, serialize=False
                )
                connection.close()
            self._note.write(name)
            self._note.flush()
            fcntl.flock(self._note, fcntl.LOCK_UN)

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if self._note is not None and connection.settings_dict["NAME"] != self._name_before:
            with session.config.stash[blocking_manager_key].unblock():
                connection.creation.destroy_test_db(self._name_before, verbosity=0)


def copy(note: str) -> None:
    """Waits until there is one. Where that failed, the worker's own is made by the migrations."""
    with Path(note).open() as written:
        fcntl.flock(written, fcntl.LOCK_SH)
        if not (name := written.read()):
            return
    if connection.vendor == "postgresql":
        connection.settings_dict["TEST"]["TEMPLATE"] = name
    else:
        shutil.copy(name, connection.settings_dict["TEST"]["NAME"])
