"""How long a login in the newsroom lasts, and how fresh the password is behind it.

It ends after `NEWSROOM_IDLE_MINUTES` in which nothing was asked and nothing typed
(static/js/admin/alive.js says that somebody types), and after `NEWSROOM_LOGIN_HOURS` at the latest.
"""

import time
from collections.abc import Callable
from datetime import timedelta
from http import HTTPStatus
from importlib import import_module

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from .paths import at_the_door, in_newsroom

FRESH_FOR = timedelta(minutes=15)  # after a password, roles and passwords may be changed
RENEWALS = 12  # writes at most within one idle time: not one a request

_SINCE, _SEEN, _FRESH = "newsroom_since", "newsroom_seen", "newsroom_fresh"  # seconds of time()


class NewsroomSessionMiddleware:
    """Ends logins in the newsroom, keeps those alive that are used, does nothing elsewhere.

    What a stranger posts to the newsroom is answered unread: it may be long, and come slowly.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not in_newsroom(request.path):
            return self.get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            _look_after(request)
        if request.method == "POST" and not request.user.is_authenticated:
            return _posted_by_a_stranger(request) or self.get_response(request)
        return self.get_response(request)


def not_logged_in(request: HttpRequest) -> HttpResponse:
    """For a form sent after the login ended; the login page would lose what was written: from there
    the browser's way back leads to an empty form."""
    return render(request, "admin/not_logged_in.html", status=HTTPStatus.FORBIDDEN)


def _posted_by_a_stranger(request: HttpRequest) -> HttpResponse | None:
    """The answer; None to the forms at the door, which are read."""
    if at_the_door(request.path):
        return None
    if request.path == reverse("admin:logout"):
        return HttpResponseRedirect(reverse("admin:index"))
    return not_logged_in(request)


def _look_after(request: HttpRequest) -> None:
    if not request.user.is_authenticated:
        return
    now, session = time.time(), request.session
    if now - session.get(_SINCE, now) >= settings.NEWSROOM_LOGIN_HOURS * 3600:
        logout(request)
    elif now - session.get(_SEEN, now) >= settings.SESSION_COOKIE_AGE / RENEWALS:
        session[_SEEN] = now  # saved, it lasts its whole age from now on


def note_login(request: HttpRequest) -> None:
    """Somebody has just logged in. A session of which this was not said is never prolonged."""
    request.session[_SINCE] = request.session[_SEEN] = time.time()
    note_password(request)


def note_password(request: HttpRequest) -> None:
    """The password was just given."""
    request.session[_FRESH] = time.time()


def forget_ended() -> None:
    """Delete the rows of logins that ended; only those that were logged out of are gone already."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()


def is_fresh(request: HttpRequest) -> bool:
    """Whether the password was given within `FRESH_FOR`."""
    age: float = time.time() - request.session.get(_FRESH, 0)
    return 0 <= age < FRESH_FOR.total_seconds()
