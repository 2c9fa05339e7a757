"""Lists of pieces by what they are called: sections, tags, reviewers, festivals' editions and
countries, for whoever types a name of one."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import CharField, Value
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import get_language

from . import addresses, covered
from .finding import folding, near
from .models import (
    Article,
    ArticleQuerySet,
    Country,
    Festival,
    FestivalEdition,
    Reviewer,
    Section,
    Tag,
    written_once,
)
from .models.written_once import TEXT, key, moment
from .names import in_order

# Names that are looked through. Tags are read last: an old publication may have more than all else.
MOST = 1_250
FEWEST_KEYS = 8  # of each kind a query has places for: so one serves for most searches


@dataclass(frozen=True)
class _Kind:
    """Of one kind of list its model, which of them pieces are on, the columns of a `Row`, and the
    type of its key."""

    model: Any
    covered: covered.Asked
    columns: tuple[Any, ...] = ("name", "slug", Value(0))
    key: type[int] | type[str] = int

    def stand_in(self, number: int) -> int | str:
        """For its keys, in a query that is written once."""
        return key(number) if self.key is int else f"{TEXT}{number}"


def _reviewed(pieces: ArticleQuerySet) -> Any:
    """A country's list is of reviews alone."""
    return covered.countries(pieces.of_kind(Article.Kind.REVIEW))


# In the order in which they are shown.
_KINDS = {
    "section": _Kind(Section, covered.sections),
    "tag": _Kind(Tag, covered.tags),
    "reviewer": _Kind(Reviewer, covered.reviewers),
    "edition": _Kind(
        FestivalEdition, covered.editions, ("festival__name", "festival__slug", "year")
    ),
    "country": _Kind(Country, _reviewed, ("name", Value(""), Value(0)), str),
}
_ORDER = [*_KINDS]


class Row(NamedTuple):
    """A list, with pieces or without. An edition has its festival's name and slug, and its year;
    all others have none, and a country has no slug."""

    kind: str
    key: str
    name: str
    slug: str
    year: int

    def names(self) -> list[str]:
        """What it goes by: first what readers are told, in the language of the pages."""
        if self.kind == "country":
            return list(dict.fromkeys([self._as_model().said(), self.name]))
        return [str(self._as_model())]

    def address(self) -> str:
        if self.kind == "country":
            return f"{addresses.to('reviews:review_list')}?country={self.key}"
        return str(self._as_model().get_absolute_url())

    def _as_model(self) -> Any:
        if self.kind == "country":
            return Country(code=self.key, name=self.name)
        if self.kind == "edition":
            festival = Festival(name=self.name, slug=self.slug)
            return FestivalEdition(festival=festival, year=self.year)
        return _KINDS[self.kind].model(name=self.name, slug=self.slug)


@dataclass(frozen=True)
class Names:
    """The rows, the names of each as they are looked for, and all of these together, as most words
    are in none."""

    rows: Sequence[Row]
    folded: Sequence[str]
    every: str

    def having(self, words: Iterable[str]) -> list[Row]:
        """Those whose names have every word, or part of one. No query."""
        first, *others = [folding.needle(word, in_names=True) for word in words]
        if first not in self.every:
            return []
        return [
            row
            for row, names in zip(self.rows, self.folded, strict=True)
            if first in names and all(needle in names for needle in others)
        ]

    def near(self, query: str) -> dict[Row, float]:
        """Those that are called almost so, with how near, to 1. No query."""
        found = near.among(query, self.folded, self.every)
        return {self.rows[place]: nearness for place, nearness in found.items()}


def read() -> Names:
    """One query."""
    rows = written_once.tuples(("names of lists", MOST), _every, {})
    return _folded(tuple(rows), get_language())


def with_pieces(rows: Collection[Row]) -> list[Row]:
    """Those of them that readers find pieces on: kind by kind, festivals' last editions first, all
    others by name. One query, which is written once for some numbers of keys; none for no rows."""
    values: dict[Any, Any] = {moment(): timezone.now()}
    asked: dict[str, list[Any]] = {}
    for name, kind in _KINDS.items():
        if keys := [kind.key(row.key) for row in rows if row.kind == name]:
            some = written_once.several([*keys, *keys[-1:] * (FEWEST_KEYS - len(keys))])
            asked[name] = [kind.stand_in(len(values) + number) for number in range(len(some))]
            values |= zip(asked[name], some, strict=True)
    if not asked:
        return []
    shape = ("lists", *((name, len(some)) for name, some in asked.items()))
    found = {*written_once.tuples(shape, lambda: _covered(asked), values)}
    return sorted((row for row in rows if (row.kind, row.key) in found), key=_place)


@lru_cache(maxsize=1)  # they are the same for most who search
def _folded(said: tuple[tuple[Any, ...], ...], _language: str | None) -> Names:
    """As the index would have them."""
    rows = [Row(*each) for each in said]
    folded = [folding.names(row.names()) for row in rows]
    return Names(rows, folded, "\n".join(folded))


def _place(row: Row) -> tuple[int, int, tuple[str, str]]:
    return _ORDER.index(row.kind), -row.year, in_order(row.names()[0])


def _every() -> Any:
    last = sorted(_KINDS, key="tag".__eq__)
    rows = [
        _KINDS[name]
        .model._default_manager.order_by()
        .values_list(*_which(name), *_KINDS[name].columns)
        for name in last
    ]
    return rows[0].union(*rows[1:], all=True)[:MOST]


def _covered(asked: Mapping[str, Sequence[Any]]) -> Any:
    """Which of the lists of these keys pieces are on."""
    published = Article.objects.published(moment())
    rows = [
        _KINDS[name].covered(published).filter(pk__in=keys).order_by().values_list(*_which(name))
        for name, keys in asked.items()
    ]
    return rows[0].union(*rows[1:], all=True)


def _which(name: str) -> tuple[Any, Any]:
    """A row by its kind and key."""
    return Value(name, CharField()), Cast("pk", CharField())
