"""The page on which an action of a list asks something about the rows that are ticked."""

from typing import Any

from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def ask(
    desk: Any, request: HttpRequest, template: str, title: str, *, wrong: Any, **shown: Any
) -> HttpResponse:
    """`wrong`: whether it was answered, and cannot be done so; then it is a 422. The answer goes to
    the list as it is filtered, and so does who leaves the rows as they are."""
    context = desk.admin_site.each_context(request) | {
        "opts": desk.opts,
        "media": desk.media,
        "title": title,
        "list_url": request.get_full_path(),
        "checkbox": ACTION_CHECKBOX_NAME,
    }
    return render(request, template, context | shown, status=422 if wrong else 200)
