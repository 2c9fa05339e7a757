"""How many pieces each month of the archive has, and the lines that say so.

Months are those of the site's time zone, which no index knows; where they begin, one does. So each
month is counted by its own stretch of the index, many months in one statement. To name the month
of every piece SQLite would ask Python once for each; PostgreSQL does it by itself, and faster than
it plans so many counts.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connections
from django.db.models import Count, Value
from django.db.models.functions import TruncMonth
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, localize
from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from . import saying
from .fast_html import filled, joined
from .memoised import remembered
from .models import ArticleQuerySet

_STAND_IN, _IN_ADDRESS = (1999, 12), "1999/12"  # a month, to learn what stands around it
AT_ONCE = 240  # months in a statement; SQLite takes 500 SELECTs in one


@dataclass(frozen=True)
class Month:
    month: date  # its first day
    pieces: int


def counted(articles: ArticleQuerySet) -> list[Month]:
    """Months that have pieces, the newest first. Two queries, and one for each 20 years."""
    if connections[articles.db].vendor == "postgresql":
        named = articles.annotate(month=TruncMonth("first_published_at")).values_list("month")
        lines: Any = named.annotate(pieces=Count("pk")).order_by("-month")
        return [Month(month.date(), pieces) for month, pieces in lines]
    moments = articles.order_by().values_list("first_published_at", flat=True)
    newest = moments.order_by("-first_published_at").first()
    oldest = moments.order_by("first_published_at").first()
    if newest is None or oldest is None:
        return []
    months = list(back(timezone.localtime(newest), timezone.localtime(oldest)))
    pieces: dict[int, int] = {}
    for first in range(0, len(months), AT_ONCE):
        pieces |= _count(articles, months, first)
    return [Month(month, pieces[n]) for n, month in enumerate(months) if pieces.get(n)]


def beside(articles: ArticleQuerySet, year: int, month: int) -> tuple[date | None, date | None]:
    """The nearest months before and after one that have pieces. Two queries."""
    begins, ends = articles.bounds_of_month(year, month)
    moments = articles.order_by().values_list("first_published_at", flat=True)
    before = moments.filter(first_published_at__lt=begins).order_by("-first_published_at").first()
    after = moments.filter(first_published_at__gte=ends).order_by("first_published_at").first()
    earlier, later = (each and timezone.localtime(each).date() for each in (before, after))
    return earlier, later


def listed(months: Iterable[Month]) -> SafeString:
    """The lines of a list: each month's name, which leads to its page, and how many pieces."""
    language = saying.tongue().language
    before, _, after = reverse("reviews:archive_month", args=[*_STAND_IN]).partition(_IN_ADDRESS)
    return joined(
        "\n",
        [
            filled(
                '<li><a href="{}">{}</a> <span>{}</span></li>',
                f"{before}{row.month:%Y/%m}{after}",
                _name(row.month.month, language),
                _number(row.pieces, language),
            )
            for row in months
        ],
    )


@remembered(most=60)
def _name(month: int, _language: str) -> str:
    return date_format(date(2000, month, 1), "F")


@remembered(most=500)
def _number(pieces: int, _language: str) -> str:
    said = ngettext("%(pieces)s piece", "%(pieces)s pieces", pieces)
    return said % {"pieces": localize(pieces)}


def back(newest: datetime, oldest: datetime) -> Iterator[date]:
    """First days of all months from the newest back to the oldest."""
    for n in range(newest.year * 12 + newest.month, oldest.year * 12 + oldest.month - 1, -1):
        yield date((n - 1) // 12, (n - 1) % 12 + 1, 1)


def _count(articles: ArticleQuerySet, months: Sequence[date], first: int) -> dict[int, int]:
    """Place among the months → number of pieces. One query, of which Django writes one month."""
    sample = months[first]
    connection = connections[articles.db]
    one = (
        articles.of_month(sample.year, sample.month).order_by().annotate(one=Value(1)).values("one")
    )
    sql, said = one.annotate(pieces=Count("pk")).values("pieces").query.sql_with_params()
    adapt: Any = connection.ops.adapt_datetimefield_value
    begins, ends = map(adapt, articles.bounds_of_month(sample.year, sample.month))
    params: list[Any] = []
    at_once, next_begins = range(first, min(len(months), first + AT_ONCE)), ends
    for n in at_once:  # the newest first, so that each ends where the last one began
        here = {begins: adapt(articles.bounds_of_month(months[n].year, months[n].month)[0])}
        here[ends], next_begins = next_begins, here[begins]
        params += [n, *(here.get(value, value) for value in said)]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join([f"SELECT %s, ({sql})"] * len(at_once)), params)
        return {int(n): int(pieces or 0) for n, pieces in cursor.fetchall()}
