"""One stored page: its bytes, headers, what it depends on, how long it holds."""

import gzip
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import formatdate
from functools import lru_cache
from typing import Any

import brotli
from django.conf import settings

from comments import keyed

Headers = list[tuple[str, str]]

BROTLI_QUALITY = 5  # while a reader waits: a sixth more bytes than 11, in a 60th of the time
GZIP_LEVEL = 6
FORMAT = "4"  # of what is kept in the store; another one is not read
SEAL = 16  # bytes

# Said by us, of one reader, or of one answer.
_NOT_KEPT = frozenset(
    {
        "age",
        "cache-control",
        "connection",
        "content-encoding",
        "content-length",
        "date",
        "etag",
        "expires",
        "last-modified",
        "server",
        "set-cookie",
        "transfer-encoding",
        "vary",
    }
)


@dataclass(frozen=True)
class Page:
    """A page as it is answered. `made_at` and `until` are seconds since 1970.

    `position` is one of changes.py, of before the page was begun; `tags` what it depends on. It is
    kept by brotli, which browsers read wherever a connection is encrypted. By gzip it is made, once
    in each process, when somebody asks who reads no other.
    """

    headers: Headers
    brotlied: bytes
    etag: str
    made_at: float
    until: float
    tags: frozenset[str]
    position: str
    ready: dict[str, Headers] = field(default_factory=dict, compare=False)
    gzipped: dict[str, bytes] = field(default_factory=dict, compare=False)

    def size(self) -> int:
        """Bytes it takes in memory, nearly, when it is there by gzip too."""
        return 2 * len(self.brotlied) + 2_000

    def body(self, encoding: str) -> bytes:
        if encoding == "br":
            return self.brotlied
        if not encoding:
            return bytes(brotli.decompress(self.brotlied))
        if encoding not in self.gzipped:
            self.gzipped[encoding] = gzip.compress(self.body(""), GZIP_LEVEL, mtime=0)
        return self.gzipped[encoding]

    def said(self, encoding: str) -> Headers:
        """The headers of an answer in that encoding."""
        if encoding not in self.ready:
            coded = [("Content-Encoding", encoding)] if encoding else []
            length = ("Content-Length", str(len(self.body(encoding))))
            self.ready[encoding] = [*self.headers, *coded, length, *self.validators()]
        return self.ready[encoding]

    def validators(self) -> Headers:
        """What a 304 says too (RFC 9110, 15.4.5)."""
        return [("ETag", self.etag), ("Vary", "Accept-Encoding")]

    def last_modified(self) -> str:
        return formatdate(int(self.made_at), usegmt=True)

    def packed(self, key: str) -> bytes:
        """As the store keeps it under a key: a seal, a line of JSON, then the body."""
        said = {
            "headers": self.headers,
            "etag": self.etag,
            "made_at": self.made_at,
            "until": self.until,
            "tags": sorted(self.tags),
            "position": self.position,
        }
        kept = b"".join((json.dumps(said).encode(), b"\n", self.brotlied))
        return _seal(key, kept) + kept


def make(
    headers: Iterable[tuple[str, str]],
    body: bytes,
    *,
    tags: Iterable[str],
    position: str,
    now: datetime,
    until: datetime,
) -> Page:
    """Compresses a page that was just made. About half a millisecond for 50 kB."""
    digest = hashlib.blake2b(body, digest_size=12).hexdigest()
    kept = [(name, value) for name, value in headers if name.lower() not in _NOT_KEPT]
    return Page(
        headers=kept + _surrogate_keys(tags),
        brotlied=brotli.compress(body, quality=BROTLI_QUALITY),
        etag=f'W/"{digest}"',  # weak: one for all encodings, which say the same (RFC 9110, 8.8.1)
        made_at=now.timestamp(),
        until=until.timestamp(),
        tags=frozenset(tags),
        position=position,
    )


def unpacked(key: str, packed: Any) -> Page | None:
    """The page that the store has under a key; None for one of another make, and for anything else
    that is there: what a disk gave back otherwise than it took it, or somebody put there who has
    not our secret, be it a page of ours from under another key."""
    if not isinstance(packed, bytes) or packed[:SEAL] != _seal(key, kept := packed[SEAL:]):
        return None
    line, _, body = kept.partition(b"\n")
    return _page(json.loads(line), body)


def _seal(key: str, kept: bytes) -> bytes:
    """Of all that is kept, and of the digest of its key, which has one length."""
    place = hashlib.blake2b(key.encode()).digest()
    secret = _secret(settings.SECRET_KEY, FORMAT)
    return hashlib.blake2b(place + kept, digest_size=SEAL, key=secret).digest()


@lru_cache(maxsize=1)
def _secret(_ours: str, form: str) -> bytes:
    return keyed.digest("publication.pagecache", form).encode()


def _page(said: dict[str, Any], body: bytes) -> Page:
    return Page(
        headers=[(name, value) for name, value in said["headers"]],
        brotlied=body,
        etag=said["etag"],
        made_at=said["made_at"],
        until=said["until"],
        tags=frozenset(said["tags"]),
        position=said["position"],
    )


def surrogate_key(tag: str) -> str:
    """What a tag is called in a purge: “reviews_article”, “comments_comment-17”; “pages” is all."""
    return tag.replace(":", "-") if tag[:1].isalpha() else "pages"


def _surrogate_keys(tags: Iterable[str]) -> Headers:
    """What a cache in front may be told to forget, where one is said to be (CDN_SECONDS)."""
    if not settings.CDN_SECONDS:
        return []
    keys = sorted({*map(surrogate_key, tags)})
    return [("Surrogate-Key", " ".join(keys)), ("Cache-Tag", ",".join(keys))]
