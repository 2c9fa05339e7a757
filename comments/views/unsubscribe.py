"""The end of mails about replies: by one press in the mail program, or on a page."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from .. import letters, notices
from ..models import Subscription
from .handed_back import or_handed_back
from .limited import UNSUBSCRIBING, posts_at_most
from .private import private_page


def again(request: HttpRequest, problem: str, status: int, token: str) -> HttpResponse:
    """The page again, and what to do."""
    return _page(request, letters.by_unsubscribe_token(token), problem=problem, status=status)


@private_page
@csrf_exempt  # a mail provider posts here for the reader, from elsewhere (RFC 8058, 3.2)
@or_handed_back(again)
@posts_at_most(UNSUBSCRIBING)
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """A page with a button; the post ends it and answers without a redirect. Two queries."""
    subscription = letters.by_unsubscribe_token(token)
    if subscription and request.method == "POST":
        notices.unsubscribe(subscription, timezone.now())
    return _page(request, subscription, ended=request.method == "POST")


def _page(
    request: HttpRequest,
    subscription: Subscription | None,
    *,
    ended: bool = False,
    problem: str = "",
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    over = subscription is not None and subscription.ended_at is not None
    context = {"subscription": subscription, "ended": ended or over, "problem": problem}
    status = status if subscription else HTTPStatus.NOT_FOUND
    return render(request, "comments/unsubscribe.html", context, status=status)
