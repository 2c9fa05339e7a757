"""What a search in the newsroom's lists finds: rows of which every word speaks, by whatever they
belong to. By subselects: joins of titles, credits and bylines would multiply each other."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from ..finding import asking, first
from ..models import Article, Byline, CoveredFilm, Credit, FestivalEdition, Film, Person, Tag
from ..search import NothingToFind, words_of
from .mixin import Mixin

# Each asks eight tables, and an address has room for thousands.
MOST_WORDS = 12
_QUOTES = "“”‘’\"'"  # typed in one way and printed in another


class SearchesPieces(Mixin):
    searches_texts = True  # offered beside what is found
    search_fields = ("headline",)  # without any Django shows no box
    search_help_text = (
        "Headline, film, anybody credited on it or whom it is about, reviewer, festival or tag"
    )

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """In what pieces say too, if the filter asks for that."""
        in_texts = TextFilter.parameter_name in request.GET
        unread = asking.unread() if in_texts else None
        for word in words(search_term):
            found = _of_pieces(word)
            queryset = queryset.filter(found | _saying(word, unread) if unread else found)
        return queryset, False


class TextFilter(admin.SimpleListFilter):
    """Where words are looked for: names tell pieces apart, and texts mention much."""

    title = "where words are looked for"
    parameter_name = "texts"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("too", "In the texts too")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset  # the search does it

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        names, *others = super().choices(changelist)
        yield {**names, "display": "In headlines and names"}
        yield from others


def words(term: str) -> Iterator[str]:
    """Without the quotation marks around them; no more than are looked for."""
    stripped = dict.fromkeys(word.strip(_QUOTES) for word in term.split())
    return islice(filter(None, stripped), MOST_WORDS)


def films(word: str) -> QuerySet[Film]:
    return Film.objects.filter(Q(title__icontains=word) | Q(titles__text__icontains=word))


def editions(word: str) -> QuerySet[FestivalEdition]:
    named = Q(festival__name__icontains=word)
    if word.isdecimal() and len(word) == len("2021"):
        named |= Q(year=word)
    return FestivalEdition.objects.filter(named)


def people(word: str) -> QuerySet[Person]:
    return Person.objects.filter(Q(name__icontains=word) | Q(native_name__icontains=word))


def _saying(word: str, unread: asking.Unread) -> Q:
    """Of the index that readers search by, which has drafts too. One query."""
    try:
        prepared = words_of(word)
    except NothingToFind:
        return Q(pk__in=[])
    return first.among("article", prepared, unread, in_names=False)


def _of_pieces(word: str) -> Q:
    called = people(word).values("pk")
    credited = Credit.objects.filter(person__in=called)
    naming = Article.people.through.objects.filter(person__in=called)
    about = Film.objects.filter(
        Q(pk__in=films(word).values("pk")) | Q(pk__in=credited.values("film"))
    ).values("pk")
    mentions = CoveredFilm.objects.order_by().filter(film__in=about)
    by = Byline.objects.filter(reviewer__name__icontains=word)
    tagged = Article.tags.through.objects.filter(tag__in=Tag.objects.filter(name__icontains=word))
    seen_at = editions(word).values("pk")
    return (
        Q(headline__icontains=word)
        | Q(film__in=about)
        | Q(pk__in=mentions.values("article"))
        | Q(pk__in=naming.values("article"))
        | Q(pk__in=by.values("article"))
        | Q(pk__in=tagged.values("article"))
        | Q(edition__in=seen_at)
        | Q(screening__edition__in=seen_at)
    )
