"""The first rows of an order that have every word, at a cost that is bounded, however many have.

Words that few have are asked of the index, and those that have them are put in order. Of words that
very many have the order is gone through from its beginning, where it soon has enough.
"""

from collections.abc import Sequence
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from . import asking

# Rows put in order; of more the order is gone through. Where one in twenty has the words, of 20,000
# the first 200 are found among some 4,000.
MOST_ORDERED = 1_000

M = TypeVar("M", bound=Model)


def having(
    words: Sequence[str], ordered: "QuerySet[M]", unread: asking.Unread, *, in_names: bool
) -> "QuerySet[M]":
    """Those of a queryset that has its order, to be cut where enough are found. One query more."""
    kind = ordered.model._meta.model_name or ""
    those = asking.keys(kind, words, in_names=in_names, most=MOST_ORDERED + 1)
    rows = unread.rows[kind]
    now = asking.having(rows, words, in_names=in_names)
    if len(those) <= MOST_ORDERED:
        wanted = {*those} - rows.keys() | now
        return ordered.filter(asking.one_of(kind, wanted)) if wanted else ordered.none()
    says = Q(asking.says(kind, words, in_names=in_names))
    return ordered.filter((says & ~Q(pk__in=list(rows))) | Q(pk__in=now) if rows else says)
