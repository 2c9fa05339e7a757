"""A copy of a database of the other engine, taken over row by row into the tables of this one.

The tables are those of `migrate`, with the triggers, indexes and search of their own engine; what
crosses is what the models hold, and the number that each table gave last. All of it, or nothing.
"""

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, timedelta
from itertools import islice
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.management.color import no_style
from django.db import (
    DatabaseError,
    DataError,
    IntegrityError,
    OperationalError,
    connection,
    models,
    transaction,
)
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from comments.models import Follower, Notice
from reviews.finding import index
from reviews.models import Image

from ..pagecache import triggers
from ..progress import Tell
from .archive import BadArchive
from .tables import Row, Table, Tables

BATCH = 1_000  # rows in one statement
# What comes of a value that is none of its column's, or that the copy itself cannot give.
_UNFIT = (DatabaseError, sqlite3.Error, ValidationError, ValueError, TypeError, ArithmeticError)
_LOCKED_FOR = "60s"  # that a reader's query may keep us waiting


def put_in_place(tables: Tables, renamed: Mapping[str, str], given_up: str, tell: Tell) -> None:
    """Instead of the rows that are here, in one transaction. `renamed`: originals whose names were
    taken, and what they are called now. `given_up` is said of the mails that were owed, unless it
    is “”. Raises `BadArchive` for a row that this engine does not take, and `ToolFailed`."""
    with transaction.atomic():
        _empty()
        index.remove()  # what it notes row by row, `install` reads as a whole afterwards
        triggers.remove()
        taken = 0
        for table in tables:
            if model := _models().get(table.name):
                for rows in _fill(model, table):
                    taken += rows
                    tell("Rows taken over", taken, 0)
        _require_all(tables)
        try:
            _go_on_counting(tables.last)
            connection.check_constraints()
        except (IntegrityError, DataError) as error:
            raise _not_taken("The database in it", error) from error
        for old, new in renamed.items():
            Image._base_manager.filter(file=old).update(file=new)
        if given_up:
            owed = Notice._base_manager.filter(sent_at=None, dropped_at=None)
            owed.update(dropped_at=timezone.now(), error=given_up)
            a_day_ago = timezone.now() - timedelta(days=1)
            followers = Follower._base_manager.filter(news_from__lt=a_day_ago)
            followers.update(news_from=a_day_ago, in_hand=[], begun_at=None)
        triggers.install()  # which empties every stored page
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")  # it knows nothing yet of what has just come
    ContentType.objects.clear_cache()


def _models() -> dict[str, type[models.Model]]:
    """By their tables."""
    every = apps.get_models(include_auto_created=True)
    return {model._meta.db_table: model for model in every if not model._meta.proxy}


def _empty() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"SET LOCAL lock_timeout = '{_LOCKED_FOR}'")
    statements = connection.ops.sql_flush(no_style(), list(_models()))
    connection.ops.execute_sql_flush(statements)


def _fill(model: type[models.Model], table: Table) -> Iterator[int]:
    """Yields how many rows came with each statement."""
    ours = {field.column: field for field in model._meta.local_concrete_fields}
    if set(table.columns) != set(ours):
        differs = ", ".join(sorted(set(table.columns) ^ set(ours)))
        raise BadArchive(f"Its table {table.name} has other columns than this one: {differs}.")
    fields = [ours[name] for name in table.columns]
    quoted = ", ".join(map(connection.ops.quote_name, table.columns))
    marks = ", ".join(["%s"] * len(fields))
    name = connection.ops.quote_name(table.name)
    sql = f"INSERT INTO {name} ({quoted}) VALUES ({marks})"  # noqa: S608 (our own names)
    with connection.cursor() as cursor:
        try:
            for rows in _batches(table.rows):
                cursor.executemany(sql, [_written(fields, row) for row in rows])
                yield len(rows)
        except OperationalError:
            raise
        except _UNFIT as error:
            raise _not_taken(f"Its table {table.name}", error) from error


def _not_taken(what: str, error: Exception) -> BadArchive:
    return BadArchive(f"{what} cannot be taken over: {' '.join(str(error).split())}.")


def _batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while some := list(islice(rows, BATCH)):
        yield some


def _written(fields: Sequence["models.Field[Any, Any]"], row: Row) -> list[Any]:
    return [
        None if value is None else _as_here(field, value)
        for field, value in zip(fields, row, strict=True)
    ]


def _as_here(field: "models.Field[Any, Any]", value: Any) -> Any:
    """As this engine is given it. JSON stays the text that it is in both."""
    if isinstance(field, models.JSONField):
        return value if isinstance(value, str) else json.dumps(value)
    if isinstance(field, models.BinaryField):
        value = bytes.fromhex(value.removeprefix("\\x")) if isinstance(value, str) else value
    elif isinstance(field, models.DateTimeField):
        moment = parse_datetime(value)
        if moment is None:
            raise ValueError(f"{value!r} is no moment")
        value = moment if moment.tzinfo else moment.replace(tzinfo=UTC)  # as SQLite keeps it
    else:
        value = field.to_python(value)
    return field.get_db_prep_save(value, connection)


def _require_all(tables: Tables) -> None:
    if missing := set(_models()) - tables.seen:
        raise BadArchive(f"The database in it has no table {min(missing)}.")


def _go_on_counting(last: Mapping[str, int]) -> None:
    """The next row of a table is the one after the last that there ever was."""
    with connection.cursor() as cursor:
        for name, model in _models().items():
            if not isinstance(model._meta.pk, models.AutoField):
                continue
            given = last.get(name, 0)
            if connection.vendor == "sqlite":
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [name])
                cursor.execute("INSERT INTO sqlite_sequence VALUES (%s, %s)", [name, given])
            else:
                column = model._meta.pk.column
                cursor.execute(
                    "SELECT setval(pg_get_serial_sequence(%s, %s), %s, %s)",
                    [f'"{name}"', column, max(given, 1), given > 0],
                )
