"""The server that a browser of the tests asks, and whom it has not answered yet.

A tab that is closed leaves what it has asked for: the server goes on with it, between two tests,
where the tables are emptied and no test's database is open. So it is waited for.
"""

import select
import socket
import time
from typing import Any

from django.core.servers.basehttp import ThreadedWSGIServer
from django.test.testcases import QuietWSGIRequestHandler

PATIENCE = 60.0  # seconds for what is there within one on an idle machine


class Server(ThreadedWSGIServer):
    """Django's own, that says whether somebody waits. Nothing is read before that is noted: what
    was asked is in a socket or on a list, never between the two."""

    def __init__(self, address: Any, _: type, **options: Any) -> None:
        super().__init__(address, Handler, **options)
        self.connected: set[socket.socket] = set()
        self.busy: set[socket.socket] = set()
        running.append(self)

    def _handle_request_noblock(self) -> None:
        self.busy.add(self.socket)
        super()._handle_request_noblock()
        self.busy.discard(self.socket)

    def process_request(self, request: Any, client_address: Any) -> None:
        self.connected.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self.connected.discard(request)
        super().shutdown_request(request)

    def server_close(self) -> None:
        running.remove(self)
        super().server_close()

    def is_asked(self) -> bool:
        """Looks in the order in which a request goes its way, so that none passes by."""
        return (
            _has_come([self.socket])
            or self.socket in self.busy
            or _has_come([*self.connected])
            or bool(self.busy)
        )


class Handler(QuietWSGIRequestHandler):
    server: Server

    def handle_one_request(self) -> None:
        select.select([self.connection], [], [])
        self.server.busy.add(self.connection)
        try:
            super().handle_one_request()
        finally:
            self.server.busy.discard(self.connection)


def _has_come(where: list[socket.socket]) -> bool:
    try:
        return bool(select.select(where, [], [], 0)[0])
    except (OSError, ValueError):  # its thread closed one meanwhile: whoever asks looks again
        return True


running: list[Server] = []


def finish() -> None:
    """Until everything is answered that was asked."""
    give_up = time.monotonic() + PATIENCE
    while any(server.is_asked() for server in running):
        assert time.monotonic() < give_up, f"No answer within {PATIENCE:.0f} s."
        time.sleep(0.005)
