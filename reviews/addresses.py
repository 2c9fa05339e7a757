"""Public addresses: paths, as Django's `reverse` says them, and whole ones.

A page names dozens of paths, and to reverse one costs more than to write it: each name is asked for
once.
"""

import re
from functools import lru_cache
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.urls import get_script_prefix, reverse
from django.utils.encoding import iri_to_uri

_SLUG = re.compile(r"[-a-zA-Z0-9_]+")  # Django's `slug` converter
_STAND_INS = 7_206_193_754  # the first; to a converter a number may be a slug


def to(name: str, *of: str | int) -> str:
    """The path of that name for slugs and numbers, in the order in which it has them."""
    for value in of:
        if not (value >= 0 if isinstance(value, int) else _SLUG.fullmatch(value)):
            return reverse(name, args=of)
    path, *pieces = _pieces(name, len(of), settings.ROOT_URLCONF, get_script_prefix())
    for value, piece in zip(of, pieces, strict=True):
        path = f"{path}{value}{piece}"
    return path


def whole(path: str) -> str:
    """With scheme and host, always those of settings.SITE_URL, for a path that begins with “/”;
    what is whole already stays.

    The host that a request names is its sender's choice. A link made of it could lead readers,
    search engines and caches elsewhere.
    """
    is_whole = not path.startswith("/") and urlsplit(path).scheme
    return path if is_whole else f"{settings.SITE_URL}{path}"


def asked_on(to: str, request: HttpRequest) -> str:
    """Where a former address leads, asked what that was asked: which page of a list, or who sent
    the reader."""
    query = request.META.get("QUERY_STRING", "")
    return f"{to}?{iri_to_uri(query)}" if query else to


@lru_cache(maxsize=200)  # names; the public pages have some thirty
def _pieces(name: str, count: int, urlconf: str, _prefix: str) -> list[str]:
    """What stands around the slugs and numbers of an address."""
    stand_ins = range(_STAND_INS, _STAND_INS + count)
    pieces, rest = [], reverse(name, urlconf, [*stand_ins])
    for stand_in in stand_ins:
        before, _, rest = rest.partition(str(stand_in))
        pieces.append(before)
    return [*pieces, rest]
