"""What somebody may have meant who searches: lists of that name, and, where nothing was found, what
is called almost so here."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from typing import Any

from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import get_language

from . import addresses, covered
from .finding import asking, folding, near
from .models import (
    Article,
    ArticleQuerySet,
    Country,
    FestivalEdition,
    Reviewer,
    Section,
    Tag,
    written_once,
)

MOST = 6
MOST_OF_LISTS = 1_250  # sections, the 249 countries, tags, reviewers and editions
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
    """The nearest first. Ten queries at most; none goes through all films, people or pieces."""
    found = [
        *_films(query, unread["film"]),
        *_people(query, unread["person"]),
        *_pieces(query, unread["article"]),
        *_lists(query, lists),
    ]
    found.sort(key=lambda near_and_page: -near_and_page[0])
    return [page for _, page in found[:MOST]]


def named(words: Sequence[str], lists: Names) -> list[Meant]:
    """Pages of the lists whose names have every word. One query for each kind of which there are
    any."""
    first, *others = [folding.needle(word, in_names=True) for word in words]
    found: dict[str, list[str]] = {kind: [] for kind in _LISTS}
    looked_through = zip(lists.lists, lists.folded, strict=True) if first in lists.every else ()
    for (kind, key), name in looked_through:
        if first in name and all(needle in name for needle in others):
            found[kind].append(key)
    every = (page for kind, keys in found.items() for _, page in _pages(kind, keys))
    return list(islice(every, MOST))


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


def _films(query: str, unread: asking.Rows) -> Near:
    how_near = near.nearest("film", query, unread)
    for film in covered.by_published(_titled, how_near):
        page = Meant(str(film), film.get_absolute_url(), film.title_language())
        if title := film.other_title():
            page = replace(page, native=title.text, native_language=title.language)
        yield how_near[film.pk], page


def _titled(articles: ArticleQuerySet) -> Any:
    return covered.films(articles).prefetch_related("titles")


def _people(query: str, unread: asking.Rows) -> Near:
    how_near = near.nearest("person", query, unread)
    for person in covered.by_published(covered.people, how_near):
        native = person.native_name, person.native_language
        yield how_near[person.pk], Meant(person.name, person.get_absolute_url(), "", *native)


def _pieces(query: str, unread: asking.Rows) -> Near:
    how_near = near.nearest("article", query, unread, first=True)
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
    for kind, keys in how_near.items():
        for key, page in _pages(kind, keys):
            yield keys[key], page


def _pages(kind: str, keys: Collection[str]) -> Iterator[tuple[str, Meant]]:
    """Those that have pieces, with their keys. One query; none for no keys."""
    if kind != "country":
        for row in covered.by_published(_LISTS[kind], map(int, keys)):
            yield str(row.pk), Meant(str(row), row.get_absolute_url())
    elif keys:
        reviews = addresses.to("reviews:review_list")
        for row in covered.by_published(covered.countries, kind=Article.Kind.REVIEW):
            if row.code in keys:
                yield row.code, Meant(row.said(), f"{reviews}?country={row.code}")


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
