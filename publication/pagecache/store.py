"""The pages that all processes share: a file on this machine, or Django's cache for
several machines.

A store may lose anything at any time. Whether a page still holds is asked elsewhere, of the
database. Pages are kept under a name of the program that made them (serving.py), so that a new
version starts with none.
"""

import logging
import sqlite3
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol, TypeVar

from django.core.cache import BaseCache, caches

from .page import Page, unpacked

T = TypeVar("T")
log = logging.getLogger(__name__)

PATIENCE = 0.5  # seconds for which another's writing is waited for
AGAIN = 0.01  # seconds
LEASE = 10  # seconds for which making a page is one process's work; a page takes milliseconds
REST = 5.0  # seconds
KEPT = 36 * 3_600  # seconds; no page holds longer than a day
USE_NOTED_EVERY = 60  # seconds
SAID_EVERY = 60.0  # seconds, of one failure after another
SWEEP_EVERY = 32  # pages stored by a process until it looks whether the file has grown too large


class Store(Protocol):
    def get(self, key: str) -> Page | None: ...

    def put(self, key: str, page: Page) -> None: ...

    def claim(self, key: str) -> bool:
        """Whether it is now this process's turn to make the page; a claim lapses after LEASE."""

    def release(self, key: str) -> None: ...


class InFile:
    """A SQLite file of its own, on this machine, bounded in bytes: the least recently read go.

    Nothing in it is worth a wait for the disk. A failure is an empty store.
    """

    def __init__(self, path: Path, room: int) -> None:
        self.path = path
        self.room = room
        self._mine = threading.local()
        self._stored = 0
        self._silent_until = 0.0

    def get(self, key: str) -> Page | None:
        def read(db: sqlite3.Connection) -> Page | None:
            asked = "SELECT packed, used_at FROM page WHERE key = ?"
            found = db.execute(asked, (key,)).fetchone()
            if found and found[1] < time.time() - USE_NOTED_EVERY:
                db.execute("UPDATE page SET used_at = ? WHERE key = ?", (time.time(), key))
            return unpacked(key, found[0]) if found else None

        return self._try(read, None)

    def put(self, key: str, page: Page) -> None:
        def write(db: sqlite3.Connection) -> None:
            packed = page.packed(key)
            db.execute(
                "INSERT OR REPLACE INTO page (key, size, used_at, packed) VALUES (?, ?, ?, ?)",
                (key, len(packed), time.time(), packed),
            )
            self._stored += 1
            if self._stored % SWEEP_EVERY == 1:
                self._sweep(db)

        self._try(write, None)

    def claim(self, key: str) -> bool:
        def take(db: sqlite3.Connection) -> bool:
            now = time.time()
            taken = db.execute(
                "INSERT INTO claim (key, until) VALUES (?, ?) ON CONFLICT (key) DO UPDATE"
                " SET until = excluded.until WHERE claim.until NOT BETWEEN ? AND excluded.until",
                (key, now + LEASE, now),
            )
            return taken.rowcount == 1

        return self._try(take, True)

    def release(self, key: str) -> None:
        self._try(lambda db: db.execute("DELETE FROM claim WHERE key = ?", (key,)), None)

    def _sweep(self, db: sqlite3.Connection) -> None:
        """Old pages go, and those that a clock put there which was ahead; then the least recently
        used until all that is left fits."""
        now = time.time()
        db.execute("DELETE FROM page WHERE used_at < ? OR used_at > ?", (now - KEPT, now + LEASE))
        db.execute("DELETE FROM claim WHERE until NOT BETWEEN ? AND ?", (now, now + LEASE))
        db.execute(
            "DELETE FROM page WHERE key IN (SELECT key FROM (SELECT key, sum(size)"
            " OVER (ORDER BY used_at DESC, key) AS so_far FROM page) WHERE so_far > ?)",
            (self.room,),
        )

    def _try(self, work: Callable[[sqlite3.Connection], T], otherwise: T) -> T:
        """On this thread's connection; whatever goes wrong with it, pages are made without."""
        try:
            if not hasattr(self._mine, "db") or not self.path.exists():
                self._mine.db = self._open()
            return work(self._mine.db)
        except (sqlite3.Error, OSError, ValueError):
            self._say()
            self._mine.__dict__.pop("db", None)
            return otherwise

    def _say(self) -> None:
        """Not with every page: the disk that is full may be the one with the logs."""
        if time.monotonic() >= self._silent_until:
            log.warning("The store of pages failed; they are made without it.", exc_info=True)
            self._silent_until = time.monotonic() + SAID_EVERY

    def _open(self) -> sqlite3.Connection:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        db = sqlite3.connect(self.path, timeout=PATIENCE, isolation_level=None)
        patient_until = time.monotonic() + PATIENCE
        while not _is_ready(db):
            if time.monotonic() > patient_until:
                raise TimeoutError(f"{self.path} is locked.")
            time.sleep(AGAIN)
        return db


def _is_ready(db: sqlite3.Connection) -> bool:
    """Makes of it what is read and written here; not while others do the same to a new file, for
    which SQLite itself does not always wait."""
    try:
        db.executescript(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF;"
            # What readers had erased stood on pages too (docs/decisions/0020).
            "PRAGMA secure_delete = ON;"
            "CREATE TABLE IF NOT EXISTS page"
            " (key TEXT PRIMARY KEY, size INTEGER, used_at REAL, packed BLOB);"
            "CREATE INDEX IF NOT EXISTS page_used_at ON page (used_at, key, size);"
            "CREATE TABLE IF NOT EXISTS claim (key TEXT PRIMARY KEY, until REAL) WITHOUT ROWID;"
        )
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:  # without what it says beyond
            return False
        raise
    return True


class AsItIs:
    """How Redis keeps what is put there, which is bytes. Django's own way is to pickle it: whoever
    can write into Redis could have us run what they like."""

    def dumps(self, kept: bytes) -> bytes:
        return kept

    def loads(self, kept: bytes) -> bytes:
        return kept


class InCache:
    """Django's cache of a name, such as Redis: for several machines. It bounds itself.

    One that failed is left alone for REST, and pages are made without it.
    """

    def __init__(self, alias: str) -> None:
        self.alias = alias
        self._not_before = 0.0

    @property
    def cache(self) -> BaseCache:
        return caches[self.alias]

    def get(self, key: str) -> Page | None:
        return unpacked(key, self._try(lambda: self.cache.get(key), None))

    def put(self, key: str, page: Page) -> None:
        seconds = max(1, int(page.until - time.time()))
        self._try(lambda: self.cache.set(key, page.packed(key), seconds), None)

    def claim(self, key: str) -> bool:
        return bool(self._try(lambda: self.cache.add(f"{key}:claim", b"", LEASE), True))

    def release(self, key: str) -> None:
        self._try(lambda: self.cache.delete(f"{key}:claim"), None)

    def _try(self, work: Callable[[], Any], otherwise: Any) -> Any:
        if time.monotonic() < self._not_before:
            return otherwise
        try:
            return work()
        except Exception as error:  # each backend has errors of its own
            self._not_before = time.monotonic() + REST
            log.warning(
                "The store of pages failed (%s); they are made without it.", type(error).__name__
            )
            return otherwise
