"""What every template may use."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from reviews import dependencies

from . import site_name
from .models import Masthead


def masthead(request: HttpRequest) -> dict[str, object]:
    """`masthead`: read when a template asks for it. One query a page, however many templates."""
    return {"masthead": SimpleLazyObject(lambda: _masthead(request))}


def _masthead(request: HttpRequest) -> Masthead:
    found = _current(request)
    site_name.remember(found.name)
    return found


def _current(request: HttpRequest) -> Masthead:
    if dependencies.are_kept():  # it is one, and whoever asks is told that it depends on it
        return dependencies.kept("masthead", Masthead.objects.current)
    if not hasattr(request, "masthead"):
        request.masthead = Masthead.objects.current()  # type: ignore[attr-defined]
    found: Masthead = request.masthead  # type: ignore[attr-defined]
    return found
