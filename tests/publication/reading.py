"""A web server's process as far as readers notice: the real application behind the page cache."""

import gzip
import re
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import brotli
from django.core.wsgi import get_wsgi_application

from publication.pagecache.serving import PageCache

_STAMP = re.compile(rb'name="stamp" value="[^"]*"')


@dataclass
class Page:
    """An answer; `body` as it is read, `sent` as it came."""

    status: int
    headers: dict[str, str]
    body: bytes
    sent: bytes

    def same_for_all(self) -> bytes:
        """Without the time that a reply form was made at."""
        return _STAMP.sub(b"", self.body)


class Reader:
    """Asks one process. `made` are the paths that Django was asked for, in order."""

    def __init__(self) -> None:
        django = get_wsgi_application()
        self.made: list[str] = []

        def counted(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
            self.made.append(environ["PATH_INFO"])
            return django(environ, start)

        self.cache = PageCache(counted)
        self.django = django

    def get(self, address: str, **headers: str) -> Page:
        return ask(self.cache, address, **headers)

    def fresh(self, address: str) -> Page:
        """The page as Django makes it now, with nothing stored."""
        return ask(self.django, address)

    def makes(self, *addresses: str) -> list[str]:
        """Which of them are made anew when they are asked for."""
        before = len(self.made)
        for address in addresses:
            assert self.get(address).status == 200, address
        return self.made[before:]

    def close(self) -> None:
        self.cache.held.close()


def ask(application: Any, address: str, method: str = "GET", **headers: str) -> Page:
    path, _, query = address.partition("?")
    said: dict[str, Any] = {}
    environ = {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": path.encode().decode("latin-1"),
        "QUERY_STRING": query,
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "testserver",
        "HTTP_ACCEPT_ENCODING": "gzip, br",
        "CONTENT_LENGTH": "",
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
        "wsgi.errors": sys.stderr,
    } | headers

    def start(status: str, told: list[tuple[str, str]], *_: Any) -> None:
        said.update(status=int(status[:3]), headers=dict(told))

    parts = application(environ, start)
    try:
        sent = b"".join(parts)
    finally:
        if hasattr(parts, "close"):
            parts.close()
    return Page(said["status"], said["headers"], _unpacked(sent, said["headers"]), sent)


def _unpacked(sent: bytes, headers: dict[str, str]) -> bytes:
    if not sent:
        return sent
    encoding = headers.get("Content-Encoding", "")
    return {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}[encoding](sent)
