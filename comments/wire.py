"""One request with a form to one address, answered by one moment or not at all."""

import http.client
import io
import socket
import ssl
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from .evidence import Said, said

ANSWER_LIMIT = 64 * 1024  # bytes; a verdict has five, the usage of a month a hundred


class NoAnswer(Exception):
    """Says why, as a code (comments/spam/sentences.py). Carries nothing of what was sent."""

    def __init__(self, why: Said) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Reply:
    """`body` is cut after ANSWER_LIMIT, and `is_whole` says whether it was not."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes
    is_whole: bool


def ask(method: str, url: str, form: str, headers: dict[str, str], *, timeout: float) -> Reply:
    """`form`, urlencoded, is the body of a POST and the query of a GET. Redirects are not followed:
    what is sent goes to this host or nowhere. `timeout` (seconds) is that of everything together,
    the look-up of the name apart. Raises NoAnswer."""
    if problem := why_refused(url):
        raise NoAnswer(said("address_refused", why=problem))
    try:
        return _exchange(method, url, form, headers, time.monotonic() + timeout)
    except TimeoutError:
        why = said("no_answer", seconds=f"{timeout:g}")
    except ssl.SSLError:
        why = said("not_safe")
    except (http.client.HTTPException, ValueError):
        why = said("broke_off")
    except OSError:
        why = said("not_reached")
    raise NoAnswer(why)  # outside the handlers: no traceback shows what was sent


def wait(said: str, most: timedelta) -> timedelta | None:
    """What Retry-After says (RFC 9110, 10.2.3), seconds or a date, as a time from now; or None."""
    said = said.strip()
    if said.isascii() and said.isdecimal():
        return min(timedelta(seconds=int(said[:9])), most)
    try:
        at = parsedate_to_datetime(said)
    except (ValueError, OverflowError):  # of a number that no date has
        return None
    left = (at if at.tzinfo else at.replace(tzinfo=UTC)) - datetime.now(UTC)
    return min(max(left, timedelta()), most)


def why_refused(url: str) -> str:
    """What is wrong with an address to send readers' words to; “” for nothing. Without TLS only to
    this machine itself, or where DEBUG is on."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return "is not an address"
    if not host or parts.username or parts.password or parts.query or parts.fragment:
        return "has to be https:// and a host, and nothing behind it but a path"
    if parts.scheme == "https":
        return ""
    if parts.scheme == "http" and (_is_loopback(host) or settings.DEBUG):
        return ""
    return "has to begin with https://, because names, addresses and words are sent there"


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _exchange(method: str, url: str, form: str, headers: dict[str, str], deadline: float) -> Reply:
    parts = urlsplit(url)
    host, is_tls = parts.hostname or "", parts.scheme == "https"
    port = parts.port or (443 if is_tls else 80)
    path, body = (f"{parts.path}?{form}", None) if method == "GET" else (parts.path, form)
    opened = _open(host, port, deadline)
    try:
        if is_tls:
            opened.settimeout(_left(deadline))
            opened = ssl.create_default_context().wrap_socket(opened, server_hostname=host)
        connection = http.client.HTTPConnection(host, port)
        connection.sock = _Line(opened, deadline)
        connection.request(method, path, body, {"Connection": "close", **headers})
        response = connection.getresponse()
        read = response.read(ANSWER_LIMIT + 1)
    finally:
        opened.close()
    whole = len(read) <= ANSWER_LIMIT
    return Reply(response.status, response.headers, read[:ANSWER_LIMIT], whole)


def _open(host: str, port: int, deadline: float) -> socket.socket:
    problem = OSError("no address")
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    for family, kind, protocol, _, address in found:
        opened = socket.socket(family, kind, protocol)
        try:
            opened.settimeout(_left(deadline))
            opened.connect(address)
        except OSError as error:
            opened.close()
            problem = error
        else:
            return opened
    raise problem


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


class _Line:
    """What http.client takes for a socket. All its waiting together ends at the deadline, however
    many single drops the other side lets it have."""

    def __init__(self, opened: socket.socket, deadline: float) -> None:
        self._socket, self._deadline = opened, deadline

    def sendall(self, data: bytes) -> None:
        self._socket.settimeout(_left(self._deadline))
        self._socket.sendall(data)

    def receive_into(self, buffer: Any) -> int:
        self._socket.settimeout(_left(self._deadline))
        return self._socket.recv_into(buffer)

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(_Drops(self))

    def close(self) -> None:
        """The answer may still be read; `_exchange` closes."""


class _Drops(io.RawIOBase):
    def __init__(self, line: _Line) -> None:
        self._line = line

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        return self._line.receive_into(buffer)
