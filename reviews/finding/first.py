"""The first rows of an order that have every word, at a cost that is bounded, however many have."""

from collections.abc import Collection, Sequence
from typing import Any

from django.db.models import Q, QuerySet

from ..models import Article
from . import asking, engines, places


def newest(words: Sequence[str], unread: asking.Unread, *, in_names: bool, most: int) -> list[int]:
    """Keys of the published pieces that have every word, the newest first: so many at most. Two
    queries, and as many again where readers see few of them.

    The index has them in this order, but for those of one day: where many have the words, of the
    last day that is reached any may be left out.
    """
    rows = unread.rows[places.DATED]
    now = asking.having(rows, words, in_names=in_names)
    # Some more than are wanted, because readers do not see all.
    chunks = asking.in_order(places.DATED, words, in_names=in_names, at_once=most + most // 10)
    wanted, found = {*now}, list[int]()
    for keys in chunks:
        wanted |= {*keys} - rows.keys()
        found = _shown(wanted) if wanted else []
        if len({*found} - now) >= most:
            break
    return found[:most]


def having(
    words: Sequence[str],
    ordered: Sequence["QuerySet[Any]"],
    unread: asking.Unread,
    *,
    in_names: bool,
) -> list["QuerySet[Any]"]:
    """Those of querysets that have their own orders, each to be cut where enough are found. One
    query more.

    Words that few have are asked of the index, and those that have them are put in order. Of words
    that very many have the order is gone through from its beginning, where it soon has enough.
    """
    kinds = [each.model._meta.model_name or "" for each in ordered]
    those = asking.keys(kinds, words, in_names=in_names, most=engines.MOST_ORDERED + 1)
    found = []
    for kind, each, indexed in zip(kinds, ordered, those, strict=True):
        have = _having(kind, words, unread, indexed, in_names=in_names)
        found.append(each.filter(have) if have else each.none())
    return found


def among(kind: str, words: Sequence[str], unread: asking.Unread, *, in_names: bool) -> Q:
    """Rows of a kind that have every word, whoever may see them. One query, and what is asked of
    each row where very many have them."""
    (indexed,) = asking.keys([kind], words, in_names=in_names, most=engines.MOST_ORDERED + 1)
    return _having(kind, words, unread, indexed, in_names=in_names) or Q(pk__in=[])


def _having(
    kind: str,
    words: Sequence[str],
    unread: asking.Unread,
    indexed: Sequence[int],
    *,
    in_names: bool,
) -> Q | None:
    """None where no row has them."""
    rows = unread.rows[kind]
    now = asking.having(rows, words, in_names=in_names)
    if len(indexed) <= engines.MOST_ORDERED:
        wanted = {*indexed} - rows.keys() | now
        return asking.one_of(kind, wanted) if wanted else None
    says = Q(asking.says(kind, words, in_names=in_names))
    return (says & ~Q(pk__in=list(rows))) | Q(pk__in=now) if rows else says


def _shown(keys: Collection[int]) -> list[int]:
    """Those of them that readers see, the newest first."""
    wanted = asking.one_of(places.DATED, keys)
    shown = Article.objects.published().newest_first().filter(wanted)
    return list(shown.values_list("pk", flat=True))
