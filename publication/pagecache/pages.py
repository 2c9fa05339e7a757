"""Which addresses are stored, and the key each is stored under.

What a view does not ask for in the query string is no part of the key, and a number has one way to
be written, so that nobody can fill the store with one page under a million names. A new address of
the site has to be put into one of the two lists; a test sees to it.
"""

import re
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from django.conf import settings
from django.urls import NoReverseMatch, Resolver404, resolve, reverse

from publication.paths import LONGEST_PATH

PAGE = ("page",)

# The view's name, and what it asks for in the query string.
STORED: dict[str, tuple[str, ...]] = {
    "about": (),
    "robots": (),
    "comments:conversation": PAGE,
    "comments:feed": (),
    "comments:feed_on": (),
    "comments:thread": ("page", "sort"),
    "reviews:archive": (),
    "reviews:archive_month": PAGE,
    "reviews:edition": PAGE,
    "reviews:feature": (),
    "reviews:feature_list": PAGE,
    "reviews:feed": (),
    "reviews:festival_report": (),
    "reviews:festival_report_list": PAGE,
    "reviews:festivals": (),
    "reviews:film": (),
    "reviews:front": ("feed", "p", "page_id", "s"),  # with one, no page but where it leads by now
    "reviews:interview": (),
    "reviews:interview_list": PAGE,
    "reviews:news": (),
    "reviews:news_list": PAGE,
    "reviews:person": PAGE,
    "reviews:review": (),
    "reviews:review_list": ("page", "rating", "year", "country", "festival", "reviewer", "sort"),
    "reviews:reviewer": PAGE,
    "reviews:reviewer_feed": (),
    "reviews:section": PAGE,
    "reviews:section_feed": (),
    "reviews:sitemap": (),
    "reviews:sitemap_of": ("p",),
    "reviews:tag": PAGE,
    "reviews:tag_feed": (),
}

# Of one reader, of the desk, redirects, forms on a page of their own, and files.
NEVER_STORED = frozenset(
    {
        "comments:account",
        "comments:comment",
        "comments:confirm",
        "comments:follow",
        "comments:following",
        "comments:log_out",
        "comments:on_article",
        "comments:privacy",  # says whether anything is still kept for Akismet, which nobody watches
        "comments:privacy_ask",
        "comments:privacy_kept",
        "comments:reply",
        "comments:report",
        "comments:report_outcome",
        "comments:stop_following",
        "comments:stop_own_mails",
        "comments:to_account",
        "comments:unsubscribe",
        "comments:waiting",
        "comments:yours",
        "icon",
        "media",
        "reviews:preview",
        "reviews:search",
        "reviews:shared_preview",
        "security_txt",
        "touch_icon",
    }
)

NUMBERS = frozenset({"page", "p", "page_id"})
WORDS = frozenset({"feed", "s"})  # answered and not stored: there are as many as anybody types
_NUMBER = re.compile("[1-9][0-9]{0,8}")  # as our own links have it; Python reads many others
_REMEMBERED = 4_096  # paths


def asked_for(path: str) -> tuple[str, ...] | None:
    """The names in the query string that count at a path; None when it is not stored.

    A page has one address, the one its links have: “0001” finds what “1” does, and is not stored.
    """
    return None if len(path) > LONGEST_PATH else _asked_for(path)


@lru_cache(maxsize=_REMEMBERED)
def _asked_for(path: str) -> tuple[str, ...] | None:
    try:
        found: Any = resolve(path)
        name = found.view_name
        own = reverse(name, args=found.args, kwargs=found.captured_kwargs) if name in STORED else ""
    except (Resolver404, NoReverseMatch):
        return None
    return STORED[name] if own and unquote(own) == path else None


def canonical(names: tuple[str, ...], query: str) -> str | None:
    """The query string with nothing in it but what counts, in one order; None: not to be stored."""
    if not query or not names:
        return ""
    # The last of several counts, as in Django's QueryDict; an empty one may differ from none.
    said = dict(parse_qsl(query, keep_blank_values=True, max_num_fields=None))
    counted = [(name, said[name]) for name in sorted(names) if name in said]
    return urlencode(counted) if all(map(_is_own, counted)) else None


def _is_own(counted: tuple[str, str]) -> bool:
    """What is no number is the view's to judge: of what it does not know it keeps nothing."""
    name, value = counted
    if name in WORDS:
        return False
    return name not in NUMBERS or bool(_NUMBER.fullmatch(value))


def hosts() -> frozenset[str]:
    """The names, with the port where one is said, under which pages are stored.

    Django answers under a name of ALLOWED_HOSTS with any port; those are not stored.
    """
    site = urlsplit(settings.SITE_URL)
    port = f":{site.port}" if site.port else ""
    plain = {name.lower() for name in settings.ALLOWED_HOSTS if not name.startswith((".", "*"))}
    return frozenset({site.netloc.lower(), *plain, *(f"{name}{port}" for name in plain)})
