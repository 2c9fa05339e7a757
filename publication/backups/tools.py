"""PostgreSQL's client tools, which know what its database is made of better than we do."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


class ToolFailed(Exception):
    """PostgreSQL's client tools are not there, or do not go with this server."""


def run(tool: str, *words: str, on_the_database: bool = False) -> None:
    """Raises `ToolFailed`, in the tool's own words when it was there."""
    where, environment = _where() if on_the_database else ([], {})
    done = subprocess.run(  # noqa: S603 (our own words)
        [_found(tool), *words, *where],
        env=os.environ | environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        raise _failed(tool, done.stderr)


@contextmanager
def lines(tool: str, *words: str) -> Iterator[Iterator[str]]:
    """What it prints while it prints it. Raises `ToolFailed`, when all was read or before."""
    command = [_found(tool), *words]
    with tempfile.TemporaryFile("w+", encoding="utf-8") as said:
        with subprocess.Popen(  # noqa: S603 (our own words)
            command, stdout=subprocess.PIPE, stderr=said, encoding="utf-8"
        ) as process:
            assert process.stdout is not None  # noqa: S101 (it was asked for)
            yield process.stdout
        if process.returncode:
            said.seek(0)
            raise _failed(tool, said.read())


def _found(tool: str) -> str:
    if program := shutil.which(tool):
        return program
    raise ToolFailed(
        f"{tool} was not found. Install PostgreSQL's client tools, of the server's version or "
        "newer (on Debian: apt install postgresql-client)."
    )


def _failed(tool: str, words: str) -> ToolFailed:
    lines = words.strip().splitlines() or ["it did not say why"]
    said = [line for line in lines if "error" in line.lower()] or lines
    return ToolFailed(f"{tool} failed: {' '.join(said[:3])}")


def _where() -> tuple[list[str], dict[str, str]]:
    """As Django's own dbshell says it: nothing secret is in the words, which anybody can list."""
    words, environment = connection.client.settings_to_cmd_args_env(connection.settings_dict, [])
    return [f"--dbname={words[-1]}", *words[1:-1]], dict(environment or {})
