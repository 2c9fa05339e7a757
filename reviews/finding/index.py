"""The index itself: FTS5 on SQLite, GIN on PostgreSQL, both over each three characters in a row.

What was changed since it was read last stands in `reviews_unread`, and is looked through as it is:
what is found is therefore right whether or not anybody has kept the index up to date.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

from django.db import connections, router, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Q
from django.db.models.expressions import RawSQL

from . import changes, folding, texts

BATCH = 200  # rows read again in one transaction
MOST_UNREAD = 500  # looked through as they are; of more the index is made up to date first
_ALONE = 0x66696E64  # the number of PostgreSQL's lock: two that read would overwrite each other

_TRIGRAMS = """
    CREATE OR REPLACE FUNCTION reviews_trigrams(said text) RETURNS text[]
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
        SELECT coalesce(array_agg(DISTINCT three), '{}') FROM (
            SELECT letter || lead(letter) OVER w || lead(letter, 2) OVER w AS three
            FROM unnest(string_to_array(said, NULL)) WITH ORDINALITY AS letters (letter, place)
            WINDOW w AS (ORDER BY place)
        ) found WHERE three IS NOT NULL
    $$"""

Told = Callable[[str, int, int], None]  # what is read, how many are, and how many will be


def install(using: str = "default", told: Told | None = None, **_: Any) -> None:
    """Makes all of it and reads everything, unless it is there. After `migrate`."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if changes.are_made(cursor, connection.vendor) and _are_there(connection):
            return
        with transaction.atomic(using):
            changes.drop(cursor, connection.vendor)
            for kind in texts.KINDS:
                cursor.execute(f"DROP TABLE IF EXISTS {table_of(kind)}")
                _make(cursor, connection.vendor, table_of(kind))
            changes.make(cursor, connection.vendor)
            cursor.execute(f"DELETE FROM {changes.TABLE}")  # noqa: S608 (our own words)
            for kind, model in texts.KINDS.items():
                cursor.execute(
                    f"INSERT INTO {changes.TABLE} (kind, subject)"  # noqa: S608
                    f" SELECT '{kind}', id FROM {model._meta.db_table}"
                )
        cursor.execute(f"SELECT count(*) FROM {changes.TABLE}")  # noqa: S608
        (every,) = cursor.fetchone()
    read = 0
    while some := read_next(using=using):
        read += some
        if told:
            told("words to find", min(read, every), every)


def remove(using: str = "default", plan: Any = True, **_: Any) -> None:
    """Takes the triggers away, where `migrate` has a step to take: nobody notes what changes."""
    connection = connections[using]
    if plan:
        with connection.cursor() as cursor:
            changes.drop(cursor, connection.vendor)


def read_next(using: str = "default", limit: int = BATCH) -> int:
    """Reads again what has changed, the longest waiting first; how many changes that settled.

    What is changed meanwhile stays to be read: only the rows seen before it began are taken away.
    """
    connection = connections[using]
    some = f"SELECT id, kind, subject FROM {changes.TABLE} ORDER BY id LIMIT {limit}"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM {changes.TABLE} LIMIT 1")  # noqa: S608
        if not cursor.fetchone():
            return 0
        with transaction.atomic(using):
            if connection.vendor == "postgresql":
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ALONE])
            cursor.execute(some)
            waiting = cursor.fetchall()
            for kind in texts.KINDS:
                if keys := {subject for _, of, subject in waiting if of == kind}:
                    _read(cursor, kind, keys)
            cursor.executemany(
                f"DELETE FROM {changes.TABLE} WHERE id = %s",  # noqa: S608
                [(id_,) for id_, _, _ in waiting],
            )
    return len(waiting)


Rows = Mapping[int, texts.Words | None]  # keys, and what they say now
Unread = Mapping[str, Rows]  # by kind


def unread(kind: str, using: str = "default") -> Rows:
    """Rows that may have other words than the index has, and those that they have now: none, where
    there is no such row. One query, and those of `texts.of` when there are any."""
    asked = f"SELECT DISTINCT subject FROM {changes.TABLE} WHERE kind = %s LIMIT {MOST_UNREAD + 1}"  # noqa: S608
    with connections[using].cursor() as cursor:
        cursor.execute(asked, [kind])
        found = {subject for (subject,) in cursor.fetchall()}
    if len(found) <= MOST_UNREAD:
        return dict.fromkeys(found) | dict(texts.of(kind, found)) if found else {}
    while read_next(using):
        pass
    return {}


def matching(kind: str, words: Sequence[str], unread: Rows, *, in_names: bool) -> Q:
    """Rows that have every word, or part of one, in their names alone or in all that they say."""
    using = router.db_for_read(texts.KINDS[kind])
    sql, params = _asked(connections[using], kind, words, in_names)
    indexed = Q(pk__in=RawSQL(sql, params))  # noqa: S611 (words are parameters)
    if not unread:
        return indexed
    now = [key for key, said in unread.items() if said and _says(said, words, in_names)]
    return (indexed & ~Q(pk__in=list(unread))) | Q(pk__in=now)


def has_trigrams(connection: BaseDatabaseWrapper) -> bool:
    """Whether this SQLite can make the index: FTS5 with trigrams came with 3.34."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pragma_module_list WHERE name = 'fts5'")
        there = cursor.fetchone()
        cursor.execute("SELECT sqlite_version()")
        (version,) = cursor.fetchone()
    return bool(there) and tuple(map(int, version.split("."))) >= (3, 34)


def _make(cursor: Any, vendor: str, table: str) -> None:
    if vendor == "sqlite":
        cursor.execute(f"CREATE VIRTUAL TABLE {table} USING fts5 (names, said, tokenize='trigram')")
        return
    cursor.execute(_TRIGRAMS)
    threes = "GENERATED ALWAYS AS (reviews_trigrams({column})) STORED"  # asked, not made once more
    columns = ", ".join(
        f"{column} text NOT NULL, {column}_threes text[] {threes.format(column=column)}"
        for column in ("names", "said")
    )
    cursor.execute(f"CREATE TABLE {table} (rowid bigint PRIMARY KEY, {columns})")
    for column in ("names", "said"):
        cursor.execute(f"CREATE INDEX {table}_{column} ON {table} USING gin ({column}_threes)")


def _are_there(connection: BaseDatabaseWrapper) -> bool:
    there = set(connection.introspection.table_names())
    return {changes.TABLE, *map(table_of, texts.KINDS)} <= there


def table_of(kind: str) -> str:
    return f"reviews_findable_{kind}"


def _read(cursor: Any, kind: str, keys: Collection[int]) -> None:
    table = table_of(kind)
    cursor.executemany(
        f"DELETE FROM {table} WHERE rowid = %s",  # noqa: S608
        [(key,) for key in keys],
    )
    cursor.executemany(
        f"INSERT INTO {table} (rowid, names, said) VALUES (%s, %s, %s)",  # noqa: S608
        [(key, words.names, words.said) for key, words in texts.of(kind, keys)],
    )


def _asked(
    connection: BaseDatabaseWrapper, kind: str, words: Sequence[str], in_names: bool
) -> tuple[str, list[object]]:
    """The SELECT of the keys that the index has for all words, and its parameters."""
    table = table_of(kind)
    if connection.vendor == "sqlite":
        phrases = [" OR ".join(_phrases(word, in_names)) for word in words]
        match = " AND ".join(f"({phrase})" for phrase in phrases)
        return f"SELECT rowid FROM {table} WHERE {table} MATCH %s", [match]  # noqa: S608
    params: list[object] = []
    each = []
    for word in words:
        either = []  # each by its own index: of OR, PostgreSQL would ask every row once more
        for column, needle in _needles(word, in_names):
            asked = f"{column} LIKE %s AND {column}_threes @> %s"
            either.append(f"SELECT rowid FROM {table} WHERE {asked}")  # noqa: S608
            params += [f"%{needle}%", _threes(needle)]
        each.append(f"({' UNION '.join(either)})")
    return " INTERSECT ".join(each), params


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


def _threes(needle: str) -> list[str]:
    return sorted({needle[at : at + 3] for at in range(len(needle) - 2)})


def _says(said: texts.Words, words: Sequence[str], in_names: bool) -> bool:
    return all(
        any(needle in getattr(said, column) for column, needle in _needles(word, in_names))
        for word in words
    )
