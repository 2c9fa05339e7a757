"""What watches the processes of a server: whatever ends at the same time, nothing is waited for."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from publication import supervisor

from .processes import descendants, is_running, until

FAST = 10.0  # seconds; far less than the 30 that a child has to finish


@contextmanager
def watching(log: Path, *children: dict[str, object]) -> Iterator["subprocess.Popen[bytes]"]:
    said = json.dumps(children)
    with log.open("w") as lines:
        words = [sys.executable, "-m", "publication.supervisor", said]
        process = subprocess.Popen(words, stderr=lines)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def ended(process: "subprocess.Popen[bytes]") -> int:
    begun = time.monotonic()
    code = process.wait(60)
    assert time.monotonic() - begun < FAST
    return code


@contextmanager
def deaf(process: "subprocess.Popen[bytes]") -> Iterator[None]:
    """It hears at once of all that happens meanwhile."""
    process.send_signal(signal.SIGSTOP)
    yield
    process.send_signal(signal.SIGCONT)


def test_a_child_that_ended_just_before_the_whole_is_told_to_is_not_waited_for(
    tmp_path: Path,
) -> None:
    worker = {"name": "The worker", "command": ["sleep", "600"]}
    with watching(tmp_path / "log", worker) as process:
        until(lambda: descendants(process.pid), "the child is there")
        (child,) = descendants(process.pid)
        with deaf(process):
            os.kill(child, signal.SIGKILL)
            until(lambda: not is_running(child), "the child ended")
            process.send_signal(signal.SIGTERM)
        assert ended(process) == 0
    assert "did not stop in time" not in (tmp_path / "log").read_text()


def test_what_cannot_be_started_ends_the_whole_though_another_ends_with_it(tmp_path: Path) -> None:
    starts, again, go = (tmp_path / name for name in ("starts", "again", "go"))
    waits = f"while [ ! -e {go} ]; do sleep 0.05; done; exit 1"
    third = f"echo once >> {starts}; [ $(wc -l < {starts}) -lt 3 ] && exit 1; {waits}"
    # Begun once more after that: whoever asks who has ended hears of the web server first.
    later = f"[ $(wc -l < {starts}) -lt 3 ] && exit 1; touch {again}; {waits}"
    web = {"name": "The web server", "command": ["sh", "-c", third], "essential": True}
    worker = {"name": "The worker", "command": ["sh", "-c", later]}
    with watching(tmp_path / "log", web, worker) as process:
        until(again.exists, "a third start, and the worker's after it")
        children = descendants(process.pid, deep=False)
        with deaf(process):
            go.touch()
            until(lambda: not any(map(is_running, children)), "both ended")
        assert ended(process) == 1
    assert "The web server could not be started" in (tmp_path / "log").read_text()
    assert "did not stop in time" not in (tmp_path / "log").read_text()


def test_a_program_that_is_not_there_for_a_while_takes_no_other_child_along(tmp_path: Path) -> None:
    """As while what it stands in is made anew, and the worker was killed just then."""
    log, program = tmp_path / "log", tmp_path / "python"
    web = {"name": "The web server", "command": ["sleep", "600"], "essential": True}
    worker = {"name": "The worker", "command": [str(program)]}
    with watching(log, web, worker) as process:
        until(lambda: "could not be started (No such file" in log.read_text(), "it was tried")
        program.touch(mode=0o700)
        program.write_text("#!/bin/sh\nexec sleep 600\n")
        until(lambda: len(descendants(process.pid)) == 2, "it was started")
        process.send_signal(signal.SIGTERM)
        assert ended(process) == 0


def test_a_child_that_ends_at_once_all_night_is_still_started_again() -> None:
    """It is the worker: the web server goes on beside it."""
    ended_now = subprocess.Popen(["false"])
    ended_now.wait()
    worker = supervisor.Child("The worker", ["false"], process=ended_now, early_ends=5_000)
    worker.started = time.monotonic()
    assert supervisor._plan_restart(worker)
    assert 29 < worker.due - time.monotonic() <= 30
