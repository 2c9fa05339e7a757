"""Readers are spoken to in the publication’s language, whoever works in it in English."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import override

from .paths import in_newsroom

OF_THE_NEWSROOM = "en-gb"  # its own words are written in it, and not translated


class NewsroomLanguageMiddleware:
    """Django's words, dates and the page's `lang` in the newsroom are in the language of ours.

    Readers' language is said too: where none is in force, whoever asks for it is answered by way of
    three exceptions. What is kept is in none: what a request writes for readers is said when they
    read it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        newsroom = in_newsroom(request.path)
        with override(OF_THE_NEWSROOM if newsroom else settings.LANGUAGE_CODE):
            return self.get_response(request)
