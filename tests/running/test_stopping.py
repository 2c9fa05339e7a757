"""How a process ends that is told to, seen from within."""

import os
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from publication import stopping
from tests.at_once import People

SHORT = 0.05  # seconds


class Ended(Exception):
    """In place of the process's end."""


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    def ends(status: int) -> None:
        raise Ended(status)

    monkeypatch.setattr(os, "_exit", ends)
    monkeypatch.setattr(stopping, "LAST_USE", SHORT)
    monkeypatch.setattr(stopping, "FIRST_WORD", SHORT)


@pytest.fixture
def beneath() -> Iterator[Callable[[Callable[[], Any]], Any]]:
    """Sets what the server beneath does when it is told to end."""
    before = signal.getsignal(signal.SIGTERM)
    yield lambda do: signal.signal(signal.SIGTERM, lambda *_: do())
    signal.signal(signal.SIGTERM, before)


def _stop(listening: int, port: int) -> None:
    stopping.Stopping(lambda _environ, _start: [], listening, port).stop()


def test_elsewhere_than_on_linux_it_ends_as_the_server_beneath_does(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, beneath: Any
) -> None:
    monkeypatch.setattr(stopping, "DESCRIPTORS", tmp_path / "absent")
    told: list[str] = []
    beneath(lambda: told.append("to end"))
    _stop(listening=0, port=0)
    assert told == ["to end"]


def test_whoever_comes_while_somebody_is_still_answered_waits_for_the_next_process(
    beneath: Any,
) -> None:
    with ExitStack() as open_, socket.create_server(("127.0.0.1", 0)) as held:
        address = held.getsockname()
        ours = open_.enter_context(socket.socket(fileno=os.dup(held.fileno())))
        reader = open_.enter_context(socket.create_connection(address))
        answered = open_.enter_context(held.accept()[0])

        def told() -> None:
            with socket.create_connection(address):
                with pytest.raises(BlockingIOError):
                    ours.accept()
                held.accept()[0].close()
            reader.close()
            answered.close()

        beneath(told)
        with pytest.raises(Ended):
            _stop(ours.fileno(), address[1])


def test_for_a_while_whoever_is_connected_can_ask_once_more(
    monkeypatch: pytest.MonkeyPatch, beneath: Any
) -> None:
    monkeypatch.setattr(stopping, "LAST_USE", 60.0)
    beneath(lambda: pytest.fail("It closed what is in use."))
    with ExitStack() as open_, socket.create_server(("127.0.0.1", 0)) as ours, People(1) as server:
        reader = open_.enter_context(socket.create_connection(ours.getsockname()))
        answered = open_.enter_context(ours.accept()[0])
        ends = server.submit(_stop, ours.fileno(), ours.getsockname()[1])
        with pytest.raises(TimeoutError):
            ends.result(10 * SHORT)
        reader.close()
        answered.close()
        with pytest.raises(Ended):
            ends.result(60)


def test_what_it_is_connected_to_itself_keeps_no_process_from_its_end(beneath: Any) -> None:
    """Such as a database."""
    beneath(lambda: pytest.fail("It waited for somebody."))
    with ExitStack() as open_, socket.create_server(("127.0.0.1", 0)) as database:
        open_.enter_context(socket.create_connection(database.getsockname()))
        open_.enter_context(database.accept()[0])
        ours = open_.enter_context(socket.create_server(("127.0.0.1", 0)))
        with pytest.raises(Ended):
            _stop(ours.fileno(), ours.getsockname()[1])
