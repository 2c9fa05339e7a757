"""A process of the web server that answers nobody any more ends, and says where it hung."""

import faulthandler
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from granian import Granian

from publication import web_server
from publication.hanging import HANGS_AFTER, Watched

A_PATTERN_WITHOUT_AN_END = """
import re
from publication import hanging
hanging.HANGS_AFTER = 0.2
watched = hanging.Watched(lambda *_: re.match("(a+)+$", "a" * 50 + "b"), threads=8)
watched.watch()
watched({}, None)
"""


@pytest.fixture
def put_off(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """What the end was put off by, each time."""
    found: list[float] = []

    def later(seconds: float, **also: bool) -> None:
        assert also == {"exit": True}
        found.append(seconds)

    monkeypatch.setattr(faulthandler, "dump_traceback_later", later)
    return found


class Readers:
    """Each is answered when it is said to be, in a process of two threads."""

    def __init__(self) -> None:
        self.people = ThreadPoolExecutor(2)
        self.begun, self.answered = threading.Semaphore(0), threading.Semaphore(0)
        self.watched = Watched(self.answer, threads=2)

    def answer(self, *_: Any) -> list[bytes]:
        self.begun.release()
        self.answered.acquire()
        return []

    def one_asks(self) -> None:
        self.last = self.people.submit(self.watched, {}, None)
        self.begun.acquire()


@pytest.fixture
def readers() -> Iterator[Readers]:
    found = Readers()
    yield found
    found.answered.release(9)
    found.people.shutdown()


def test_while_a_thread_is_free_the_end_is_put_off(readers: Readers, put_off: list[float]) -> None:
    readers.one_asks()
    for _ in range(3):
        readers.watched.look()
    assert put_off == [HANGS_AFTER] * 3


def test_with_a_request_in_every_thread_it_is_put_off_only_if_one_began_since(
    readers: Readers, put_off: list[float]
) -> None:
    readers.one_asks()
    readers.one_asks()
    readers.watched.look()
    readers.watched.look()
    assert len(put_off) == 1
    readers.answered.release()
    readers.one_asks()
    readers.watched.look()
    assert len(put_off) == 2


def test_where_none_of_python_runs_it_ends_and_says_where_it_was() -> None:
    done = subprocess.run(
        [sys.executable, "-c", A_PATTERN_WITHOUT_AN_END],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 1
    assert "publication/hanging.py" in done.stderr
    assert "re/__init__.py" in done.stderr


def test_each_process_of_the_web_server_is_watched(monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[Any] = []
    watched: list[Watched] = []
    monkeypatch.setattr("granian.server.common.configure_logging", lambda *_: None)
    monkeypatch.setattr(Granian, "_spawn_worker", lambda *of: begun.append(of[-1]))
    monkeypatch.setattr(web_server, "when_told", lambda _: None)
    monkeypatch.setattr(Watched, "watch", lambda one: watched.append(one))
    server = web_server._Held("", port=0, interface="wsgi", workers=1)
    server._init_shared_socket()
    server._spawn_worker(0, None, lambda: lambda *_: [b"A page."])
    assert begun[0]()({}, lambda *_: None) == [b"A page."]
    assert [one.threads for one in watched] == [web_server.THREADS]
    server._held[0].close()
