"""What a page that is being made depends on, said where it is known and nowhere else.

Whoever keeps pages (publication/pagecache) listens while one is made. It sees by itself which
tables are read, and takes a page to depend on all that readers see of them. Two things it cannot
see are said here: that a query concerns one row's part of a table alone, and that what was decided
holds only until a moment. Not said, a part is the whole table: the page is then made anew too
often, never too seldom. A moment has to be said wherever Python compares one with now.

Nobody listening, all of this costs next to nothing.

Whoever keeps pages may keep pieces of them too: `kept` is where one is made, or taken.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

from django.utils import timezone

T = TypeVar("T")


@dataclass
class Part:
    """What belongs, in `table`, to the row `pk` of what it hangs on; without one, the whole."""

    table: str
    pk: int | None = None


@dataclass
class Heard:
    """What was said while a page was made."""

    part: Part | None = None  # which queries concern at present
    until: datetime | None = None  # the earliest moment at which something shown changes


class Keeper(Protocol):
    """Keeps what was made for as long as nothing changes that was read while it was made."""

    def piece(self, key: str, make: Callable[[], T]) -> T: ...


_listening: ContextVar[Heard | None] = ContextVar("listening", default=None)
_keeper: ContextVar[Keeper | None] = ContextVar("keeper", default=None)


@contextmanager
def listening() -> Iterator[Heard]:
    """What is said inside, to be read during and after."""
    heard = Heard()
    token = _listening.set(heard)
    try:
        yield heard
    finally:
        _listening.reset(token)


@contextmanager
def part(table: str, pk: int | None = None) -> Iterator[Part]:
    """Queries inside read of `table` only what belongs to the row `pk` of what it hangs on.

    Where that row is found by such a query itself, the part that is given is told its key after:
    what is found through a row is another only when that row is. The queries have to be made
    inside: a queryset that is returned is asked later.
    """
    said = Part(table, pk)
    heard = _listening.get()
    if heard is None:
        yield said
        return
    before, heard.part = heard.part, said
    try:
        yield said
    finally:
        heard.part = before


def changes_at(*moments: datetime | None) -> None:
    """What is shown was decided by comparing these with now; it changes when one comes."""
    heard = _listening.get()
    if heard is None:
        return
    coming = [moment for moment in moments if moment is not None and moment > timezone.now()]
    if coming:
        heard.until = min([*coming, heard.until] if heard.until else coming)


@contextmanager
def keeping(keeper: Keeper) -> Iterator[None]:
    """Inside, pieces are kept by it."""
    token = _keeper.set(keeper)
    try:
        yield
    finally:
        _keeper.reset(token)


def are_kept() -> bool:
    """Whether anybody keeps pieces at present."""
    return _keeper.get() is not None


def kept(key: str, make: Callable[[], T]) -> T:
    """What `make` answers, or the same from before if nothing changed since that it read.

    `make` is for `key` alone: the same key, the same answer, for whatever reader. All that it shows
    it has to read itself, inside. What it answers is shared by threads, so nobody changes it.
    """
    keeper = _keeper.get()
    return make() if keeper is None else keeper.piece(key, make)
