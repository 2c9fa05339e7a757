"""A CDN on loopback that keeps pages by their keys and speaks Fastly's or Cloudflare's purge."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.http_double import Handler, Reply, Service, running

from .reading import Page, Reader

ZONE, TOKEN = "zone-17", "a-token-of-the-cdn"
FASTLY, CLOUDFLARE = f"/service/{ZONE}/purge", f"/client/v4/zones/{ZONE}/purge_cache"


class Edge(Service):
    def __init__(self) -> None:
        super().__init__(_Purge)
        self.pages: dict[str, Page] = {}
        self.told: list[list[str]] = []
        self.refuses: Reply | None = None  # what it answers to a purge instead
        self.hangs_up = False

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


class _Purge(Handler):
    server: Edge

    def do_POST(self) -> None:  # noqa: N802 (its name there)
        body = self.body()
        if self.server.hangs_up:
            self.close_connection = True
        else:
            self.reply(self.server.refuses or self.purge(body))

    def purge(self, body: bytes) -> Reply:
        said: dict[str, Any] = json.loads(body)
        if self.path == FASTLY and self.headers["Fastly-Key"] == TOKEN:
            keys, most = said["surrogate_keys"], 256
        elif self.path == CLOUDFLARE and self.headers["Authorization"] == f"Bearer {TOKEN}":
            keys, most = said["tags"], 100
        else:
            return Reply(status=403)
        if not keys or len(keys) > most:
            return Reply(status=400)
        self.server.forget(keys)
        return Reply('{"success": true}')


@contextmanager
def an_edge() -> Iterator[Edge]:
    with running(Edge()) as edge:
        yield edge
