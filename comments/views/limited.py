"""How often one network may press the buttons that have no limit of their own."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from .. import origin, rate_limits
from ..rate_limits import Limit

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]

# Asking for what is kept: a family, each for an address or two.
ASKING = Limit("ask", 8, timedelta(hours=1))
# Asking for new pieces by mail: a cinema's audience is told of it, and has one network.
FOLLOWING = Limit("follow", 60, timedelta(hours=1))
# Pages with a private address: nobody changes a comment, or confirms one, more often by hand.
PRIVATE_PAGES = Limit("private", 60, timedelta(minutes=10))
# Going to log in: a family, each after having mistyped a password there.
ACCOUNTS = Limit("account", 20, timedelta(minutes=10))
# Mail providers press this for all their customers, from few addresses (RFC 8058).
UNSUBSCRIBING = Limit("unsubscribe", 600, timedelta(minutes=10))

KEPT = {
    "text": _("Your comment"),
    "email": _("Your e-mail address"),
}  # what somebody may have typed


def posts_at_most(limit: Limit, of: type[Form] = Form) -> Callable[[View[P]], View[P]]:
    """Answer more posts from one network than `limit` with 429 (RFC 6585, 4), Retry-After, a
    sentence that says when, and what was typed. What the form `of` does not take is not counted:
    it has no consequence, and who mistyped will come again."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def limited(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if request.method == "POST" and of(request.POST).is_valid():
                try:
                    rate_limits.take_from(limit, origin.client_address(request))
                except rate_limits.TooMany as wait:
                    return _later(request, wait)
            return view(request, *args, **kwargs)

        return cast(View[P], limited)

    return decorate


def _later(request: HttpRequest, wait: rate_limits.TooMany) -> HttpResponse:
    typed = ((label, request.POST.get(name, "")) for name, label in KEPT.items())
    kept = [(label, text.replace("\x00", "")) for label, text in typed if text]
    context = {"minutes": wait.minutes, "kept": kept}
    response = wait.answered(render(request, "comments/too_many.html", context))
    response["Cache-Control"] = "private, no-store"
    return response
