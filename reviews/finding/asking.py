"""What the index is asked, and what stands beside it: the rows that it has not read again yet.

Those are looked through as they are. So what is found is right whether or not anybody has kept the
index up to date, unless very much has changed at once; then a search says so.
"""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connections, router
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, Q
from django.db.models.expressions import RawSQL

from . import changes, folding, texts
from .index import table_of

# Rows looked through as they are, those changed last: a piece takes a third of a millisecond.
MOST_UNREAD = 100

# Keys of rows, and what they say now: None, where there is no such row.
Rows = Mapping[int, texts.Words | None]


@dataclass(frozen=True)
class Unread:
    """By kind, the rows that may have other words than the index has. `behind`: there are more of
    them, or nobody notes what changes; what is new in those is not found yet."""

    rows: Mapping[str, Rows]
    behind: bool


def unread() -> Unread:
    """One query, and those of `texts.of` for each kind of which there are any."""
    using = router.db_for_read(texts.KINDS["article"])
    with connections[using].cursor() as cursor:
        cursor.execute(
            f"SELECT id, kind, subject FROM {changes.TABLE} WHERE id = {changes.UNWATCHED}"  # noqa: S608
            f" OR id IN (SELECT id FROM {changes.TABLE} ORDER BY id DESC LIMIT {MOST_UNREAD + 1})"
        )
        found = sorted(cursor.fetchall(), reverse=True)
    watched = not found or found[-1][0] != changes.UNWATCHED
    last = found[:MOST_UNREAD]
    keys = {kind: {subject for _, of, subject in last if of == kind} for kind in texts.KINDS}
    rows = {kind: _as_they_are(kind, some) for kind, some in keys.items()}
    return Unread(rows, behind=len(found) > MOST_UNREAD or not watched)


def _as_they_are(kind: str, keys: Collection[int]) -> Rows:
    return dict.fromkeys(keys) | dict(texts.of(kind, keys)) if keys else {}


def keys(kind: str, words: Sequence[str], *, in_names: bool, most: int) -> list[int]:
    """Rows that have every word, or part of one, in their names alone or in all that they say, as
    the index has them: so many at most, in no order."""
    connection = _connection(kind)
    sql, params = _asked(connection, kind, words, in_names)
    return [key for (key,) in by_index(connection, f"{sql} LIMIT {most}", params)]


def by_index(connection: BaseDatabaseWrapper, sql: str, params: Sequence[Any]) -> list[Any]:
    """The rows of a question that goes by an index, in one query.

    PostgreSQL takes it to be as cheap to look for three characters in a list of hundreds as to
    compare two numbers, and would go through the table. Statements that are sent together are one
    transaction, and what is set in it ends with it.
    """
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            cursor.execute(sql, params)
        else:
            cursor.execute(f"SET LOCAL enable_seqscan = off; {sql}", params)
            cursor.nextset()
        found: list[Any] = cursor.fetchall()
        return found


def says(kind: str, words: Sequence[str], *, in_names: bool) -> RawSQL:
    """Whether the index has every word for a row of a query: each that is asked about is read."""
    connection = _connection(kind)
    meta, quoted = texts.KINDS[kind]._meta, connection.ops.quote_name
    if connection.vendor == "sqlite":
        # FTS5 keeps what it indexes in a table of its own (sqlite.org/fts5.html, 9.3).
        table, key, has = f"{table_of(kind)}_content", "id", "instr({}, %s)"
        columns = {"names": "c0", "said": "c1"}
    else:
        table, key, has = table_of(kind), "rowid", "strpos({}, %s) > 0"
        columns = {"names": "names", "said": "said"}
    every, params = [], []
    for word in words:
        needles = list(_needles(word, in_names))
        either = " OR ".join(has.format(columns[column]) for column, _ in needles)
        every.append(f"({either})")
        params += [needle for _, needle in needles]
    sql = (
        f"SELECT {' AND '.join(every)} FROM {table}"  # noqa: S608
        f" WHERE {table}.{key} = {quoted(meta.db_table)}.{quoted(meta.pk.column)}"
    )
    return RawSQL(sql, params, output_field=BooleanField())  # noqa: S611 (words are parameters)


def having(unread: Rows, words: Sequence[str], *, in_names: bool) -> set[int]:
    """Those of the rows as they are that have every word."""
    return {key for key, said in unread.items() if said and _says(said, words, in_names)}


def one_of(kind: str, keys: Collection[int]) -> Q:
    """Rows with one of these keys, however many: they are one parameter."""
    connection = _connection(kind)
    listed = RawSQL(_LISTED[connection.vendor], [_as_one(connection, keys)])  # noqa: S611
    return Q(pk__in=listed)


_LISTED = {
    "sqlite": "SELECT value FROM json_each(%s)",
    "postgresql": "SELECT unnest(%s::bigint[])",
}


def _as_one(connection: BaseDatabaseWrapper, keys: Collection[int]) -> Any:
    return json.dumps(list(keys)) if connection.vendor == "sqlite" else list(keys)


def _connection(kind: str) -> BaseDatabaseWrapper:
    return connections[router.db_for_read(texts.KINDS[kind])]


def _asked(
    connection: BaseDatabaseWrapper, kind: str, words: Sequence[str], in_names: bool
) -> tuple[str, list[Any]]:
    """The SELECT of the keys that the index has for all words, and its parameters."""
    table = table_of(kind)
    if connection.vendor == "sqlite":
        phrases = [" OR ".join(_phrases(word, in_names)) for word in words]
        match = " AND ".join(f"({phrase})" for phrase in phrases)
        return f"SELECT rowid FROM {table} WHERE {table} MATCH %s", [match]  # noqa: S608
    threes: set[str] = set()
    params: list[Any] = []
    every = []
    for word in words:
        needles = list(_needles(word, in_names))
        threes |= set.intersection(*(_threes(needle) for _, needle in needles))
        every.append(f"({' OR '.join(f'{column} LIKE %s' for column, _ in needles)})")
        params += [f"%{needle}%" for _, needle in needles]
    column = "names_threes" if in_names else "every_threes"
    asked = f"SELECT rowid FROM {table} WHERE {column} @> %s AND {' AND '.join(every)}"  # noqa: S608
    return asked, [sorted(threes), *params]


def _needles(word: str, in_names: bool) -> Iterator[tuple[str, str]]:
    """Each column to look in, and what for."""
    yield "names", folding.needle(word, in_names=True)
    if not in_names:
        yield "said", folding.needle(word, in_names=False)


def _phrases(word: str, in_names: bool) -> Iterator[str]:
    """Of FTS5's language. Prepared words have no quotation marks."""
    needles = dict(_needles(word, in_names))
    if len(needles) == 2 and len(set(needles.values())) == 1:  # both columns in one reading
        yield f'"{needles["names"]}"'
        return
    for column, needle in needles.items():
        yield f'{column} : "{needle}"'


def _threes(needle: str) -> set[str]:
    return {needle[at : at + 3] for at in range(len(needle) - 2)}


def _says(said: texts.Words, words: Sequence[str], in_names: bool) -> bool:
    return all(
        any(needle in getattr(said, column) for column, needle in _needles(word, in_names))
        for word in words
    )
