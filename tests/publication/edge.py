"""A CDN on loopback that keeps pages by their keys and speaks Fastly's or Cloudflare's purge."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from .reading import Page, Reader

ZONE, TOKEN = "zone-17", "a-token-of-the-cdn"
FASTLY, CLOUDFLARE = f"/service/{ZONE}/purge", f"/client/v4/zones/{ZONE}/purge_cache"


@dataclass
class Answer:
    """What it answers to a purge."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: str = "{}"


class Edge(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Purge)
        self.pages: dict[str, Page] = {}
        self.told: list[list[str]] = []
        self.refuses: Answer | None = None
        self.hangs_up = False

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def get(self, address: str, origin: Reader) -> Page:
        """As readers get it: kept here, or fetched from the publication and kept if it may be."""
        page = self.pages.get(address) or origin.get(address)
        if "s-maxage" in page.headers["Cache-Control"]:
            self.pages[address] = page
        return page

    def forget(self, keys: list[str]) -> None:
        self.told.append(keys)
        for address, page in list(self.pages.items()):
            same = page.headers["Surrogate-Key"].split(" ")
            assert same == page.headers["Cache-Tag"].split(",")
            if set(keys) & set(same):
                del self.pages[address]

    def handle_error(self, request: object, client_address: object) -> None:
        """The other side may have gone."""


class _Purge(BaseHTTPRequestHandler):
    server: Edge

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.server.hangs_up:
            self.close_connection = True
        else:
            self.answer(self.server.refuses or self.purge(body))

    def purge(self, body: bytes) -> "Answer":
        said: dict[str, Any] = json.loads(body)
        if self.path == FASTLY and self.headers["Fastly-Key"] == TOKEN:
            keys, most = said["surrogate_keys"], 256
        elif self.path == CLOUDFLARE and self.headers["Authorization"] == f"Bearer {TOKEN}":
            keys, most = said["tags"], 100
        else:
            return Answer(403)
        if not keys or len(keys) > most:
            return Answer(400)
        self.server.forget(keys)
        return Answer(200, body='{"success": true}')

    def answer(self, said: Answer) -> None:
        self.send_response(said.status)
        for name, value in said.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(said.body)))
        self.end_headers()
        self.wfile.write(said.body.encode())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (its name there)
        pass


@contextmanager
def an_edge() -> Iterator[Edge]:
    with Edge() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()
