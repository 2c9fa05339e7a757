"""What articles are about and who wrote them: the films, people, countries … that they cover.

Each is asked by itself whether an article covers it, and the first that does is enough. A join
would go through all articles, and again through all that they lead to.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.lookups import IsNull
from django.utils import timezone

from .models import (
    Article,
    ArticleQuerySet,
    Byline,
    Country,
    CoveredFilm,
    Credit,
    Festival,
    FestivalEdition,
    Film,
    Person,
    Reviewer,
    Screening,
    Section,
    Tag,
    written_once,
)
from .models.article_queries import Among
from .models.one_of_each import OneOfEach
from .models.written_once import key, moment

Asked = Callable[[ArticleQuerySet], Any]


def by_published(what: Asked, keys: Iterable[int] | None = None, *, kind: str = "") -> list[Any]:
    """What published pieces cover, or those of a `kind`: of these `keys` alone, if they are given.
    `what` is a function of this module, or one that asks for more of what it finds. One query,
    which is written once; none for no keys."""
    among = None if keys is None else [*keys]
    if among == []:
        return []
    wanted = written_once.several(among or [])
    stand_ins = [key(number) for number in range(len(wanted))]

    def write() -> Any:
        published = Article.objects.published(moment())
        found = what(published.of_kind(kind) if kind else published)
        return found if among is None else found.filter(pk__in=stand_ins)

    values: dict[Any, Any] = {moment(): timezone.now()} | dict(zip(stand_ins, wanted, strict=True))
    return written_once.answer((what, kind, len(wanted)), write, values)


def reviewers(articles: ArticleQuerySet) -> QuerySet[Reviewer]:
    bylines = Byline.objects.filter(_by(articles))
    return Reviewer.objects.filter(Among("pk", OneOfEach(bylines, "reviewer_id")))


def sections(articles: ArticleQuerySet) -> QuerySet[Section]:
    return Section.objects.filter(Exists(articles.order_by().filter(section=OuterRef("pk"))))


def tags(articles: ArticleQuerySet) -> QuerySet[Tag]:
    tagged = articles.model.tags.through._default_manager.filter(tag=OuterRef("pk"))
    return Tag.objects.filter(Exists(tagged.filter(_by(articles))))


def films(articles: ArticleQuerySet) -> QuerySet[Film]:
    """Those they review and those they are also about."""
    mentions = CoveredFilm.objects.order_by().filter(film=OuterRef("pk"))
    named = Exists(mentions.filter(_by(articles)))
    return Film.objects.filter(_reviewed(articles, "pk") | Q(named))


def shown(articles: ArticleQuerySet) -> QuerySet[Person]:
    """Whom they are with or about, and whoever is credited on a film they review or are also
    about."""
    credited = Credit.objects.order_by().filter(person=OuterRef("pk"))
    on_films = Exists(credited.filter(film__in=films(articles)))
    return Person.objects.filter(_named(articles) | Q(on_films))


def people(articles: ArticleQuerySet) -> QuerySet[Person]:
    """Whom they are with or about, and whoever is credited on a film they review."""
    credited = Credit.objects.order_by().filter(person=OuterRef("pk"))
    on_films = Exists(credited.filter(_reviewed(articles, "film")))
    return Person.objects.filter(_named(articles) | Q(on_films))


def countries(articles: ArticleQuerySet) -> QuerySet[Country]:
    """Each is looked up: there are few, and to leaf through texts takes longer than that."""
    made_in = Film.countries.through.objects.filter(country=OuterRef("pk"))
    return Country.objects.filter(Exists(made_in.filter(_reviewed(articles, "film"))))


def years(articles: ArticleQuerySet) -> "QuerySet[Film, int]":
    """Years of films that they review, the latest first."""
    films = Film.objects.filter(_reviewed(articles, "pk"))
    shown = Film.objects.filter(Among("pk", OneOfEach(films, "year", keys=True)))
    return shown.order_by("-year").values_list("year", flat=True)


def festivals(articles: ArticleQuerySet) -> QuerySet[Festival]:
    """Those that screened a film which one of them reviews from there: of each edition one such
    screening is looked for. Between two ends that are the same, and in their order, only an index
    has them; PostgreSQL would join them all, or go through all for one."""
    there = {"edition__gte": OuterRef("pk"), "edition__lte": OuterRef("pk")}
    screened = Screening.objects.filter(_from(articles), **there).order_by("edition_id")
    shown = FestivalEdition.objects.filter(IsNull(Subquery(screened.values("pk")[:1]), False))
    return Festival.objects.filter(Exists(shown.order_by().filter(festival=OuterRef("pk"))))


def editions(articles: ArticleQuerySet) -> QuerySet[FestivalEdition]:
    """Those that they report from, or review a film from."""
    reports = Exists(articles.order_by().filter(edition=OuterRef("pk")))
    screened = Screening.objects.order_by().filter(edition=OuterRef("pk"))
    found = Q(reports) | Q(Exists(screened.filter(_from(articles))))
    return FestivalEdition.objects.filter(found).select_related("festival")


def _by(articles: ArticleQuerySet) -> Exists:
    return Exists(articles.order_by().filter(pk=OuterRef("article")))


def _named(articles: ArticleQuerySet) -> Any:
    named = articles.model.people.through._default_manager.filter(person=OuterRef("pk"))
    return Q(Exists(named.filter(_by(articles))))


def _reviewed(articles: ArticleQuerySet, film: str) -> Any:
    return Q(Exists(articles.order_by().filter(film=OuterRef(film))))


def _from(articles: ArticleQuerySet) -> Exists:
    return Exists(articles.order_by().filter(screening=OuterRef("pk")))
