"""The web server (docs/decisions/0010): granian over WSGI, by its own Python interface.

`manage.py serve` starts it. The application is loaded before the processes part, so that they
share its memory. On SIGTERM each answers whoever is connected and ends (stopping.py); one that
hangs ends too (hanging.py), and whichever ended untold is started again. Where systemd listens
for us, whoever comes between two of us waits.
"""

import gc
import logging
import socket
import sys
from importlib import import_module
from typing import Any

from granian import Granian
from granian._granian import SocketHolder
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels

from .hanging import Watched
from .processes import held_open, say_ready
from .stopping import Stopping, hear_later, when_told

# Requests in hand a process: two posts and one read in vain, two logins of strangers and two of
# browsers that are known (floods/), and always one more.
THREADS = 8
CHANGE_AFTER = 0.0001  # seconds; as long as a stored page takes: it waits for no whole post
# Objects until the collector looks for cycles, of which a page leaves some hundreds. After Python's
# 700 most of what it goes through is of a page that is still being made.
YOUNG = 5_000
FINISH_WITHIN = 25  # seconds; less than the supervisor waits
BACKLOG = 1024  # connections that may wait to be accepted


class _Held(Granian):  # type: ignore[misc,valid-type]
    """Accepts from sockets that stay open when a process ends: each process from one of its own,
    for of one that all share the first to wake takes every connection."""

    _held: list[socket.socket]
    _shd: Any

    def _init_shared_socket(self) -> None:
        self._held = [socket.socket(fileno=number) for number in held_open()]
        if not self._held:
            self._held = [self._listening() for _ in range(self.workers)]
        for one in self._held:  # and so for each connection: the end of an answer waits for nothing
            one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._ssp = self._sfd = self._shd = self._sso = None

    def _listening(self) -> socket.socket:
        family = socket.AF_INET6 if ":" in self.bind_addr else socket.AF_INET
        where = (self.bind_addr, self.bind_port)
        return socket.create_server(where, family=family, backlog=BACKLOG, reuse_port=True)

    def _spawn_worker(self, idx: int, target: Any, callback_loader: Any) -> Any:
        own = self._held[idx % len(self._held)]
        self._shd = SocketHolder(own.fileno(), False, BACKLOG)  # type: ignore[call-arg]

        def load() -> Stopping:  # in the new process
            watched = Watched(callback_loader(), THREADS)
            watched.watch()
            application = Stopping(watched, own.fileno(), own.getsockname()[1])
            when_told(application.stop)
            return application

        return super()._spawn_worker(idx, target, load)


def main(host: str, port: str, processes: str) -> None:
    from django.conf import settings
    from django.urls import get_resolver

    from . import wsgi  # first: it makes the models that others need
    from .ready import before_readers

    sys.setswitchinterval(CHANGE_AFTER)
    get_resolver().url_patterns  # noqa: B018 (imports every view, where that is still shared)
    import_module("comments.learning.learnt").shipped()  # its models are there only now
    before_readers(wsgi.django)
    server = _Held(
        "publication.wsgi:application",
        address=host,
        port=int(port),
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        websockets=False,
        workers=int(processes),
        backlog=BACKLOG,
        blocking_threads=THREADS,
        respawn_failed_workers=True,
        respawn_interval=0.5,
        workers_kill_timeout=FINISH_WITHIN,
        log_level=LogLevels.warning,
        log_dictconfig=settings.LOGGING,
    )
    logging.getLogger("_granian").addFilter(_says_more_than_threads)
    hear_later()
    when_told(server.signal_handler_interrupt)
    say_ready()  # whoever asks from now on is answered as soon as the processes are there
    collect_seldom()
    server.serve(target_loader=lambda _: wsgi.application)


def _says_more_than_threads(record: logging.LogRecord) -> bool:
    """granian advises against more threads than two a processor and one. Ours mostly wait: for a
    body, for SQLite's other writer, for a turn."""
    return "Python threads" not in record.getMessage()


def collect_seldom() -> None:
    """What was loaded is not gone through again, which would copy every page of memory that the
    processes share; what comes later seldom."""
    gc.set_threshold(YOUNG, *gc.get_threshold()[1:])
    gc.freeze()


if __name__ == "__main__":
    main(*sys.argv[1:])
