"""What a form saw was true until a moment ago: it looks once more, instead of failing.

Between a form's check and its row in the table a colleague may take an address or delete what the
form names. The database refuses then. Looked at again, the form takes the next free address, or
says what is wrong at its field, with everything that was typed.

Two who each wait for what the other holds are told apart by PostgreSQL, which turns one of them
away: that one, too, does all of it again, behind the other.

A database that takes nothing, such as on a full disk, is said so too, above what was typed.
"""

import logging
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from itertools import count
from typing import Any, TypeVar

from django.contrib.messages.storage import default_storage
from django.core.exceptions import ValidationError
from django.db import IntegrityError, OperationalError, connection
from django.http import HttpRequest, HttpResponse

log = logging.getLogger(__name__)

View = Callable[..., HttpResponse]
Done = TypeVar("Done")
DEADLOCK = "40P01"  # to PostgreSQL (manual, appendix A)
TIMES = 3
NOT_KEPT = (
    "Nothing was saved just now, and it is not your doing: the server could not write it down. "
    "Everything you typed is still here. Press the button again in a minute; if that fails too, "
    "tell whoever runs this server, whose log says why."
)


def looks_once_more(view: View) -> View:
    """A method that answers a post in a transaction of its own, done again if the database refuses
    what it wrote. Raises `IntegrityError` when that is refused too. Where it takes nothing, the
    form is shown again (`say_what_is_not_kept`), and answered with 503."""

    @wraps(view)
    def once_or_twice(desk: Any, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        sent, before = request.POST, count()

        def from_the_beginning() -> HttpResponse:
            if next(before):
                request.POST = sent
                forget_what_was_said(request)
            return view(desk, request, *args, **kwargs)

        try:
            return behind_the_other(from_the_beginning)
        except IntegrityError:
            return from_the_beginning()
        except OperationalError:
            if not sent:
                raise
            log.exception("A form could not be saved; who sent it has the words.")
            request.not_kept = True  # type: ignore[attr-defined]
            answer = from_the_beginning()
            answer.status_code = HTTPStatus.SERVICE_UNAVAILABLE
            return answer

    return once_or_twice


def behind_the_other(act: Callable[[], Done]) -> Done:
    """What is done in a transaction of its own, again if it was turned away because it and another
    waited for each other. Raises `OperationalError`."""
    for _ in range(TIMES - 1):
        try:
            return act()
        except OperationalError as error:
            if getattr(error.__cause__, "sqlstate", "") != DEADLOCK:
                raise
    return act()


def forget_what_was_said(request: HttpRequest) -> None:
    """That it is saved was said before the database refused it."""
    request._messages = default_storage(request)  # type: ignore[attr-defined]


def say_what_is_not_kept(request: HttpRequest, form: type[Any]) -> type[Any]:
    """The form, refused in words where the database just took nothing."""
    if not hasattr(request, "not_kept"):
        return form
    return type(form.__name__, (_NotKept, form), {})


class _NotKept:
    """Goes before a form, which it keeps from being saved."""

    def clean(self) -> Any:
        cleaned = super().clean()  # type: ignore[misc]
        self.add_error(None, ValidationError(NOT_KEPT, code="not_kept"))  # type: ignore[attr-defined]
        return cleaned


def hold_what_is_named() -> None:
    """Let the database check now what it would check at the commit, before anybody is told that it
    is saved. On PostgreSQL, rows that are named are then there until the commit; on SQLite, where
    one writes at a time, nobody else deletes them meanwhile, and nothing is checked here.
    """
    if connection.features.has_select_for_update:
        connection.check_constraints()
