"""How far a database, or a copy of one, is behind the migrations of this program or ahead."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from django.core.management.base import CommandError
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

Step = tuple[str, str]  # an app, and the name of a migration


def applied(using: str = "default") -> list[Step]:
    """One query, and one for the list of tables."""
    return list(MigrationRecorder(connections[using]).applied_migrations())


def missing(using: str = "default") -> int:
    """Steps not applied yet. The same queries."""
    return len(behind(applied(using)))


def behind(taken: Iterable[Step]) -> set[Step]:
    """Steps of this program that are not among those that were taken."""
    return set(_known()) - set(taken)


def ahead(taken: Iterable[Step]) -> list[Step]:
    """Those of the taken that only a newer version of the program knows."""
    return [step for step in taken if step not in _known() and step not in _squashed()]


def refuse_between(using: str, **_: Any) -> None:
    """Of `migrate`, where a database has taken some of the steps that one replaces, and not all:
    the rest of them are not in this program."""
    taken = set(applied(using))
    for (app, name), step in _of_the_code().items():
        missed = [old for old in step.replaces if old not in taken]
        if missed and len(missed) < len(step.replaces):
            raise CommandError(
                f"This database stopped before {app}.{missed[0][1]}, and this version has those "
                f"steps only as one ({name}). Nothing was changed. Run migrate of an older "
                "version, then of this one: docs/decisions/0021 says which."
            )


@cache
def _known() -> frozenset[Step]:
    """Those of the code, which stays as it is while a process runs."""
    return frozenset(_of_the_code())


@cache
def _squashed() -> frozenset[Step]:
    return frozenset(name for step in _of_the_code().values() for name in step.replaces)


def _of_the_code() -> dict[Step, Any]:
    return MigrationLoader(None).disk_migrations or {}
