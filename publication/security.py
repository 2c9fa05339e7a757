"""Headers that every response carries: what a browser may do with it.

Policies are in the terms of CSP Level 3 (w3.org/TR/CSP3), Permissions Policy and Fetch.
"""

import base64
import hashlib
from collections.abc import Callable
from functools import cache
from urllib.parse import urlsplit

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse
from django_prose_editor.widgets import importmap

from .paths import in_newsroom


def digest(text: str) -> str:
    """How a policy names an inline element: by the SHA-256 of what is in it (CSP3, 2.3.1)."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


# The two scripts that stand in the pages themselves, without a comment, for every page brings them
# (docs/decisions/0015-two-scripts-in-the-page.md). The first has to run before the first paint: the
# reader's choice of light or dark, kept in this browser alone. The last waits for the stylesheet,
# and the end of the page for it: browsers lay nothing out before they are there. By it a link with
# data-module is answered in place by that module.
IN_THE_PAGE = [
    (settings.BASE_DIR / "templates" / "includes" / name).read_text()
    for name in ("_first.js", "_last.js")
]

# Nothing but what is named, all of it from this site; no inline style or attribute, two scripts.
PUBLIC: dict[str, list[str]] = {
    "default-src": ["'none'"],
    "script-src": ["'self'", *map(digest, IN_THE_PAGE)],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "manifest-src": ["'self'"],
    "object-src": ["'none'"],
    "base-uri": ["'none'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
}
# The style element that the prose editor makes for itself, known by its content: Tiptap's basic
# rules. Every browser test of the editor fails when an update changes them.
EDITOR_STYLES = ["'sha256-PlumsSlvJ7vvWzjqibGAYKq92O3y/4JTxWWsWJvyUYA='"]
DENIED = (
    "accelerometer browsing-topics camera display-capture geolocation gyroscope hid magnetometer "
    "microphone midi payment serial usb xr-spatial-tracking"
)
PERMISSIONS_POLICY = ", ".join(f"{feature}=()" for feature in DENIED.split())


class SecurityHeadersMiddleware:
    """Sets what Django's SecurityMiddleware does not: content, permissions and resource policies.

    The newsroom's content policy allows the prose editor's import map and style elements, which
    are inline, by their digests.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        pictures = _pictures_host()
        self.public_policy = policy(PUBLIC | {"img-src": [*PUBLIC["img-src"], *pictures]})
        self.files = (settings.STATIC_URL, settings.MEDIA_URL)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        headers = response.headers
        headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        chosen = newsroom_policy() if in_newsroom(request.path) else self.public_policy
        headers.setdefault("Content-Security-Policy", chosen)
        # Pictures are shown by feed readers, and files may come through a CDN of another name.
        is_file = request.path.startswith(self.files)
        reach = "cross-origin" if is_file else "same-origin"
        headers.setdefault("Cross-Origin-Resource-Policy", reach)
        return response


def policy(directives: dict[str, list[str]]) -> str:
    """The header's value of a policy."""
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in directives.items())


@cache
def newsroom_policy() -> str:
    """As for the public pages, and what the prose editor needs."""
    import_map = importmap.render().partition(">")[2].rpartition("<")[0]
    more = {
        "script-src": [digest(import_map)],
        "style-src": EDITOR_STYLES,
        "img-src": _pictures_host(),
    }
    return policy({name: sources + more.get(name, []) for name, sources in PUBLIC.items()})


@cache
def standalone_policy() -> str:
    """For pages that are served when anything may be broken: their own style, and nothing else."""
    style = (settings.BASE_DIR / "templates" / "includes" / "_standalone.css").read_text()
    own = {"default-src": ["'none'"], "style-src": [digest(style)]}
    kept = ("object-src", "base-uri", "form-action", "frame-ancestors")
    return policy(own | {name: PUBLIC[name] for name in kept})


def _pictures_host() -> list[str]:
    """Where renditions are served when that is not this site: a bucket, or what is before it."""
    address = urlsplit(default_storage.url("picture"))
    return [f"{address.scheme}://{address.netloc}"] if address.netloc else []
