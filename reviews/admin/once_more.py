"""What a form saw was true until a moment ago: it looks once more, instead of failing.

Between a form's check and its row in the table a colleague may take an address or delete what the
form names. The database refuses then. Looked at again, the form takes the next free address, or
says what is wrong at its field, with everything that was typed.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import IntegrityError, connection
from django.http import HttpRequest, HttpResponse

View = Callable[..., HttpResponse]


def looks_once_more(view: View) -> View:
    """A method that answers a post in a transaction of its own, done again if the database refuses
    what it wrote. Raises `IntegrityError` when that is refused too."""

    @wraps(view)
    def once_or_twice(desk: Any, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        sent = request.POST
        try:
            return view(desk, request, *args, **kwargs)
        except IntegrityError:
            request.POST = sent
            return view(desk, request, *args, **kwargs)

    return once_or_twice


def hold_what_is_named() -> None:
    """Let the database check now what it would check at the commit, before anybody is told that it
    is saved. On PostgreSQL, rows that are named are then there until the commit; on SQLite, where
    one writes at a time, nobody else deletes them meanwhile, and nothing is checked here.
    """
    if connection.features.has_select_for_update:
        connection.check_constraints()
