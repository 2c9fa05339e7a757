"""Addresses with scheme and host: always those of settings.SITE_URL.

The host that a request names is its sender's choice. A link made of it could lead readers, search
engines and caches elsewhere.
"""

from urllib.parse import urlsplit

from django.conf import settings


def whole(path: str) -> str:
    """The whole address of a path that begins with “/”; one that is whole already stays."""
    is_whole = not path.startswith("/") and urlsplit(path).scheme
    return path if is_whole else f"{settings.SITE_URL}{path}"
