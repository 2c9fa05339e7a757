"""What the index is asked, and what stands beside it: the rows that it has not read again yet.

Those are looked through as they are. So what is found is right whether or not anybody has kept the
index up to date, unless very much has changed at once; then a search says so.
"""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connections, router
from django.db.models import BooleanField, Q
from django.db.models.expressions import RawSQL

from . import changes, engines, folding, places, texts

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
    """One query, and another where a change spreads to pieces; those of `texts.of` for each kind of
    which there are any."""
    using = router.db_for_read(texts.KINDS["article"])
    with connections[using].cursor() as cursor:
        cursor.execute(
            f"SELECT id, kind, subject FROM {changes.TABLE} WHERE id = {changes.UNWATCHED}"  # noqa: S608
            f" OR id IN (SELECT id FROM {changes.TABLE} ORDER BY id DESC LIMIT {MOST_UNREAD + 1})"
        )
        found = sorted(cursor.fetchall(), reverse=True)
        watched = not found or found[-1][0] != changes.UNWATCHED
        changed = changes.by_kind(found[:MOST_UNREAD])
        pieces = _spread(cursor, changed)
    own = changes.own_words(changed)
    keys = {kind: [*own.get(kind, ())] for kind in texts.KINDS}
    keys["article"] += pieces - {*keys["article"]}
    more = len(found) > MOST_UNREAD or len(keys["article"]) > MOST_UNREAD
    rows = {kind: _as_they_are(kind, some[:MOST_UNREAD]) for kind, some in keys.items()}
    return Unread(rows, behind=more or not watched)


def _spread(cursor: Any, changed: changes.Changed) -> set[int]:
    """Pieces to which the changes spread: one more than are looked through at most."""
    kinds = changes.SPREADS.keys() & changed.keys()
    if not kinds:
        return set()
    every = " UNION ".join(changes.pieces_of(kind, changed[kind]) for kind in kinds)
    cursor.execute(f"SELECT id FROM ({every}) pieces LIMIT {MOST_UNREAD + 1}")  # noqa: S608
    return {piece for (piece,) in cursor.fetchall()}


def _as_they_are(kind: str, keys: Collection[int]) -> Rows:
    return dict.fromkeys(keys) | dict(texts.of(kind, keys)) if keys else {}


def keys(
    kinds: Sequence[str], words: Sequence[str], *, in_names: bool, most: int
) -> list[list[int]]:
    """Of each kind the rows that have every word, or part of one, in their names alone or in all
    that they say, as the index has them: so many at most, in no order. One query."""
    found = engines.places_of_each([engines.Question(k, words, in_names) for k in kinds], most)
    return [[places.key(k, place) for place in some] for k, some in zip(kinds, found, strict=True)]


def in_order(
    kind: str, words: Sequence[str], *, in_names: bool, at_once: int
) -> Iterator[list[int]]:
    """Those rows as they stand in the index, so many at once and each time twice as many: no more
    of them is read than is wanted. One query each time; PostgreSQL begins with two more at most."""
    for found in engines.Question(kind, words, in_names).in_order(at_once):
        yield [places.key(kind, place) for place in found]


def says(kind: str, words: Sequence[str], *, in_names: bool) -> RawSQL:
    """Whether the index has every word for a row of a query that stands where its key says: each
    that is asked about is read."""
    question = engines.Question(kind, words, in_names)
    meta, quoted = texts.KINDS[kind]._meta, question.connection.ops.quote_name
    table, key, every, params = question.by_row()
    whose = f"{table}.{key} = {quoted(meta.db_table)}.{quoted(meta.pk.column)}"
    sql = f"SELECT {every} FROM {table} WHERE {whose}"  # noqa: S608
    return RawSQL(sql, params, output_field=BooleanField())  # noqa: S611 (words are parameters)


def having(unread: Rows, words: Sequence[str], *, in_names: bool) -> set[int]:
    """Those of the rows as they are that have every word."""
    return {key for key, said in unread.items() if said and _says(said, words, in_names)}


def one_of(kind: str, keys: Collection[int]) -> Q:
    """Rows with one of these keys, however many: they are one parameter."""
    if connections[router.db_for_read(texts.KINDS[kind])].vendor == "sqlite":
        return Q(pk__in=RawSQL("SELECT value FROM json_each(%s)", [json.dumps(list(keys))]))
    return Q(pk__in=RawSQL("SELECT unnest(%s::bigint[])", [list(keys)]))


def _says(said: texts.Words, words: Sequence[str], in_names: bool) -> bool:
    return all(
        any(
            needle in getattr(said, column)
            for column, needle in folding.needles(word, in_names=in_names).items()
        )
        for word in words
    )
