"""The page of a mailed link: its button proves that an e-mail address is the reader's."""

from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from .. import letters, trust, writers
from ..models import Comment
from .handed_back import from_this_site
from .limited import PRIVATE_PAGES, posts_at_most
from .posts import SeeOther
from .private import private_page


def again(request: HttpRequest, problem: str, status: int, token: str) -> HttpResponse:
    """The page again, and what to do."""
    return _page(request, letters.by_confirm_token(token), problem, status)


@private_page
@from_this_site(again)
@posts_at_most(PRIVATE_PAGES)
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Asks first: programs that look at every link in a mail must not confirm anything."""
    comment = letters.by_confirm_token(token)
    if comment is None:
        return _page(request, None, status=HTTPStatus.NOT_FOUND)
    if request.method != "POST":
        return _page(request, comment)
    try:
        identity = writers.confirm(comment, timezone.now())
    except trust.Gone:
        return _page(request, None, status=HTTPStatus.NOT_FOUND)
    response = SeeOther(f"{writers.yours_address(comment)}#proof-title")  # where it says so
    if settings.COMMENTS_TRUST:
        trust.give_cookie(response, identity)
    return response


def _page(
    request: HttpRequest, comment: Comment | None, problem: str = "", status: int = 200
) -> HttpResponse:
    context = {"comment": comment, "problem": problem, "days": letters.CONFIRM_LIFETIME_DAYS}
    context["trust"] = settings.COMMENTS_TRUST
    return render(request, "comments/confirm.html", context, status=status)
