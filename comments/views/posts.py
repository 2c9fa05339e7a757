"""What is common to every post of a comment, or about one: its size, and the answers to it."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from ..models import TEXT_LIMIT

# Bytes of a post: twenty times the longest comment at twelve bytes a character, so that what is
# merely too long is read, counted and handed back. Less than the newsroom's limit in the settings.
POST_LIMIT = 2_500_000


class SeeOther(HttpResponseRedirect):
    """303: the answer to a post is a page to get (RFC 9110, 15.4.4)."""

    status_code = HTTPStatus.SEE_OTHER


def is_too_large(request: HttpRequest) -> bool:
    length = request.META.get("CONTENT_LENGTH") or "0"
    return length.isdecimal() and int(length) > POST_LIMIT


def not_sent(request: HttpRequest) -> HttpResponse:
    """For a post that answers nothing readers can see, or is too large to be read."""
    if is_too_large(request):
        too_large = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        return render(request, "comments/not_sent.html", {"limit": TEXT_LIMIT}, status=too_large)
    context = {"text": request.POST.get("text", "").replace("\x00", "")}
    return render(request, "comments/not_sent.html", context, status=HTTPStatus.NOT_FOUND)
