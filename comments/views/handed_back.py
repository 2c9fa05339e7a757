"""A reader's post that is not taken, and is handed back with a sentence and every word: something
in it is wrong, it came from elsewhere, or nothing could be saved."""

import logging
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Concatenate, ParamSpec, cast

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from .. import origin

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
# The page again: what is wrong in a sentence, the status to answer with, the view's own arguments.
Again = Callable[Concatenate[HttpRequest, str, int, P], HttpResponse]
log = logging.getLogger(__name__)

INVALID = _("Correct what is marked below and press the button again.")  # the heading says the rest
FOREIGN = _(
    "Your browser did not say that this form was sent from our own page, so it was not taken. "
    "Press the button once more. If you see this again, an extension or a privacy setting hides "
    "where the form comes from: allow it for this site, or use another browser."
)
NOT_KEPT = _(
    "We could not take this just now, and it is not your doing. Nothing you wrote is lost: press "
    "the button again in a minute."
)


def from_this_site(again: Again[P]) -> Callable[[View[P]], View[P]]:
    """Take posts of our own pages alone (comments/origin.py); hand back what cannot be saved."""

    def foreign(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        return again(request, str(FOREIGN), HTTPStatus.FORBIDDEN, *args, **kwargs)

    def decorate(view: View[P]) -> View[P]:
        return origin.posts_from_this_site(otherwise=foreign)(or_handed_back(again)(view))

    return decorate


def or_handed_back(again: Again[P]) -> Callable[[View[P]], View[P]]:
    """Answer 503 and the page again where the database takes nothing, as when its disk is full."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def careful(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            try:
                return view(request, *args, **kwargs)
            except OperationalError:
                if request.method != "POST":
                    raise
                said, status = str(NOT_KEPT), HTTPStatus.SERVICE_UNAVAILABLE
                answer = again(request, said, status, *args, **kwargs)  # or it is away as a whole
                log.exception("What a reader sent could not be saved; they have it still.")
                return answer

        return cast(View[P], careful)

    return decorate
