"""The forms at the newsroom's door, a login's before all, are answered one after the other.

Who comes while one is in hand waits for it, a second at most. A flood of strangers is turned away
as one of posts is (admission.py), and takes no turn of a browser that is known here.
"""

import threading
import time
from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from django.core.handlers.wsgi import get_str_from_wsgi
from django.http import parse_cookie

from comments import network_addresses, origin
from publication import logins

from . import waiting
from .admission import TRY_AGAIN_IN, Admission, Names

PATIENCE = 1.0  # seconds; some ten logins long
MOST_THERE = 2  # of a kind, one in hand and one that waits: each holds a thread
STRANGERS_A_SECOND = 20  # of all networks, in bursts of three seconds


class Door:
    """Wraps an application. One for a process; its threads share it."""

    def __init__(self, application: WSGIApplication) -> None:
        self.application = application
        self._known, self._strangers = _Turn(), _Turn()
        self._admission, self._names = Admission(STRANGERS_A_SECOND), Names()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if logins.is_known(parse_cookie(get_str_from_wsgi(environ, "HTTP_COOKIE", ""))):
            if not self._known.take():
                return _later(start_response)
            try:
                return self.application(environ, start_response)
            finally:
                self._known.give()
        network = self._names.of(network_addresses.network(origin.address_in(environ)))
        if self._admission.wait(network, time.monotonic()) or not self._strangers.take():
            return _later(start_response)
        try:
            return self._admission.charged(self.application, environ, start_response)
        finally:
            self._strangers.give()


class _Turn:
    """One has it, one waits for it, and nobody else."""

    def __init__(self) -> None:
        self._there, self._free = threading.Semaphore(MOST_THERE), threading.Semaphore(1)

    def take(self) -> bool:
        if not self._there.acquire(blocking=False):
            return False
        taken = self._free.acquire(timeout=PATIENCE)
        if not taken:
            self._there.release()
        return taken

    def give(self) -> None:
        self._free.release()
        self._there.release()


def _later(start_response: StartResponse) -> Iterable[bytes]:
    """A page that says so; the browser still has what was typed."""
    page = waiting.page(0, None, "")
    waiting.begin(start_response, page, TRY_AGAIN_IN)
    return [page]
