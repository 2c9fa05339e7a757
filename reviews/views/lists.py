"""Lists of articles, in pages."""

from datetime import date
from typing import Any

from django.core.paginator import InvalidPage, Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from reviews import addresses, covered, months
from reviews.filters import ReviewFilter
from reviews.models import Article, ArticleQuerySet, Section, Tag, for_readers

from .former import led_on

PAGE_LENGTH = 24  # cards: full rows in two, three or four columns

KIND_PAGES = {
    Article.Kind.INTERVIEW: (_("Interviews"), _("Conversations with the people who make films.")),
    Article.Kind.FEATURE: (_("Features"), _("Essays, profiles and longer looks.")),
    Article.Kind.NEWS: (_("News"), _("What has been announced, acquired and programmed.")),
    Article.Kind.FESTIVAL_REPORT: (
        _("Festival reports"),
        _("Letters from the festivals we went to."),
    ),
}


@require_safe
def review_list(request: HttpRequest) -> HttpResponse:
    filters = ReviewFilter(request.GET)
    chosen = filters.chosen()
    page = page_of(request, chosen, by_index=filters.goes_by_index())
    context = {"page": page, "filters": filters, "unlisted": filters.is_used()}
    response = render(request, "reviews/review_list.html", context)
    if filters.errors:  # whatever is made up: the list under a million names is kept under none
        response["Cache-Control"] = "no-store"
    return response


@require_safe
def of_kind(request: HttpRequest, kind: Article.Kind) -> HttpResponse:
    title, standfirst = KIND_PAGES[kind]
    articles = Article.objects.published().of_kind(kind).newest_first()
    page = page_of(request, articles)
    return _list(request, page, title=str(title), standfirst=str(standfirst))


@require_safe
def section(request: HttpRequest, slug: str) -> HttpResponse:
    section = Section.objects.filter(slug=slug).first()
    if section is None:
        return led_on(request, Section, slug)
    articles = Article.objects.published().filter(section=section).newest_first()
    feed = addresses.to("reviews:section_feed", slug)
    page = page_of(request, articles)
    return _list(request, page, title=section.name, standfirst=section.description, feed=feed)


@require_safe
def tag(request: HttpRequest, slug: str) -> HttpResponse:
    tag = Tag.objects.filter(slug=slug).first()
    if tag is None:
        return led_on(request, Tag, slug)
    articles = Article.objects.published().tagged(tag).newest_first()
    feed = addresses.to("reviews:tag_feed", slug)
    page = page_of(request, articles, by_index=False)
    return _list(request, page, title=tag.name, kicker=gettext("Tag"), feed=feed)


@require_safe
def archive(request: HttpRequest) -> HttpResponse:
    counted = months.counted(Article.objects.published())
    context = {"months": counted, "sections": covered.by_published(covered.sections)}
    return render(request, "reviews/archive.html", context)


@require_safe
def archive_month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    published = Article.objects.published()
    page = page_of(request, published.of_month(year, month).newest_first())
    earlier, later = months.beside(published, year, month)
    return _list(
        request,
        page,
        title=month_in_words(year, month),
        kicker=gettext("Archive"),
        kicker_address=reverse("reviews:archive"),
        earlier=earlier,
        later=later,
        unlisted=not page.object_list,  # of the months that nobody wrote in there is no end
    )


def month_in_words(year: int, month: int) -> str:
    """“March 2026”, in the order of the page's language."""
    return date_format(date(year, month, 1), "YEAR_MONTH_FORMAT")


def page_of(request: HttpRequest, articles: ArticleQuerySet, *, by_index: bool = True) -> Page[Any]:
    """The page of cards that `?page=` names. Five queries. Raises `Http404` for no such page.

    Which articles they are is asked by itself: with all that a card shows PostgreSQL would join
    every article first, and SQLite sort whole rows. Where no index has them in their order
    (`by_index`) a page of them is found by going through all, as a count is: then both are one
    query, and there are four.
    """
    keys: Any = articles.values_list("pk", flat=True)
    return page_of_keys(request, keys if by_index else [*keys])


def page_of_keys(request: HttpRequest, keys: Any) -> Page[Any]:
    """The same of articles whose keys are known, or can be counted. Three queries, of a list."""
    try:
        page: Page[Any] = Paginator(keys, PAGE_LENGTH).page(request.GET.get("page") or 1)
    except InvalidPage:
        raise Http404("No such page.") from None
    page.object_list = for_readers.cards(page.object_list)
    return page


def _list(request: HttpRequest, page: Page[Any], **said: object) -> HttpResponse:
    return render(request, "reviews/article_list.html", {"page": page, **said})
