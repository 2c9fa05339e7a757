"""New pieces by mail: asking for them, confirming that, changing how often, and stopping."""

from http import HTTPStatus

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from ..following import follows, links, news
from ..forms import Honeypot
from ..mailboxes import MailboxField
from ..models import Follower
from .handed_back import INVALID, from_this_site, or_handed_back
from .limited import FOLLOWING, PRIVATE_PAGES, UNSUBSCRIBING, posts_at_most
from .private import private_page


class RhythmForm(forms.Form):
    rhythm = forms.ChoiceField(
        label=_("How often"),
        choices=news.rhythms,
        error_messages={
            "required": _("Choose how often."),
            "invalid_choice": _("Choose how often."),
        },
    )


class FollowForm(RhythmForm):
    email = MailboxField(
        label=_("E-mail"),
        max_length=254,
        error_messages={
            "required": _("Give the e-mail address to which new pieces shall go."),
            "invalid": _("This is not an e-mail address. Write it like you@example.org."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    subject = Honeypot()
    field_order = ("email", "rhythm", "subject")


def again(request: HttpRequest, problem: str, status: int) -> HttpResponse:
    """The form again, with what was typed."""
    form = FollowForm(request.POST, auto_id="follow-%s")
    return _asking(request, form, problem=problem, status=status)


@from_this_site(again)
@posts_at_most(FOLLOWING, FollowForm)
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """A form for an e-mail address. The answer is the same whether or not it follows already."""
    form = FollowForm(request.POST if request.method == "POST" else None, auto_id="follow-%s")
    asked = form.is_valid()
    if asked and not form.cleaned_data["subject"]:
        follows.ask(form.cleaned_data["email"], form.cleaned_data["rhythm"])
    wrong = form.is_bound and not asked
    status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
    return _asking(request, form, asked=asked, problem=str(INVALID) if wrong else "", status=status)


def not_changed(request: HttpRequest, problem: str, status: int, token: str) -> HttpResponse:
    """The page again, and what to do."""
    return _page(request, _follower(token), problem=problem, status=status)


@private_page
@from_this_site(not_changed)
@posts_at_most(PRIVATE_PAGES)
@require_http_methods(["GET", "HEAD", "POST"])
def following(request: HttpRequest, token: str) -> HttpResponse:
    """Confirms, and then changes or stops. Asks first: programs open every link in a mail."""
    follower = _follower(token)
    if follower is None or request.method != "POST":
        return _page(request, follower)
    if "stop" in request.POST:
        follows.stop(follower)
        return _stopping(request, None, ended=True)
    form = RhythmForm(request.POST, auto_id="follow-%s")
    if not form.is_valid():
        wrong = HTTPStatus.UNPROCESSABLE_ENTITY
        return _page(request, follower, form, problem=str(INVALID), status=wrong)
    follows.choose(follower, form.cleaned_data["rhythm"])
    return _page(request, links.of_page(token), chosen=True)


def not_stopped(request: HttpRequest, problem: str, status: int, token: str) -> HttpResponse:
    """The page again, and what to do."""
    return _stopping(request, links.to_stop(token), problem=problem, status=status)


@private_page
@csrf_exempt  # a mail provider posts here for the reader, from elsewhere (RFC 8058, 3.2)
@or_handed_back(not_stopped)
@posts_at_most(UNSUBSCRIBING)
@require_http_methods(["GET", "HEAD", "POST"])
def stop_following(request: HttpRequest, token: str) -> HttpResponse:
    """A page with a button; the post ends it and answers without a redirect."""
    follower = links.to_stop(token)
    if follower and request.method == "POST":
        follows.stop(follower)
        follower = None
    ended = follower is None and links.did_stop(token)
    found = bool(follower) or ended
    status = HTTPStatus.OK if found else HTTPStatus.NOT_FOUND
    return _stopping(request, follower, ended=ended, status=status)


def _follower(token: str) -> Follower | None:
    """None too where the link can confirm nothing any more."""
    follower = links.of_page(token)
    return follower if follower and follows.may_confirm(follower) else None


def _asking(
    request: HttpRequest,
    form: FollowForm,
    *,
    asked: bool = False,
    problem: str = "",
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    context = {"form": form, "asked": asked, "problem": problem, "days": follows.LINK_LASTS.days}
    return render(request, "comments/follow.html", context, status=status)


def _page(
    request: HttpRequest,
    follower: Follower | None,
    form: RhythmForm | None = None,
    *,
    chosen: bool = False,
    problem: str = "",
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    context: dict[str, object] = {"follower": follower, "chosen": chosen, "problem": problem}
    context["days"] = follows.LINK_LASTS.days
    if follower:
        now_is = {"rhythm": follower.rhythm}
        context["form"] = form or RhythmForm(initial=now_is, auto_id="follow-%s")
        context["rhythm"] = news.said(follower.rhythm)
    status = status if follower else HTTPStatus.NOT_FOUND
    return render(request, "comments/following.html", context, status=status)


def _stopping(
    request: HttpRequest,
    follower: Follower | None,
    *,
    ended: bool = False,
    problem: str = "",
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    context = {"follower": follower, "ended": ended, "problem": problem}
    return render(request, "comments/stop_following.html", context, status=status)
