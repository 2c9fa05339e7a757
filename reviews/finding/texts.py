"""Which words pieces, films and people are found by, as the index has them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from html import unescape

from .. import body
from ..models import Article, Byline, CoveredFilm, Credit, Film, FilmTitle, Person
from . import folding


@dataclass(frozen=True)
class Words:
    """`names` are what it, the film it reviews and its people are called; `said` is what it says,
    and the films that it is about besides: whoever looks for a film finds its review before a list
    of ten. `at`: since when readers have seen it, where rows of its kind are in that order."""

    names: str
    said: str = ""
    at: datetime | None = None


def of(kind: str, keys: Collection[int]) -> Iterator[tuple[int, Words]]:
    """Of the rows of a kind that there are, with their keys. Seven queries for articles."""
    return _OF[kind](keys)


def _articles(keys: Collection[int]) -> Iterator[tuple[int, Words]]:
    found = Article.objects.filter(pk__in=keys).order_by()
    rows = list(
        found.values_list(
            *("pk", "first_published_at", "headline", "film", "standfirst", "verdict", "body")
        )
    )
    about: dict[int, list[int]] = defaultdict(list)
    covered = CoveredFilm.objects.filter(article__in=keys).order_by("article", "position", "pk")
    for article, film in covered.values_list("article", "film"):
        about[article].append(film)
    films = {film for _, _, _, film, *_ in rows if film}.union(*about.values())
    titles, people = _titles(films), _people(films)
    theirs: dict[int, list[str]] = defaultdict(list)
    bylines = Byline.objects.filter(article__in=keys).order_by()
    for article, reviewer in bylines.values_list("article", "reviewer__name"):
        theirs[article].append(reviewer)
    named = Article.people.through._default_manager.filter(article__in=keys).order_by()
    for article, *names in named.values_list("article", "person__name", "person__native_name"):
        theirs[article] += names
    for pk, at, headline, film, standfirst, verdict, html in rows:
        names = [headline, *titles.get(film, ()), *people.get(film, ()), *theirs[pk]]
        said = [standfirst, verdict, unescape(body.plain_text(html))]
        besides = [
            name for film in about[pk] for name in (*titles.get(film, ()), *people.get(film, ()))
        ]
        yield pk, Words(folding.names(names), f"{_texts(said)}\n{folding.names(besides)}", at)


def _films(keys: Collection[int]) -> Iterator[tuple[int, Words]]:
    for pk, titles in _titles(keys).items():
        yield pk, Words(folding.names(titles))


def _persons(keys: Collection[int]) -> Iterator[tuple[int, Words]]:
    rows = Person.objects.filter(pk__in=keys).order_by()
    for pk, *names in rows.values_list("pk", "name", "native_name"):
        yield pk, Words(folding.names(names))


def _titles(films: Collection[int]) -> dict[int, list[str]]:
    rows = Film.objects.filter(pk__in=films).order_by()
    titles = {pk: [title] for pk, title in rows.values_list("pk", "title")}
    others = FilmTitle.objects.filter(film__in=films).order_by()
    for film, title in others.values_list("film", "text"):
        if film in titles:
            titles[film].append(title)
    return titles


def _people(films: Collection[int]) -> dict[int, list[str]]:
    people: dict[int, list[str]] = defaultdict(list)
    credited = Credit.objects.filter(film__in=films).order_by()
    named = credited.values_list("film", "person__name", "person__native_name").distinct()
    for film, *names in named:
        people[film] += names
    return people


def _texts(said: Iterable[str]) -> str:
    """One a line, so that nothing is found across two of them."""
    return "\n".join(folding.text(each) for each in said if each)


SAYING = "article"  # the kind that has more words than its names
_OF = {"article": _articles, "film": _films, "person": _persons}
KINDS = {"article": Article, "film": Film, "person": Person}
