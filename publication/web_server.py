"""The web server (docs/decisions/0010): granian over WSGI, by its own Python interface.

`manage.py serve` starts it. The application is loaded before the processes part, so that they
share its memory. On SIGTERM each stops accepting, finishes the requests in hand and ends; one that
dies is started again. Where systemd listens for us, whoever comes between two of us waits.
"""

import gc
import sys
from importlib import import_module
from typing import Any

from granian import Granian
from granian._granian import SocketHolder
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels

from .serving import held_open, say_ready

# Requests in hand a process: two posts, one read in vain (floods), a login, and always one more.
THREADS = 5
CHANGE_AFTER = 0.0001  # seconds; as long as a stored page takes: it waits for no whole post
FINISH_WITHIN = 25  # seconds; less than the supervisor waits
BACKLOG = 1024  # connections that may wait to be accepted


class _Held(Granian):  # type: ignore[misc,valid-type]
    """Accepts from sockets that were opened for it, and stay open when it ends: each process from
    one of its own, for of one that all share the first to wake takes every connection."""

    _held: list[int]
    _shd: Any

    def _init_shared_socket(self) -> None:
        self._held = held_open()
        if not self._held:
            super()._init_shared_socket()
            return
        self._ssp = self._sfd = self._shd = self._sso = None

    def _spawn_worker(self, idx: int, target: Any, callback_loader: Any) -> Any:
        if self._held:
            own = self._held[idx % len(self._held)]
            self._shd = SocketHolder(own, False, BACKLOG)  # type: ignore[call-arg]
        return super()._spawn_worker(idx, target, callback_loader)


def main(host: str, port: str, processes: str) -> None:
    from django.conf import settings
    from django.urls import get_resolver

    from . import wsgi  # first: it makes the models that others need
    from .ready import before_readers

    sys.setswitchinterval(CHANGE_AFTER)
    get_resolver().url_patterns  # noqa: B018 (imports every view, where that is still shared)
    import_module("comments.learning.learnt").shipped()  # its models are there only now
    before_readers(wsgi.django)
    say_ready()  # whoever asks from now on is answered as soon as the processes are there
    gc.freeze()  # what was loaded is not gone through again, which would copy every shared page
    _Held(
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
    ).serve(target_loader=lambda _: wsgi.application)


if __name__ == "__main__":
    main(*sys.argv[1:])
