"""What the queue can be narrowed to."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.contrib.admin import ModelAdmin, SimpleListFilter
from django.contrib.admin.views.main import ChangeList
from django.db.models import Case, Count, Q, QuerySet, Value, When
from django.http import HttpRequest

from ..models import Comment

MOST_ARTICLES = 12  # lines of a filter that can still be taken in at a glance

Comments = QuerySet[Comment]


class StatusFilter(SimpleListFilter):
    """The queue by default; every other state is one press away, with how many are in it."""

    title = "state"
    parameter_name = "state"
    EVERYTHING = "all"

    def lookups(self, request: HttpRequest, model_admin: "ModelAdmin[Any]") -> Any:
        self.counts: Counter[str] = Counter()
        for status, _slug, _name, number in _census(request):
            self.counts[status] += number
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


class ArticleFilter(SimpleListFilter):
    """The article that was chosen, then those where most comments wait. One query."""

    title = "article"
    parameter_name = "article"

    def lookups(self, request: HttpRequest, model_admin: "ModelAdmin[Any]") -> Any:
        waiting = Q(status=Comment.Status.PENDING)
        chosen = When(article=self.chosen(), then=Value(0))
        busiest = (
            Comment.objects.filter(waiting | Q(article=self.chosen()))
            .values_list("article", "article__headline")
            .annotate(number=Count("pk", filter=waiting))
            .order_by(Case(chosen, default=Value(1)), "-number", "article")
        )
        return [(str(pk), f"{name} ({number})") for pk, name, number in busiest[:MOST_ARTICLES]]

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
        sections = {slug: name for _status, slug, name, _number in _census(request)}
        return sorted(sections.items(), key=lambda section: section[1])

    def queryset(self, request: HttpRequest, queryset: Comments) -> Comments:
        return queryset.filter(article__section__slug=self.value()) if self.value() else queryset


def _census(request: HttpRequest) -> list[tuple[str, str, str, int]]:
    """How many comments are in each state of each section. One query a request."""
    if not hasattr(request, "_comments_census"):
        place = ("status", "article__section__slug", "article__section__name")
        counted = Comment.objects.order_by().values_list(*place).annotate(Count("pk"))
        request._comments_census = list(counted)  # type: ignore[attr-defined]
    return request._comments_census  # type: ignore[attr-defined,no-any-return]
