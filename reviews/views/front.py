"""The front page: what is new, arranged."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from reviews import replies
from reviews.models import Article, Section, for_readers

from . import apart
from .former import numbered

NEWEST = 36  # articles looked at, to find the festival coverage among them
LATEST = 8  # cards in the grid: two wide ones and full rows of three
FESTIVALS = 4
IN_A_SECTION = 3


@dataclass(frozen=True)
class Front:
    """Keys of the newest articles, each in one place."""

    lead: int | None
    latest: Sequence[int]
    festivals: Sequence[int]

    def shown(self) -> list[int]:
        lead = [self.lead] if self.lead else []
        return [*lead, *self.latest, *self.festivals]


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """With what WordPress had there behind the question mark it leads on: to the piece of a number,
    to what is looked for, to a feed."""
    asked = request.GET
    number = asked.get("p", asked.get("page_id"))
    if number is not None:
        return numbered(number)
    if "s" in asked:
        return redirect(reverse("reviews:search", query={"q": asked["s"]}), permanent=True)
    if "feed" in asked:
        of_comments = asked["feed"].startswith("comments-")
        feed = replies.of_all() if of_comments else reverse("reviews:feed")
        return redirect(feed, permanent=True)
    return apart.page(request, "reviews/front.html", _read, "reviews/_said_by_readers.html")


def _read() -> dict[str, Any]:
    page = arrange(for_readers.newest(NEWEST))
    cards = {article.pk: article for article in for_readers.cards(page.shown())}
    rest = for_readers.newest_of_each_section(IN_A_SECTION, page.shown())
    return {
        "front": True,
        "lead": cards.get(page.lead) if page.lead else None,
        "latest": [cards[key] for key in page.latest if key in cards],
        "festivals": [cards[key] for key in page.festivals if key in cards],
        "sections": [(section, list(of_it)) for section, of_it in groupby(rest, key=_section)],
    }


def arrange(newest: Sequence[tuple[int, int | None, bool]]) -> Front:
    """The newest leads, or the newest that its editors want to; festival coverage has its own
    place; the others are the grid. Each is the key of an article, that of its festival edition, and
    whether it is wanted to lead."""
    wanted = [key for key, _, leads in newest if leads]
    lead = next(iter(wanted or [key for key, *_ in newest]), None)
    others = [(key, edition) for key, edition, _ in newest if key != lead]
    festivals = [key for key, edition in others if edition is not None][:FESTIVALS]
    latest = [key for key, _ in others if key not in festivals][:LATEST]
    return Front(lead, latest, festivals)


def _section(article: Article) -> Section:
    return article.section
