"""How far the database is behind the migrations of this program."""

from functools import cache

from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder


@cache
def _known() -> frozenset[tuple[str, str]]:
    """Those of the code, which stays as it is while a process runs."""
    return frozenset(MigrationLoader(None).disk_migrations or ())


def missing(using: str = "default") -> int:
    """Steps not applied yet. One query, and one for the list of tables."""
    return len(_known() - set(MigrationRecorder(connections[using]).applied_migrations()))
