"""Requests that are owed to Akismet, claimed one by one by any number of processes.

A claim is one conditional update; what comes of a request counts only while it is still ours.
"""

from datetime import datetime, timedelta
from typing import TypeVar

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from ..models import Owed
from ..spam.akismet import Answer

Row = TypeVar("Row", bound=Owed)

# Waits after an attempt that came to nothing; after the last one it is given up.
PAUSES = [timedelta(minutes=n) for n in (1, 5, 20, 60)] + [timedelta(days=1)] * 3
MOST_ATTEMPTS = len(PAUSES) + 1
STALE = timedelta(minutes=2)  # a claim of a process that died; a request takes seconds


def due(kind: type[Row], now: datetime) -> QuerySet[Row]:
    """Those whose time has come and that no living process has in hand."""
    free = Q(claimed_at=None) | Q(claimed_at__lt=now - STALE)
    rows: QuerySet[Row] = kind._default_manager.filter(free, next_at__lte=now)
    return rows


def claim(kind: type[Row]) -> Row | None:
    """The row that is due longest, for this process alone; None when nothing is."""
    now = timezone.now()
    rows = due(kind, now)
    while row := rows.select_related("comment__article").order_by("next_at", "pk").first():
        same = rows.filter(pk=row.pk, claimed_at=row.claimed_at)
        if same.update(claimed_at=now, attempts=F("attempts") + 1):
            row.claimed_at, row.attempts = now, row.attempts + 1
            return row
    return None


def close(row: Owed, **facts: object) -> bool:
    """Whether the claim was still ours. Nothing is owed any more, unless `facts` say when."""
    ours = type(row)._default_manager.filter(pk=row.pk, claimed_at=row.claimed_at)
    return bool(ours.update(**{"claimed_at": None, "next_at": None} | facts))


def pause(row: Owed, answer: Answer) -> timedelta | None:
    """Until the next attempt, and no sooner than the service asks; None after the last."""
    if row.attempts >= MOST_ATTEMPTS:
        return None
    asked = (answer.retry_after, answer.recheck_after)
    return max(PAUSES[row.attempts - 1], *(wait for wait in asked if wait), timedelta())
