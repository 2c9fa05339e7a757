"""A disk that is full, as SQLite can be told."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

NO_LIMIT = 1_073_741_823  # pages, as SQLite has it


@contextmanager
def full_disk() -> Iterator[None]:
    """The database's file grows no further; there is room again at the end."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA page_count")
        cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0]}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA max_page_count = {NO_LIMIT}")
