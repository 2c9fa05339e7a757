"""Rows that are work, taken in hand one by one by any number of processes.

A claim is one conditional update of `claimed_at`. A process that dies leaves a claim that goes
stale and is taken over; what comes of the work of one that was overtaken does not count.
"""

from contextlib import suppress
from datetime import datetime, timedelta
from typing import TypeVar

from django.db.models import Q, QuerySet
from django.utils import timezone

from .models import Claimed

Row = TypeVar("Row", bound=Claimed)


def free(rows: QuerySet[Row], stale: timedelta, now: datetime | None = None) -> QuerySet[Row]:
    """Those that no living process has in hand: claimed never, longer than `stale` ago, or by a
    clock that was ahead."""
    now = now or timezone.now()
    dead = Q(claimed_at__lt=now - stale) | Q(claimed_at__gt=now + stale)
    return rows.filter(Q(claimed_at=None) | dead)


def first(rows: QuerySet[Row], *needed: str, **facts: object) -> Row | None:
    """The first of these rows, which are `free`, for this process alone, with the rows it points to
    that are `needed`; None when none is left. `facts` are written with the claim.

    It is as it is once claimed: what somebody wrote between our looking and our claim is in it, and
    whoever writes later takes the claim away.
    """
    while row := rows.first():
        now = timezone.now()
        if rows.filter(pk=row.pk).update(claimed_at=now, **facts):
            row.claimed_at = now
            with suppress(row.DoesNotExist):
                row.refresh_from_db(from_queryset=ours(row).select_related(*needed))
                return row
    return None


def ours(row: Row) -> QuerySet[Row]:
    """The row, while the claim is still that of this process."""
    rows: QuerySet[Row] = type(row)._default_manager.all()
    return rows.filter(pk=row.pk, claimed_at=row.claimed_at)
