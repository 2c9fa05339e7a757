"""How often something may be tried from one place, whatever process is asked.

Of many that come at the same moment exactly the limit get through: whoever takes a try of the same
name counts and writes alone. Who is turned away leaves no row, so that the wait ends when the tries
that were taken grow old, and mostly waits for nobody: a limit that is used up is seen before.
"""

import math
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus

from django.db import transaction
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import ngettext

from reviews import alone, batches

from . import network_addresses
from .models import Attempt

KEPT = timedelta(days=1)


@dataclass(frozen=True)
class Limit:
    """At most `most` tries within `window` (a day or less)."""

    kind: str
    most: int
    window: timedelta


class TooMany(Exception):
    """All tries are used for now; `wait` says how long, and the message what a reader can do."""

    def __init__(self, wait: timedelta) -> None:
        self.wait = wait
        self.minutes = max(1, -(-int(wait.total_seconds()) // 60))
        super().__init__(
            ngettext(
                "Too much came from your network lately. What you sent is still below: send it "
                "again in %(minutes)d minute.",
                "Too much came from your network lately. What you sent is still below: send it "
                "again in %(minutes)d minutes.",
                self.minutes,
            )
            % {"minutes": self.minutes}
        )

    def answered(self, response: HttpResponse) -> HttpResponse:
        """With 429 (RFC 6585, 4) and Retry-After."""
        response.status_code = HTTPStatus.TOO_MANY_REQUESTS
        response["Retry-After"] = str(math.ceil(self.wait.total_seconds()))
        return response


def take(limit: Limit, name: str, *, also: Collection[str] = (), at: datetime) -> Attempt:
    """Take one try under `name`; those under `also` count too, and none that was taken while the
    clock was ahead. Three queries, two of them in a transaction; one more on PostgreSQL.

    Raises `TooMany`, and then leaves nothing behind.
    """
    names = {name, *also}
    _require_room(limit, names, at)
    with transaction.atomic():
        alone.until_the_end(f"{limit.kind} {name}")
        _require_room(limit, names, at)
        return Attempt.objects.create(kind=limit.kind, name=name, made_at=at)


def _require_room(limit: Limit, names: Collection[str], at: datetime) -> None:
    """Raises `TooMany`. One query."""
    tries = Attempt.objects.filter(kind=limit.kind, name__in=names)
    around = tries.filter(made_at__gt=at - limit.window, made_at__lt=at + limit.window)
    recent = around.order_by("-made_at", "-pk")
    times = list(recent.values_list("made_at", flat=True)[: limit.most])
    if len(times) == limit.most:
        raise TooMany(max(times[-1] + limit.window - at, timedelta(seconds=1)))


def take_each(
    tries: Iterable[tuple[Limit, str, Collection[str]]], *, at: datetime
) -> tuple[Attempt, ...]:
    """Take one try of each limit, under a name and with what counts too; of none where one is used
    up. Raises `TooMany`."""
    taken: list[Attempt] = []
    try:
        for limit, name, also in tries:
            taken.append(take(limit, name, also=also, at=at))
    except TooMany:
        Attempt.objects.filter(pk__in=[row.pk for row in taken]).delete()
        raise
    return tuple(taken)


def take_from(limit: Limit, address: str, at: datetime | None = None) -> None:
    """Take one try for a network address. Raises `TooMany`."""
    now = at or timezone.now()
    name = network_addresses.keyed_hash(address, now)
    if name:
        take(limit, name, also=network_addresses.recent_hashes(address, now, limit.window), at=now)


def note(kind: str, at: datetime) -> None:
    """Write down that something was tried, and nothing of who did. One query."""
    Attempt.objects.create(kind=kind, made_at=at)


def forget(at: datetime | None = None) -> int:
    """Drop the tries that no limit counts any more; how many."""
    return batches.deleted(Attempt.objects.filter(made_at__lt=(at or timezone.now()) - KEPT))
