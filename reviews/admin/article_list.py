"""Lists of articles: their columns and filters."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django.contrib import admin
from django.db.models import F, Prefetch, QuerySet
from django.forms import Select
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from .. import months, saying
from ..models import Article, Byline
from ..models.articles import ArticleQuerySet
from .choosing import ChooseFilter, FormFilter

# What readers have never seen stands before all that they have, whatever the database thinks of
# nothing: SQLite takes it for the least, PostgreSQL for the most.
BY_DATE = F("first_published_at").asc(nulls_last=True)
NEWEST_FIRST = (F("first_published_at").desc(nulls_first=True), "-pk")


class StatusFilter(admin.SimpleListFilter):
    """As readers know it: a scheduled piece whose minute has come is published."""

    title = "status"
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(name, name.capitalize()) for name in self._words()]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        word = self._words().get(self.value() or "")
        return word(queryset) if word else queryset

    def _words(self) -> dict[str, Any]:
        return {
            "draft": ArticleQuerySet.drafts,
            "submitted": ArticleQuerySet.submitted,
            "scheduled": ArticleQuerySet.scheduled,
            "published": ArticleQuerySet.published,
            "withdrawn": ArticleQuerySet.withdrawn,
        }


class MonthFilter(FormFilter):
    """By the month, or the year, in which readers first saw a piece, or are to see it. Two queries,
    which an index answers."""

    title = "month"
    parameter_name = "month"

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if not (asked := self.value()):
            return queryset
        year, _, month = asked.partition("-")
        try:
            begins, _ = ArticleQuerySet.bounds_of_month(int(year), int(month or 1))
            _, ends = ArticleQuerySet.bounds_of_month(int(year), int(month or 12))
        except ValueError:
            return queryset.none()
        return queryset.filter(first_published_at__gte=begins, first_published_at__lt=ends)

    def rendered(self, name: str, attrs: dict[str, str]) -> str:
        years = [
            (year, [(year, f"All of {year}"), *theirs])
            for year, theirs in groupby(_months(), _year)
        ]
        return Select(choices=[("", "All"), *years]).render(name, self.value() or "", attrs)


def _months() -> Iterator[tuple[str, str]]:
    """From the newest piece back to the oldest, as the filter has them."""
    moments = Article.objects.order_by("first_published_at").values_list(
        "first_published_at", flat=True
    )
    dated = moments.filter(first_published_at__isnull=False)
    newest, oldest = dated.last(), dated.first()
    if newest and oldest:
        for month in months.back(timezone.localtime(newest), timezone.localtime(oldest)):
            yield f"{month:%Y-%m}", f"{month:%B %Y}"


def _year(month: tuple[str, str]) -> str:
    return month[0][:4]


class ReviewerFilter(ChooseFilter):
    title = "reviewer"
    parameter_name = "reviewer"
    field = Byline._meta.get_field("reviewer")

    def narrow(self, queryset: QuerySet[Any], row: Any) -> QuerySet[Any]:
        return queryset.filter(pk__in=row.bylines.values("article"))


class FilmFilter(ChooseFilter):
    title = "film"
    parameter_name = "film"
    field = Article._meta.get_field("film")

    def narrow(self, queryset: Any, row: Any) -> QuerySet[Any]:
        about: QuerySet[Any] = queryset.about_film(row)
        return about


class FestivalFilter(ChooseFilter):
    title = "festival"
    parameter_name = "edition"
    field = Article._meta.get_field("edition")

    def narrow(self, queryset: Any, row: Any) -> QuerySet[Any]:
        covering: QuerySet[Any] = queryset.from_edition(row)
        return covering


def status_in_words(article: Article) -> str:
    """“Scheduled for 3 March 2026, 10:00”."""
    if article.is_live():
        return "Published"
    if article.status == Article.Status.SCHEDULED and article.publish_at:
        return f"Scheduled for {timezone.localtime(article.publish_at):%-d %B %Y, %H:%M}"
    return article.get_status_display()


class ArticleColumns:
    """The columns of the desk's lists; `for_list` fetches what they show."""

    @admin.display(description="Headline", ordering="headline")
    def titled(self, article: Article) -> str:
        return saying.in_its_language(article.headline, article.language)

    @admin.display(description="Status")
    def standing(self, article: Article) -> SafeString:
        colour = "published" if article.is_live() else article.status
        return format_html(
            '<span class="standing standing--{}">{}</span>', colour, status_in_words(article)
        )

    @admin.display(description="Rating", ordering="rating")
    def stars(self, article: Article) -> SafeString | str:
        if article.unrated:
            return "Unrated"
        if article.rating is None:
            return "–"
        whole, half = divmod(article.rating, 2)
        return format_html(
            '<span aria-hidden="true">{}</span><span class="visually-hidden">{}</span>',
            "★" * whole + "½" * half,
            saying.stars(article.rating),
        )

    @admin.display(description="By")
    def by(self, article: Article) -> str:
        return ", ".join(byline.reviewer.name for byline in article.bylines.all()) or "–"

    @admin.display(description="Date", ordering=BY_DATE, empty_value="–")
    def first_shown(self, article: Article) -> str | None:
        at = article.first_published_at
        return f"{timezone.localtime(at):%-d %b %Y}" if at else None


def for_list(queryset: QuerySet[Any]) -> QuerySet[Any]:
    """All that a list shows. One more query."""
    return queryset.select_related("film", "section").prefetch_related(
        Prefetch("bylines", Byline.objects.select_related("reviewer"))
    )
