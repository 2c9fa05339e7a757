"""Headers that every response carries."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

# Public pages load from this site alone, and run no inline script or style.
PUBLIC_POLICY = (
    "default-src 'self'; img-src 'self' data:{pictures}; object-src 'none'; base-uri 'none'; "
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
        self.public_policy = PUBLIC_POLICY.format(pictures=_pictures_host())

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        if not request.path.startswith(reverse("admin:index")):
            response.headers.setdefault("Content-Security-Policy", self.public_policy)
        return response


def _pictures_host() -> str:
    """Where renditions are served when that is not this site: a bucket, or what is before it."""
    address = urlsplit(default_storage.url("picture"))
    return f" {address.scheme}://{address.netloc}" if address.netloc else ""
