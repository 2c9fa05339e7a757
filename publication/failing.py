"""Which errands of the worker fail, and since when: rows, which any process on any machine reads.

Why is in the log of the worker. Two queries at most.
"""

from collections.abc import Collection
from contextlib import suppress

from django.db import DatabaseError
from django.utils import timezone

from .models import FailingErrand


def note(name: str, problem: str) -> None:
    """That one failed, and why it did last; since when stays as it is. Where the database takes
    nothing the log has it alone."""
    row = FailingErrand(name=name, since=timezone.now(), problem=problem[:100])
    with suppress(DatabaseError):
        FailingErrand.objects.bulk_create(
            [row], update_conflicts=True, unique_fields=["name"], update_fields=["problem"]
        )


def forget_all_but(names: Collection[str]) -> None:
    """What no worker of this version does cannot fail any more, nor ever work again."""
    FailingErrand.objects.exclude(name__in=names).delete()


def settle(name: str) -> None:
    """It works."""
    rows = FailingErrand.objects.filter(name=name)
    if rows.exists():
        rows.delete()
