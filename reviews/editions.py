"""The lines of a list of festival editions."""

from collections.abc import Iterable

from django.utils.safestring import SafeString

from .fast_html import filled, joined
from .models import FestivalEdition

_LINE = '<li><a href="{}">{}</a> <span>{}</span></li>'


def listed(editions: Iterable[FestivalEdition]) -> SafeString:
    """Each one's name, which leads to its page, and its city. No query where `festival` was read
    with them."""
    return joined(
        "",
        [
            filled(_LINE, edition.get_absolute_url(), edition.festival.name, edition.city)
            for edition in editions
        ],
    )
