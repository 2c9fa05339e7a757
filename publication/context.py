"""What every template may use."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from .models import Masthead


def masthead(_request: HttpRequest) -> dict[str, object]:
    """`masthead`: read when a template asks for it. One query a page."""
    return {"masthead": SimpleLazyObject(Masthead.objects.current)}
