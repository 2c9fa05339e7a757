"""What a request says of itself through headers that only our own proxies may set."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from comments import origin

FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST")
NAME_IT = (
    "Put the address of the proxy into .env, such as TRUSTED_PROXIES=127.0.0.1; or say "
    "HTTPS=false where there is no certificate."
)


def nobody_is_believed() -> str:
    """What that leads to where HTTPS is asked for, which only a proxy can end; or “”."""
    if not settings.HTTPS or settings.TRUSTED_PROXIES:
        return ""
    return (
        "TRUSTED_PROXIES names no proxy, and HTTPS is taken for granted: every page leads to "
        "itself, for ever, and nobody can log in."
    )


class ForwardedHeadersMiddleware:
    """Takes X-Forwarded-* away from whoever is not in settings.TRUSTED_PROXIES.

    Of several X-Forwarded-Proto the last counts: it is what the proxy beside us added, and what
    stands before it anybody can write. Stands before all that reads them.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not origin.comes_from_proxy(request.META):
            for name in FORWARDED:
                request.META.pop(name, None)
        elif said := request.META.get("HTTP_X_FORWARDED_PROTO"):
            request.META["HTTP_X_FORWARDED_PROTO"] = said.rpartition(",")[2].strip()
        return self.get_response(request)
