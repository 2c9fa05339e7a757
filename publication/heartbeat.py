"""That a worker is at work: a row it renews, which any process on any machine can read."""

from datetime import datetime, timedelta

from django.utils import timezone

from .models import Heartbeat

EVERY = timedelta(seconds=15)
# The slowest rows: a mail server may take 20 seconds to answer, a 60-megapixel picture took four.
LATE = timedelta(seconds=90)


def beat(at: datetime | None = None) -> None:
    """At most two queries."""
    now = at or timezone.now()
    if not Heartbeat.objects.filter(pk=Heartbeat.WORKER).update(beat_at=now):
        row = Heartbeat(pk=Heartbeat.WORKER, beat_at=now)
        Heartbeat.objects.bulk_create([row], ignore_conflicts=True)


def problem(at: datetime | None = None) -> str:
    """Why nothing would be sent or made now, or “”. One query."""
    last = Heartbeat.objects.filter(pk=Heartbeat.WORKER).first()
    if last is None:
        return "No worker has ever reported. Start one: manage.py work."
    silent = (at or timezone.now()) - last.beat_at
    if abs(silent) <= LATE:
        return ""
    if silent < timedelta():
        ahead = -silent.total_seconds()
        return f"A worker reported by a clock that is {ahead:.0f} s ahead of this machine's."
    return f"No worker has reported for {silent.total_seconds():.0f} s. Is manage.py work running?"
