"""Many rows are written some at a time, so that whoever else writes gets a turn in between.

SQLite has one writer at a time, and a post that has waited twenty seconds for it is refused.
"""

import time
from collections.abc import Callable
from typing import TypeVar

from django.db import connection
from django.db.models import F, Model, QuerySet

Row = TypeVar("Row", bound=Model)

AT_ONCE = 500  # rows written in one statement, a twentieth of a second
WITH_MUCH_BELOW = 100  # rows deleted at once with all that hangs on them, as long
MOST = 40  # batches at a call, some seconds; more waits for the next
PAUSE = 0.1  # seconds; who waits for SQLite looks at least so often whether it is free


def written(rows: "QuerySet[Row]", write: Callable[["QuerySet[Row]"], int]) -> int:
    """What `write` answers for all batches together. It has to make of rows that are among `rows`
    such as are not, for which nothing is locked while they are looked for."""
    done = 0
    for _ in range(MOST):
        keys = list(rows.order_by().values_list("pk", flat=True)[:AT_ONCE])
        if keys:
            done += write(rows.filter(pk__in=keys))
        if len(keys) < AT_ONCE:
            break
        between()
    return done


def deleted(rows: "QuerySet[Row]") -> int:
    return written(rows, lambda batch: batch.delete()[0])


def deleted_some(rows: "QuerySet[Row]") -> bool:
    """The newest of them, with what hangs on each; whether there were any. What leans on another,
    as a reply does, came after it."""
    # By the key alone PostgreSQL would walk the whole table back to rows that are old.
    newest = rows.order_by((F("pk") + 0).desc()).values_list("pk", flat=True)
    if keys := list(newest[:WITH_MUCH_BELOW]):
        rows.filter(pk__in=keys).delete()
        between()
    return bool(keys)


def between() -> None:
    """Lets others write, where they wait until nobody does."""
    if connection.vendor == "sqlite":
        time.sleep(PAUSE)
