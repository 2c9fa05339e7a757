"""Where addresses of WordPress lead, from which a publication may have moved here.

Asked when nothing is found at an address.
"""

import re
from typing import Any

from django.urls import reverse

from . import addresses, former
from .models import Reviewer, Section, Tag

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
_TAIL = re.compile(r"/(?:amp|embed|feed|trackback|comment-page-\d{1,4}|\d{1,3})/?\Z")
_SLUG = re.compile(r"[a-z0-9_-]+")
_MONTH = re.compile(r"([12][0-9]{3})/(0[1-9]|1[0-2])")


def address_of(path: str) -> str:
    """The address here, or “”. A piece is one query or two, other pages are up to four more."""
    piece = former.piece_at(path)
    if piece is None and _TAIL.search(path):
        piece = former.piece_at(_TAIL.sub("", path))
    if piece is not None:
        return piece.get_absolute_url()
    path = path.strip("/")
    if month := _MONTH.fullmatch(path):
        return reverse("reviews:archive_month", args=[int(part) for part in month.groups()])
    taxonomy, _, rest = path.lower().partition("/")
    slug = rest.rpartition("/")[2]
    known = taxonomy in _TAXONOMIES and _SLUG.fullmatch(slug)
    return _named(taxonomy, slug) if known else ""


def _named(taxonomy: str, slug: str) -> str:
    for model in _TAXONOMIES[taxonomy]:
        row = model.objects.filter(slug=slug).first() or former.leads_to(model, slug)
        if row is not None:
            return str(row.get_absolute_url())
    is_list = taxonomy == "category" and slug in _LISTS
    return addresses.to(_LISTS[slug]) if is_list else ""
