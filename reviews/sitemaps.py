"""What search engines may find: published articles, and the pages that hold some.

One file leads to the others (sitemaps.org, “Sitemap index files”), and each of those holds what has
keys of one stretch: so none grows with the publication, nobody has to count, and a thing stays in
the file that it was in.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.core.paginator import EmptyPage, PageNotAnInteger
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from . import covered
from .addresses import whole
from .fast_html import NOTHING, filled, joined
from .models import Article, ArticleQuerySet

STRETCH = 250  # keys in a file
_LINE = "<url><loc>{}</loc>{}</url>"


@dataclass(frozen=True)
class Stretch:
    """A page of a sitemap, as Django asks for one."""

    object_list: Sequence[Any]


class Stretches:
    """Pages of rows by their keys. One query for each page, and one for how many there are."""

    def __init__(self, rows: "QuerySet[Any]") -> None:
        self.rows = rows

    @property
    def num_pages(self) -> int:
        """Counted by the highest key there is, whether or not that row is to be found."""
        keys = self.rows.model._default_manager.order_by("-pk").values_list("pk", flat=True)
        return max(1, -(-(keys.first() or 0) // STRETCH))

    def page(self, number: Any) -> Stretch:
        """Raises PageNotAnInteger, EmptyPage."""
        try:
            asked = int(number)
        except ValueError:
            raise PageNotAnInteger("No number.") from None
        if not 1 <= asked <= self.num_pages:
            raise EmptyPage("No such stretch.")
        end = asked * STRETCH
        return Stretch(list(self.rows.filter(pk__gt=end - STRETCH, pk__lte=end).order_by("pk")))


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


class _Rows(_Ours):
    """Rows with a page of their own."""

    @property
    def paginator(self) -> Any:
        return Stretches(self.rows(Article.objects.published()))

    def rows(self, articles: ArticleQuerySet) -> "QuerySet[Any]":
        raise NotImplementedError


class _Articles(_Rows):
    def rows(self, articles: ArticleQuerySet) -> "QuerySet[Any]":
        return articles.only("kind", "slug", "first_published_at", "updated_at")

    def lastmod(self, article: Article) -> datetime | None:
        return article.updated_at or article.first_published_at


class _Films(_Rows):
    def rows(self, articles: ArticleQuerySet) -> "QuerySet[Any]":
        return covered.films(articles)


class _People(_Rows):
    def rows(self, articles: ArticleQuerySet) -> "QuerySet[Any]":
        return covered.people(articles)


class _Reviewers(_Rows):
    def rows(self, articles: ArticleQuerySet) -> "QuerySet[Any]":
        return covered.reviewers(articles)


class _Editions(_Rows):
    def rows(self, articles: ArticleQuerySet) -> "QuerySet[Any]":
        return covered.editions(articles)


class _Sections(_Rows):
    def rows(self, articles: ArticleQuerySet) -> "QuerySet[Any]":
        return covered.sections(articles)


SITEMAPS = {
    "pages": _Pages,
    "articles": _Articles,
    "films": _Films,
    "people": _People,
    "reviewers": _Reviewers,
    "editions": _Editions,
    "sections": _Sections,
}


def lines(urls: Sequence[dict[str, Any]]) -> SafeString:
    """What a file says of each page. Django's own template takes most of such a file's time."""
    zone = timezone.get_current_timezone()
    return joined("", [_line(url["location"], url["lastmod"], zone) for url in urls])


def _line(location: str, changed: datetime | None, zone: tzinfo) -> SafeString:
    if changed is None:
        return filled(_LINE, location, NOTHING)
    day = changed.astimezone(zone).date().isoformat()
    return filled(_LINE, location, filled("<lastmod>{}</lastmod>", day))


@require_safe
def index(request: HttpRequest) -> TemplateResponse:
    """The file that leads to the others. One query for each kind of row."""
    files = [
        {"location": f"{whole(reverse('reviews:sitemap_of', args=[name]))}{query}"}
        for name, sitemap in SITEMAPS.items()
        for query in _queries(sitemap().paginator.num_pages)
    ]
    context = {"sitemaps": files}
    page = TemplateResponse(request, "sitemap_index.xml", context, content_type="application/xml")
    page["X-Robots-Tag"] = "noindex, noodp, noarchive"  # as Django's sitemaps have it
    return page


def _queries(pages: int) -> list[str]:
    return ["", *(f"?p={number}" for number in range(2, pages + 1))]
