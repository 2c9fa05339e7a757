"""The page on which whoever works here chooses which mails they get."""

from typing import Any, cast

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from comments import own_mails
from comments.own_mails import What


def page(request: HttpRequest) -> HttpResponse:
    """Each with a box; a post says all of them."""
    user = cast(User, request.user)
    if request.method == "POST":
        own_mails.choose(user, request.POST.getlist("wanted"))
        messages.success(request, "Your choice is saved.")
        return redirect("admin:own_mails")
    stopped = own_mails.stopped(user)
    context: dict[str, Any] = admin.site.each_context(request) | {
        "title": "Your mails",
        "choices": [
            {"what": what, "when": _when()[what], "is_wanted": what not in stopped}
            for what in own_mails.offered(user)
        ],
    }
    return render(request, "admin/own_mails.html", context)


def _when() -> dict[What, str]:
    many = settings.COMMENTS_URGENT_FROM
    return {
        What.DAILY: f"once a day, from {settings.COMMENTS_DIGEST_HOUR}:00",
        What.URGENT: f"at once, on a day on which {many:,} or more do" if many else "never here",
        What.RETURNED: "at once, with the editor’s note",
    }
