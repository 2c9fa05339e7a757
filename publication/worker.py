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
from comments.following import sending
from comments.learning import rebuilding
from reviews import darkroom, retired_files, storing, trash
from reviews.finding import index

from . import alerts, failing, folders, heartbeat, pauses, processes, sessions, write_ahead
from .pagecache import changes
from .pagecache.purging import Purging

log = logging.getLogger(__name__)

PAUSE = 1.0  # seconds between looks when nothing waits: an editor notices no more
TURN = 1.0  # seconds after which an errand lets the next one go on: a picture takes about as long
LONGEST_PAUSE = 30.0  # seconds between tries while the database is away
_AWAY = (OperationalError, InterfaceError)
# Of these the places it passed through say nothing: it is not the program's fault.
_STORAGE_FAILED = (storing.NotRead, storing.NotStored, retired_files.NotDeleted)


@dataclass
class Errand:
    """Something done every so many seconds, and at the start; with none, in every round.

    One that fails is tried again after a pause of its own, which grows.
    """

    name: str
    do: Callable[[], object]
    every: float = 0.0
    due: float = 0.0  # by the monotonic clock
    failures: int = 0
    problem: str = ""  # of the last failure
    worked: bool = False

    def run(self) -> bool:
        """Whether it was work that waited. Raises OperationalError or InterfaceError where the
        database is away; the same of a database that answers is the errand's own failure."""
        try:
            done = self.do()
            if not self.worked:  # it may have failed in another process, before this one
                failing.settle(self.name)
                self.worked = True
        except Exception as error:
            if isinstance(error, _AWAY) and not _answers():
                raise
            self._failed(error)
            return False
        if self.failures:
            log.info("The worker's errand “%s” works again.", self.name)
            self.failures, self.problem = 0, ""
        self.due = time.monotonic() + self.every
        return bool(done) and not self.every

    def _failed(self, error: Exception) -> None:
        problem = _named(error.__cause__ or error)
        if problem != self.problem:
            trace = None if isinstance(error, _STORAGE_FAILED) else error
            why = f" ({problem})" if trace is None else ""
            said = "The worker's errand “%s” failed%s; the others go on."
            log.error(said, self.name, why, exc_info=trace)
        failing.note(self.name, problem)
        self.problem = problem
        self.worked = False
        self.failures += 1
        self.due = time.monotonic() + pauses.growing(PAUSE, self.failures, LONGEST_PAUSE)


def errands() -> list[Errand]:
    """What is due by time; what waits as rows is asked for in between."""
    return [
        Errand("old files", retired_files.prune, 600),
        Errand("what is kept too long", privacy.purge, 600),
        Errand("what a copy brought back", privacy.erase_again, 86_400),
        Errand("what the log of SQLite still has", write_ahead.cut, 600),
        Errand("digests", notices.owe_digests, 600),
        Errand("what stands still", alerts.tell, 600),
        Errand("what the spam classifier knows", rebuilding.check, 600),
        Errand("calls of Akismet", verdicts.refresh_usage, 3600),
        Errand("logins that ended", sessions.forget_ended, 86_400),
        Errand("files that were begun", folders.sweep, 86_400),
        Errand("what pages were told long ago", changes.forget_old, 3_600),
        Errand("errands of another version", _forget_former, 86_400),
    ]


@dataclass(frozen=True)
class Done:
    """What one round did: pictures whose renditions were made, and the errands that `failed`."""

    pictures: int
    failed: list[str]


def work_once() -> Done:
    """What waits now, and every errand, whatever becomes of the others; why one failed is logged.

    Raises OperationalError or InterfaceError when the database is away.
    """
    made: list[int] = []
    all_of_it = [
        beating(),
        Errand("pictures", lambda: made.append(darkroom.develop_all())),
        Errand("words to find", _read_all),
        *errands(),
        Errand("pieces that go for good", _let_all_go),
        Errand("mails", notices.send_due),
        Errand("new pieces by mail", sending.send_all),
        Errand("spam classifier", _rebuild),
        Errand("Akismet", verdicts.work_all),
        Errand("CDN", _cdn.next),
    ]
    try:
        for errand in all_of_it:
            errand.run()
    finally:
        heartbeat.leave()
    return Done(sum(made), [errand.name for errand in all_of_it if errand.failures])


def work(stop: threading.Event) -> None:
    """Until `stop` is set; then the row in hand is finished first."""
    to_run, beats, failures = [*errands(), *rows()], beating(), 0
    while not stop.is_set():
        try:
            busy = _look(to_run, beats, stop)
        except _AWAY as error:
            failures += 1
            if failures == 1:
                log.error(
                    "The database does not answer (%s). Trying again until it does.",
                    type(error).__name__,
                )
            connection.close()
            stop.wait(pauses.growing(PAUSE, failures, LONGEST_PAUSE))
            continue
        if failures:
            log.info("The database answers again.")
            failures = 0
        if not busy:
            close_old_connections()
            stop.wait(PAUSE)
    heartbeat.leave()


def beating() -> Errand:
    """Between any two rows, as one may take a minute: a mail, where the server hesitates."""
    return Errand("heartbeat", _beat, heartbeat.EVERY.total_seconds())


def rows() -> list[Errand]:
    """What waits as rows; each has its turn in a round."""
    return [
        Errand("words to find", index.read_next),
        Errand("pictures", darkroom.develop_next),
        Errand("pieces that go for good", trash.let_go_next),
        Errand("mails", _send_one),
        Errand("new pieces by mail", sending.send_some),
        Errand("Akismet", verdicts.work_next),
        Errand("spam classifier", _rebuild),
        Errand("CDN", _cdn.next),
    ]


def _look(to_run: list[Errand], beats: Errand, stop: threading.Event) -> bool:
    """One round of all that is due; whether anything waited.

    Raises OperationalError or InterfaceError when the database is away.
    """
    busy = False
    for errand in to_run:
        begun = time.monotonic()
        while errand.due <= time.monotonic() and not stop.is_set():
            if beats.due <= time.monotonic():
                beats.run()
            if not errand.run():
                break
            busy = True
            if time.monotonic() >= begun + TURN:
                break
    return busy


def _answers() -> bool:
    """Whether the database does, on a connection of now."""
    connection.close()
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except _AWAY:
        return False
    return True


def _named(error: BaseException) -> str:
    """“No space left on device”, or the error's kind; no place."""
    return getattr(error, "strerror", None) or type(error).__name__


def _forget_former() -> None:
    failing.forget_all_but([errand.name for errand in [beating(), *errands(), *rows()]])


def _beat() -> None:
    processes.say_alive()  # also while the database is away: to be started again helps nobody
    heartbeat.beat()


_cdn = Purging()


def _read_all() -> None:
    while index.read_next():
        pass


def _let_all_go() -> None:
    while trash.let_go_next():
        pass


def _send_one() -> bool:
    return notices.send_next() is not None


def _rebuild() -> int | None:
    return rebuilding.rebuild_next(meanwhile=_beat)
