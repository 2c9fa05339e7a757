"""The worker tells the CDN in front what changed, from the same rows that empty stored pages.

Whatever a worker could not tell it tells later: how far it came is a row, moved only after the CDN
has answered. Two workers may tell the same thing twice, which does no harm. Each change is told
once more when nothing has changed for a while: a page that was on its way to the CDN when it
changed may have arrived after the first time.
"""

import logging
from collections.abc import Collection
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F
from django.utils import timezone

from publication import pauses
from publication.models import Purge

from . import cdn, changes
from .changes import Changes, Unknown
from .page import surrogate_key
from .triggers import EVERYTHING

log = logging.getLogger(__name__)

ON_ITS_WAY = timedelta(seconds=5)  # that a page may take to reach the CDN after its last query
# After so long without asking, what pages were told may be forgotten: then it is everything.
REMEMBERED = timedelta(days=1)
NOTED_EVERY = timedelta(minutes=10)  # that it was asked, where nothing changed
LONGEST_PAUSE = 300.0  # seconds


class Purging:
    """One for a worker. Off without CDN_PURGE."""

    def __init__(self) -> None:
        self._changes: Changes | None = None

    def next(self) -> bool:
        """Tells what changed since the last time; whether there was anything. Two queries, and the
        two questions of `changes`, when there was not."""
        if not settings.CDN_PURGE:
            return False
        row, _ = Purge.objects.get_or_create(pk=Purge.THE_ONE)
        now = timezone.now()
        if row.next_at and now < row.next_at <= now + cdn.LONGEST_WAIT:  # else the clock was wrong
            return False
        try:
            self._changes = self._changes or changes.of()
            return self._tell(row, self._changes, now)
        except Unknown as reason:
            log.warning("The CDN is told nothing for now: %s", reason)
            self.close()
            return False

    def close(self) -> None:
        if self._changes is not None:
            self._changes.close()
        self._changes = None

    def _tell(self, row: Purge, found: Changes, now: datetime) -> bool:
        era = found.era()
        if era != row.era or now - row.asked_at > REMEMBERED:
            position, _ = found.since("")
            return self._forget(row, [EVERYTHING], now, era=era, position=position)
        position, tags = found.since(row.position)
        if tags:
            moved = {"position": position, "moved_at": now}
            return self._forget(row, tags, now, **moved)
        if row.settled != row.position and not timedelta() <= now - row.moved_at < ON_ITS_WAY:
            _, tags = found.since(row.settled)
            # What came between the two questions is told now, and twice more as any other change.
            return self._forget(row, tags or [EVERYTHING], now, settled=row.position)
        if now - row.asked_at > NOTED_EVERY:
            Purge.objects.filter(pk=row.pk).update(asked_at=now)
        return False

    def _forget(self, row: Purge, tags: Collection[str], now: datetime, **moved: object) -> bool:
        """Moves the row once the CDN has answered, unless another worker has moved it."""
        ours = Purge.objects.filter(pk=row.pk, position=row.position, settled=row.settled)
        try:
            cdn.forget(_keys(tags))
        except cdn.NotTold as reason:
            pause = timedelta(seconds=pauses.growing(1, row.failures + 1, LONGEST_PAUSE))
            ours.update(
                failures=F("failures") + 1,
                failing_since=row.failing_since or now,
                next_at=now + max(pause, reason.wait),
                problem=str(reason)[: Purge.LONGEST_PROBLEM],
            )
            if not row.failures:
                log.error("The CDN %s. Readers behind it may see old pages.", reason)
            return False
        told = {"failures": 0, "failing_since": None, "next_at": None, "problem": ""}
        ours.update(asked_at=now, **told, **moved)
        if row.failures:
            log.info("The CDN was told what changed again.")
        return True


def _keys(tags: Collection[str]) -> list[str]:
    """All pages carry the key of everything: beside it no other needs to be said."""
    keys = {surrogate_key(tag) for tag in tags}
    everything = surrogate_key(EVERYTHING)
    return [everything] if everything in keys else sorted(keys)


def problem() -> str:
    """Why readers behind the CDN may see old pages, or “”. One query; none without CDN_PURGE."""
    if not settings.CDN_PURGE:
        return ""
    row = Purge.objects.filter(pk=Purge.THE_ONE).first()
    if row is None or not row.failing_since:
        return ""
    silent = (timezone.now() - row.failing_since).total_seconds()
    return f"It {row.problem}. It has not been told what changed for {silent:.0f} s."
