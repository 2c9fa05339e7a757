"""The worker's loop: does what waits, row by row, until it is told to stop.

It outlives its database: whatever fails is said once, tried again after a pause that grows, and
said again when it works. One errand that fails does not keep the others from being done.
"""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.db import InterfaceError, OperationalError, close_old_connections, connection

from comments import notices, privacy
from comments.akismet import verdicts
from comments.learning import rebuilding
from reviews import darkroom, library
from reviews.finding import index

from . import heartbeat
from .pagecache import changes
from .pagecache.purging import Purging

log = logging.getLogger(__name__)

PAUSE = 1.0  # seconds between looks when nothing waits: an editor notices no more
LONGEST_PAUSE = 30.0  # seconds between tries while the database is away
_AWAY = (OperationalError, InterfaceError)


@dataclass
class Errand:
    """Something done now and then: every so many seconds, and at the start."""

    name: str
    do: Callable[[], object]
    every: float
    due: float = 0.0  # by the monotonic clock


def errands() -> list[Errand]:
    """What is due by time; what waits as rows is asked for in between."""
    return [
        Errand("heartbeat", heartbeat.beat, heartbeat.EVERY.total_seconds()),
        Errand("old files", library.prune, 600),
        Errand("what is kept too long", privacy.purge, 600),
        Errand("digests", notices.owe_digests, 600),
        Errand("what the spam classifier knows", rebuilding.check, 600),
        Errand("calls of Akismet", verdicts.refresh_usage, 3600),
        Errand("what pages were told long ago", changes.forget_old, 3_600),
    ]


def work_once() -> int:
    """What waits now, and every errand; the number of pictures whose renditions were made."""
    done = darkroom.develop_all()
    while index.read_next():
        pass
    for errand in errands():
        errand.do()
    notices.send_due()
    _rebuild()
    verdicts.work_all()
    _cdn.next()
    return done


def work(stop: threading.Event) -> None:
    """Until `stop` is set; then the row in hand is finished first."""
    to_run, failures = errands(), 0
    while not stop.is_set():
        try:
            busy = _look(to_run, stop)
        except _AWAY as error:
            failures += 1
            if failures == 1:
                log.error(
                    "The database does not answer (%s). Trying again until it does.",
                    type(error).__name__,
                )
            connection.close()
            stop.wait(min(PAUSE * 2 ** (failures - 1), LONGEST_PAUSE))
            continue
        if failures:
            log.info("The database answers again.")
            failures = 0
        if not busy:
            close_old_connections()
            stop.wait(PAUSE)


def _look(to_run: list[Errand], stop: threading.Event) -> bool:
    """One round: the errands that are due, words that have changed, one picture, one mail, one
    question to Akismet, the spam classifier where it is to be built again, the CDN what changed;
    whether there was any of these.

    Raises OperationalError or InterfaceError when the database is away.
    """
    for errand in to_run:
        if errand.due <= time.monotonic() and not stop.is_set():
            _guarded(errand.name, errand.do)
            errand.due = time.monotonic() + errand.every
    busy = False
    rows: dict[str, Callable[[], object]] = {
        "words to find": index.read_next,
        "pictures": darkroom.develop_next,
        "mails": _send_one,
        "Akismet": verdicts.work_next,
        "spam classifier": _rebuild,
        "CDN": _cdn.next,
    }
    for name, do in rows.items():
        if not stop.is_set():
            busy = bool(_guarded(name, do)) or busy
    return busy


_cdn = Purging()


def _send_one() -> int:
    return notices.send_due(limit=1)


def _rebuild() -> int | None:
    return rebuilding.rebuild_next(meanwhile=heartbeat.beat)


def _guarded(name: str, do: Callable[[], object]) -> object:
    try:
        return do()
    except _AWAY:
        raise
    except Exception:
        log.exception("The worker's errand “%s” failed; the others go on.", name)
        return None
