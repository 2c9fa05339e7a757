"""Logging in with an account that a reader has elsewhere, in the middle of a reply, and out."""

import logging
from http import HTTPStatus
from typing import Protocol
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from reviews.models import Article, for_readers

from .. import origin, rate_limits, trust
from ..accounts import begun, protocol, providers
from ..accounts.begun import Outcome, Typed
from ..accounts.providers import Provider
from ..models import AuthorizationRequest, Comment
from ..rate_limits import TooMany
from .handed_back import from_this_site
from .limited import ACCOUNTS
from .posts import SeeOther
from .private import private_page

log = logging.getLogger(__name__)

COOKIE_PATH = "/"  # as __Host- asks for
BUTTON = "with"  # of the reply form: which account
WAITING = "kept"  # in the address of a reply page: which row has what was typed

NOBODY = "nobody"  # in place of an account: out
NOT_OFFERED = _("You cannot log in with this account here any more. Your words are still below.")
NO_WAY_THERE = _(
    "We could not find the way to %(account)s just now. Nothing you wrote is lost: try again in a "
    "minute, or reply with a name and an e-mail address."
)
PROBLEMS = {
    Outcome.NO_ADDRESS: _(
        "%(account)s did not tell us an e-mail address. Type one below, or log in once more and "
        "allow it there."
    ),
    Outcome.DECLINED: _(
        "%(account)s told us nothing, as you chose. Reply with a name and an e-mail address."
    ),
    Outcome.FAILED: _(
        "%(account)s could not tell us who you are. Nothing you wrote is lost: try again in a "
        "minute, or reply with a name and an e-mail address."
    ),
}
TOLD = {
    Outcome.PROVEN: _("%(account)s told us your name and that this e-mail address is yours."),
    Outcome.UNPROVEN: _(
        "%(account)s told us your name and your e-mail address, and not whether the address is "
        "confirmed. After you have sent your comment you can have a link mailed that confirms it."
    ),
}


class Again(Protocol):
    """The form again, with what was typed, what is wrong in a sentence, and the status."""

    def __call__(self, typed: Typed, problem: str = "", status: int = 200, /) -> HttpResponse: ...


class Waiting:
    """What a reply page says and has of a reader who was on the way to an account."""

    def __init__(self, row: AuthorizationRequest) -> None:
        known = providers.in_use().get(row.provider)
        names = {"account": known.name if known else row.provider}
        self.typed = begun.typed(row)
        self.is_proven = row.outcome == Outcome.PROVEN
        self.problem = str(PROBLEMS.get(Outcome(row.outcome), "")) % names
        self.told = str(TOLD.get(Outcome(row.outcome), "")) % names


def with_account(
    request: HttpRequest, article: Article, parent: Comment | None, typed: Typed, again: Again
) -> HttpResponse:
    """On to the page that leads to the account that was pressed; or the form again."""
    provider = providers.in_use().get(request.POST[BUTTON])
    if provider is None:
        return again(typed, str(NOT_OFFERED), HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        rate_limits.take_from(ACCOUNTS, origin.client_address(request))
    except TooMany as wait:
        return wait.answered(again(typed, str(wait)))
    state, verifier = begun.new_secret(), protocol.new_verifier()
    try:
        address = protocol.authorization(provider, state=state, verifier=verifier)
    except protocol.NotTold as why:
        log.warning("Nobody can log in with %s, which %s.", provider.name, why)
        problem = str(NO_WAY_THERE) % {"account": provider.name}
        return again(typed, problem, HTTPStatus.SERVICE_UNAVAILABLE)
    browser = begun.new_secret()
    row = begun.begin(
        provider,
        article,
        parent,
        typed,
        state=state,
        verifier=verifier,
        address=address,
        browser=browser,
        formerly=_browser(request),
        at=timezone.now(),
    )
    response = SeeOther(reverse("comments:to_account", args=[provider.slug, row.pk]))
    response.set_cookie(
        settings.REPLY_COOKIE_NAME,
        browser,
        max_age=begun.LASTS,
        path=COOKIE_PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    patch_cache_control(response, private=True, no_store=True)
    return response


def logs_out(request: HttpRequest) -> bool:
    return request.POST[BUTTON] == NOBODY


def log_out(request: HttpRequest, typed: Typed, again: Again) -> HttpResponse:
    """The form again, in a browser that forgot who was proven with it, and what waited here of
    them."""
    begun.forget(_browser(request))
    return _forgetful(again(typed | {"name": "", "email": ""}))


def waiting(request: HttpRequest, article: Article, parent: Comment | None) -> Waiting | None:
    """What waits for a reply page, if its address names it and this browser began it."""
    browser = _browser(request)
    pk = request.GET.get(WAITING, "")
    row = begun.waiting(pk, article, parent, browser=browser, at=timezone.now())
    return Waiting(row) if row else None


def sent(request: HttpRequest, article: Article) -> None:
    """A reply was sent: nothing waits for it any more. One to another article may."""
    begun.forget(_browser(request), article)


@private_page
@require_safe
def to_account(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The page that leads to the account. With “Back” from there it is shown again; once the reader
    has come back with an answer, it is the reply."""
    provider = _offered(slug)
    browser = _browser(request)
    row = begun.on_the_way(provider, pk, browser=browser, at=timezone.now())
    if row is None or for_readers.piece_of(row.article_id) is None:
        return _over(request, row)
    if row.answered_at:
        return HttpResponseRedirect(_reply_page(row))
    context = {"account": provider.name, "address": begun.address(row), "back": _reply_page(row)}
    return render(request, "comments/account.html", context | {"article": row.article})


@private_page
@require_safe
def account(request: HttpRequest, slug: str) -> HttpResponse:
    """Where the reader comes back to, with a code or a no: on to the reply, with what was typed,
    and with name and address."""
    provider = _offered(slug)
    answer, now = request.GET.dict(), timezone.now()
    browser = _browser(request)
    row, is_first = begun.come_back(provider, answer.get("state", ""), browser=browser, at=now)
    if row is None or for_readers.piece_of(row.article_id) is None:
        return _over(request, row)
    if is_first:
        try:
            profile = protocol.profile(provider, answer, verifier=begun.verifier(row))
            begun.take(row, profile, now)
        except protocol.Declined:
            begun.settle(row, Outcome.DECLINED)
        except protocol.NotTold as why:
            log.warning("A reader could not log in with %s, which %s.", provider.name, why)
            begun.settle(row, Outcome.FAILED)
    elif begun.is_being_asked(row, now):  # pressed twice, or loaded again
        return render(request, "comments/account_asked.html", {"account": provider.name})
    elif not row.outcome:  # whoever asked did not come to an end
        begun.settle(row, Outcome.FAILED)
    response = HttpResponseRedirect(_reply_page(row))
    if identity := begun.proven(row):  # also again: the first answer may have been lost
        trust.give_cookie(response, identity)
    return response


def not_logged_out(request: HttpRequest, problem: str, status: int) -> HttpResponse:
    context = {"is_known": _is_known(request), "problem": problem}
    return render(request, "comments/log_out.html", context, status=status)


@private_page
@from_this_site(not_logged_out)
@require_http_methods(["GET", "HEAD", "POST"])
def logged_out(request: HttpRequest) -> HttpResponse:
    """A page that says whether this browser shows who somebody is, with a button that ends it: on
    other pages nobody knows, as they are the same for every reader."""
    if request.method != "POST":
        return render(request, "comments/log_out.html", {"is_known": _is_known(request)})
    begun.forget(_browser(request))
    return _forgetful(SeeOther(reverse("comments:log_out")))


def _browser(request: HttpRequest) -> str:
    """What ties the way there and back to the browser that began, or “”."""
    return request.COOKIES.get(settings.REPLY_COOKIE_NAME, "")


def _is_known(request: HttpRequest) -> bool:
    return bool(_browser(request) or request.COOKIES.get(trust.COOKIE))


def _forgetful(response: HttpResponse) -> HttpResponse:
    response.delete_cookie(settings.REPLY_COOKIE_NAME, path=COOKIE_PATH, samesite="Lax")
    response.delete_cookie(trust.COOKIE, path=trust.COOKIE_PATH, samesite="Lax")
    return response


def _offered(slug: str) -> Provider:
    provider = providers.in_use().get(slug)
    if provider is None:
        raise Http404("No such page.")
    return provider


def _over(request: HttpRequest, row: AuthorizationRequest | None) -> HttpResponse:
    """Nobody logs in: it was not begun here, or there is nothing to reply to any more."""
    context = {"text": begun.typed(row).get("text", "")} if row else {}
    return render(request, "comments/account_ended.html", context, status=HTTPStatus.NOT_FOUND)


def _reply_page(row: AuthorizationRequest) -> str:
    """The reply's own page, with what waits for it."""
    parent = row.parent if row.parent and row.parent.is_approved() else None
    if row.parent_id and parent is None:
        begun.answer_the_article(row)  # nobody can read any more what it answered
    view, pk = ("comments:reply", parent.pk) if parent else ("comments:on_article", row.article_id)
    return f"{reverse(view, args=[pk])}?{urlencode({WAITING: row.pk})}"
