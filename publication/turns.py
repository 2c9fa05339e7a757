"""Pages are made by turns (docs/decisions/0026): of a process one at a time; two where the database
is elsewhere, so that one is made while another waits for it.

Whoever does not get a turn for long goes without, so what hangs holds nobody up for longer.
"""

import threading
from collections.abc import Iterable
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication

from django.db import connection

from .paths import HEALTH, in_newsroom, view_at

PATIENCE = 0.5  # seconds; five times what the other threads of a process make together


class Turns:
    """Wraps Django's application. One for a process; its threads share it."""

    def __init__(self, application: WSGIApplication, patience: float = PATIENCE) -> None:
        self.application, self.patience = application, patience
        self._free = threading.Semaphore(1 if connection.vendor == "sqlite" else 2)

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        if not _is_page(environ):
            return self.application(environ, start_response)
        mine = self._free.acquire(timeout=self.patience)
        try:
            return self.application(environ, start_response)
        finally:
            if mine:
                self._free.release()


def _is_page(environ: dict[str, Any]) -> bool:
    """What readers ask for takes the processor alone. Who sends something may wait for another
    writer, who comes back from an account for what it says of them, the newsroom's pages are long,
    and who asks whether the process answers is answered."""
    path = environ["PATH_INFO"]
    if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
        return False
    return path not in HEALTH and not in_newsroom(path) and view_at(path) != "comments:account"
