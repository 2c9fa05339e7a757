"""That workers are at work: a row they all renew, and one for each that was not told to stop. Any
process on any machine can read them: of two workers, one that died would not be missed otherwise.
"""

import os
from contextlib import suppress
from datetime import datetime, timedelta

from django.db import DatabaseError, InterfaceError, models
from django.utils import timezone

from .models import Heartbeat, WorkerProcess

EVERY = timedelta(seconds=15)
# The slowest rows: a mail server may take a minute to answer (smtp.py), a 60-megapixel picture
# took four seconds.
LATE = timedelta(seconds=90)
FORGOTTEN = timedelta(days=1)  # its machine may be gone for good


def beat(at: datetime | None = None) -> None:
    """Two queries; five more at a worker's first."""
    now = at or timezone.now()
    if not Heartbeat.objects.filter(pk=Heartbeat.WORKER).update(beat_at=now):
        row = Heartbeat(pk=Heartbeat.WORKER, beat_at=now)
        Heartbeat.objects.bulk_create([row], ignore_conflicts=True)
    if not _own().update(beat_at=now):
        _forget_who_is_gone(now)
        one = WorkerProcess(machine=_machine(), process=os.getpid(), beat_at=now)
        WorkerProcess.objects.bulk_create([one], ignore_conflicts=True)


def leave() -> None:
    """This worker ends because it was told to: nobody is to miss it."""
    with suppress(DatabaseError, InterfaceError):  # it may be away
        _own().delete()


def forget_all() -> None:
    """A backup brought back the workers of then; who works now says so soon."""
    WorkerProcess.objects.all().delete()


def problem(at: datetime | None = None) -> str:
    """Why nothing would be sent or made now, or less at once; or “”. Two queries."""
    now = at or timezone.now()
    last = Heartbeat.objects.filter(pk=Heartbeat.WORKER).first()
    if last is None:
        return "No worker has ever reported. Start one: manage.py work."
    silent = now - last.beat_at
    if abs(silent) <= LATE:
        return " ".join(
            f"The worker on {one} has not reported for {(now - one.beat_at).total_seconds():.0f} s "
            "and was not told to stop; another works. Is manage.py work running there?"
            for one in missed(now, LATE)
        )
    if silent < timedelta():
        ahead = -silent.total_seconds()
        return f"A worker reported by a clock that is {ahead:.0f} s ahead of this machine's."
    return f"No worker has reported for {silent.total_seconds():.0f} s. Is manage.py work running?"


def missed(now: datetime, after: timedelta) -> list[WorkerProcess]:
    """Workers that have not reported for so long and were not told to stop. One query."""
    span = (now - FORGOTTEN, now - after)
    return list(WorkerProcess.objects.filter(beat_at__range=span).order_by("beat_at"))


def _own() -> models.QuerySet[WorkerProcess]:
    return WorkerProcess.objects.filter(machine=_machine(), process=os.getpid())


def _forget_who_is_gone(now: datetime) -> None:
    """Of this machine: in the place of who was killed this one was started. After a power cut some
    other program may have its number; a worker that was only slow says again that it is there."""
    WorkerProcess.objects.filter(beat_at__lt=now - FORGOTTEN).delete()
    here = WorkerProcess.objects.filter(machine=_machine())
    gone = [pid for pid in here.values_list("process", flat=True) if not _runs(pid)]
    here.filter(models.Q(process__in=gone) | models.Q(beat_at__lt=now - LATE)).delete()


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)  # sends nothing
    except ProcessLookupError:
        return False
    except PermissionError:
        pass  # it is somebody else's
    return True


def _machine() -> str:
    return os.uname().nodename[:255]
