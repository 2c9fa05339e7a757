"""What `manage.py` says where a command cannot begin: in a sentence, as an operator needs it.

A fault of the program keeps its traceback, and so does a database that answers and has every
table: only what `health` or a setting explains is said in words. `--traceback` shows all of it.
"""

import errno
import os
import pwd
import re
import select
import signal
import sqlite3
import sys
import traceback
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import DatabaseError, InterfaceError

from .system_users import named

_OF_A_DATABASE = (DatabaseError, InterfaceError, sqlite3.Error)
_ASKED_FOR = re.compile(r"\benv\.\w+\(\s*\"(\w+)\"")
_VAR = Path(__file__).resolve().parent.parent / "var"
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
_NO_ROOM_OF_POSTGRESQL = "53100"  # disk_full, of PostgreSQL's list of SQLSTATE
_WRITES_NOTHING = ("help", "--help", "-h", "version", "--version", "check", "test")
_SETTINGS = str(Path(__file__).with_name("settings.py"))


def run(argv: Sequence[str]) -> None:
    """Does not come back where the command cannot begin: ends with 1; or where it is stopped."""
    if said := somebody_elses([*argv, "help"][1]):
        sys.exit(said)
    try:
        execute_from_command_line([*argv])
        sys.stdout.flush()  # as the interpreter ends, nobody is told in words that this failed
    except KeyboardInterrupt:
        sys.stderr.write("Stopped.\n")
        sys.exit(128 + signal.SIGINT)
    except Exception as error:
        if isinstance(error, BrokenPipeError) and _is_unread():  # and not a server's connection
            _end_unread()
        said = "" if "--traceback" in argv else why(error, command=[*argv, "", ""][1])
        if not said:
            raise
        sys.exit(f"{said} (--traceback shows where it stopped.)")


def _is_unread() -> bool:
    """Whether the other end of the pipe that this writes to is closed, as `| head` does it."""
    pipes = select.poll()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):  # no file at all
            pipes.register(stream.fileno(), 0)
    return any(what & select.POLLERR for _, what in pipes.poll(0))


def _end_unread() -> NoReturn:
    """As one that the signal ended; what could not be written is not tried once more."""
    with suppress(OSError):
        sys.stderr.write("Stopped before its end: nobody reads its output any more.\n")
        sys.stderr.flush()
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BrokenPipeError:
            os.dup2(nowhere, stream.fileno())
    sys.exit(128 + signal.SIGPIPE)


def somebody_elses(command: str, var: Path = _VAR) -> str:
    """What root is told where everything it writes would be beyond the user who serves; or “”."""
    try:
        owner = var.stat().st_uid
    except OSError:  # not made yet
        return ""
    if os.geteuid() != 0 or owner == 0 or command in _WRITES_NOTHING:
        return ""
    try:
        name = pwd.getpwuid(owner).pw_name
    except KeyError:
        return f"{var} belongs to the user {owner}, who is unknown here. Run this as that user."
    return (
        f"{var} belongs to “{name}”, who could not change what root writes. Run this as that "
        f"user: runuser -u {name} -- .venv/bin/python manage.py {command} …"
    )


def why(error: Exception, command: str = "") -> str:
    """What is missing, and what to do; “” where that is not known."""
    if isinstance(error, ImproperlyConfigured):
        return _ended(f"The settings: {error}")
    if getattr(error, "errno", None) in _NO_ROOM or "disk is full" in str(error):
        return _ended("The disk is full. Make room, then run this again")
    if getattr(error.__cause__, "sqlstate", None) == _NO_ROOM_OF_POSTGRESQL:
        return "The disk of the database's server is full. Make room there, then run this again."
    if isinstance(error, _OF_A_DATABASE):
        from . import health  # its models need the settings

        if said := health.damage(error):
            return said
        return health.unanswered() if command == "migrate" else health.problems_at_start()
    if isinstance(error, PermissionError) and error.filename:
        return _ended(
            f"{error.filename} is not for this user ({named(os.geteuid())}): "
            "make it theirs, or run this as the user whose it is"
        )
    return _unreadable_setting(error) if isinstance(error, ValueError) else ""


def _unreadable_setting(error: ValueError) -> str:
    """Of a value that is not of its setting's kind; its name is in the line that asks for it."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame.line or "" for frame in frames if frame.filename == _SETTINGS]
    asked = _ASKED_FOR.search(lines[-1]) if lines else None
    if not asked:
        return ""
    if asked[1].endswith("_URL"):  # whose own words may have a piece of a password in them
        return (
            f"The setting {asked[1]} is no address. Write /, ?, #, @, : and % in a user’s name or "
            "a password as %2F, %3F, %23, %40, %3A and %25."
        )
    return _ended(f"The setting {asked[1]} cannot be read: {error}")


def _ended(said: str) -> str:
    said = " ".join(said.split())
    return said if said.endswith((".", "!", "?")) else f"{said}."
