"""What a page that is being made depends on, said where it is known and nowhere else.

Whoever keeps pages (publication/pagecache) listens while one is made. It sees by itself which
tables are read, and takes a page to depend on all that readers see of them. Two things it cannot
see are said here: that a query concerns one row's part of a table alone, and that what was decided
holds only until a moment. Not said, a part is the whole table: the page is then made anew too
often, never too seldom. A moment has to be said wherever Python compares one with now.

Nobody listening, all of this costs next to nothing.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone


@dataclass
class Heard:
    """What was said while a page was made."""

    part: tuple[str, int] | None = None  # the table and row that queries concern at present
    until: datetime | None = None  # the earliest moment at which something shown changes


_listening: ContextVar[Heard | None] = ContextVar("listening", default=None)


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
def part(table: str, pk: int) -> Iterator[None]:
    """Queries inside read of `table` only what belongs to the row `pk` of what it hangs on.

    They have to be made inside: a queryset that is returned is asked later.
    """
    heard = _listening.get()
    if heard is None:
        yield
        return
    before, heard.part = heard.part, (table, pk)
    try:
        yield
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
