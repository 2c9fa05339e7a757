"""The words in which pages, feeds, lists and the desk ask for articles."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Subquery
from django.utils import timezone

from . import read_next
from .article_parts import Byline, CoveredFilm
from .festivals import FestivalEdition
from .films import Credit, Film
from .images import Image
from .people import Person
from .sections import Section, Tag

if TYPE_CHECKING:
    from .articles import Article

WAITS = timedelta(days=30)  # for which what is deleted can be brought back, as in WordPress
RATINGS = range(10, 0, -1)  # in half-stars, the highest first
# Columns that are shown: to read what is not costs more than to show what is.
_PICTURE = (
    *("lead_image__alt_text", "lead_image__decorative", "lead_image__credit_line"),
    *("lead_image__rights_status", "lead_image__embargo_until", "lead_image__expires_at"),
    *("lead_image__focal_x", "lead_image__focal_y", "lead_image__renditions"),
)
# Of a picture that no page shows: where its original is, what it was measured for, its darkroom.
_BACKSTAGE = (
    *("file", "headline", "licence_name", "source", "taken_at", "film", "edition"),
    *("width", "height", "bytes", "sha256", "difference_hash", "uploaded_at"),
    *("renditions_state", "renditions_claimed_at", "renditions_attempts", "renditions_error"),
)
_HEADLINE = ("headline", "kind", "slug", "language", "first_published_at")
_CARD = (
    *_HEADLINE,
    *_PICTURE,
    *("standfirst", "rating", "film__title"),
    *("edition__year", "edition__festival__name"),
    *("screening__edition__year", "screening__edition__festival__name"),
)


class Stars(models.Func):
    """Half-stars to sort by, the unrated as none. Without a parameter, so that an index has it."""

    template = "COALESCE(%(expressions)s, 0)"
    output_field = models.SmallIntegerField()


class Among(models.Func):
    """Whether a key is one of those that a subquery finds. They are found first, then looked up
    one by one: PostgreSQL, asked with IN, goes through all articles for a few hundred keys."""

    arg_joiner = " IN "
    template = "(%(expressions)s)"
    output_field = models.BooleanField()

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        array = {"template": "(%(expressions)s))", "arg_joiner": " = ANY(ARRAY"}
        return self.as_sql(compiler, connection, **array)


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

    def released(self) -> "ArticleQuerySet":
        """What readers see, or will at a moment that is set."""
        return self.filter(status__in=(self.model.Status.PUBLISHED, self.model.Status.SCHEDULED))

    def scheduled(self) -> "ArticleQuerySet":
        """Scheduled, and its minute has not come."""
        return self.filter(status=self.model.Status.SCHEDULED, publish_at__gt=timezone.now())

    def drafts(self) -> "ArticleQuerySet":
        return self.filter(status=self.model.Status.DRAFT)

    def submitted(self) -> "ArticleQuerySet":
        return self.filter(status=self.model.Status.SUBMITTED)

    def withdrawn(self) -> "ArticleQuerySet":
        return self.filter(status=self.model.Status.WITHDRAWN)

    def deleted(self) -> "ArticleQuerySet":
        """Until it goes for good, or is brought back."""
        return self.filter(status=self.model.Status.DELETED)

    def can_be_brought_back(self) -> "ArticleQuerySet":
        return self.deleted().filter(deleted_at__gt=timezone.now() - WAITS)

    def given_up(self) -> "ArticleQuerySet":
        """Deleted, and nobody brings it back any more: what is left of it goes for good."""
        return self.deleted().filter(deleted_at__lte=timezone.now() - WAITS)

    def not_deleted(self) -> "ArticleQuerySet":
        return self.exclude(status=self.model.Status.DELETED)

    def reviews(self) -> "ArticleQuerySet":
        return self.filter(kind=self.model.Kind.REVIEW)

    def of_kind(self, kind: str) -> "ArticleQuerySet":
        return self.filter(kind=kind)

    def newest_first(self) -> "ArticleQuerySet":
        return self.order_by("-first_published_at", "-pk")

    def best_first(self) -> "ArticleQuerySet":
        """By stars, the unrated last; equals by date."""
        return self.order_by(Stars("rating").desc(), "-first_published_at", "-pk")

    def rated(self, rating: int) -> "ArticleQuerySet":
        """With exactly so many half-stars."""
        return self.annotate(stars_said=Stars("rating")).filter(stars_said=rating)

    def stars_given(self) -> "models.QuerySet[Article, tuple[bool, ...]]":
        """One row: of each of `RATINGS`, whether it was given; no row where there is no piece.
        Each is looked up by its index. DISTINCT would go through all pieces."""
        given = {f"stars_{rating}": Exists(self.rated(rating)) for rating in RATINGS}
        return self.order_by().annotate(**given).values_list(*given)[:1]

    def of_film_year(self, year: int) -> "ArticleQuerySet":
        return self.filter(film__year=year)

    def from_country(self, code: str) -> "ArticleQuerySet":
        """Of films made in a country, alone or with others."""
        return self.filter(film__countries=code)

    def from_festival(self, slug: str) -> "ArticleQuerySet":
        """Coverage of a festival in any year."""
        editions = FestivalEdition.objects.filter(festival__slug=slug).values("pk")
        return self._covering(editions)

    def by(self, slug: str) -> "ArticleQuerySet":
        """With a reviewer among the bylines, in whatever role; each article once."""
        theirs = Byline.objects.order_by().filter(reviewer__slug=slug)
        return self._among(theirs.values("article"))

    def tagged(self, tag: Tag) -> "ArticleQuerySet":
        tagged = self.model.tags.through._default_manager.filter(tag=tag)
        return self._among(tagged.values("article"))

    def naming(self, person: Person) -> "ArticleQuerySet":
        """Interviews with a person, and other pieces that say they are about them."""
        return self._among(self._naming(person))

    def on_films_of(self, person: Person) -> "ArticleQuerySet":
        """About films that credit a person, and not about themselves; each article once."""
        about = self._about(person.credits.values("film"))
        return about.exclude(pk__in=self._naming(person))

    def of_month(self, year: int, month: int) -> "ArticleQuerySet":
        """First published in a month of the site's time zone. Raises `ValueError` for no month."""
        start, end = self.bounds_of_month(year, month)
        return self.filter(first_published_at__gte=start, first_published_at__lt=end)

    @staticmethod
    def bounds_of_month(year: int, month: int) -> tuple[datetime, datetime]:
        """Where a month of the site's time zone begins and the next one does."""
        zone = timezone.get_current_timezone()
        start = datetime(year, month, 1, tzinfo=zone)
        return start, datetime(year + month // 12, month % 12 + 1, 1, tzinfo=zone)

    def newest_of_each_section(self, count: int) -> "ArticleQuerySet":
        """At most `count` of each section, sections in their order."""
        newest = self.filter(section=OuterRef("pk")).newest_first().values("pk")
        sections = Section.objects.order_by()
        places = [sections.values_list(Subquery(newest[n : n + 1])) for n in range(count)]
        in_order = ("section__position", "section__name", "-first_published_at", "-pk")
        chosen = self._all()._any_of(*places).select_related("section").order_by(*in_order)
        return chosen.only(*_HEADLINE, "section__name", "section__slug")

    def related_to(self, article: "Article", count: int) -> Any:
        """The `count` pieces to read after an article, the nearest first: what its editors pinned,
        then pieces on its films, with or about its people or on their films, from its festival, of
        its countries, of its section.

        What its editors left out is not there.
        """
        return read_next.related(self, article, count)

    def around(self, article: "Article", count: int) -> Any:
        """What was published just before an article (`beside` is -1) and just after it (1), then
        what is related to it (None), of which there are at least `count`.
        """
        return read_next.around(self, article, article.first_published_at or timezone.now(), count)

    def about_film(self, film: Film) -> "ArticleQuerySet":
        """Reviews of the film and pieces that name it among the films they are about."""
        return self._about(film.pk)

    def from_edition(self, edition: FestivalEdition) -> "ArticleQuerySet":
        """Coverage of a festival edition: its reports, and reviews of what it screened."""
        return self._covering(edition.pk)

    def _naming(self, person: Person) -> Any:
        named = self.model.people.through._default_manager.filter(person=person)
        return named.values("article")

    def _about(self, films: Any) -> "ArticleQuerySet":
        """Pieces on a film or on any of a query of keys; each once, and each way by its index."""
        how = "" if isinstance(films, int) else "__in"
        reviews = self._all().filter(**{f"film{how}": films})
        mentions = CoveredFilm.objects.order_by().filter(**{f"film{how}": films})
        return self._any_of(reviews.values("pk"), mentions.values("article"))

    def _covering(self, editions: Any) -> "ArticleQuerySet":
        """Pieces from a festival edition or from any of a query of keys; each once."""
        how = "" if isinstance(editions, int) else "__in"
        reports = self._all().filter(**{f"edition{how}": editions})
        reviews = self._all().filter(**{f"screening__edition{how}": editions})
        return self._any_of(reports.values("pk"), reviews.values("pk"))

    def _any_of(self, *keys: Any) -> "ArticleQuerySet":
        """Those of any of these queries of keys. OR between them would ask every row."""
        first, *others = keys
        return self._among(first.union(*others))

    def _among(self, keys: Any) -> "ArticleQuerySet":
        return self.filter(Among("pk", Subquery(keys)))

    def _all(self) -> "ArticleQuerySet":
        every: ArticleQuerySet = self.model._default_manager.order_by()
        return every

    def for_results(self) -> "ArticleQuerySet":
        """All that a result of a search shows, and the words around what was found. One more
        query."""
        shown = self.only(*_HEADLINE, "standfirst", "verdict", "body", "film__title")
        return shown.select_related("film").prefetch_related("film__titles")

    def for_cards(self, *more: str) -> "ArticleQuerySet":
        """All that a card in a list shows, and what `more` is named of the article. Two more
        queries."""
        bylines = Byline.objects.select_related("reviewer")
        return (
            self.only(*_CARD, *more)
            .select_related(
                "film", "lead_image", "edition__festival", "screening__edition__festival"
            )
            .prefetch_related(
                Prefetch(
                    "bylines", bylines.only("article", "role", "reviewer__name", "reviewer__slug")
                ),
                "film__titles",
            )
        )

    def for_teasers(self) -> "ArticleQuerySet":
        """All that a headline with its picture shows. No more queries."""
        return self.only(*_HEADLINE, *_PICTURE).select_related("lead_image")

    def for_feed(self) -> "ArticleQuerySet":
        """All that a feed says: the body and its pictures, not the film's facts. Six more
        queries, seven where films are listed."""
        whole = self.for_cards().defer(None).select_related("section")
        films = CoveredFilm.objects.select_related("film").prefetch_related("film__titles")
        covered = Prefetch("covered_films", films)
        return whole.prefetch_related("tags", "people", "body_images", covered)

    def for_page(self) -> "ArticleQuerySet":
        """All that an article's own page shows. Five more queries, eight with a film."""
        covered = Prefetch("covered_films", CoveredFilm.objects.for_page())
        pieces = self.for_page_but_origins().prefetch_related("people", covered)
        return pieces.prefetch_related("film__countries", "film__languages")

    def for_page_but_origins(self) -> "ArticleQuerySet":
        """The same without where its film is from, and without whom it is with or about. Three
        more queries, five with a film."""
        pieces = self.select_related(
            "film__poster",
            "lead_image",
            "section",
            "edition__festival",
            "screening__edition__festival",
        )
        unseen = [f"{of}__{name}" for of in ("film__poster", "lead_image") for name in _BACKSTAGE]
        return pieces.defer(*unseen).prefetch_related(
            Prefetch("bylines", Byline.objects.select_related("reviewer")),
            "tags",
            Prefetch("body_images", Image.objects.defer(*_BACKSTAGE)),
            "film__titles",
            Prefetch("film__credits", Credit.objects.select_related("person")),
        )
