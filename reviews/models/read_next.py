"""What to read after a piece: which are near it, and how near.

Every way to be near is asked for a few of the newest by its own index. All pieces are never
measured, so it costs as much after twenty years as after one.
"""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Value, When

from .article_parts import CoveredFilm, RelatedChoice
from .films import Credit, Film

if TYPE_CHECKING:
    from .article_queries import ArticleQuerySet
    from .articles import Article

# Of what is as near, the pinned in their order, then the newest.
NEAREST_FIRST = ("nearness", "pinned_at", "-first_published_at", "-pk")
# Of its countries are looked at: the newest reviews, and whatever a smaller cinema has.
NEWEST_LOOKED_AT = 300
FILMS_LOOKED_AT = 200


def related(articles: "ArticleQuerySet", article: "Article", count: int) -> Any:
    """The `count` nearest of the articles, the nearest first."""
    near = _measured(articles, article, _candidates(articles, article, count))
    return near.order_by(*NEAREST_FIRST)[:count]


def around(articles: "ArticleQuerySet", article: "Article", at: Any, count: int) -> Any:
    """What was published just before (`beside` is -1) and just after it (1), then related ones:
    at least the `count` nearest, if there are so many."""
    before, after = _before(articles, article, at), _after(articles, article, at)
    beside = Case(
        When(pk=Subquery(before), then=Value(-1)),
        When(pk=Subquery(after), then=Value(1)),
        output_field=models.SmallIntegerField(),
    )
    every = articles.model._default_manager.order_by()
    steps = [every.filter(pk__in=side).values("pk") for side in (before, after)]
    candidates = [*_candidates(articles, article, count), *steps]
    near = _measured(articles, article, candidates).annotate(beside=beside)
    return near.order_by(F("beside").asc(nulls_last=True), *NEAREST_FIRST)[: count + 2]


def _before(articles: "ArticleQuerySet", article: "Article", at: Any) -> Any:
    earlier = Q(first_published_at__lt=at) | Q(pk__lt=article.pk)
    side = articles.filter(earlier, first_published_at__lte=at).newest_first()
    return side.values("pk")[:1]


def _after(articles: "ArticleQuerySet", article: "Article", at: Any) -> Any:
    later = Q(first_published_at__gt=at) | Q(pk__gt=article.pk)
    side = articles.filter(later, first_published_at__gte=at)
    return side.order_by("first_published_at", "pk").values("pk")[:1]


def _measured(articles: "ArticleQuerySet", article: "Article", candidates: list[Any]) -> Any:
    """The candidates with their `nearness`: 0 is nearest. None is not near: of what was left out,
    or is a candidate for where else it stands."""
    first, *others = candidates
    edition = article.festival_edition()
    chosen = RelatedChoice.objects.filter(article=article, other=OuterRef("pk"))
    near = {
        Q(chosen=RelatedChoice.Choice.LEAVE_OUT): None,
        Q(chosen=RelatedChoice.Choice.PIN): 0,
        Q(film__in=_its_films(article)): 1,
        Q(pk__in=_naming_its_people(article)): 2,
        Q(film__in=_films_of_its_people(article)): 3,
        Q(edition__isnull=False, edition=edition)
        | Q(screening__isnull=False, screening__edition=edition): 4,
        _from_the_countries_of(article.film_id): 5,
        Q(section=article.section_id): 6,
    }
    nearness = Case(
        *(When(step, then=Value(place)) for step, place in near.items()),
        output_field=models.SmallIntegerField(),
    )
    return (
        articles.filter(pk__in=first.union(*others))
        .exclude(pk=article.pk)
        .annotate(
            chosen=Subquery(chosen.values("choice")[:1]),
            pinned_at=Subquery(chosen.values("position")[:1]),
        )
        .annotate(nearness=nearness)
    )


def _candidates(articles: "ArticleQuerySet", article: "Article", count: int) -> list[Any]:
    """Queries of keys: the pinned, and the newest of each way to be near.

    Twice as many as are wanted: up to as many may be nearer in another way, and those left out
    are not among them. So each is near, and nobody has to measure once more whether it is.
    """
    choices = RelatedChoice.objects.filter(article=article).order_by()
    pinned = choices.filter(choice=RelatedChoice.Choice.PIN)
    left_out = choices.filter(choice=RelatedChoice.Choice.LEAVE_OUT)
    others = articles.exclude(pk=article.pk).exclude(pk__in=left_out.values("other"))
    ways = [others.filter(section=article.section_id)]
    edition = article.festival_edition()
    if edition is not None:
        ways.append(others.from_edition(edition))
    if article.film_id is not None:
        newest = articles.reviews().newest_first().values("pk")[:NEWEST_LOOKED_AT]
        small = _made_in_the_countries_of(article.film_id).values("film")[:FILMS_LOOKED_AT]
        ways += [
            others.filter(_from_the_countries_of(article.film_id), pk__in=newest),
            others.filter(film__in=small),
        ]
    ways += [
        others.filter(film__in=_films_of_its_people(article)),
        others.filter(pk__in=_naming_its_people(article)),
        others.filter(film__in=_its_films(article)),
    ]
    every = articles.model._default_manager.order_by()
    newest_of = [way.newest_first().values("pk")[: 2 * count] for way in ways]
    return [pinned.values("other"), *(every.filter(pk__in=way).values("pk") for way in newest_of)]


def _its_films(article: "Article") -> Any:
    """The film it reviews and those it is also about."""
    reviewed = Film.objects.order_by().filter(pk=article.film_id or 0)
    mentioned = CoveredFilm.objects.order_by().filter(article=article)
    return mentioned.values("film").union(reviewed.values("pk"))


def _its_people(article: "Article") -> Any:
    """Whom it is with or about; of a review, who directed its film."""
    if article.film_id is None:
        named = article.people.through._default_manager.filter(article=article)
        return named.values("person")
    return _directing().filter(film=article.film_id).values("person")


def _naming_its_people(article: "Article") -> Any:
    named = article.people.through._default_manager.filter(person__in=_its_people(article))
    return named.values("article")


def _films_of_its_people(article: "Article") -> Any:
    """Those that they directed; of people whom it names, all that credit them."""
    parts = Credit.objects.order_by() if article.film_id is None else _directing()
    return parts.filter(person__in=_its_people(article)).values("film")


def _directing() -> Any:
    return Credit.objects.filter(role=Credit.Role.DIRECTOR).order_by()


def _made_in_the_countries_of(film: int | None) -> Any:
    made_in = Film.countries.through.objects
    return made_in.filter(country__in=made_in.filter(film=film).values("country"))


def _from_the_countries_of(film: int | None) -> Exists:
    return Exists(_made_in_the_countries_of(film).filter(film=OuterRef("film")))
