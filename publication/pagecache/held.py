"""What this process holds in memory, pages and pieces of them, and up to which change that is true.

Before anything is taken the database is asked what changed, and what depends on that is let go.
"""

import logging
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.translation import get_language

from reviews.models import Article, for_readers

from . import changes, program, sources
from .changes import Changes, Unknown
from .memory import Memory, Shelf
from .page import Page
from .triggers import EVERYTHING, MADE_FOR, OFF

T = TypeVar("T")
log = logging.getLogger(__name__)

TRY_AGAIN = 1.0  # seconds after the database could not be asked what changed
FOR_PIECES = 4  # beside the room for pages, one part in so many for pieces: they are not compressed
OBJECT_BYTES = 16_000  # what an article with all that hangs on it takes, nearly


@dataclass(frozen=True)
class Piece:
    """A part of a page as Python has it; the rest as for a `Page`."""

    value: Any
    made_at: float
    until: float
    tags: frozenset[str]
    position: str

    def size(self) -> int:
        """Bytes it takes in memory, nearly."""
        return _size(self.value) + 500


class Held:
    """Of one process; its threads share it. It is also the keeper of pieces."""

    def __init__(self) -> None:
        self.pages = Memory(settings.PAGE_MEMORY_BYTES)
        self.pieces: Shelf[Piece] = Shelf(settings.PAGE_MEMORY_BYTES // FOR_PIECES)
        self.space = ""  # before each key in the store
        self.watched = False
        self._lock = threading.Lock()
        self._changes: Changes | None = None
        self._position = ""
        self._not_before = 0.0

    def page(self, key: str) -> Page | None:
        """The page in memory, when nothing that it depends on has changed until this moment."""
        with self._lock:
            self._catch_up()
            page = self.pages.get(key) if self.watched else None
        return page if page and _holds_at(page, timezone.now()) else None

    def now(self) -> tuple[str, str]:
        """The position of all changes until this moment, and the space of keys that goes with it;
        no position where changes cannot be known."""
        with self._lock:
            self._catch_up()
            return self._position if self.watched else "", self.space

    def keep(self, key: str, page: Page) -> bool:
        """Puts into memory a page that holds now; says whether it does."""
        return self._holds(page, lambda: self.pages.put(key, page))

    def piece(self, key: str, make: Callable[[], T]) -> T:
        """As reviews/dependencies.py `kept` wants it."""
        if connection.in_atomic_block:  # what is not committed is nobody else's
            return make()
        key = f"{get_language()} {timezone.get_current_timezone_name()} {key}"
        now = timezone.now()
        with self._lock:
            self._catch_up()
            position, found = self._position, self.pieces.get(key) if self.watched else None
        if found and _holds_at(found, now):
            if (whole := sources.innermost()) is not None:
                whole.take_over(found.tags, datetime.fromtimestamp(found.until, now.tzinfo))
            value: T = found.value
            return value
        with sources.seen() as seen:
            value = make()
        if self.watched and position and not seen.why_not:
            until = holds_until(seen, now).timestamp()
            tags = frozenset({*seen.tags, EVERYTHING, OFF})
            piece = Piece(value, now.timestamp(), until, tags, position)
            self._holds(piece, lambda: self.pieces.put(key, piece))
        return value

    def close(self) -> None:
        with self._lock:
            self._give_up()

    def _holds(self, kept: Page | Piece, put: Callable[[], None]) -> bool:
        if not _holds_at(kept, timezone.now()):
            return False
        with self._lock:
            self._catch_up()
            if not self.watched or self._changes is None:
                return False
            try:
                if self._changes.any_of(kept.tags, kept.position):
                    return False
            except Unknown:
                self._give_up()
                return False
            put()
        return True

    def _catch_up(self) -> None:
        """Lets go of all that changed. Whatever goes wrong, nothing is held for true."""
        if self._changes is None and time.monotonic() < self._not_before:
            return
        try:
            if self._changes is None:
                self._changes = changes.of()
                self._begin(self._changes)
                return
            position, tags = self._changes.since(self._position)
            if not tags:
                return
            self._position = position
            if any(tag in (EVERYTHING, OFF) or tag.startswith(MADE_FOR) for tag in tags):
                self._begin(self._changes)
            else:
                self.pages.drop(tags)
                self.pieces.drop(tags)
        except Unknown as reason:
            log.warning("Pages are not stored for now: %s", reason)
            self._give_up()

    def _begin(self, now: Changes) -> None:
        """From nothing, at the position of before it is asked whether triggers are there."""
        self._clear()
        self._position, _ = now.since("")
        watched = now.are_watched()
        if not watched and self.watched is not watched:
            log.warning("Pages are not stored until `manage.py migrate` has made its triggers.")
        self.watched = watched
        self.space = f"{now.era()}:{program.digest()}:"

    def _give_up(self) -> None:
        self._clear()
        self.watched = False
        if self._changes is not None:
            self._changes.close()
        self._changes = None
        self._position = ""
        self._not_before = time.monotonic() + TRY_AGAIN

    def _clear(self) -> None:
        self.pages.clear()
        self.pieces.clear()


def _holds_at(kept: Page | Piece, at: datetime) -> bool:
    """Not one that a clock made which was ahead, either: it may show what is still to come."""
    return kept.made_at <= at.timestamp() < kept.until


def holds_until(found: sources.Sources, now: datetime) -> datetime:
    """The first moment at which it shows something else: what was compared with now, the
    next article whose minute comes, or the end of the day, since pages say dates."""
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    moments = [midnight + timedelta(days=1)]
    if found.until:
        moments.append(found.until)
    if Article._meta.db_table in found.tags:
        moments += for_readers.next_moments(now)
    return min(moments)


def _size(value: object) -> int:
    if isinstance(value, str):
        return sys.getsizeof(value)
    if isinstance(value, tuple):
        return sum(_size(part) for part in value)
    return OBJECT_BYTES
