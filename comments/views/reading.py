"""Reading a thread: its further pages, and the permanent address of each comment."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from reviews import dependencies
from reviews.models import Article
from reviews.numbers import whole_number

from .. import closing
from ..models import Comment
from ..reading import conversations, pages
from ..reading.pages import Order

LONGEST_NUMBER = 6  # digits of a page; a million pages hold fifty million conversations


@require_safe
def thread(request: HttpRequest, pk: int) -> HttpResponse:
    """A page of the replies to an article, the same for every reader."""
    article = get_object_or_404(Article.objects.published(), pk=pk)
    wanted = whole_number(request.GET.get("page", "1"), LONGEST_NUMBER)
    order = request.GET.get("sort", Order.OLDEST.value)
    if wanted is None or order not in Order.values:
        raise Http404("No such page.")
    try:
        page = pages.read(article, wanted, Order(order))
    except pages.NoSuchPage:
        raise Http404("No such page.") from None
    unlisted = page.order != Order.OLDEST
    context = {"article": article, "replies": page, "page": page, "unlisted": unlisted}
    context["closing"] = closing.of(article)
    return render(request, "comments/thread.html", context)


@require_safe
def conversation(request: HttpRequest, pk: int) -> HttpResponse:
    """A page of one long conversation, the same for every reader."""
    wanted = whole_number(request.GET.get("page", "1"), LONGEST_NUMBER)
    if wanted is None:
        raise Http404("No such page.")
    roots = Comment.objects.on_live_articles().filter(parent=None).for_thread()
    with dependencies.part(Comment._meta.db_table) as part:
        root = get_object_or_404(roots.select_related("article"), pk=pk)
        part.pk = root.article_id
        try:
            page = conversations.read(root, wanted)
        except conversations.NoSuchPage:
            raise Http404("No such page.") from None
        whole = pages.place_of(root)
    if not (root.is_approved() or page.replies):
        raise Http404("No such page.")
    context = {"article": root.article, "page": page, "closing": closing.of(root.article)}
    context["whole"] = whole
    return render(request, "comments/conversation.html", context)


@require_safe
def comment(request: HttpRequest, pk: int) -> HttpResponseRedirect:
    """From a comment's permanent address to the page it stands on now."""
    readable = Comment.objects.on_live_articles().approved().select_related("article", "root")
    return redirect(pages.place_of(get_object_or_404(readable, pk=pk)))
