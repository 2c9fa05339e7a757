"""What a page was made from, seen while it is made: the tables its queries name, and what was said.

A page depends on every watched table that any of its queries so much as mentions, and on all that
the pieces depend on that it was put together from.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, lru_cache
from typing import Any

from django.apps import apps
from django.db import connection

from reviews import dependencies

from . import watched

_WORD = re.compile(r"\w+")
_MOST_STATEMENTS = 2_000  # remembered with their tables; the public pages make some 200


@dataclass
class Sources:
    """`tags` are what the page depends on, `why_not` the reason it may not be stored, or “”."""

    tags: set[str] = field(default_factory=set)
    until: datetime | None = None
    why_not: str = ""
    parts: list[dependencies.Part] = field(default_factory=list)

    def take_over(self, tags: Iterable[str], until: datetime | None, why_not: str = "") -> None:
        """Those of a piece, which are from now on its own too."""
        self.tags.update(tags)
        self.until = min(filter(None, (self.until, until)), default=None)
        self.why_not = self.why_not or why_not


_innermost: ContextVar[Sources | None] = ContextVar("innermost", default=None)


def innermost() -> Sources | None:
    """Those of what is being made at present, if anything is."""
    return _innermost.get()


@contextmanager
def seen() -> Iterator[Sources]:
    """The sources of what is made inside, by this thread; complete when it ends.

    Inside another, it is a piece of that one.
    """
    sources, whole = Sources(), innermost()
    token = _innermost.set(sources)
    try:
        with dependencies.listening() as heard:

            def look(
                execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
            ) -> Any:
                if innermost() is sources:
                    _note(sources, sql, heard.part)
                return execute(sql, params, many, context)

            with connection.execute_wrapper(look):
                yield sources
    finally:
        _innermost.reset(token)
        for part in sources.parts:
            sources.tags.add(part.table if part.pk is None else f"{part.table}:{part.pk}")
        sources.take_over((), heard.until)
        if whole is not None:
            whole.take_over(sources.tags, sources.until, sources.why_not)


def _note(sources: Sources, sql: str, part: dependencies.Part | None) -> None:
    tables, harmless = _read(sql)
    if not harmless:
        sources.why_not = "it writes"
    for table in tables:
        if table not in _watched():
            sources.why_not = f"it reads {table}, whose changes nobody writes down"
        elif part is not None and part.table == table:
            sources.parts.append(part)
        else:
            sources.tags.add(table)


@lru_cache(maxsize=_MOST_STATEMENTS)
def _read(sql: str) -> tuple[frozenset[str], bool]:
    """The tables a statement mentions, and whether it only reads."""
    words = _WORD.findall(sql)
    return _tables().intersection(words), bool(words) and words[0].upper() in ("SELECT", "WITH")


@cache
def _tables() -> frozenset[str]:
    return frozenset(model._meta.db_table for model in apps.get_models(include_auto_created=True))


@cache
def _watched() -> frozenset[str]:
    return frozenset(name for name, _, _ in watched.tables())
