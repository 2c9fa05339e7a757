"""The index itself: FTS5 on SQLite, GIN on PostgreSQL, both over each three characters in a row.

What was changed since it was read last stands in `reviews_unread`, until the worker reads it again.
"""

from collections.abc import Callable, Collection
from typing import Any

from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from .. import alone, migrated
from ..models import Article
from . import changes, places, texts

_PLACES = "reviews_findable_place"  # where each row stands, of the kind that has an order
BATCH = 200  # rows read again in one transaction
_ALONE = "index of the search"  # two that read would overwrite each other

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
    """Makes all of it and reads everything, unless it is there or a migration is still to come;
    where all were taken back, takes it away. After `migrate`.

    One that was interrupted while it read leaves the rest to the worker.
    """
    connection = connections[using]
    with connection.cursor() as cursor:
        if is_kept(using):
            return
        if migrated.missing(using):
            if Article._meta.db_table not in connection.introspection.table_names(cursor):
                _take_away(cursor, connection.vendor)
            return
        with transaction.atomic(using):
            alone.until_the_end(_ALONE, using)
            changes.drop(cursor, connection.vendor)
            for kind in texts.KINDS:
                for table in _tables(connection.vendor, kind):
                    cursor.execute(f"DROP TABLE IF EXISTS {table}")
                _make(cursor, connection.vendor, kind)
            cursor.execute(f"DROP TABLE IF EXISTS {_PLACES}")
            cursor.execute(
                f"CREATE TABLE {_PLACES} (subject bigint PRIMARY KEY, place bigint NOT NULL)"
            )
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
    _join(connection)


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
        made = changes.are_made(cursor, connection.vendor)
    return made and is_ready(using)


def is_ready(using: str = "default") -> bool:
    """Whether all that a search asks is there, which another version may have made otherwise, and
    no `migrate` that took the triggers away is still to put them back. Two queries."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if not {*tables(connection.vendor)} <= {*connection.introspection.table_names(cursor)}:
            return False
        cursor.execute(f"SELECT 1 FROM {changes.TABLE} WHERE id = {changes.UNWATCHED}")  # noqa: S608
        return cursor.fetchone() is None


def read_next(using: str = "default", limit: int = BATCH) -> int:
    """Reads again what has changed, the longest waiting first; how many changes that settled.

    What is changed meanwhile stays to be read: only the rows seen before it began are taken away.
    Pieces to which a change spreads, however many, are written down to be read next. Nothing where
    another version made the triggers: what it prepares otherwise is its own to read.
    """
    connection = connections[using]
    waits = f"FROM {changes.TABLE} WHERE id > 0"
    some = f"SELECT id, kind, subject {waits} ORDER BY id LIMIT {limit}"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 {waits} LIMIT 1")
        if not cursor.fetchone() or not changes.are_made(cursor, connection.vendor):
            return 0
        with transaction.atomic(using):
            alone.until_the_end(_ALONE, using)
            cursor.execute(some)
            waiting = cursor.fetchall()
            changed = changes.by_kind(waiting)
            for kind in changes.SPREADS.keys() & changed.keys():
                cursor.execute(
                    f"INSERT INTO {changes.TABLE} (kind, subject) SELECT DISTINCT 'article', id"  # noqa: S608
                    f" FROM ({changes.pieces_of(kind, changed[kind])}) pieces"
                )
            for kind, keys in changes.own_words(changed).items():
                _read(cursor, connection.vendor, kind, keys)
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


def _take_away(cursor: Any, vendor: str) -> None:
    for table in tables(vendor):
        cursor.execute(f"DROP TABLE IF EXISTS {table}")
    if vendor == "postgresql":
        cursor.execute("DROP FUNCTION IF EXISTS reviews_trigrams(text)")
        changes.forget(cursor)


def _join(connection: BaseDatabaseWrapper) -> None:
    """FTS5 keeps what it was given in as many lists, and joins these by and by: joined at once,
    they are read faster."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        for table in {table for kind in texts.KINDS for table in _tables("sqlite", kind)}:
            cursor.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")  # noqa: S608


def _make(cursor: Any, vendor: str, kind: str) -> None:
    if vendor == "sqlite":
        for name, written in _tables(vendor, kind).items():
            said = ", ".join(written)
            cursor.execute(f"CREATE VIRTUAL TABLE {name} USING fts5 ({said}, tokenize='trigram')")
        return
    cursor.execute(_TRIGRAMS)
    table, asked = table_of(kind), _THREES if kind == texts.SAYING else {"names": "names"}
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


def tables(vendor: str) -> list[str]:
    """All that are of no model."""
    written = (table for kind in texts.KINDS for table in _tables(vendor, kind))
    return [changes.TABLE, _PLACES, *written]


def table_of(kind: str) -> str:
    return f"reviews_findable_{kind}"


def names_of(vendor: str, kind: str) -> str:
    """The table in which names are looked for. FTS5 has one list of each three characters for all
    columns; where much is said besides, it would be read for each name."""
    apart = vendor == "sqlite" and kind == texts.SAYING
    return f"{table_of(kind)}_names" if apart else table_of(kind)


def _tables(vendor: str, kind: str) -> dict[str, tuple[str, ...]]:
    """Those of a kind, with the columns of each that are written."""
    return {names_of(vendor, kind): ("names",), table_of(kind): ("names", "said")}


def _read(cursor: Any, vendor: str, kind: str, keys: Collection[int]) -> None:
    left = [(place,) for place in _left(cursor, kind, keys)]
    found = [(places.place(kind, key, words.at), key, words) for key, words in texts.of(kind, keys)]
    found.sort(key=_by_place)
    for table, columns in _tables(vendor, kind).items():
        cursor.executemany(f"DELETE FROM {table} WHERE rowid = %s", left)  # noqa: S608
        cursor.executemany(
            f"INSERT INTO {table} (rowid, {', '.join(columns)})"  # noqa: S608
            f" VALUES (%s{', %s' * len(columns)})",
            [(place, *(getattr(words, name) for name in columns)) for place, _, words in found],
        )
    if kind == places.DATED:
        cursor.executemany(
            f"INSERT INTO {_PLACES} (subject, place) VALUES (%s, %s)",  # noqa: S608
            [(key, place) for place, key, _ in found],
        )


def _by_place(found: tuple[int, int, texts.Words]) -> int:
    return found[0]


def _left(cursor: Any, kind: str, keys: Collection[int]) -> list[int]:
    """The places where rows stood until now. Where these change they are written down: from
    another day than it had, nobody could tell where a row is."""
    if kind != places.DATED:
        return list(keys)
    listed = ", ".join(map(str, keys))
    whose = f"FROM {_PLACES} WHERE subject IN ({listed})"
    cursor.execute(f"SELECT place {whose}")
    left = [place for (place,) in cursor.fetchall()]
    cursor.execute(f"DELETE {whose}")
    return left
