"""Headers that every response carries."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

# Public pages load from this site alone, and run no inline script or style.
PUBLIC_POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


class SecurityHeadersMiddleware:
    """Sets what Django's SecurityMiddleware does not: content and permissions policies.

    The admin is left out of the content policy: the body field's editor starts itself with an
    inline import map.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        if not request.path.startswith(reverse("admin:index")):
            response.headers.setdefault("Content-Security-Policy", PUBLIC_POLICY)
        return response
