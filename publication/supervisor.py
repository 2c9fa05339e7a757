"""Keeps the processes of one server running: starts them, starts again what died, stops all.

`manage.py serve` becomes this. It imports no Django, so it weighs little beside what it watches.
Each child leads a process group of its own: what a killed leader leaves behind is ended with the
group before the next is started, and Ctrl-C reaches the children through us alone.
"""

import ctypes
import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass

from . import pauses

GRACE = 30.0  # seconds a child has to finish what is in hand; a mail server answers within 20
GOT_GOING = 5.0  # seconds after which a start counts as one that went well
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0  # seconds before a child that keeps dying is started again
MOST_FALSE_STARTS = 3  # of a child that never got going: then the fault is not going to pass
_WATCHED = {signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGCHLD}
_PR_SET_PDEATHSIG = 1  # prctl(2)


@dataclass
class Child:
    """One process to keep running. Without an `essential` one the whole is no use."""

    name: str
    command: list[str]
    essential: bool = False
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    due: float = 0.0  # when it is to be started, by the monotonic clock
    early_ends: int = 0
    got_going: bool = False
    false_starts: int = 0  # that it ended itself; whoever is killed may do better next time

    @property
    def pid(self) -> int:
        assert self.process is not None  # noqa: S101 (asked of those that were started)
        return self.process.pid


def main() -> int:
    """The exit code: 0 when told to stop, 1 when something essential could not be started."""
    children = [Child(**facts) for facts in json.loads(sys.argv[1])]
    signal.pthread_sigmask(signal.SIG_BLOCK, _WATCHED)
    hopeless = None
    while hopeless is None:
        for child in children:
            if child.process is None and child.due <= time.monotonic() and not _start(child):
                hopeless = child
        waits = [child.due - time.monotonic() for child in children if child.process is None]
        came = signal.sigtimedwait(_WATCHED, max(0.05, min(waits, default=3600.0)))
        if came is not None and came.si_signo != signal.SIGCHLD:
            break
        given_up = [child for child in _ended(children) if not _plan_restart(child)]
        hopeless = given_up[0] if given_up else hopeless
    _stop_all(children)
    if hopeless is None:
        return 0
    _say(f"{hopeless.name} could not be started; the lines above say why.")
    return 1


def _start(child: Child) -> bool:
    """False when it cannot be, and to try again is no use."""
    try:
        child.process = subprocess.Popen(  # noqa: S603 (our own words)
            child.command,
            start_new_session=True,
            preexec_fn=_in_child,
        )
    except OSError as error:  # no memory, or its program is being made anew just now
        child.early_ends += 1
        return _put_off(child, f"could not be started ({error.strerror})", itself=True)
    child.started = time.monotonic()
    return True


def _in_child() -> None:
    """Hears signals again; and is told to stop should its parent be killed."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _WATCHED)


def _ended(children: list[Child]) -> list[Child]:
    """Those that ended since, with nothing left of their group."""
    ended = []
    while (found := _reap()) is not None:
        pid, status = found
        for child in children:
            if child.process is not None and child.process.pid == pid:
                child.process.returncode = os.waitstatus_to_exitcode(status)
                ended.append(child)
    for child in ended:
        _signal_group(child, signal.SIGKILL)
    return ended


def _reap() -> tuple[int, int] | None:
    """As the first process of a container inherits strangers' children, it reaps them too."""
    try:
        pid, status = os.waitpid(-1, os.WNOHANG)
    except ChildProcessError:
        return None
    return (pid, status) if pid else None


def _plan_restart(child: Child) -> bool:
    """When to start it again; False when that is no use."""
    assert child.process is not None  # noqa: S101 (it has just ended)
    lived, code = time.monotonic() - child.started, child.process.returncode
    child.process = None
    child.got_going = child.got_going or lived >= GOT_GOING
    child.early_ends = 0 if lived >= GOT_GOING else child.early_ends + 1
    how = f"was ended by signal {-code}" if code < 0 else f"ended with {code}"
    return _put_off(child, f"{how} after {lived:.0f} s", itself=code > 0)


def _put_off(child: Child, how: str, *, itself: bool) -> bool:
    """The same, of one that ended, or was never there, in words; `itself`: nobody killed it."""
    child.false_starts += itself and not child.got_going
    if child.essential and child.false_starts >= MOST_FALSE_STARTS:
        return False
    pause = 0.0
    if child.early_ends:
        pause = pauses.growing(FIRST_PAUSE, child.early_ends, LONGEST_PAUSE)
    child.due = time.monotonic() + pause
    _say(f"{child.name} {how}; started again in {pause:.1f} s.")
    return True


def _stop_all(children: list[Child]) -> None:
    """Ask, wait for what is in hand; end by force what does not listen, or at a second signal."""
    running = [child for child in children if child.process is not None]
    for child in running:
        # To it alone; Popen's own would reap what has just ended, of which we then never hear.
        os.kill(child.pid, signal.SIGTERM)
    until = time.monotonic() + GRACE
    while running and (left := until - time.monotonic()) > 0:
        came = signal.sigtimedwait(_WATCHED, left)
        if came is not None and came.si_signo in (signal.SIGTERM, signal.SIGINT):
            break
        ended = _ended(running)
        running = [child for child in running if child not in ended]
    for child in running:
        _say(f"{child.name} did not stop in time and was ended.")
        _signal_group(child, signal.SIGKILL)


def _signal_group(child: Child, number: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.killpg(child.pid, number)


def _say(sentence: str) -> None:
    """As publication/logs.py writes; the settings put LOG_FORMAT into our environment."""
    now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    line = f"{now} WARNING publication.supervisor {sentence}"
    if os.environ.get("LOG_FORMAT") == "json":
        facts = {"time": now, "level": "WARNING", "logger": "publication.supervisor"}
        line = json.dumps(facts | {"message": sentence})
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main())
