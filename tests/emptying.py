"""What tests with real transactions wrote is taken out again, and what migrations planted put back.
So are files, of every test: no transaction takes those back.

Django's own `flush` goes on to do all that `migrate` does at its end, which took longer than most
of the tests.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from reviews.finding import index

Rows = list[tuple[Any, ...]]


def planted() -> dict[str, Rows]:
    """The rows of each table that has some: asked once, after the migrations."""
    return {table: _rows(table) for table in _filled()}


def put_back(planted: Mapping[str, Rows]) -> None:
    """Leaves `planted` and nothing else. Triggers run as for readers, and no key is given twice:
    what a process remembers of a row is not said of another."""
    with transaction.atomic(), connection.cursor() as cursor:
        filled = _filled()
        as_it_was = {table for table in filled if _rows_if(table, planted) == planted.get(table)}
        for table in [*filled, *index.tables(connection.vendor)]:
            if table not in as_it_was:
                cursor.execute(f"DELETE FROM {_quoted(table)}")
        for table, rows in planted.items():
            if table not in as_it_was:
                values = ", ".join(["%s"] * len(rows[0]))
                cursor.executemany(f"INSERT INTO {_quoted(table)} VALUES ({values})", rows)


def files() -> set[str]:
    """What the storages of the tests hold, with its folders."""
    places = settings.MEDIA_ROOT, settings.STORAGES["originals"]["OPTIONS"]["location"]
    return {
        f"{folder}/{name}"
        for place in places
        for folder, folders, names in os.walk(place)
        for name in (*folders, *names)
    }


def put_away(there: set[str]) -> None:
    """Leaves what is `there`."""
    for path in map(Path, sorted(files() - there, reverse=True)):  # a folder after what is in it
        if path.is_dir():
            path.rmdir()
        else:
            path.unlink()


def _filled() -> list[str]:
    tables = sorted(connection.introspection.django_table_names(include_views=False))
    asked = (f"SELECT '{each}' WHERE EXISTS (SELECT 1 FROM {_quoted(each)})" for each in tables)
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(asked))
        return [table for (table,) in cursor.fetchall()]


def _rows_if(table: str, wanted: Mapping[str, Rows]) -> Rows:
    return _rows(table) if table in wanted else []


def _rows(table: str) -> Rows:
    """In an order of their own: what was written last may come last, and is no difference."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {_quoted(table)}")
        return sorted(cursor.fetchall(), key=repr)


_quoted = connection.ops.quote_name
