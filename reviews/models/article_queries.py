"""The words in which pages, feeds, lists and the desk ask for articles."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Case, F, OuterRef, Prefetch, Q, Subquery, Value, When, Window
from django.db.models.functions import RowNumber, TruncMonth
from django.utils import timezone

from .article_parts import Byline, RelatedChoice
from .festivals import FestivalEdition
from .films import Credit, Film
from .people import Person

if TYPE_CHECKING:
    from .articles import Article


# Of what is as near, the pinned in their order, then the newest.
NEAREST_FIRST = ("nearness", "pinned_at", "-first_published_at", "-pk")


class ArticleQuerySet(models.QuerySet["Article"]):
    """The vocabulary in which pages, feeds and lists ask for articles."""

    def published(self, at: datetime | None = None) -> "ArticleQuerySet":
        """What a reader may see now (or `at` a moment): published, or scheduled and due.

        A scheduled article needs nobody to wake it: from its minute on it is in this set.
        """
        return self.filter(
            status__in=(self.model.Status.PUBLISHED, self.model.Status.SCHEDULED),
            publish_at__lte=at or timezone.now(),
        )

    def next_moments(self, now: datetime) -> list[datetime]:
        """When the next article joins `published()`: one moment, or none. One query."""
        coming = self.filter(
            status__in=(self.model.Status.PUBLISHED, self.model.Status.SCHEDULED),
            publish_at__gt=now,
        )
        found = coming.order_by("publish_at").values_list("publish_at", flat=True)[:1]
        return [moment for moment in found if moment]

    def scheduled(self) -> "ArticleQuerySet":
        """Scheduled, and its minute has not come."""
        return self.filter(status=self.model.Status.SCHEDULED, publish_at__gt=timezone.now())

    def drafts(self) -> "ArticleQuerySet":
        return self.filter(status=self.model.Status.DRAFT)

    def submitted(self) -> "ArticleQuerySet":
        return self.filter(status=self.model.Status.SUBMITTED)

    def withdrawn(self) -> "ArticleQuerySet":
        return self.filter(status=self.model.Status.WITHDRAWN)

    def reviews(self) -> "ArticleQuerySet":
        return self.filter(kind=self.model.Kind.REVIEW)

    def of_kind(self, kind: str) -> "ArticleQuerySet":
        return self.filter(kind=kind)

    def newest_first(self) -> "ArticleQuerySet":
        return self.order_by("-first_published_at", "-pk")

    def best_first(self) -> "ArticleQuerySet":
        """By stars, the unrated last; equals by date."""
        return self.order_by(F("rating").desc(nulls_last=True), "-first_published_at", "-pk")

    def rated(self, rating: int) -> "ArticleQuerySet":
        """With exactly so many half-stars."""
        return self.filter(rating=rating)

    def of_film_year(self, year: int) -> "ArticleQuerySet":
        return self.filter(film__year=year)

    def from_country(self, code: str) -> "ArticleQuerySet":
        """Of films made in a country, alone or with others."""
        return self.filter(film__countries=code)

    def from_festival(self, slug: str) -> "ArticleQuerySet":
        """Coverage of a festival in any year."""
        return self.filter(
            Q(edition__festival__slug=slug) | Q(screening__edition__festival__slug=slug)
        )

    def by(self, slug: str) -> "ArticleQuerySet":
        """With a reviewer among the bylines, in whatever role; each article once."""
        return self.filter(pk__in=Byline.objects.filter(reviewer__slug=slug).values("article"))

    def with_person(self, person: Person) -> "ArticleQuerySet":
        """About films that credit a person; each article once."""
        films = person.credits.values("film")
        return self.filter(Q(film__in=films) | Q(related_films__in=films)).distinct()

    def of_month(self, year: int, month: int) -> "ArticleQuerySet":
        """First published in a month of the site's time zone. Raises `ValueError` for no month."""
        zone = timezone.get_current_timezone()
        start = datetime(year, month, 1, tzinfo=zone)
        end = datetime(year + month // 12, month % 12 + 1, 1, tzinfo=zone)
        return self.filter(first_published_at__gte=start, first_published_at__lt=end)

    def count_by_month(self) -> "models.QuerySet[Article, dict[str, Any]]":
        """Rows of `month` and `pieces`, newest month first. One query."""
        return (
            self.annotate(month=TruncMonth("first_published_at"))
            .values("month")
            .annotate(pieces=models.Count("pk"))
            .order_by("-month")
        )

    def newest_of_each_section(self, count: int) -> "ArticleQuerySet":
        """At most `count` of each section, sections in their order.

        Keys are ranked by themselves: with whole articles the database would sort their bodies too.
        """
        newest = F("first_published_at").desc()
        place = Window(RowNumber(), partition_by=F("section"), order_by=[newest, F("pk").desc()])
        ranked = self.order_by().annotate(place=place).filter(place__lte=count).values("pk")
        articles = self.model._default_manager.filter(pk__in=ranked).select_related("section")
        in_order = ("section__position", "section__name", "-first_published_at", "-pk")
        chosen: ArticleQuerySet = articles.defer("body").order_by(*in_order)
        return chosen

    def related_to(self, article: "Article") -> "ArticleQuerySet":
        """What to read after an article, the nearest first: what its editors pinned, then pieces on
        its films, by its directors, from its festival, of its countries, of its section.

        What its editors left out is not there.
        """
        near: ArticleQuerySet = self._measured_from(article).filter(nearness__isnull=False)
        return near.order_by(*NEAREST_FIRST)

    def around(self, article: "Article") -> "ArticleQuerySet":
        """What was published just before an article (`beside` is -1) and just after it (1), then
        what is related to it (None).
        """
        at = article.first_published_at or timezone.now()
        same = Q(first_published_at=at)
        before = self.filter(Q(first_published_at__lt=at) | same & Q(pk__lt=article.pk))
        after = self.filter(Q(first_published_at__gt=at) | same & Q(pk__gt=article.pk))
        nearest = {-1: before.newest_first(), 1: after.order_by("first_published_at", "pk")}
        beside = Case(
            *(
                When(pk=Subquery(side.values("pk")[:1]), then=Value(place))
                for place, side in nearest.items()
            ),
            output_field=models.SmallIntegerField(),
        )
        wanted: ArticleQuerySet = (
            self._measured_from(article)
            .annotate(beside=beside)
            .filter(Q(nearness__isnull=False) | Q(beside__isnull=False))
        )
        return wanted.order_by(F("beside").asc(nulls_last=True), *NEAREST_FIRST)

    def _measured_from(self, article: "Article") -> Any:
        """All others, with their `nearness` to it: 0 is nearest, None is not near."""
        edition = article.festival_edition()
        chosen = RelatedChoice.objects.filter(article=article, other=OuterRef("pk"))
        steps = {
            Q(chosen=RelatedChoice.Choice.LEAVE_OUT): None,
            Q(chosen=RelatedChoice.Choice.PIN): 0,
            self._of_films(article.related_films.values("pk"), article.film_id): 1,
            Q(film__in=_by_the_directors_of(article.film_id)): 2,
            Q(edition__isnull=False, edition=edition)
            | Q(screening__isnull=False, screening__edition=edition): 3,
            Q(film__in=_from_the_countries_of(article.film_id)): 4,
            Q(section=article.section_id): 5,
        }
        nearness = Case(
            *(When(step, then=Value(place)) for step, place in steps.items()),
            output_field=models.SmallIntegerField(),
        )
        return (
            self.exclude(pk=article.pk)
            .annotate(
                chosen=Subquery(chosen.values("choice")[:1]),
                pinned_at=Subquery(chosen.values("position")[:1]),
            )
            .annotate(nearness=nearness)
        )

    def _of_films(self, films: Any, film: int | None) -> Q:
        return Q(film__in=films) | Q(film__isnull=False, film=film)

    def about_film(self, film: Film) -> "ArticleQuerySet":
        """Reviews of the film and pieces that name it under “also about”."""
        return self.filter(Q(film=film) | Q(related_films=film)).distinct()

    def from_edition(self, edition: FestivalEdition) -> "ArticleQuerySet":
        """Coverage of a festival edition: its reports, and reviews of what it screened."""
        return self.filter(Q(edition=edition) | Q(screening__edition=edition))

    def for_cards(self) -> "ArticleQuerySet":
        """All that a card in a list shows: not the body. Two more queries."""
        return (
            self.defer("body")
            .select_related(
                "film", "lead_image", "section", "edition__festival", "screening__edition__festival"
            )
            .prefetch_related(
                Prefetch("bylines", Byline.objects.select_related("reviewer")), "film__titles"
            )
        )

    def for_teasers(self) -> "ArticleQuerySet":
        """All that a headline with its picture shows: not the body. No more queries."""
        return self.defer("body").select_related("lead_image")

    def for_page(self) -> "ArticleQuerySet":
        """All that an article's own page shows. Three more queries, seven with a film."""
        return self.select_related(
            "film__poster",
            "lead_image",
            "section",
            "edition__festival",
            "screening__edition__festival",
        ).prefetch_related(
            Prefetch("bylines", Byline.objects.select_related("reviewer__portrait")),
            "tags",
            "body_images",
            "film__titles",
            "film__countries",
            "film__languages",
            Prefetch("film__credits", Credit.objects.select_related("person")),
        )


def _by_the_directors_of(film: int | None) -> Any:
    directing = Credit.objects.filter(role=Credit.Role.DIRECTOR)
    theirs = directing.filter(person__in=directing.filter(film=film).values("person"))
    return theirs.values("film")


def _from_the_countries_of(film: int | None) -> Any:
    made_in = Film.countries.through.objects
    return made_in.filter(country__in=made_in.filter(film=film).values("country")).values("film")
