"""The search page."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reviews import covered
from reviews import search as searching

PAGE_LENGTH = 20  # results


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    query = " ".join(request.GET.get("q", "")[: searching.LONGEST].split())
    context = {"query": query, "longest": searching.LONGEST, "unlisted": bool(query)}
    if query:
        try:
            context |= _results(request, searching.find(query))
        except searching.NothingToFind as nothing:
            context["problem"] = str(nothing)
    return render(request, "reviews/search.html", context)


def _results(request: HttpRequest, found: searching.Found) -> dict[str, object]:
    pages: Paginator[int] = Paginator(found.pieces, PAGE_LENGTH)
    page = pages.get_page(request.GET.get("page"))
    results = {"found": found, "page": page, "hits": found.hits(list(page))}
    if not found.pieces:
        results["sections"] = covered.by_published(covered.sections)
    return results
