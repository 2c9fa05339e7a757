"""What changed since a position, asked at every hit: one tiny query on a connection of its own.

A position says what its holder has seen. On SQLite it is the number of the last change: one writes
at a time, so numbers are in the order of commits. On PostgreSQL, where a smaller number may be
committed later, it is a snapshot (pg_current_snapshot): what it could not see is new, whenever it
began.
"""

import os
import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Collection
from typing import Any

from django.db import connections

from . import triggers
from .triggers import EVERYTHING, MADE_FOR, OFF, TABLE


class Unknown(Exception):
    """What changed cannot be known now: the database does not answer, or was put in place anew."""


class Changes(ABC):
    """The changes of one database. Not for two threads at once.

    Any method may raise Unknown; everything learnt before then counts for nothing.
    """

    vendor: str

    @abstractmethod
    def since(self, position: str) -> tuple[str, Collection[str]]:
        """The position now, and the tags of what changed after another. “”: from the beginning."""

    @abstractmethod
    def any_of(self, tags: Collection[str], position: str) -> bool:
        """Whether one of them changed after a position."""

    def are_watched(self) -> bool:
        """Whether triggers of this very code write changes down at present."""
        return self._state() == {f"{MADE_FOR}{triggers.digest(self.vendor)}"}

    @abstractmethod
    def _state(self) -> set[str]: ...

    @abstractmethod
    def era(self) -> str:
        """Of the database as it is: positions of another era say nothing."""

    @abstractmethod
    def close(self) -> None: ...


class OnSqlite(Changes):
    """Opened beside Django's connections; raises Unknown once the file is another one."""

    vendor = "sqlite"

    def __init__(self, path: str) -> None:
        self.path = path
        try:
            self._file = _identity(path)
            self._db = sqlite3.connect(
                path, timeout=5, isolation_level=None, check_same_thread=False
            )
            self._db.execute("PRAGMA query_only = ON")
        except (sqlite3.Error, OSError) as error:
            raise Unknown(str(error)) from error

    def since(self, position: str) -> tuple[str, Collection[str]]:
        if _identity(self.path) != self._file:
            raise Unknown("The file of the database was replaced.")
        rows = self._ask(f"SELECT id, tag FROM {TABLE} WHERE id > ? ORDER BY id", (position or 0,))
        if not rows:
            return position, ()
        return str(rows[-1][0]), [tag for _, tag in rows]

    def any_of(self, tags: Collection[str], position: str) -> bool:
        marks = ", ".join("?" * len(tags))
        asked = f"SELECT 1 FROM {TABLE} WHERE tag IN ({marks}) AND id > ? LIMIT 1"
        return bool(self._ask(asked, (*tags, position or 0)))

    def _state(self) -> set[str]:
        asked = f"SELECT tag FROM {TABLE} WHERE tag = ? OR tag LIKE ?"
        return {tag for (tag,) in self._ask(asked, (OFF, f"{MADE_FOR}%"))}

    def era(self) -> str:
        return ".".join(map(str, self._file))

    def close(self) -> None:
        self._db.close()

    def _ask(self, sql: str, values: tuple[Any, ...]) -> list[Any]:
        try:
            return self._db.execute(sql, values).fetchall()
        except sqlite3.Error as error:
            raise Unknown(str(error)) from error


class OnPostgres(Changes):
    """One connection more for each process; statements prepared."""

    vendor = "postgresql"

    def __init__(self, parameters: dict[str, Any]) -> None:
        import psycopg

        self._error = psycopg.Error
        wanted = {k: v for k, v in parameters.items() if k not in _FOR_DJANGO}
        try:
            self._db = psycopg.connect(**wanted, autocommit=True, prepare_threshold=0)
        except psycopg.Error as error:
            raise Unknown("PostgreSQL does not answer.") from error

    def since(self, position: str) -> tuple[str, Collection[str]]:
        if not position:
            ((now,),) = self._ask("SELECT pg_current_snapshot()::text", ())
            return now, (EVERYTHING,)
        ((now, tags),) = self._ask(
            "SELECT pg_current_snapshot()::text, ARRAY("
            f"SELECT tag FROM {TABLE} WHERE xid >= pg_snapshot_xmin(%s::pg_snapshot)"
            " AND NOT pg_visible_in_snapshot(xid, %s::pg_snapshot) ORDER BY id)",
            (position, position),
        )
        return now, tags

    def any_of(self, tags: Collection[str], position: str) -> bool:
        return bool(
            self._ask(
                f"SELECT 1 FROM {TABLE} WHERE xid >= pg_snapshot_xmin(%s::pg_snapshot)"
                " AND NOT pg_visible_in_snapshot(xid, %s::pg_snapshot) AND tag = ANY(%s) LIMIT 1",
                (position, position, list(tags)),
            )
        )

    def _state(self) -> set[str]:
        asked = f"SELECT DISTINCT tag FROM {TABLE} WHERE tag = %s OR tag LIKE %s"
        return {tag for (tag,) in self._ask(asked, (OFF, f"{MADE_FOR}%"))}

    def era(self) -> str:
        """Another cluster, database or table, as after a restore, is another era."""
        ((era,),) = self._ask(
            "SELECT concat_ws('.', (SELECT system_identifier FROM pg_control_system()),"
            " (SELECT oid FROM pg_database WHERE datname = current_database()), %s::regclass::oid)",
            (TABLE,),
        )
        return str(era)

    def close(self) -> None:
        self._db.close()

    def _ask(self, sql: Any, values: tuple[Any, ...]) -> list[Any]:
        try:
            return self._db.execute(sql, values).fetchall()
        except self._error as error:
            raise Unknown("PostgreSQL did not answer.") from error


_FOR_DJANGO = frozenset({"cursor_factory", "context", "prepare_threshold"})
_KEPT_FOR = "2 days"  # far longer than a page is stored or a transaction takes


def of(using: str = "default") -> Changes:
    """Those of a database of the settings. Raises Unknown where it has none, such as in memory."""
    connection: Any = connections[using]
    if connection.vendor == "postgresql":
        return OnPostgres(connection.get_connection_params())
    path = str(connection.settings_dict["NAME"])
    if connection.vendor != "sqlite" or ":memory:" in path or "mode=memory" in path:
        raise Unknown("This database has no changes that two processes could see.")
    return OnSqlite(path)


def forget_old(using: str = "default") -> None:
    """Deletes what no page can be asked about any more. SQLite has nothing to forget."""
    if connections[using].vendor == "postgresql":
        old = f"made_at < now() - interval '{_KEPT_FOR}' AND tag NOT LIKE '#%%' AND tag <> '!'"
        with connections[using].cursor() as cursor:
            cursor.execute(f"DELETE FROM {TABLE} WHERE {old}", [])


def _identity(path: str) -> tuple[int, int]:
    try:
        found = os.stat(path)  # noqa: PTH116 (asked at every hit)
    except OSError as error:
        raise Unknown("The file of the database is not there.") from error
    return found.st_dev, found.st_ino
