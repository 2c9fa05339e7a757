"""What a page was made from, seen while it is made: the tables its queries name, and what was said.

A page depends on every watched table that any of its queries so much as mentions.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
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


@contextmanager
def seen() -> Iterator[Sources]:
    """The sources of what is made inside, by this thread; complete when it ends."""
    sources = Sources()
    with dependencies.listening() as heard:

        def look(
            execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
        ) -> Any:
            _note(sources, sql, heard.part)
            return execute(sql, params, many, context)

        with connection.execute_wrapper(look):
            yield sources
        sources.until = heard.until


def _note(sources: Sources, sql: str, part: tuple[str, int] | None) -> None:
    tables, harmless = _read(sql)
    if not harmless:
        sources.why_not = "it writes"
    for table in tables:
        if table not in _watched():
            sources.why_not = f"it reads {table}, whose changes nobody writes down"
        elif part is not None and part[0] == table:
            sources.tags.add(f"{table}:{part[1]}")
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
