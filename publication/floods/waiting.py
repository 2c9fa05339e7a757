"""The page for a post that was not taken now: its own words, and a button that sends them again.

Made once by template and middleware, cut where the words go; then it costs microseconds.
"""

import math
from functools import cache, lru_cache
from html import escape
from http import HTTPStatus
from io import BytesIO
from wsgiref.types import StartResponse

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, HttpResponse
from django.middleware.clickjacking import XFrameOptionsMiddleware
from django.middleware.security import SecurityMiddleware
from django.template.loader import render_to_string
from django.utils import translation

from publication import site_name
from publication.security import SecurityHeadersMiddleware

Typed = list[tuple[str, str]]  # names of fields, and what they held

A_FEW_SECONDS = 30
_ACTION, _FIELDS, _TEXT = "--action--", "--fields--", "--text--"  # where the page is cut

_SLOTS = {
    "text": (_ACTION, _TEXT, _FIELDS),
    "fields": (_ACTION, _FIELDS),
    "search": (_TEXT, _FIELDS),
}


def page(minutes: int, typed: Typed | None, ticket: str, *, away: bool = False) -> bytes:
    """HTML. `minutes` until a network may try again, 0: a few seconds. `typed` None: it could not
    be read, and the browser still has it. A comment's text is shown, and can be changed. `away`:
    not because of too many, but because the database does not answer."""
    if typed is None:
        return "".join(_cut(minutes, "", away)).encode()
    texts = [said for name, said in typed if name == "text"]
    fields = "".join(
        f'<input type="hidden" name="{escape(name)}" value="{escape(said)}">'
        for name, said in typed
        if name != "text"
    )
    words = "text" if texts else "fields"
    begin, middle, *shown, end = _cut(minutes, words, away)
    text = [escape(texts[-1]), *shown] if texts else []
    return "".join([begin, f"?again={ticket}", middle, *text, fields, end]).encode()


def search_page(typed: str, ticket: str) -> bytes:
    """HTML, with what was searched for in its box, and a ticket for who waits."""
    begin, middle, end = _cut(0, "search", False)
    return "".join([begin, escape(typed), middle, ticket, end]).encode()


def begin(start_response: StartResponse, page: bytes, wait: float) -> None:
    """429 (RFC 6585, 4), and in how many seconds to try again."""
    seconds = max(1, math.ceil(wait))
    said = [("Retry-After", str(seconds)), ("Content-Length", str(len(page)))]
    too_many = HTTPStatus.TOO_MANY_REQUESTS
    start_response(f"{too_many.value} {too_many.phrase}", [*headers(), *said])


@cache
def headers() -> list[tuple[str, str]]:
    """What every answer of ours says of security, and that nobody may keep this one."""
    environ = {"REQUEST_METHOD": "POST", "PATH_INFO": "/", "wsgi.input": BytesIO()}
    environ |= {"SERVER_NAME": "localhost", "SERVER_PORT": "443", "wsgi.url_scheme": "https"}
    said = _dressed(WSGIRequest(environ)).headers
    return [*said.items(), ("Cache-Control", "no-store")]


def minutes_of(wait: float) -> int:
    """Whole minutes of a long wait; 0 for a few seconds."""
    return 0 if wait <= A_FEW_SECONDS else math.ceil(wait / 60)


def _cut(minutes: int, words: str, away: bool) -> tuple[str, ...]:
    return _pieces(minutes, words, away, settings.LANGUAGE_CODE, site_name.known())


@lru_cache(maxsize=64)
def _pieces(minutes: int, words: str, away: bool, language: str, name: str) -> tuple[str, ...]:
    slots = {"action": _ACTION, "fields": _FIELDS, "text": _TEXT}
    with translation.override(language):
        context = {"minutes": minutes, "words": words, "away": away, "name": name} | slots
        rest: str = str(render_to_string("publication/wait.html", context))
    pieces = []
    for slot in _SLOTS.get(words, ()):
        piece, _, rest = rest.partition(slot)
        pieces.append(piece)
    return (*pieces, rest)


def _dressed(request: HttpRequest) -> HttpResponse:
    """An empty answer with what the middleware of all pages says."""
    answer = HttpResponse()
    for middleware in (XFrameOptionsMiddleware, SecurityMiddleware):
        answer = middleware(lambda _: HttpResponse()).process_response(request, answer)
    return SecurityHeadersMiddleware(lambda _: answer)(request)
