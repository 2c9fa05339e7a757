"""Words that the browser keeps until they are saved; static/js/admin/unsaved.js keeps them."""

import re
from typing import Any

from django.conf import settings
from django.forms import Media, Script
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

_KEEPS: Any = Script("js/admin/unsaved.js", type="module")
_PLACE: Any = Script("js/admin/place.js", type="module")  # where a save left off
UNSAVED = Media(js=[_KEEPS, _PLACE])
COOKIE = "saved_copy"
MOST_SECONDS = 60 * 60  # the next page reads it
_COPY = re.compile(r"[0-9a-z-]{8,40}")


def forget_copy(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Once a piece is saved, names its copy in a cookie: the next page's script forgets it.

    A refused form and a preview answer with a page, not with a redirect: their copy stays.
    """
    copy = request.POST.get("copy", "")
    if isinstance(response, HttpResponseRedirect) and _COPY.fullmatch(copy):
        response.set_cookie(
            COOKIE,
            copy,
            max_age=MOST_SECONDS,
            path="/admin/",
            secure=settings.SESSION_COOKIE_SECURE,
            samesite="Strict",
        )
    return response
