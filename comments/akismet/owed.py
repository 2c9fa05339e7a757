"""Requests that are owed to Akismet: which is next, and when after an attempt that failed."""

from datetime import datetime, timedelta
from typing import TypeVar

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from .. import claims
from ..models import Owed
from ..spam.akismet import LONGEST_WAIT, Answer

Row = TypeVar("Row", bound=Owed)

# Waits after an attempt that came to nothing; after the last one it is given up. None is longer
# than LONGEST_WAIT.
PAUSES = [timedelta(minutes=n) for n in (1, 5, 20, 60)] + [timedelta(days=1)] * 3
MOST_ATTEMPTS = len(PAUSES) + 1
STALE = timedelta(minutes=2)  # a claim of a process that died; a request takes seconds


def due(kind: type[Row], now: datetime) -> QuerySet[Row]:
    """Those whose time has come and that no living process has in hand; also what a clock that was
    ahead put off for longer than is ever waited."""
    is_due = Q(next_at__lte=now) | Q(next_at__gt=now + LONGEST_WAIT + STALE)
    rows: QuerySet[Row] = kind._default_manager.filter(is_due)
    return claims.free(rows, STALE, now)


def claim(kind: type[Row]) -> Row | None:
    """The row that is due longest, for this process alone; None when nothing is."""
    rows = due(kind, timezone.now()).order_by("next_at", "pk")
    return claims.first(rows, "comment__article", attempts=F("attempts") + 1)


def close(row: Owed, **facts: object) -> bool:
    """Whether the claim was still ours. Nothing is owed any more, unless `facts` say when."""
    return bool(claims.ours(row).update(**{"claimed_at": None, "next_at": None} | facts))


def pause(row: Owed, answer: Answer) -> timedelta | None:
    """Until the next attempt, and no sooner than the service asks; None after the last."""
    if row.attempts >= MOST_ATTEMPTS:
        return None
    asked = (answer.retry_after, answer.recheck_after)
    return max(PAUSES[row.attempts - 1], *(wait for wait in asked if wait), timedelta())
