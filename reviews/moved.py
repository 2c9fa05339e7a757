"""Where addresses of WordPress lead, from which a publication may have moved here.

Asked when nothing is found at an address; none leads to a page that is not there.
"""

import re
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from . import addresses, feeds, former, replies
from .models import LONGEST_ADDRESS, Article, Image, Reviewer, Section, Tag
from .wordpress import media

# What has a page under a name there, in the order in which it is looked for here.
_TAXONOMIES: dict[str, tuple[Any, ...]] = {
    "category": (Section, Tag),
    "tag": (Tag,),
    "author": (Reviewer,),
}
# Categories that are kinds here.
_LISTS = {
    "reviews": "reviews:review_list",
    "interviews": "reviews:interview_list",
    "features": "reviews:feature_list",
    "news": "reviews:news_list",
    "festival-reports": "reviews:festival_report_list",
}
# What WordPress puts behind the address of a piece: other forms of it, and pages of its comments.
_TAIL = re.compile(r"/(?:amp|embed|feed(?:/\w{1,8})?|trackback|comment-page-\d{1,4}|\d{1,4})\Z")
_OF_REPLIES = re.compile(r"/feed(?:/\w{1,8})?\Z")  # the feed that each piece has there
_FEED = re.compile(r"(?:(.+)/)?feed(?:/(?:rss2?|atom|rdf))?|rss2?|atom|rdf")
_PAGE = re.compile(r"/page/\d{1,4}\Z")
_PAGE_OF_ALL = re.compile(r"page/\d{1,4}")
_TIME = re.compile(r"([12][0-9]{3})(?:/(0[1-9]|1[0-2])(?:/[0-3][0-9])?)?")
_SLUG = re.compile(r"[a-z0-9_-]+")


@dataclass(frozen=True)
class Lead:
    """Where an address leads to, for good or for now."""

    to: str
    for_good: bool = True


def lead_of(path: str) -> Lead | None:
    """One query for most; pages of a category, a tag or a writer are up to three more."""
    path = path.strip("/")
    if len(path) > LONGEST_ADDRESS:
        return None
    shorter = _TAIL.sub("", path)
    above = path.rpartition("/")[0]  # of the page that a picture had
    found = former.there([path, shorter, above, *media.places(path)])
    if isinstance(found, Image):
        to, for_good = found.address(), False  # another one once it is replaced
    elif found and _OF_REPLIES.search(path):
        to, for_good = replies.of(found)[1], True
    else:
        to, for_good = found.get_absolute_url() if found else _list_of(path), True
    return Lead(to, for_good) if to else None


def _list_of(path: str) -> str:
    """The address of what several pieces are on, or “”."""
    if feed := _FEED.fullmatch(path):
        return _feed_of(feed[1] or "")
    if _PAGE_OF_ALL.fullmatch(path):
        return addresses.to("reviews:archive")
    path = _PAGE.sub("", path)
    if time := _TIME.fullmatch(path):
        return _archive(int(time[1]), int(time[2] or 0))
    taxonomy, slug = _ends(path)
    row = _row(taxonomy, slug)
    if row is not None:
        return str(row.get_absolute_url())
    is_list = taxonomy == "category" and slug in _LISTS
    return addresses.to(_LISTS[slug]) if is_list else ""


def _feed_of(path: str) -> str:
    """Of what had one; of all, where that has none here."""
    if path == "comments":
        return replies.of_all()
    taxonomy, slug = _ends(path)
    if path and taxonomy not in _TAXONOMIES:
        return ""
    row = _row(taxonomy, slug)
    return feeds.address(row) if row is not None else addresses.to("reviews:feed")


def _ends(path: str) -> tuple[str, str]:
    """The first and the last part of a path."""
    taxonomy, _, rest = path.lower().partition("/")
    return taxonomy, rest.rpartition("/")[2]


def _archive(year: int, month: int) -> str:
    """Of a month, or of all; “” where there was nothing then."""
    pieces = Article.objects.published()
    if month:
        is_one = pieces.of_month(year, month).exists()
        return reverse("reviews:archive_month", args=[year, month]) if is_one else ""
    is_one = pieces.filter(first_published_at__year=year).exists()
    return addresses.to("reviews:archive") if is_one else ""


def _row(taxonomy: str, slug: str) -> Any:
    """What has that name, or had it; None where nothing has."""
    for model in _TAXONOMIES.get(taxonomy, ()) if _SLUG.fullmatch(slug) else ():
        row = former.named(model, slug) or former.leads_to(model, slug)
        if row is not None:
            return row
    return None
