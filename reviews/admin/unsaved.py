"""Words that the browser keeps until they are saved; static/js/admin/unsaved.js keeps them."""

import re
from typing import Any

from django.conf import settings
from django.forms import Media, Script
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from .mixin import Mixin

_KEEPS: Any = Script("js/admin/unsaved.js", type="module")
_PLACE: Any = Script("js/admin/place.js", type="module")
PLACE = Media(js=[_PLACE])  # where a save left off
COOKIE = "saved_copies"
MOST_SECONDS = 60 * 60  # the next page reads it
MOST_NAMED = 20
_COPY = re.compile(r"[0-9a-z-]{8,40}")


class KeepsWhatIsTyped(Mixin):
    """For admins whose forms are long or have lists in them: the way back to a form that was not
    saved leads to one without the rows that were added. Stands before what answers a save."""

    @property
    def media(self) -> Media:
        return super().media + Media(js=[_KEEPS])

    def response_add(self, request: HttpRequest, obj: Any, *args: Any) -> HttpResponse:
        return forget_copy(request, super().response_add(request, obj, *args))

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        return forget_copy(request, super().response_change(request, obj))

    def response_action(self, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        """Of the pages on which something is written of many."""
        response = super().response_action(request, queryset)
        return response and forget_copy(request, response)


def forget_copy(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Names the copy of what is saved in a cookie: the next page's script forgets it, and those
    that none has read of yet, such as that of a film which was added in a window of its own. What
    is saved is answered by a redirect or, in such a window, by Django's page that closes it; a
    preview by a page of ours."""
    copy = request.POST.get("copy", "")
    saved = isinstance(response, HttpResponseRedirect | TemplateResponse)
    if saved and _COPY.fullmatch(copy):
        before = request.COOKIES.get(COOKIE, "").split(".")
        named = [name for name in before if _COPY.fullmatch(name)][1 - MOST_NAMED :]
        response.set_cookie(
            COOKIE,
            ".".join([*named, copy]),
            max_age=MOST_SECONDS,
            path="/admin/",
            secure=settings.SESSION_COOKIE_SECURE,
            samesite="Strict",
        )
    return response
