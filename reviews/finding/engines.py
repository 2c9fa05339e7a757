"""What FTS5 and PostgreSQL are asked for the rows that have every word.

FTS5 reads its lists in the order of the rows, and goes on where it was left. GIN has no order: what
few rows have is read whole; of what many have the rows are gone through in their order, where soon
there are enough.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connections, router
from django.db.backends.base.base import BaseDatabaseWrapper

from . import folding, texts
from .index import names_of, table_of

# Rows put in an order that the index has not; of more the order is gone through. Where one in
# twenty has the words, of 20,000 the first 200 are found among some 4,000.
MOST_ORDERED = 1_000
# PostgreSQL's rows whose names are looked at before its index is asked; so of what one in so many
# has, which the index would find in vain.
LOOKED_AT = 500
ONE_IN = 20

# Where a row of the index is, what its columns are called, and how one has a part of a word.
_BY_ROW = {
    # FTS5 keeps what it indexes in a table of its own (sqlite.org/fts5.html, 9.3).
    "sqlite": ("{}_content", "id", {"names": "c0", "said": "c1"}, "instr({}, %s)"),
    "postgresql": ("{}", "rowid", {"names": "names", "said": "said"}, "strpos({}, %s) > 0"),
}


@dataclass(frozen=True)
class Question:
    """For the places of the rows of a kind that have every word, or part of one, in their names
    alone or in all that they say."""

    kind: str
    words: Sequence[str]
    in_names: bool

    @property
    def connection(self) -> BaseDatabaseWrapper:
        return connections[router.db_for_read(texts.KINDS[self.kind])]

    def places(self, which: str) -> list[int]:
        """By the index. `which` ends the statement: a LIMIT, perhaps an order. One query."""
        return [place for (place,) in by_index(self.connection, *self.by_the_index(which))]

    def by_the_index(self, which: str) -> tuple[str, list[Any]]:
        """That statement, and its parameters."""
        vendor = self.connection.vendor
        table = names_of(vendor, self.kind) if self.in_names else table_of(self.kind)
        if vendor == "sqlite":
            phrases = [" OR ".join(_phrases(word, self.in_names)) for word in self.words]
            condition = f"{table} MATCH %s"
            params: list[Any] = [" AND ".join(f"({phrase})" for phrase in phrases)]
        else:
            _, _, every, has = self.by_row()
            condition = f"{'names_threes' if self.in_names else 'every_threes'} @> %s AND {every}"
            params = [self._threes(), *has]
        return f"SELECT rowid FROM {table} WHERE {condition} {which}", params  # noqa: S608

    def in_order(self, at_once: int) -> Iterator[list[int]]:
        """By their order, so many at once and each time twice as many; an empty list where there is
        none."""
        if self.connection.vendor == "sqlite":
            yield from _on(self.places, -1, at_once)
            return
        if self.in_names:
            found, last, every = self._first()
            if every:
                yield found
                return
            if len(found) * ONE_IN >= LOOKED_AT:
                yield from _on(self._gone_through, last, at_once, found)
                return
        few = sorted(self.places(f"LIMIT {MOST_ORDERED + 1}"))
        if len(few) > MOST_ORDERED:
            yield from _on(self._gone_through, -1, at_once)
            return
        for start in range(0, len(few) or 1, at_once):
            yield few[start : start + at_once]

    def by_row(self) -> tuple[str, str, str, list[str]]:
        """The table that has the rows of the index, its key, whether a row has every word, and the
        parameters of that."""
        table, key, columns, has = _BY_ROW[self.connection.vendor]
        every: list[str] = []
        params: list[str] = []
        for word in self.words:
            needles = folding.needles(word, in_names=self.in_names)
            either = " OR ".join(has.format(columns[column]) for column in needles)
            every.append(f"({either})")
            params += needles.values()
        return table.format(table_of(self.kind)), key, " AND ".join(every), params

    def _gone_through(self, which: str) -> list[int]:
        """By PostgreSQL's rows as they stand."""
        table, _, every, params = self.by_row()
        sql = f"SELECT rowid FROM {table} WHERE {every} {which}"  # noqa: S608
        ways = ("seqscan", "bitmapscan", "sort")
        return [place for (place,) in by_index(self.connection, sql, params, without=ways)]

    def _first(self) -> tuple[list[int], int, bool]:
        """Of PostgreSQL's first rows those that have the words, the last of all that were looked
        at, and whether there are no more."""
        table, _, every, params = self.by_row()
        sql = (
            f"SELECT array_agg(rowid ORDER BY rowid) FILTER (WHERE {every}), max(rowid), count(*)"  # noqa: S608
            f" FROM (SELECT * FROM {table} ORDER BY rowid LIMIT {LOOKED_AT}) looked_at"
        )
        ((found, last, number),) = by_index(self.connection, sql, params)
        return found or [], last, number < LOOKED_AT

    def _threes(self) -> list[str]:
        threes: set[str] = set()
        for word in self.words:
            needles = folding.needles(word, in_names=self.in_names).values()
            threes |= set.intersection(*({*_threes(needle)} for needle in needles))
        return sorted(threes)


def places_of_each(questions: Sequence[Question], most: int) -> list[list[int]]:
    """For each of them so many places at most, in no order. One query."""
    found: list[list[int]] = [[] for _ in questions]
    every: list[str] = []
    params: list[Any] = []
    for number, question in enumerate(questions):
        sql, said = question.by_the_index(f"LIMIT {most}")
        every.append(f"SELECT {number}, rowid FROM ({sql}) of_{number}")  # noqa: S608
        params += said
    for number, place in by_index(questions[0].connection, " UNION ALL ".join(every), params):
        found[number].append(place)
    return found


def by_index(
    connection: BaseDatabaseWrapper,
    sql: str,
    params: Sequence[Any],
    *,
    without: Sequence[str] = ("seqscan",),
) -> list[Any]:
    """The rows of a question that goes by an index, in one query.

    PostgreSQL takes it to be as cheap to look for three characters in a list of hundreds as to
    compare two numbers, and would go through the table. Statements that are sent together are one
    transaction, and what is set in it ends with it.
    """
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            cursor.execute(sql, params)
        else:
            off = " ".join(f"SET LOCAL enable_{way} = off;" for way in without)
            cursor.execute(f"{off} {sql}", params)
            for _ in without:
                cursor.nextset()
        found: list[Any] = cursor.fetchall()
        return found


def _on(
    ask: Callable[[str], list[int]], after: int, at_once: int, found: Sequence[int] = ()
) -> Iterator[list[int]]:
    """What was `found` up to a place, and on from there."""
    some = [*found]
    while True:
        if (missing := at_once - len(some)) > 0:
            some += ask(f"AND rowid > {after} ORDER BY rowid LIMIT {missing}")
        yield some
        if len(some) < at_once:
            return
        after, at_once, some = max(after, some[-1]), 2 * at_once, []


def _phrases(word: str, in_names: bool) -> Iterator[str]:
    """Of FTS5's language. Prepared words have no quotation marks."""
    needles = folding.needles(word, in_names=in_names)
    if len(needles) == 2 and len(set(needles.values())) == 1:  # both columns in one reading
        yield f'"{needles["names"]}"'
        return
    for column, needle in needles.items():
        yield f'{column} : "{needle}"'


def _threes(needle: str) -> Iterator[str]:
    return (needle[at : at + 3] for at in range(len(needle) - 2))
