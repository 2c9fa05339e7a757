"""What `manage.py` says where a command cannot begin: in a sentence, as an operator needs it.

A fault of the program keeps its traceback, and so does a database that answers and has every
table: only what `health` or a setting explains is said in words. `--traceback` shows all of it.
"""

import re
import sqlite3
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import DatabaseError, InterfaceError

_OF_A_DATABASE = (DatabaseError, InterfaceError, sqlite3.Error)
_ASKED_FOR = re.compile(r"\benv\.\w+\(\s*\"(\w+)\"")
_SETTINGS = str(Path(__file__).with_name("settings.py"))


def run(argv: Sequence[str]) -> None:
    """Does not come back where the command cannot begin: ends with 1."""
    try:
        execute_from_command_line([*argv])
    except Exception as error:
        said = "" if "--traceback" in argv else why(error, command=[*argv, "", ""][1])
        if not said:
            raise
        sys.exit(f"{said} (--traceback shows where it stopped.)")


def why(error: Exception, command: str = "") -> str:
    """What is missing, and what to do; “” where that is not known."""
    if isinstance(error, ImproperlyConfigured):
        return _ended(f"The settings: {error}")
    if isinstance(error, _OF_A_DATABASE):
        from . import health  # its models need the settings

        return health.unanswered() if command == "migrate" else health.problems_at_start()
    return _unreadable_setting(error) if isinstance(error, ValueError) else ""


def _unreadable_setting(error: ValueError) -> str:
    """Of a value that is not of its setting's kind; its name is in the line that asks for it."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame.line or "" for frame in frames if frame.filename == _SETTINGS]
    asked = _ASKED_FOR.search(lines[-1]) if lines else None
    return _ended(f"The setting {asked[1]} cannot be read: {error}") if asked else ""


def _ended(said: str) -> str:
    said = " ".join(said.split())
    return said if said.endswith((".", "!", "?")) else f"{said}."
