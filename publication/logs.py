"""Log lines for people or for programs, without what is personal.

No network address, e-mail address, token, query string, nor anything that a reader typed: a
request is named by its route, an error by its kind and place, and its words are kept only where
they are about the program. What is left passes one more sieve.
"""

import json
import logging
import re
import secrets
import time
import traceback
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime
from http import HTTPStatus
from ipaddress import ip_address

from django.conf import settings
from django.core.exceptions import DisallowedHost, ImproperlyConfigured
from django.db import DatabaseError, DataError
from django.http import HttpRequest, HttpResponse
from django.template import TemplateDoesNotExist, TemplateSyntaxError

from .paths import HEALTH

request_log = logging.getLogger("publication.requests")
_request_id: ContextVar[str] = ContextVar("request_id", default="")

_GIVEN_ID = re.compile(r"[A-Za-z0-9-]{8,64}")  # such as nginx's $request_id
_SIEVE = (
    (re.compile(r"[^\s<>\"'(]+@[^\s<>\"'),]+"), "[e-mail]"),
    (re.compile(r"\?[^\s'\"]+"), "?…"),
    (re.compile(r"[\w-]+(?::[\w-]+)*:[\w-]{20,}"), "[token]"),
)
_PERHAPS_ADDRESS = re.compile(r"[0-9A-Fa-f.:]*[.:][0-9A-Fa-f.:]+")
# Whose words name code, tables and settings, and never what somebody sent.
_ABOUT_THE_PROGRAM = (
    AttributeError,
    ImportError,
    ImproperlyConfigured,
    NameError,
    NotImplementedError,
    RecursionError,
    TemplateDoesNotExist,
    TemplateSyntaxError,
)
_OTHER_NAME = "(asked under a name that ALLOWED_HOSTS does not have)"


class RequestLogMiddleware:
    """Gives each request an id, its own or that of the proxy in front (X-Request-ID), which every
    line about it carries and an error's answer too; and logs it if LOG_REQUESTS asks for that."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        token = _request_id.set(given if _GIVEN_ID.fullmatch(given) else secrets.token_hex(8))
        started = time.monotonic()
        try:
            response = self.get_response(request)
            if response.status_code >= 500:
                response.headers["X-Request-ID"] = _request_id.get()
            if settings.LOG_REQUESTS:
                _log_request(request, response.status_code, time.monotonic() - started)
            return response
        finally:
            _request_id.reset(token)


class LineFormatter(logging.Formatter):
    """2026-11-25T19:20:01Z ERROR django.request 9f86d081884c7d65 GET comments/<int:pk>/ 500"""

    def format(self, record: logging.LogRecord) -> str:
        parts = [_when(record), _level(record), record.name, _request_id.get(), _said(record)]
        return "\n".join(filter(None, [" ".join(filter(None, parts)), _trace_of(record)]))


class JSONFormatter(logging.Formatter):
    """One object a line: time, level, logger, message; request_id, what is known of the request,
    and error, where there is one."""

    def format(self, record: logging.LogRecord) -> str:
        facts = {
            "time": _when(record),
            "level": _level(record),
            "logger": record.name,
            "message": _said(record),
            "request_id": _request_id.get(),
            **getattr(record, "facts", {}),
            "error": _trace_of(record),
        }
        return json.dumps({k: v for k, v in facts.items() if v != ""}, ensure_ascii=False)


def route_of(request: HttpRequest) -> str:
    """The pattern that its path matched: what a page is, without which one or for whom."""
    if request.path_info in HEALTH:  # answered before addresses are looked at
        return request.path_info
    match = getattr(request, "resolver_match", None)
    return f"/{match.route}" if match else "an address that leads nowhere"


def sieved(text: str) -> str:
    """Without what looks like an e-mail or network address, a query string or a signed token."""
    for pattern, instead in _SIEVE:
        text = pattern.sub(instead, text)
    return _PERHAPS_ADDRESS.sub(_address_or_not, text)


def trace(error: BaseException) -> str:
    """Where it was raised, with what it came from; its words only where they cannot be personal."""
    parts: list[str] = []
    now: BaseException | None = error
    while now is not None and len(parts) < 10:
        lines = "".join(traceback.format_tb(now.__traceback__))
        parts.insert(0, f"{lines}{type(now).__name__}: {_words_of(now)}".rstrip(": "))
        now = now.__cause__ or (None if now.__suppress_context__ else now.__context__)
    return "\n".join(parts)


def _words_of(error: BaseException) -> str:
    if isinstance(error, DataError):
        return ""  # quotes the value
    if isinstance(error, (*_ABOUT_THE_PROGRAM, DatabaseError)):
        return sieved(str(error).partition("\n")[0])  # PostgreSQL's DETAIL quotes the row
    if isinstance(error, OSError) and type(error).__module__ == "builtins":
        return error.strerror or ""
    return ""


def _said(record: logging.LogRecord) -> str:
    request = getattr(record, "request", None)
    if isinstance(request, HttpRequest):
        status = getattr(record, "status_code", "")
        said = f"{request.method} {route_of(request)} {status}".rstrip()
        return f"{said} {_OTHER_NAME}" if isinstance(_error_of(record), DisallowedHost) else said
    if record.name.startswith("django.security"):
        return f"Refused a request: {record.name.rpartition('.')[2]}"
    return sieved(record.getMessage())


def _error_of(record: logging.LogRecord) -> BaseException | None:
    return record.exc_info[1] if record.exc_info else None


def _level(record: logging.LogRecord) -> str:
    """Whoever looks for weaknesses asks by address all day long: nothing is broken by that."""
    stray = isinstance(_error_of(record), DisallowedHost)
    return "WARNING" if stray else record.levelname


def _trace_of(record: logging.LogRecord) -> str:
    error = _error_of(record)
    if error is None or isinstance(error, DisallowedHost):  # said by its line
        return ""
    if getattr(record, "status_code", 0) == HTTPStatus.SERVICE_UNAVAILABLE:
        # The database is away (views.server_error): where each request noticed says nothing.
        return f"{type(error).__name__}: {_words_of(error)}"
    return trace(error)


def _when(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _address_or_not(found: re.Match[str]) -> str:
    text = found[0]
    for candidate in (text, text.rstrip(".:"), text.rpartition(":")[0]):
        try:
            ip_address(candidate)
        except ValueError:
            continue
        return "[address]"
    return text


def _log_request(request: HttpRequest, status: int, seconds: float) -> None:
    facts = {
        "method": request.method,
        "route": route_of(request),
        "status": status,
        "ms": round(seconds * 1000, 1),
    }
    said = (facts["method"], facts["route"], status, facts["ms"])
    request_log.info("%s %s %s %s ms", *said, extra={"facts": facts})
