"""What the queue can be narrowed to."""

from collections.abc import Iterator
from typing import Any

from django.contrib.admin import ModelAdmin, SimpleListFilter
from django.contrib.admin.views.main import ChangeList
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from reviews.models import Article, Section

from ..models import Comment

MOST_ARTICLES = 12  # lines of a filter that can still be taken in at a glance

Comments = QuerySet[Comment]


class StatusFilter(SimpleListFilter):
    """The queue by default; every other state is one press away, with how many are in it."""

    title = "state"
    parameter_name = "state"
    EVERYTHING = "all"

    def lookups(
        self, request: HttpRequest, model_admin: "ModelAdmin[Any]"
    ) -> list[tuple[str, str]]:
        by_status = Comment.objects.order_by().values_list("status").annotate(Count("pk"))
        self.counts = dict(by_status)
        return list(Comment.Status.choices)

    def queryset(self, request: HttpRequest, queryset: Comments) -> Comments:
        if self.value() == self.EVERYTHING:
            return queryset
        return queryset.filter(status=self.state())

    def state(self) -> str:
        return self.value() or Comment.Status.PENDING.value

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        lines = [(value, label, self.counts.get(value, 0)) for value, label in self.lookup_choices]
        lines.append((self.EVERYTHING, "All", sum(self.counts.values())))
        for value, label, count in lines:
            yield {
                "selected": self.state() == value,
                "query_string": changelist.get_query_string({self.parameter_name: value}, ["p"]),
                "display": f"{label} ({count:,})",
            }


class ArticleFilter(SimpleListFilter):
    """The articles where most comments wait, and the one that was chosen elsewhere."""

    title = "article"
    parameter_name = "article"

    def lookups(
        self, request: HttpRequest, model_admin: "ModelAdmin[Any]"
    ) -> list[tuple[str, str]]:
        waiting = Comment.objects.pending().order_by().values_list("article", "article__headline")
        busiest = waiting.annotate(number=Count("pk")).order_by("-number", "article")
        lines = [
            (str(pk), f"{headline} ({number})") for pk, headline, number in busiest[:MOST_ARTICLES]
        ]
        chosen = self.value() or ""
        if chosen.isdigit() and chosen not in dict(lines):
            article = Article.objects.filter(pk=chosen).only("headline").first()
            lines += [(chosen, article.headline)] if article else []
        return lines

    def queryset(self, request: HttpRequest, queryset: Comments) -> Comments:
        chosen = self.value() or ""
        return queryset.filter(article=int(chosen)) if chosen.isdigit() else queryset


class SectionFilter(SimpleListFilter):
    title = "section"
    parameter_name = "section"

    def lookups(
        self, request: HttpRequest, model_admin: "ModelAdmin[Any]"
    ) -> list[tuple[str, str]]:
        return list(Section.objects.values_list("slug", "name"))

    def queryset(self, request: HttpRequest, queryset: Comments) -> Comments:
        return queryset.filter(article__section__slug=self.value()) if self.value() else queryset
