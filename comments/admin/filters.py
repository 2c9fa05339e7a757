"""What the queue can be narrowed to."""

from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.contrib.admin import ModelAdmin, SimpleListFilter
from django.contrib.admin.views.main import ChangeList
from django.db.models import Count, F, Q, QuerySet, Value
from django.http import HttpRequest

from ..models import Comment, Report

MOST_ARTICLES = 12  # lines of a filter that can still be taken in at a glance

Comments = QuerySet[Comment]


class StatusFilter(SimpleListFilter):
    """The queue by default; every other state is one press away, with how many are in it."""

    title = "state"
    parameter_name = "state"
    EVERYTHING = "all"

    def lookups(self, request: HttpRequest, model_admin: "ModelAdmin[Any]") -> Any:
        self.counts: Counter[str] = Counter()
        for line in _census(request):
            self.counts[line.status] += line.number
        return Comment.Status.choices

    def queryset(self, request: HttpRequest, queryset: Comments) -> Comments:
        if self.value() == self.EVERYTHING:
            return queryset
        return queryset.filter(status=self.state())

    def state(self) -> str:
        return self.value() or Comment.Status.PENDING.value

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        lines = [(value, label, self.counts[value]) for value, label in self.lookup_choices]
        lines.append((self.EVERYTHING, "All", self.counts.total()))
        for value, label, count in lines:
            yield {
                "selected": self.state() == value,
                "query_string": changelist.get_query_string({self.parameter_name: value}, ["p"]),
                "display": f"{label} ({count:,})",
            }


class LanguageFilter(SimpleListFilter):
    """For whoever reads Korean, Japanese or Chinese; all the others write in letters."""

    title = "language"
    parameter_name = "language"
    OTHER = "other"

    def lookups(self, request: HttpRequest, model_admin: "ModelAdmin[Any]") -> Any:
        return [("ko", "Korean"), ("ja", "Japanese"), ("zh", "Chinese"), (self.OTHER, "Other")]

    def queryset(self, request: HttpRequest, queryset: Comments) -> Comments:
        value = self.value()
        if not value:
            return queryset
        return queryset.filter(written_in="" if value == self.OTHER else value[:2])


class ArticleFilter(SimpleListFilter):
    """The article that was chosen, then those where most comments wait."""

    title = "article"
    parameter_name = "article"

    def lookups(self, request: HttpRequest, model_admin: "ModelAdmin[Any]") -> Any:
        lines = [line for line in _census(request) if line.article]
        lines.sort(key=lambda line: (line.article != self.chosen(), -line.waiting, line.article))
        names = [(str(line.article), f"{line.headline} ({line.waiting})") for line in lines]
        return names[:MOST_ARTICLES]

    def queryset(self, request: HttpRequest, queryset: Comments) -> Comments:
        return queryset.filter(article=self.chosen()) if self.chosen() else queryset

    def chosen(self) -> int:
        """Its key, or 0."""
        value = (self.value() or "")[:18]
        return int(value) if value.isdecimal() else 0


class SectionFilter(SimpleListFilter):
    """The sections that have comments."""

    title = "section"
    parameter_name = "section"

    def lookups(self, request: HttpRequest, model_admin: "ModelAdmin[Any]") -> Any:
        sections = {line.slug: line.section for line in _census(request)}
        return sorted(sections.items(), key=lambda section: section[1])

    def queryset(self, request: HttpRequest, queryset: Comments) -> Comments:
        return queryset.filter(article__section__slug=self.value()) if self.value() else queryset


class ReportedFilter(SimpleListFilter):
    """Those with reports that nobody has settled, in every state that is chosen."""

    title = "reports"
    parameter_name = "reported"

    def lookups(self, request: HttpRequest, model_admin: "ModelAdmin[Any]") -> Any:
        return [("open", "Reported by readers")]

    def queryset(self, request: HttpRequest, queryset: Comments) -> Comments:
        if self.value() != "open":
            return queryset
        return queryset.filter(pk__in=Report.objects.open().values("comment"))


class Line(NamedTuple):
    """How many comments a state has in a section, or how many wait under an article."""

    status: str
    slug: str
    section: str
    article: int
    headline: str
    number: int
    waiting: int


def _census(request: HttpRequest) -> list[Line]:
    """Every state of every section, and the articles where comments wait. One query a request."""
    if not hasattr(request, "_comments_census"):
        chosen = request.GET.get(ArticleFilter.parameter_name, "")
        article = int(chosen) if chosen.isdecimal() and len(chosen) <= 18 else 0
        rows = _by_section().union(_by_article(article), all=True)
        request._comments_census = [Line(*row) for row in rows]  # type: ignore[attr-defined]
    return request._comments_census  # type: ignore[attr-defined,no-any-return]


def _by_section() -> QuerySet[Any, Any]:
    none, nothing = Value(""), Value(0)
    return (
        Comment.objects.order_by()
        .values_list("status", "article__section__slug", "article__section__name")
        .annotate(of=nothing, headline=none, number=Count("pk"), waiting=nothing)
    )


def _by_article(chosen: int) -> QuerySet[Any, Any]:
    """Those where comments wait, and the chosen one."""
    waits = Q(status=Comment.Status.PENDING)
    return (
        Comment.objects.order_by()
        .filter(waits | Q(article=chosen))
        .annotate(state=Value(""))
        .values_list("state", "article__section__slug", "article__section__name")
        .annotate(
            of=F("article"),
            headline=F("article__headline"),
            number=Value(0),
            waiting=Count("pk", filter=waits),
        )
    )
