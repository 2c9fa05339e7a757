"""What somebody may have meant who searches: lists of that name, and, where nothing was found, what
is called almost so here."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from typing import Any

from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone
from django.utils.translation import get_language

from . import addresses, covered
from .finding import asking, folding, near
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
from .models.written_once import TEXT, moment

MOST = 6
MOST_OF_LISTS = 1_250  # sections, the 249 countries, tags, reviewers and editions
FEWEST_KEYS = 8  # of each kind a query has places for: so one serves for most searches
_LISTS = {
    "section": covered.sections,
    "tag": covered.tags,
    "reviewer": covered.reviewers,
    "edition": covered.editions,
    "country": covered.countries,
}


@dataclass(frozen=True)
class Meant:
    """A page that has pieces. `native` is a film's title, or somebody's name, in its own script."""

    name: str
    address: str
    language: str = ""
    native: str = ""
    native_language: str = ""


@dataclass(frozen=True)
class Names:
    """What kind of list each is, its key, and its name as it is looked for; `every` has all names,
    as most words are in none."""

    lists: Sequence[tuple[str, str]]
    folded: Sequence[str]
    every: str


def names() -> Names:
    """Of sections, countries, tags, reviewers and festivals' editions, with pieces or without. One
    query."""
    rows = written_once.tuples("names of lists", _names, {})
    return _folded(tuple(rows), get_language())


def by(query: str, unread: Mapping[str, asking.Rows], lists: Names) -> list[Meant]:
    """The nearest first. Six queries at most; none goes through all films, people or pieces."""
    how_near = near.nearest(query, unread, first=("article",))
    found = [
        *_films(how_near["film"]),
        *_people(how_near["person"]),
        *_pieces(how_near["article"]),
        *_lists(query, lists),
    ]
    found.sort(key=lambda near_and_page: -near_and_page[0])
    return [page for _, page in found[:MOST]]


def named(words: Sequence[str], lists: Names) -> list[Meant]:
    """Pages of the lists whose names have every word. One query, if there are any."""
    first, *others = [folding.needle(word, in_names=True) for word in words]
    found: dict[str, list[str]] = {kind: [] for kind in _LISTS}
    looked_through = zip(lists.lists, lists.folded, strict=True) if first in lists.every else ()
    for (kind, key), name in looked_through:
        if first in name and all(needle in name for needle in others):
            found[kind].append(key)
    return [page for _, _, page in islice(_pages(found), MOST)]


@lru_cache(maxsize=1)  # they are the same for most who search
def _folded(rows: tuple[tuple[str, str, str], ...], _language: str | None) -> Names:
    """As the index would have them; a country by what it is called in the pages' language, too."""
    said = [
        [Country(code=key, name=name).said(), name] if kind == "country" else [name]
        for kind, key, name in rows
    ]
    folded = [folding.names(each) for each in said]
    return Names([(kind, key) for kind, key, _ in rows], folded, "\n".join(folded))


Near = Iterator[tuple[float, Meant]]


def _films(how_near: Mapping[int, float]) -> Near:
    for film in covered.by_published(_titled, how_near):
        page = Meant(str(film), film.get_absolute_url(), film.title_language())
        if title := film.other_title():
            page = replace(page, native=title.text, native_language=title.language)
        yield how_near[film.pk], page


def _titled(articles: ArticleQuerySet) -> Any:
    return covered.films(articles).prefetch_related("titles")


def _people(how_near: Mapping[int, float]) -> Near:
    for person in covered.by_published(covered.people, how_near):
        native = person.native_name, person.native_language
        yield how_near[person.pk], Meant(person.name, person.get_absolute_url(), "", *native)


def _pieces(how_near: Mapping[int, float]) -> Near:
    for piece in covered.by_published(_others, how_near):
        page = Meant(piece.headline, piece.get_absolute_url(), piece.language)
        yield how_near[piece.pk], page


def _others(articles: ArticleQuerySet) -> Any:
    """But for reviews: their films lead there."""
    others = articles.exclude(kind=Article.Kind.REVIEW).order_by()
    return others.only("kind", "slug", "headline", "language")


def _lists(query: str, lists: Names) -> Near:
    how_near: dict[str, dict[str, float]] = {kind: {} for kind in _LISTS}
    for place, nearness in near.among(query, lists.folded, lists.every).items():
        kind, key = lists.lists[place]
        how_near[kind][key] = nearness
    for kind, key, page in _pages(how_near):
        yield how_near[kind][key], page


def _pages(wanted: Mapping[str, Collection[str]]) -> Iterator[tuple[str, str, Meant]]:
    """Those that have pieces, each with its kind and key: kind by kind, festivals' last editions
    first, all others by name. One query, which is written once for some numbers of keys; none for
    no keys."""
    values: dict[Any, Any] = {}
    stand_ins: dict[str, list[Any]] = {}
    for kind, keys in wanted.items():
        some = written_once.several([*keys, *[*keys][-1:] * (FEWEST_KEYS - len(keys))])
        places = range(len(values), len(values) + len(some))
        if kind == "country":
            stand_ins[kind] = [f"{TEXT}{place}" for place in places]
            values |= zip(stand_ins[kind], some, strict=True)
        else:
            stand_ins[kind] = [written_once.key(place) for place in places]
            values |= zip(stand_ins[kind], map(int, some), strict=True)
    asked = {kind: names for kind, names in stand_ins.items() if names}
    if not asked:
        return
    shape = ("lists", *((kind, len(names)) for kind, names in asked.items()))
    values[moment()] = timezone.now()
    rows = written_once.tuples(shape, lambda: _covered(asked), values)
    order = [*_LISTS]
    rows.sort(key=lambda row: (order.index(row[0]), -row[-1], row[2]))
    for kind, key, *said in rows:
        yield kind, key, _page(kind, key, *said)


def _covered(keys: Mapping[str, Sequence[Any]]) -> Any:
    """Of each list its kind, key, name and slug; and of an edition, which is called by its
    festival's, its year."""
    published = Article.objects.published(moment())
    rows: list[Any] = []
    for kind, some in keys.items():
        pieces = published.of_kind(Article.Kind.REVIEW) if kind == "country" else published
        said: Any = {
            "country": ("name", Value(""), Value(0)),
            "edition": ("festival__name", "festival__slug", "year"),
        }.get(kind, ("name", "slug", Value(0)))
        found = _LISTS[kind](pieces).filter(pk__in=some).order_by()
        rows.append(found.values_list(Value(kind), Cast("pk", CharField()), *said))
    return rows[0].union(*rows[1:], all=True)


def _page(kind: str, key: str, name: str, slug: str, year: int) -> Meant:
    if kind == "country":
        address = f"{addresses.to('reviews:review_list')}?country={key}"
        return Meant(Country(code=key, name=name).said(), address)
    row: Any = (
        FestivalEdition(festival=Festival(name=name, slug=slug), year=year)
        if kind == "edition"
        else {"section": Section, "tag": Tag, "reviewer": Reviewer}[kind](name=name, slug=slug)
    )
    return Meant(str(row), row.get_absolute_url())


def _names() -> Any:
    key = Cast("pk", CharField())
    rows: list[Any] = [
        model._default_manager.order_by().values_list(Value(kind, CharField()), key, "name")
        for kind, model in (
            ("section", Section),
            ("country", Country),
            ("tag", Tag),
            ("reviewer", Reviewer),
        )
    ]
    called = Concat("festival__name", Value(" "), Cast("year", CharField()))
    editions = FestivalEdition.objects.order_by()
    rows.append(editions.values_list(Value("edition", CharField()), key, called))
    return rows[0].union(*rows[1:], all=True)[:MOST_OF_LISTS]
