"""How a process of the web server ends without losing anybody (docs/decisions/0029).

The server beneath, told to end, closes at once each connection on which no request was read yet:
one that has only just been made, and one that a proxy keeps open and may be writing to. So here it
is told when none is left, or when those that are left say nothing.
"""

import math
import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

SIGNALS = {signal.SIGTERM, signal.SIGINT}
DESCRIPTORS = Path("/proc/self/fd")  # of this process; Linux has them there

# Seconds in which connections are used once more, and closed with that answer, or are closed by
# whoever kept them open. A proxy must keep none for longer: keepalive_timeout in deploy/nginx.conf.
LAST_USE = 1.5
FIRST_WORD = 1.0  # seconds in which whoever was accepted last says what is asked
LOOK_AGAIN = 0.02  # seconds; longer than it takes to accept a connection


def hear_later() -> None:
    """From now on this thread, and whatever begins in it, hears of an end only by asking: a process
    that is told to end while it starts is not deaf to it, and does not forget it."""
    signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)


def when_told(do: Callable[[], Any]) -> None:
    """Does it in a thread of its own once this process is told to end."""

    def wait() -> None:
        signal.sigwait(SIGNALS)
        do()

    threading.Thread(target=wait, daemon=True).start()


class Stopping:
    """Wraps an application. One for a process, which is told to end while it answers."""

    def __init__(self, application: WSGIApplication, listening: int, port: int) -> None:
        """`listening`: the descriptor from which the process accepts, `port` where that is."""
        self.application, self.listening, self.port = application, listening, port
        self.told = False

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], error: Any = None) -> Any:
            if self.told:  # and whoever asks with it is not asked to use this connection again
                headers = [*headers, ("Connection", "close")]
            return start_response(status, headers, error)

        return self.application(environ, start)

    def stop(self) -> None:
        """The process ends when the last connection has; elsewhere than on Linux, as
        the server beneath ends it."""
        self.told = True
        with suppress(FileNotFoundError):
            self._alone(LAST_USE)
            _turn_deaf(self.listening)
            if self._alone(FIRST_WORD):
                os._exit(0)
        if callable(beneath := signal.getsignal(signal.SIGTERM)):
            beneath(signal.SIGTERM, None)
        with suppress(FileNotFoundError):
            self._alone(math.inf)
            os._exit(0)

    def _alone(self, within: float) -> bool:
        """Waits until nobody is connected, for so many seconds at most."""
        until = time.monotonic() + within
        while time.monotonic() < until:
            time.sleep(LOOK_AGAIN)
            if not _connected(self.port):
                return True
        return False


def _connected(port: int) -> bool:
    """Whether somebody is, to a port from which this process accepts."""
    for found in DESCRIPTORS.iterdir():
        with suppress(OSError):  # not a socket, or not one of a connection, or closed meanwhile
            one = socket.socket(fileno=int(found.name))
            try:
                one.getpeername()
                if one.family != socket.AF_UNIX and one.getsockname()[1] == port:
                    return True
            finally:
                one.detach()  # it is not ours to close
    return False


def _turn_deaf(listening: int) -> None:
    """Puts a socket to which nobody comes in its place, in this process alone: whoever comes waits
    for the next of us, where somebody holds the other open."""
    with socket.socket(socket.AF_UNIX) as deaf:
        deaf.bind("")  # a name that Linux finds
        deaf.listen()
        deaf.setblocking(False)
        os.dup2(deaf.fileno(), listening)
