"""Public addresses of what has a slug: as Django's `reverse` says them, asked once for each name.

A page of cards names dozens of them, and to reverse one costs more than to write it.
"""

import re
from functools import lru_cache

from django.conf import settings
from django.urls import get_script_prefix, reverse

_SLUG = re.compile(r"[-a-zA-Z0-9_]+")  # Django's `slug` converter
_STAND_IN = "stands-for-a-slug"


def to(name: str, slug: str) -> str:
    """The path of that name for a slug."""
    if not _SLUG.fullmatch(slug):
        return reverse(name, args=[slug])
    before, after = _around(name, settings.ROOT_URLCONF, get_script_prefix())
    return f"{before}{slug}{after}"


@lru_cache(maxsize=200)  # names; the public pages have some twenty
def _around(name: str, urlconf: str, _prefix: str) -> tuple[str, str]:
    before, _, after = reverse(name, urlconf, [_STAND_IN]).rpartition(_STAND_IN)
    return before, after
