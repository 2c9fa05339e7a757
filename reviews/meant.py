"""What somebody may have meant who searches: lists of that name, and, where nothing was found, what
is called almost so here."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from typing import Any

from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat

from . import covered
from .finding import asking, folding, near
from .models import Article, ArticleQuerySet, FestivalEdition, Reviewer, Section, Tag, written_once

MOST = 6
MOST_OF_LISTS = 1_000  # sections, tags, reviewers and editions that are looked through
_LISTS = {
    "section": covered.sections,
    "tag": covered.tags,
    "reviewer": covered.reviewers,
    "edition": covered.editions,
}


@dataclass(frozen=True)
class Meant:
    """A page that has pieces. `native` is a film's title, or somebody's name, in its own script."""

    name: str
    address: str
    language: str = ""
    native: str = ""
    native_language: str = ""


def by(query: str, unread: Mapping[str, asking.Rows]) -> list[Meant]:
    """The nearest first. Eleven queries at most; none goes through all films, people or pieces."""
    found = [
        *_films(query, unread["film"]),
        *_people(query, unread["person"]),
        *_pieces(query, unread["article"]),
        *_lists(query),
    ]
    found.sort(key=lambda near_and_page: -near_and_page[0])
    return [page for _, page in found[:MOST]]


def named(words: Sequence[str]) -> list[Meant]:
    """Pages of the sections, tags, reviewers and festivals' editions whose names have every word.
    One query, and one for each kind of which there are any."""
    needles = [folding.needle(word, in_names=True) for word in words]
    found: dict[str, list[int]] = {kind: [] for kind in _LISTS}
    for kind, pk, name in written_once.tuples("names of lists", _names, {}):
        folded = _folded(name)
        if all(needle in folded for needle in needles):
            found[kind].append(pk)
    every = (
        row for kind, keys in found.items() for row in covered.by_published(_LISTS[kind], keys)
    )
    return [Meant(str(row), row.get_absolute_url()) for row in islice(every, MOST)]


@lru_cache(maxsize=MOST_OF_LISTS)
def _folded(name: str) -> str:
    return folding.names([name])


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


def _lists(query: str) -> Near:
    rows = written_once.tuples("names of lists", _names, {})
    every = near.nearness(query, [name for _, _, name in rows])
    how_near: dict[str, dict[int, float]] = {kind: {} for kind in _LISTS}
    for (kind, pk, _), nearness in zip(rows, every, strict=True):
        if nearness:
            how_near[kind][pk] = nearness
    for kind, covers in _LISTS.items():
        for row in covered.by_published(covers, how_near[kind]):
            yield how_near[kind][row.pk], Meant(str(row), row.get_absolute_url())


def _names() -> Any:
    """Of sections, tags, reviewers and editions, whether or not they have pieces."""
    rows: list[Any] = [
        model._default_manager.order_by().values_list(Value(kind, CharField()), "pk", "name")
        for kind, model in (("section", Section), ("tag", Tag), ("reviewer", Reviewer))
    ]
    called = Concat("festival__name", Value(" "), Cast("year", CharField()))
    editions = FestivalEdition.objects.order_by()
    rows.append(editions.values_list(Value("edition", CharField()), "pk", called))
    return rows[0].union(*rows[1:], all=True)[:MOST_OF_LISTS]
