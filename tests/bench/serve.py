"""The publication as it is served, and beside it in the same processes a bare Django view.

`python -m tests.bench.serve PORT`; as publication/web_server.py does it.
"""

import os
import sys
from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path

BODY = os.urandom(int(os.environ.get("BENCH_BARE_BYTES", "10000")))


def bare(_request: HttpRequest) -> HttpResponse:
    return HttpResponse(BODY, headers={"Content-Encoding": "gzip"})


urlpatterns = [path("bare/", bare)]


def main(port: str) -> None:
    from granian import Granian
    from granian.constants import HTTPModes, Interfaces
    from granian.log import LogLevels

    from publication.web_server import CHANGE_AFTER, THREADS

    from .servers import PROCESSES

    sys.setswitchinterval(CHANGE_AFTER)
    Granian(
        "tests.bench.serve:application",
        port=int(port),
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        websockets=False,
        workers=PROCESSES,
        blocking_threads=THREADS,
        log_level=LogLevels.warning,
    ).serve(target_loader=lambda _: load())


class Nothing(dict[Any, Any]):
    """Keeps nothing that is put into it."""

    def __setitem__(self, key: Any, value: Any) -> None:
        pass


def load() -> Any:
    """Both applications; the bare one without any middleware. With BENCH_NOTHING_KEPT ours makes
    every page, and every piece of it, for each who asks; templates are compiled, and queries that
    are written once are written."""
    from publication import web_server, wsgi

    ours, plain = wsgi.application, _without_middleware()
    if os.environ.get("BENCH_NOTHING_KEPT"):
        from comments.reading import thread_html

        ours, thread_html._kept = wsgi.django, Nothing()
    web_server.collect_seldom()

    def application(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        asked = plain if environ["PATH_INFO"] == "/bare/" else ours
        return asked(environ, start)  # type: ignore[no-any-return]

    return application


def bare_alone() -> Any:
    """The bare view for another web server to call, in a process that loads nothing else."""
    import django

    django.setup()
    return _without_middleware()


def _without_middleware() -> Any:
    from django.core.handlers.wsgi import WSGIHandler
    from django.test import override_settings

    with override_settings(MIDDLEWARE=[]):
        return WSGIHandler()


if __name__ == "__main__":
    main(sys.argv[1])
