"""Logins that come at once are answered one after the other, and a flood of them takes no turn of
who has logged in before in the same browser."""

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from io import BytesIO
from typing import Any

import pytest
from django.core import signing
from django.urls import reverse

from publication import logins
from publication.entrance import Entrance
from publication.floods import door
from publication.floods.admission import OF_A_NETWORK

from .reading import Page, ask

KNOWN = f"{logins.COOKIE}={signing.Signer(salt='publication.logins').sign('1.abc')}"
FORGED = f"{logins.COOKIE}=1.abc:c2lnbmF0dXJl"
Said = list[int]


class Site:
    """In which a login takes as long as the test wants, and how many are in hand is seen."""

    def __init__(self) -> None:
        self.begun, self.go_on = threading.Semaphore(0), threading.Event()
        self.entrance = Entrance(self._answer)

    def _answer(self, _environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        self.begun.release()
        assert self.go_on.wait(20)
        start("302 Found", [])
        return []

    def login(self, cookie: str = "", address: str = "192.0.2.1") -> Page:
        told = {"wsgi.input": BytesIO(b"x"), "CONTENT_LENGTH": "1", "REMOTE_ADDR": address}
        where = reverse("admin:login")
        return ask(self.entrance, where, "POST", **(told | {"HTTP_COOKIE": cookie}))

    @contextmanager
    def in_hand(self, cookie: str = "") -> Iterator[Said]:
        said: Said = []
        thread = threading.Thread(target=lambda: said.append(self.login(cookie).status))
        thread.start()
        try:
            yield said
        finally:
            self.go_on.set()
            thread.join()


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Site:
    monkeypatch.setattr(door, "PATIENCE", 20.0)
    return Site()


@pytest.mark.parametrize("cookie", ["", KNOWN])
def test_who_comes_while_one_is_in_hand_is_answered_too(site: Site, cookie: str) -> None:
    with site.in_hand(cookie) as first, site.in_hand(cookie) as second:
        assert site.begun.acquire(timeout=20)
        assert not site.begun.acquire(timeout=0.05), "one at a time"
        site.go_on.set()
    assert (first, second) == ([302], [302])


def test_no_more_wait_than_leave_a_thread_for_readers(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    with site.in_hand():
        assert site.begun.acquire(timeout=20)
        monkeypatch.setattr(door, "PATIENCE", 0.01)
        assert site.login().status == 429, "who waits long enough goes"
        monkeypatch.setattr(door, "PATIENCE", 20.0)
        with site.in_hand() as waiting:
            while site.login().status != 429:  # until that one waits
                pass
            assert site.login(FORGED).headers["Retry-After"] == "5"
            site.go_on.set()
    assert waiting == [302]


def test_strangers_hold_up_nobody_who_logged_in_before(site: Site) -> None:
    with ExitStack() as all_of_them:
        for _ in range(door.MOST_THERE):
            all_of_them.enter_context(site.in_hand(FORGED))
        assert site.begun.acquire(timeout=20)
        with site.in_hand(KNOWN) as said:
            assert site.begun.acquire(timeout=20), "at once"
            site.go_on.set()
    assert said == [302]


def test_a_network_that_hurries_is_asked_to_wait(site: Site) -> None:
    site.go_on.set()
    found = [site.login().status for _ in range(2 * OF_A_NETWORK)]
    assert OF_A_NETWORK <= found.count(302) < 2 * OF_A_NETWORK
    assert site.login(address="198.51.100.1").status == 302
    assert site.login(KNOWN).status == 302
