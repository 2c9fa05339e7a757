"""The index itself: FTS5 on SQLite, GIN on PostgreSQL, both over each three characters in a row.

What was changed since it was read last stands in `reviews_unread`, until the worker reads it again.
"""

from collections.abc import Callable, Collection
from typing import Any

from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from . import changes, texts

BATCH = 200  # rows read again in one transaction
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

# Of every word there is one question, wherever it may stand: two would have to be joined whole.
_THREES = {"names": "names", "every": "names || E'\\n' || said"}

Told = Callable[[str, int, int], None]  # what is read, how many are, and how many will be


def install(using: str = "default", told: Told | None = None, **_: Any) -> None:
    """Makes all of it and reads everything, unless it is there. After `migrate`.

    One that was interrupted while it read leaves the rest to the worker.
    """
    connection = connections[using]
    with connection.cursor() as cursor:
        if is_kept(using):
            return
        with transaction.atomic(using):
            _alone(cursor, connection.vendor)
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
    """Takes the triggers away, where `migrate` has a step to take: nobody notes what changes, and
    searches say so until `install` has come to its end."""
    connection = connections[using]
    if plan:
        with connection.cursor() as cursor:
            if changes.TABLE in connection.introspection.table_names(cursor):
                cursor.execute(
                    f"INSERT INTO {changes.TABLE} (id, kind, subject)"  # noqa: S608
                    f" VALUES ({changes.UNWATCHED}, '', 0) ON CONFLICT DO NOTHING"
                )
            changes.drop(cursor, connection.vendor)


def is_kept(using: str = "default") -> bool:
    """Whether the index is there, and whatever changes is written down for it."""
    connection = connections[using]
    with connection.cursor() as cursor:
        made = changes.are_made(cursor, connection.vendor) and _are_there(connection)
    return made and is_noted(using)


def is_noted(using: str = "default") -> bool:
    """Whether no `migrate` that took the triggers away is still to put them back. One query."""
    with connections[using].cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM {changes.TABLE} WHERE id = {changes.UNWATCHED}")  # noqa: S608
        return cursor.fetchone() is None


def read_next(using: str = "default", limit: int = BATCH) -> int:
    """Reads again what has changed, the longest waiting first; how many changes that settled.

    What is changed meanwhile stays to be read: only the rows seen before it began are taken away.
    """
    connection = connections[using]
    waits = f"FROM {changes.TABLE} WHERE id > 0"
    some = f"SELECT id, kind, subject {waits} ORDER BY id LIMIT {limit}"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 {waits} LIMIT 1")
        if not cursor.fetchone():
            return 0
        with transaction.atomic(using):
            _alone(cursor, connection.vendor)
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


def has_trigrams(connection: BaseDatabaseWrapper) -> bool:
    """Whether this SQLite can make the index: FTS5 with trigrams came with 3.34."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pragma_module_list WHERE name = 'fts5'")
        there = cursor.fetchone()
        cursor.execute("SELECT sqlite_version()")
        (version,) = cursor.fetchone()
    return bool(there) and tuple(map(int, version.split("."))) >= (3, 34)


def _alone(cursor: Any, vendor: str) -> None:
    """Until the transaction ends, nobody else reads or makes. SQLite has one writer at a time."""
    if vendor == "postgresql":
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ALONE])


def _make(cursor: Any, vendor: str, table: str) -> None:
    if vendor == "sqlite":
        cursor.execute(f"CREATE VIRTUAL TABLE {table} USING fts5 (names, said, tokenize='trigram')")
        return
    cursor.execute(_TRIGRAMS)
    asked = _THREES if table == table_of("article") else {"names": "names"}
    columns = ", ".join(  # what is stored is asked, and not made once more
        f"{name}_threes text[] GENERATED ALWAYS AS (reviews_trigrams({of})) STORED"
        for name, of in asked.items()
    )
    cursor.execute(
        f"CREATE TABLE {table} (rowid bigint PRIMARY KEY, names text NOT NULL, said text NOT NULL,"
        f" {columns})"
    )
    for name in asked:
        cursor.execute(f"CREATE INDEX {table}_{name} ON {table} USING gin ({name}_threes)")


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
