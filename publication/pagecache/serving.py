"""The application that web servers call: a stored page if one holds, else Django.

Only what is the same for every reader is stored: a GET or HEAD without a session's cookie, answered
200 by a view that pages.py names, without a cookie of its own. A page is made for nobody in
particular: Django is asked without the reader's cookies, languages and the like.
"""

import logging
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from django.conf import settings
from django.core.handlers.wsgi import get_path_info
from django.utils import timezone

from comments import origin
from reviews import dependencies

from .. import encodings
from . import pages, sources
from .held import Held, holds_until
from .page import Headers, Page, make
from .store import InCache, InFile, Store
from .triggers import EVERYTHING, OFF

log = logging.getLogger(__name__)

# Of the reader's request, what Django may see while it makes a page for everybody.
_KEPT = ("HTTP_HOST", "HTTP_X_FORWARDED_PROTO")
PATIENCE = 3.0  # seconds for which another's work is waited for; then the page is made here too
FOR_NGINX = "X-Accel-Expires"  # nginx keeps it to itself (deploy/nginx.conf)
LOOK_EVERY = 0.01  # seconds
WHILE_IT_ASKS = 60  # seconds for which a CDN may answer with what it has (RFC 5861, 3)


@dataclass(frozen=True)
class Answer:
    """What Django said."""

    status: str
    headers: Headers
    body: bytes


class PageCache:
    """Wraps Django's application. One for a process; its threads share it."""

    def __init__(self, application: WSGIApplication) -> None:
        self.application = application
        self.hosts = pages.hosts()
        self.held = Held()
        self.store: Store = (
            InCache("pages")
            if "pages" in settings.CACHES
            else InFile(Path(settings.PAGE_STORE), settings.PAGE_STORE_BYTES)
        )
        self._lock = threading.Lock()
        self._turns: dict[str, threading.Lock] = {}
        self._secure_by = getattr(settings, "SECURE_PROXY_SSL_HEADER", None)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return self.application(environ, start_response)
        if settings.SESSION_COOKIE_NAME in environ.get("HTTP_COOKIE", ""):
            return self._uncached(environ, start_response)
        key = self._key(environ)
        if key is None:
            return self._uncached(environ, start_response)
        page = self.held.page(key)
        if page is not None:
            return _answer(page, environ, start_response)
        if not self.held.watched:
            return self._uncached(environ, start_response)
        made = self._wait_or_make(key, environ)
        if isinstance(made, Page):
            return _answer(made, environ, start_response, dated=False)
        if made.status.startswith("3") and environ["QUERY_STRING"] != key.partition("?")[2]:
            return self._uncached(environ, start_response)  # one is led on with all that was asked
        start_response(made.status, made.headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [made.body]

    def _key(self, environ: WSGIEnvironment) -> str | None:
        """The page's own name; None when it is not stored."""
        names = pages.asked_for(get_path_info(environ))
        if names is None:
            return None
        host = environ.get("HTTP_HOST", "").lower()
        query = pages.canonical(names, environ["QUERY_STRING"])
        if host not in self.hosts or query is None or environ.get("SCRIPT_NAME"):
            return None
        mark = "?" if query else ""
        return f"{self._scheme(environ)}://{host}{environ['PATH_INFO']}{mark}{query}"

    def _scheme(self, environ: WSGIEnvironment) -> str:
        """As Django's HttpRequest.scheme has it, after publication/proxies.py."""
        if self._secure_by and origin.comes_from_proxy(environ):
            name, secure = self._secure_by
            if (said := environ.get(name)) is not None:
                return "https" if said.rpartition(",")[2].strip() == secure else "http"
        return str(environ["wsgi.url_scheme"])

    def _wait_or_make(self, key: str, environ: WSGIEnvironment) -> Page | Answer:
        """One makes the page, in one process; the others take it when it is there."""
        with self._lock:
            turn = self._turns.setdefault(key, threading.Lock())
        mine = turn.acquire(timeout=PATIENCE)
        claimed = False
        try:
            patient_until = time.monotonic() + PATIENCE
            while not claimed:
                page = self.held.page(key) or self._stored(key)
                if page is not None:
                    return page
                claimed = self.store.claim(self.held.space + key)
                if not claimed:
                    if time.monotonic() > patient_until:
                        break
                    time.sleep(LOOK_EVERY)
            return self._make(key, environ)
        finally:
            if claimed:
                self.store.release(self.held.space + key)
            if mine:
                with self._lock:
                    self._turns.pop(key, None)
                turn.release()

    def _stored(self, key: str) -> Page | None:
        """The page of the store, if it holds; it is then in memory too."""
        page = self.store.get(self.held.space + key)
        return page if page and self.held.keep(key, page) else None

    def _make(self, key: str, environ: WSGIEnvironment) -> Page | Answer:
        """Django's answer, stored if it may be. The position is of before the first query."""
        position, space = self.held.now()
        now = timezone.now()
        with sources.seen() as found, dependencies.keeping(self.held):
            answer = ask(self.application, _for_everybody(environ, key))
        why_not = _why_not(answer)
        if found.why_not and not why_not:
            log.warning("%s is not stored: %s.", environ["PATH_INFO"], found.why_not)
        if found.why_not or why_not:
            return Answer(answer.status, _not_to_be_kept(answer.headers), answer.body)
        tags, until = {*found.tags, EVERYTHING, OFF}, holds_until(found, now)
        said, body = answer.headers, answer.body
        page = make(said, body, tags=tags, position=position, now=now, until=until)
        if position and self.held.keep(key, page):
            self.store.put(space + key, page)
        return page

    def _uncached(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        def begin(status: str, headers: Headers, *more: Any) -> Any:
            return start_response(status, _not_to_be_kept(headers), *more)

        with dependencies.keeping(self.held):
            return self.application(environ, begin)


def _answer(
    page: Page, environ: WSGIEnvironment, start_response: StartResponse, *, dated: bool = True
) -> Iterable[bytes]:
    """200 with the bytes, or 304 (RFC 9110, 13.2.2: If-None-Match goes before the date)."""
    said_etag = environ.get("HTTP_IF_NONE_MATCH")
    changing = _lasting(page, dated)
    if said_etag is not None:
        unchanged = page.etag[2:] in said_etag or said_etag.strip() == "*"
    else:
        since = environ.get("HTTP_IF_MODIFIED_SINCE")
        unchanged = since is not None and ("Last-Modified", since) in changing
    if unchanged:
        start_response("304 Not Modified", [*page.validators(), *changing])
        return []
    encoding = encodings.wanted(environ.get("HTTP_ACCEPT_ENCODING", ""))
    start_response("200 OK", [*page.said(encoding), *changing])
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [page.body(encoding)]


def _lasting(page: Page, dated: bool) -> Headers:
    """How long an answer may be kept: by a browser not at all, by a CDN in front as it is set, by
    nginx beside us until the second is over (“@”: a time; a number of seconds may last one more).

    A page says when it was made only once that second is over, and not to whom it was made for: who
    has a page of that second then has the last one.
    """
    now = timezone.now().timestamp()
    left = int(page.until - now)
    seconds = min(settings.CDN_SECONDS, left)
    while_it_asks = min(WHILE_IT_ASKS, left - seconds)
    shared = f", s-maxage={seconds}" if seconds > 0 else ""
    if shared and while_it_asks:
        shared += f", stale-while-revalidate={while_it_asks}"
    said = [
        ("Cache-Control", f"public, max-age=0, must-revalidate{shared}"),
        (FOR_NGINX, f"@{int(now)}"),
    ]
    if dated and now >= int(page.made_at) + 1:
        said.append(("Last-Modified", page.last_modified()))
    return said


def ask(application: WSGIApplication, environ: WSGIEnvironment) -> Answer:
    """All of an answer."""
    begun: list[tuple[str, Headers]] = []

    def begin(status: str, headers: Headers, *_: Any) -> Any:
        begun.append((status, headers))

    parts = application(environ, begin)
    try:
        body = b"".join(parts)
    finally:
        if hasattr(parts, "close"):
            parts.close()
    return Answer(*begun[-1], body)


def _for_everybody(environ: WSGIEnvironment, key: str) -> WSGIEnvironment:
    """The request without whatever tells one reader from another."""
    asked = {
        name: value
        for name, value in environ.items()
        if name in _KEPT or (not name.startswith("HTTP_") and name != "CONTENT_TYPE")
    }
    return asked | {
        "REQUEST_METHOD": "GET",
        "QUERY_STRING": key.partition("?")[2],
        "CONTENT_LENGTH": "",
        "wsgi.input": BytesIO(),
    }


def _why_not(answer: Answer) -> str:
    """Why it may not be stored, or “”."""
    said = {name.lower(): value.lower() for name, value in answer.headers}
    if int(answer.status[:3]) != HTTPStatus.OK:
        return "it is no page"
    if "set-cookie" in said or "cookie" in said.get("vary", ""):
        return "it is of one reader"
    if "content-encoding" in said:
        return "it is compressed already"
    if any(word in said.get("cache-control", "") for word in ("private", "no-store")):
        return "it says so"
    return ""


def _not_to_be_kept(headers: Headers) -> Headers:
    """For an answer that says nothing of caches: they are to ask each time."""
    if any(name.lower() == "cache-control" for name, _ in headers):
        return headers
    return [*headers, ("Cache-Control", "no-cache")]
