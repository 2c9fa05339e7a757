"""An article's own page, for readers and, before they may see it, for editors."""

from typing import Any

from django.contrib.auth.models import AnonymousUser, User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from reviews import body, figures, preview_links, prose, publishing, reading_time
from reviews.addresses import asked_on
from reviews.models import Article, for_readers

from . import apart

PAGE, REPLIES = "reviews/article_detail.html", "reviews/_replies_to.html"
RELATED = 3  # pieces to read next: one row of cards


@require_safe
def article(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """Its page. A piece that is of another kind by now is led on to; no two share a slug."""

    def read() -> dict[str, Any]:
        found = for_readers.piece(kind, slug)
        if found is None:
            raise Http404("No such page.")
        return _context(found)

    try:
        return apart.page(request, PAGE, read, REPLIES, shared=("article",))
    except Http404:
        elsewhere = for_readers.piece_elsewhere(kind, slug)
        if elsewhere is None:
            raise
        return redirect(asked_on(elsewhere.get_absolute_url(), request), permanent=True)


@require_safe
@cache_control(private=True, no_store=True)
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """An article that readers cannot see yet, or no longer; 404 for all but the desk. One that is
    deleted is for those alone who may bring it back, or see that it is there."""
    if not _may_preview(request.user):
        raise Http404("No such page.")
    pieces = Article.objects.for_page()
    if not request.user.has_perm("reviews.view_deletedarticle"):
        pieces = pieces.not_deleted()
    article = get_object_or_404(pieces, pk=pk)
    if article.is_live():
        return redirect(article)
    problems = publishing.checklist(article)
    response = render_article(request, article, preview=True, problems=problems, unlisted=True)
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
@cache_control(private=True, no_store=True)
def shared_preview(request: HttpRequest, token: str) -> HttpResponse:
    """The same for whoever was given its address (preview_links.py): what readers will see, with
    nothing that is the desk's to know."""
    found = preview_links.opened(token)
    if found is None:
        raise Http404("No such page.")
    article, until = found
    if article.is_live():
        return redirect(article)
    response = render_article(request, article, shown_until=until, unlisted=True)
    response["X-Robots-Tag"] = "noindex"
    return response


def render_article(request: HttpRequest, article: Article, **extra: object) -> HttpResponse:
    """The page of an article that was loaded `for_page()`. One more query, for what to read next,
    and one for what was corrected.

    `extra` is passed on to the template; it knows `preview` (an editor's view), `framed` (within
    another page, which says that it is one), `shown_until` (to somebody outside) and `unlisted`
    (search engines are asked to stay away).
    """
    context = _context(article, preview=bool(extra.get("preview"))) | extra
    return render(request, PAGE, context)


def _context(article: Article, *, preview: bool = False) -> dict[str, Any]:
    article.body = prose.clean(article.body)  # once, for whatever is made of it
    words = body.plain_text(article.body)
    repeats = words.startswith(article.standfirst.rstrip("…"))  # as where it was made of them
    return {
        "article": article,
        "body": figures.body_with_figures(article, preview=preview),
        "has_initial": body.has_initial(article.body),
        "edition": article.festival_edition(),
        "corrections": for_readers.corrections(article),
        "minutes": reading_time.minutes(words),
        "standfirst": "" if repeats else article.standfirst,
        **_read_next(article),
        "preview": preview,
        "framed": False,
        "shown_until": None,
        "unlisted": False,
    }


def _read_next(article: Article) -> dict[str, object]:
    """What is related to it, and what was published before and after it. One query."""
    found = for_readers.around(article, RELATED)
    near = [other for other in found if other.nearness is not None]
    near.sort(key=_place)  # what is also beside it came first
    return {
        "related": near[:RELATED],
        "earlier": next((other for other in found if other.beside == -1), None),
        "later": next((other for other in found if other.beside == 1), None),
    }


def _place(other: Any) -> tuple[int, int, float]:
    """As `related_to` orders."""
    return other.nearness, other.pinned_at or 0, -other.first_published_at.timestamp()


def _may_preview(user: User | AnonymousUser) -> bool:
    return user.is_staff and (
        user.has_perm("reviews.view_article") or user.has_perm("reviews.view_review")
    )
