"""Triggers that write down what readers will see change, in the transaction that changes it.

They are no part of a migration: columns come and go, and SQLite drops a table's triggers whenever
Django makes the table anew. `migrate` takes them away before it begins (SQLite would refuse to
rename a table that another's trigger names) and makes them when it is done. In between, and until
it ends well, no page is stored or served from the store.

The table of changes is not a model either, because it differs: on SQLite, where one writes at a
time, it has one row for each thing that ever changed, with the number of its last change; on
PostgreSQL, where nobody may wait for anybody here, every change adds a row with its transaction's
number.
"""

import hashlib
from collections.abc import Iterator
from functools import cache
from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from reviews import migrated

from . import watched
from .watched import Seen

TABLE = "publication_change"
EVERYTHING = "*"
OFF = "!"  # while there is such a row the triggers are not to be relied on
MADE_FOR = "#"  # before the digest of the triggers that there are
PREFIX = "readers_see_"

_TABLES = {
    "sqlite": f"""
        CREATE TABLE IF NOT EXISTS {TABLE}
        (id INTEGER PRIMARY KEY AUTOINCREMENT, tag TEXT NOT NULL UNIQUE);""",
    "postgresql": f"""
        CREATE TABLE IF NOT EXISTS {TABLE} (
            id bigserial PRIMARY KEY, tag text NOT NULL,
            xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
            made_at timestamptz NOT NULL DEFAULT clock_timestamp());
        CREATE INDEX IF NOT EXISTS {TABLE}_xid ON {TABLE} (xid, tag);
        CREATE INDEX IF NOT EXISTS {TABLE}_made_at ON {TABLE} (made_at);""",
}


def install(using: str = "default", **_: Any) -> None:
    """Makes the triggers, unless those that there are are the right ones. Empties every page. After
    `migrate`; where a step is still to come there is nothing yet, or no more, to which they fit."""
    connection = connections[using]
    if connection.vendor not in _TABLES or is_installed(connection) or migrated.missing(using):
        return
    with connection.cursor() as cursor:
        _run(cursor, connection.vendor, _TABLES[connection.vendor])
    remove(using)
    with connection.cursor() as cursor:
        for statement in _statements(connection.vendor):
            _run(cursor, connection.vendor, statement)
        cursor.execute(f"DELETE FROM {TABLE} WHERE tag = %s OR tag LIKE %s", [OFF, f"{MADE_FOR}%"])
        _say(cursor, f"{MADE_FOR}{digest(connection.vendor)}")
        _say(cursor, EVERYTHING)


def remove(using: str = "default", plan: Any = True, **_: Any) -> None:
    """Takes all triggers away, having said so. Before `migrate`, where that has a step to take:
    nothing to do is nothing to forget pages for."""
    connection = connections[using]
    if not plan or connection.vendor not in _TABLES:
        return
    if TABLE not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        _say(cursor, OFF)
        for name, table in _there(connection):
            on = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


def is_installed(connection: BaseDatabaseWrapper) -> bool:
    """Whether the triggers are there, and are those that this code would make."""
    if TABLE not in connection.introspection.table_names():
        return False
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT tag FROM {TABLE} WHERE tag = %s OR tag LIKE %s", [OFF, "#%"])
        said = {tag for (tag,) in cursor.fetchall()}
    wanted = {name for name, _ in _wanted(connection.vendor)}
    there = {name for name, _ in _there(connection)}
    return said == {f"{MADE_FOR}{digest(connection.vendor)}"} and there == wanted


@cache
def digest(vendor: str) -> str:
    """Of all that the triggers say: other code, other triggers."""
    return hashlib.sha256("\n".join(_statements(vendor)).encode()).hexdigest()[:16]


def _say(cursor: Any, tag: str) -> None:
    cursor.execute(f"DELETE FROM {TABLE} WHERE tag = %s", [tag])
    cursor.execute(f"INSERT INTO {TABLE} (tag) VALUES (%s)", [tag])


def _run(cursor: Any, vendor: str, statements: str) -> None:
    """SQLite takes one at a time, and a trigger is full of semicolons: those end no line."""
    if vendor == "postgresql":
        cursor.execute(statements)
        return
    for statement in statements.split(";\n"):
        if statement.strip():
            cursor.execute(statement)


def _there(connection: BaseDatabaseWrapper) -> list[tuple[str, str]]:
    """Name and table of each of our triggers."""
    asked = {
        "sqlite": "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname, tgrelid::regclass::text FROM pg_trigger",
    }
    with connection.cursor() as cursor:
        cursor.execute(asked[connection.vendor])
        return [(name, table) for name, table in cursor.fetchall() if name.startswith(PREFIX)]


def _wanted(vendor: str) -> list[tuple[str, str]]:
    events = ["insert", "update", "delete"] + ["truncate"] * (vendor == "postgresql")
    return [(f"{PREFIX}{t}_{event}", t) for t, _, _ in watched.tables() for event in events]


def _statements(vendor: str) -> list[str]:
    made = {"sqlite": _on_sqlite, "postgresql": _on_postgresql}[vendor]
    return [statement for table in watched.tables() for statement in made(*table)]


def _on_sqlite(table: str, columns: list[str], seen: Seen) -> Iterator[str]:
    """DELETE and INSERT instead of INSERT OR REPLACE: what a trigger says of conflicts yields to
    what the statement says that set it off, such as INSERT OR IGNORE (SQLite, CREATE TRIGGER)."""
    for event, rows in (("insert", ["NEW"]), ("update", ["OLD", "NEW"]), ("delete", ["OLD"])):
        conditions = []
        if seen.when:
            conditions.append(_either(seen.when, rows))
        if event == "update":
            changed = " OR ".join(f'OLD."{name}" IS NOT NEW."{name}"' for name in columns)
            conditions.insert(0, f"({changed})")
        when = f" WHEN {' AND '.join(conditions)}" if conditions else ""
        tags = [f"'{table}'", *(_part(table, seen, row) for row in rows if seen.parts)]
        body = " ".join(
            f"DELETE FROM {TABLE} WHERE tag = {tag}; INSERT INTO {TABLE} (tag) VALUES ({tag});"
            for tag in tags
        )
        yield (
            f'CREATE TRIGGER "{PREFIX}{table}_{event}" AFTER {event.upper()} ON "{table}"'
            f" FOR EACH ROW{when} BEGIN {body} END"
        )


def _on_postgresql(table: str, columns: list[str], seen: Seen) -> Iterator[str]:
    """A transaction says each thing once, however many rows it changes."""
    name = f"{PREFIX}{table}"
    changed = " OR ".join(f'OLD."{column}" IS DISTINCT FROM NEW."{column}"' for column in columns)
    body = []
    for event, rows in (("INSERT", ["NEW"]), ("UPDATE", ["OLD", "NEW"]), ("DELETE", ["OLD"])):
        conditions = [f"({changed})"] if event == "UPDATE" else []
        conditions += [_either(seen.when, rows)] if seen.when else []
        tags = [f"'{table}'", *(_part(table, seen, row) for row in rows if seen.parts)]
        said = " ".join(f"PERFORM publication_tell({tag});" for tag in tags)
        body.append(
            f"IF TG_OP = '{event}' THEN"
            f" IF {' AND '.join(conditions) or 'TRUE'} THEN {said} END IF; END IF;"
        )
    yield (
        "CREATE OR REPLACE FUNCTION publication_tell(said text) RETURNS void LANGUAGE plpgsql AS"
        f" $$ BEGIN IF NOT EXISTS (SELECT 1 FROM {TABLE} WHERE xid = pg_current_xact_id()"
        f" AND tag = said) THEN INSERT INTO {TABLE} (tag) VALUES (said); END IF; END $$"
    )
    yield (
        f'CREATE OR REPLACE FUNCTION "{name}"() RETURNS trigger LANGUAGE plpgsql AS'
        f" $$ BEGIN {' '.join(body)} RETURN NULL; END $$"
    )
    for event in ("insert", "update", "delete"):
        yield (
            f'CREATE TRIGGER "{name}_{event}" AFTER {event.upper()} ON "{table}"'
            f' FOR EACH ROW EXECUTE FUNCTION "{name}"()'
        )
    yield (
        "CREATE OR REPLACE FUNCTION publication_tell_all() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN PERFORM publication_tell('{EVERYTHING}'); RETURN NULL; END $$"
    )
    yield (
        f'CREATE TRIGGER "{name}_truncate" AFTER TRUNCATE ON "{table}"'
        " FOR EACH STATEMENT EXECUTE FUNCTION publication_tell_all()"
    )


def _either(when: str, rows: list[str]) -> str:
    return f"({' OR '.join(f'({when.format(row=row)})' for row in rows)})"


def _part(table: str, seen: Seen, row: str) -> str:
    """The tag of the rows that have this one's value of `parts`."""
    return f"'{table}:' || {row}.{seen.parts}"
