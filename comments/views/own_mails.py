"""The end of a mail to who works here: by one press in the mail program, or on a page."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from .. import own_mails
from .handed_back import or_handed_back
from .limited import UNSUBSCRIBING, posts_at_most
from .private import private_page


def again(request: HttpRequest, problem: str, status: int, token: str) -> HttpResponse:
    """The page again, and what to do."""
    found = own_mails.to_stop(token)
    return _page(request, found[1] if found else "", problem=problem, status=status)


@private_page
@csrf_exempt  # a mail provider posts here for its customer, from elsewhere (RFC 8058, 3.2)
@or_handed_back(again)
@posts_at_most(UNSUBSCRIBING)
@require_http_methods(["GET", "HEAD", "POST"])
def stop_own_mails(request: HttpRequest, token: str) -> HttpResponse:
    """A page with a button; the post ends them and answers without a redirect. Two queries."""
    user, sort = own_mails.to_stop(token) or (None, "")
    if user and request.method == "POST":
        own_mails.stop(user, own_mails.SORTS[sort])
    return _page(request, sort, ended=request.method == "POST")


def _page(
    request: HttpRequest,
    sort: str,
    *,
    ended: bool = False,
    problem: str = "",
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    context = {"sort": sort, "ended": ended, "problem": problem}
    status = status if sort else HTTPStatus.NOT_FOUND
    return render(request, "comments/stop_own_mails.html", context, status=status)
