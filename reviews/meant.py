"""What somebody may have meant who searches: lists of that name, and, where nothing was found, what
is called almost so here."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from . import covered, lists
from .finding import asking, near
from .models import (
    Article,
    ArticleQuerySet,
)

MOST = 6


@dataclass(frozen=True)
class Meant:
    """A page that has pieces. `native` is a film's title, or somebody's name, in its own script."""

    name: str
    address: str
    language: str = ""
    native: str = ""
    native_language: str = ""


def by(query: str, unread: Mapping[str, asking.Rows], names: lists.Names) -> list[Meant]:
    """The nearest first. Six queries at most; none goes through all films, people or pieces."""
    how_near = near.nearest(query, unread, first=("article",))
    found = [
        *_films(how_near["film"]),
        *_people(how_near["person"]),
        *_pieces(how_near["article"]),
        *_lists(names.near(query)),
    ]
    found.sort(key=lambda near_and_page: -near_and_page[0])
    return [page for _, page in found[:MOST]]


def named(words: Sequence[str], names: lists.Names) -> list[Meant]:
    """Lists whose names have every word. One query, if there are any."""
    return [_list(row) for row in lists.with_pieces(names.having(words))[:MOST]]


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


def _lists(how_near: Mapping[lists.Row, float]) -> Near:
    for row in lists.with_pieces(how_near):
        yield how_near[row], _list(row)


def _list(row: lists.Row) -> Meant:
    return Meant(row.names()[0], row.address())
