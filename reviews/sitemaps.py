"""What search engines may find: published articles, and the pages that hold some."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import Q, QuerySet
from django.urls import reverse

from .models import Article, FestivalEdition, Film, Person, Reviewer, Section

# Each of these answers with a list, so that counting it costs no second query.


class _Ours(Sitemap):  # type: ignore[type-arg]  # Django's takes no type at run time
    """At the address the site is known by, whatever host a request named."""

    def get_protocol(self, protocol: str | None = None) -> str:
        return urlsplit(settings.SITE_URL).scheme

    def get_domain(self, site: Any = None) -> str:
        return urlsplit(settings.SITE_URL).netloc


class _Pages(_Ours):
    def items(self) -> list[str]:
        kinds = ("interview", "feature", "news", "festival_report", "review")
        return ["front", *(f"{kind}_list" for kind in kinds), "festivals", "archive"]

    def location(self, item: str) -> str:
        return reverse(f"reviews:{item}")


class _Articles(_Ours):
    def items(self) -> list[Article]:
        words = ("kind", "slug", "first_published_at", "updated_at")
        return list(Article.objects.published().newest_first().only(*words))

    def lastmod(self, article: Article) -> datetime | None:
        return article.updated_at or article.first_published_at


class _Subjects(_Ours):
    """Pages of things that a published article is about or by."""

    def items(self) -> Sequence[Any]:
        return list(self.covered(Article.objects.published().order_by()))

    def covered(self, articles: "QuerySet[Article]") -> "QuerySet[Any]":
        raise NotImplementedError


class _Films(_Subjects):
    def covered(self, articles: "QuerySet[Article]") -> "QuerySet[Any]":
        about = Q(reviews__in=articles) | Q(mentioned_in__in=articles)
        return Film.objects.filter(about).distinct()


class _People(_Subjects):
    def covered(self, articles: "QuerySet[Article]") -> "QuerySet[Any]":
        return Person.objects.filter(credits__film__in=articles.values("film")).distinct()


class _Reviewers(_Subjects):
    def covered(self, articles: "QuerySet[Article]") -> "QuerySet[Any]":
        return Reviewer.objects.filter(articles__in=articles).distinct()


class _Editions(_Subjects):
    def covered(self, articles: "QuerySet[Article]") -> "QuerySet[Any]":
        reported = FestivalEdition.objects.filter(articles__in=articles)
        reviewed = FestivalEdition.objects.filter(screenings__reviews__in=articles)
        return (reported | reviewed).select_related("festival").distinct()


class _Sections(_Subjects):
    def covered(self, articles: "QuerySet[Article]") -> "QuerySet[Any]":
        return Section.objects.filter(articles__in=articles).distinct()


SITEMAPS = {
    "pages": _Pages,
    "articles": _Articles,
    "films": _Films,
    "people": _People,
    "reviewers": _Reviewers,
    "editions": _Editions,
    "sections": _Sections,
}
