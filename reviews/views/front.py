"""The front page: what is new, arranged."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from reviews.models import Article, Section

from . import apart

NEWEST = 36  # articles looked at, to find the festival coverage among them
LATEST = 8  # cards in the grid: two wide ones and full rows of three
FESTIVALS = 4
IN_A_SECTION = 3


@dataclass(frozen=True)
class Front:
    """The newest articles, each in one place."""

    lead: Article | None
    latest: Sequence[Article]
    festivals: Sequence[Article]

    def shown(self) -> list[int]:
        lead = [self.lead] if self.lead else []
        return [article.pk for article in (*lead, *self.latest, *self.festivals)]


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    return apart.page(request, "reviews/front.html", _read, "reviews/_said_by_readers.html")


def _read() -> dict[str, Any]:
    published = Article.objects.published()
    page = arrange(list(published.newest_first().for_cards()[:NEWEST]))
    rest = published.exclude(pk__in=page.shown()).newest_of_each_section(IN_A_SECTION)
    sections = [(section, list(of_it)) for section, of_it in groupby(rest, key=_section)]
    return {"front": page, "sections": sections}


def arrange(newest: Sequence[Article]) -> Front:
    """The newest leads; festival coverage has its own place; the others are the grid."""
    lead = newest[0] if newest else None
    festivals = [article for article in newest[1:] if article.festival_edition()][:FESTIVALS]
    latest = [article for article in newest[1:] if article not in festivals][:LATEST]
    return Front(lead, latest, festivals)


def _section(article: Article) -> Section:
    return article.section
