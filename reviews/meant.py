"""What somebody may have meant whose search found nothing: what is called almost so here."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import CharField, Value

from . import covered
from .finding import asking, near
from .models import Article, ArticleQuerySet, Reviewer, Section, Tag, written_once

MOST = 6
MOST_OF_LISTS = 1_000  # sections, tags and reviewers that are looked through
_LISTS = {"section": covered.sections, "tag": covered.tags, "reviewer": covered.reviewers}


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
            yield how_near[kind][row.pk], Meant(row.name, row.get_absolute_url())


def _names() -> Any:
    """Of sections, tags and reviewers, whether or not they have pieces."""
    first, *others = [
        model._default_manager.order_by().values_list(Value(kind, CharField()), "pk", "name")
        for kind, model in (("section", Section), ("tag", Tag), ("reviewer", Reviewer))
    ]
    return first.union(*others, all=True)[:MOST_OF_LISTS]
