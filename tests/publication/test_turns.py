"""Pages for readers are made by turns; whoever else asks waits for nobody's."""

import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from publication.turns import Turns

from .reading import Page, ask

FOR_EVER = 20.0  # seconds, after which a test has failed
AT_ONCE = 1 if connection.vendor == "sqlite" else 2


class Kitchen:
    """An application that makes nothing but /quick/ until it is told to. `begun`: what it was asked
    for."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.go_on = threading.Event()
        self._someone_began = threading.Condition()

    def __call__(self, environ: dict[str, Any], start: Any) -> list[bytes]:
        with self._someone_began:
            self.begun.append(environ["PATH_INFO"])
            self._someone_began.notify_all()
        assert environ["PATH_INFO"] == "/quick/" or self.go_on.wait(FOR_EVER)
        if environ["PATH_INFO"] == "/broken/":
            raise RuntimeError(environ["PATH_INFO"])
        start("200 OK", [])
        return [b""]

    def has_begun(self, count: int, within: float = FOR_EVER) -> bool:
        with self._someone_began:
            return self._someone_began.wait_for(lambda: len(self.begun) >= count, within)


@pytest.fixture
def kitchen() -> Kitchen:
    return Kitchen()


@pytest.fixture
def readers(kitchen: Kitchen) -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(8) as readers:
        yield readers
        kitchen.go_on.set()  # or it would never end


def fill(turns: Turns, readers: ThreadPoolExecutor, path: str = "/") -> list[Future[Page]]:
    return [readers.submit(ask, turns, path) for _ in range(AT_ONCE)]


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_page_waits_until_another_is_made(
    kitchen: Kitchen, readers: ThreadPoolExecutor, method: str
) -> None:
    turns = Turns(kitchen, patience=FOR_EVER)
    first = fill(turns, readers)
    assert kitchen.has_begun(AT_ONCE)
    more = [readers.submit(ask, turns, "/about/", method) for _ in range(3)]
    assert not kitchen.has_begun(AT_ONCE + 1, within=0.05)
    kitchen.go_on.set()
    assert all(page.result(FOR_EVER).status == 200 for page in [*first, *more])


def test_a_turn_ends_with_an_error_too(kitchen: Kitchen, readers: ThreadPoolExecutor) -> None:
    turns = Turns(kitchen, patience=FOR_EVER)
    kitchen.go_on.set()
    for broken in fill(turns, readers, "/broken/"):
        with pytest.raises(RuntimeError):
            broken.result(FOR_EVER)
    assert readers.submit(ask, turns, "/").result(FOR_EVER).status == 200


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/comments/on/1/"),
        ("GET", "/comments/with/openid/"),  # for which another server is asked
        ("GET", "/admin/"),
        ("GET", "/healthz"),
        ("GET", "/readyz"),
    ],
)
def test_who_sends_something_or_logs_in_the_newsroom_and_a_monitor_wait_for_nobody(
    kitchen: Kitchen, readers: ThreadPoolExecutor, method: str, path: str
) -> None:
    turns = Turns(kitchen, patience=FOR_EVER)
    fill(turns, readers)
    assert kitchen.has_begun(AT_ONCE)
    readers.submit(ask, turns, path, method)
    assert kitchen.has_begun(AT_ONCE + 1)


def test_a_page_that_hangs_holds_the_others_up_for_a_moment(
    kitchen: Kitchen, readers: ThreadPoolExecutor
) -> None:
    turns = Turns(kitchen, patience=0.01)
    fill(turns, readers)
    assert kitchen.has_begun(AT_ONCE)
    readers.submit(ask, turns, "/about/")
    assert kitchen.has_begun(AT_ONCE + 1, within=FOR_EVER / 2)


def test_who_went_without_a_turn_gives_none_back(
    kitchen: Kitchen, readers: ThreadPoolExecutor
) -> None:
    turns = Turns(kitchen, patience=0.01)
    fill(turns, readers)
    assert kitchen.has_begun(AT_ONCE)
    assert readers.submit(ask, turns, "/quick/").result(FOR_EVER).status == 200
    turns.patience = FOR_EVER
    readers.submit(ask, turns, "/quick/")
    assert not kitchen.has_begun(AT_ONCE + 2, within=0.05)
