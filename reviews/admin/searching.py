"""What a search in the newsroom's lists finds: rows of which every word speaks, by whatever they
belong to. By subselects: joins of titles, credits and bylines would multiply each other."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest

from ..models import Article, Byline, CoveredFilm, Credit, FestivalEdition, Film, Person, Tag
from .mixin import Mixin

# Each asks eight tables, and an address has room for thousands.
MOST_WORDS = 12
_QUOTES = "“”‘’\"'"  # typed in one way and printed in another


class SearchesPieces(Mixin):
    search_fields = ("headline",)  # without any Django shows no box
    search_help_text = (
        "Headline, film, anybody credited on it or whom it is about, reviewer, festival or tag"
    )

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        for word in words(search_term):
            queryset = queryset.filter(_of_pieces(word))
        return queryset, False


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
