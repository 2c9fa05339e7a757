"""What is answered to posts beyond what this process takes: their own words, and nothing else."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Concatenate, ParamSpec, cast

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from .. import admission

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
TYPED = ("name", "email", "url", "replies", "subject", "stamp")
LONGEST_BODY = 2_500_000  # bytes; what is longer is refused elsewhere, unread


def while_admitted(view: View[P]) -> View[P]:
    """429 (RFC 6585, 4) with the form to send once more, when too many posts come in. No query."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        with admission.place() as admitted:
            return view(request, *args, **kwargs) if admitted else _busy(request)

    return cast(View[P], guarded)


def _busy(request: HttpRequest) -> HttpResponse:
    length = request.META.get("CONTENT_LENGTH") or "0"
    said = request.POST if length.isdigit() and int(length) <= LONGEST_BODY else {}
    typed = [(name, said[name].replace("\x00", "")) for name in TYPED if name in said]
    context = {"typed": typed, "text": said.get("text", "").replace("\x00", "")}
    headers = {"Retry-After": str(admission.TRY_AGAIN_IN), "Cache-Control": "no-store"}
    page = render_to_string("comments/busy.html", context)
    return HttpResponse(page, status=HTTPStatus.TOO_MANY_REQUESTS, headers=headers)
