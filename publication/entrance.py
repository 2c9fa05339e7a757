"""The first thing a request meets: what it may say in several ways is said plainly for the rest,
and a body is waited for only where one is taken.

Whoever sends a body slowly holds a thread until it is there: of a stranger's bodies no more are
read at once than leave a thread for readers (floods/). What the newsroom takes is read once it is
known who sends it (sessions.py).
"""

import re
from collections.abc import Iterable
from io import BytesIO
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from django.core.handlers.wsgi import get_path_info
from django.utils.http import parse_header_parameters

from comments.views.posts import POST_LIMIT

from .floods.door import Door
from .floods.serving import FORMS
from .paths import at_the_door, in_newsroom, view_at

LONGEST_LOGIN = 20_000  # bytes; a name, a password of 4,096 letters at their costliest, a token
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")  # RFC 9110, 5.6.2


class Entrance:
    """Wraps an application. One for a process; its threads share it."""

    def __init__(self, application: WSGIApplication) -> None:
        self.application = application
        self._door = Door(application)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        # Django reads “post” as POST (RFC 9110, 9.1, does not): what stands before it has to.
        method = environ["REQUEST_METHOD"] = environ["REQUEST_METHOD"].upper()
        if ";" in environ.get("CONTENT_TYPE", ""):
            environ["CONTENT_TYPE"] = in_utf_8(environ["CONTENT_TYPE"])
        if "HTTP_COOKIE" in environ:
            environ["HTTP_COOKIE"] = plainly_named(environ["HTTP_COOKIE"])
        if method != "POST":
            return self.application(environ, start_response)
        return self._posted(environ, start_response)

    def _posted(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path, length = get_path_info(environ), _length(environ)
        if at_the_door(path):
            if length > LONGEST_LOGIN:
                environ = _without_body(environ)
            return self._door(environ, start_response)
        if not in_newsroom(path):
            if view_at(path) not in FORMS:  # nor do mails that one press stops (RFC 8058) take any
                environ = _without_body(environ)
            elif length > POST_LIMIT:  # the views say so, of what was to come
                environ = environ | {"wsgi.input": BytesIO()}
        return self.application(environ, start_response)


def in_utf_8(content_type: str) -> str:
    """The same without a charset: all our pages, and so all their forms, are UTF-8.

    Django would read addresses and forms by any codec of Python that is named here: some are none
    of text and raise, others make half characters that neither a database nor a digest takes.
    What was not UTF-8 shows as “�”, and forms ask for it again. “” for what cannot be read.
    """
    try:
        kind, said = parse_header_parameters(content_type)
    except (ValueError, LookupError):
        return ""
    if not any(name.lower() == "charset" for name in said):
        return content_type
    boundary = said.get("boundary", "")
    return f'{kind}; boundary="{boundary}"' if boundary and '"' not in boundary else kind


def plainly_named(cookies: str) -> str:
    """Those whose name is a token (RFC 6265, 4.1.1).

    Django strips from a name all that Unicode calls space, and browsers do not: what another site
    under our domain sets as “__Host-sessionid” behind such a space is no __Host- to them, comes
    after ours, and would be read in its place. Granian hands on nothing of a header with such
    bytes; other servers do.
    """
    named = (each for each in cookies.split(";") if "=" in each)
    return ";".join(each for each in named if _TOKEN.fullmatch(each.partition("=")[0].strip(" \t")))


def _without_body(environ: WSGIEnvironment) -> WSGIEnvironment:
    return environ | {"wsgi.input": BytesIO(), "CONTENT_LENGTH": "0"}


def _length(environ: WSGIEnvironment) -> int:
    """As Django reads it."""
    try:
        return int(environ.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0
