"""What is kept of those who comment: said to everybody, shown and erased for its owner."""

from http import HTTPStatus

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from .. import letters, privacy
from ..forms import FORM_LIFETIME
from ..spam.rules import FLOOD_WINDOW
from .handed_back import INVALID, from_this_site
from .limited import ASKING, PRIVATE_PAGES, posts_at_most
from .private import private_page


class AddressForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        error_messages={
            "required": _(
                "Give the e-mail address that you commented with, or that new pieces go to."
            ),
            "invalid": _("This is not an e-mail address. Write it like you@example.org."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What is kept of those who comment, from the numbers in force."""
    limits = {"form_days": FORM_LIFETIME.days, "flood_minutes": FLOOD_WINDOW.seconds // 60}
    return render(request, "comments/privacy.html", limits | privacy.numbers_in_force())


def again(request: HttpRequest, problem: str, status: int) -> HttpResponse:
    """The form again, with the address that was typed."""
    form = AddressForm(request.POST, auto_id="ask-%s")
    context = {"problem": problem, "form": form}
    return render(request, "comments/privacy_ask.html", context, status=status)


@from_this_site(again)
@posts_at_most(ASKING, AddressForm)
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """A form for an e-mail address. The answer is the same whether or not it is known here."""
    form = AddressForm(request.POST if request.method == "POST" else None, auto_id="ask-%s")
    asked = form.is_valid()
    if asked:
        privacy.ask(form.cleaned_data["email"])
    wrong = form.is_bound and not asked
    context = {"form": form, "asked": asked, "days": letters.KEPT_LIFETIME_DAYS}
    context["problem"] = INVALID if wrong else ""
    status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
    return render(request, "comments/privacy_ask.html", context, status=status)


def not_erased(request: HttpRequest, problem: str, status: int, token: str) -> HttpResponse:
    """The page again, with what is still kept, and what to do."""
    return _kept(request, letters.by_kept_token(token), problem=problem, status=status)


@private_page
@from_this_site(not_erased)
@posts_at_most(PRIVATE_PAGES)
@require_http_methods(["GET", "HEAD", "POST"])
def kept(request: HttpRequest, token: str) -> HttpResponse:
    """Everything under the address a link was mailed to, and a button that erases it."""
    email = letters.by_kept_token(token)
    status = HTTPStatus.OK if email else HTTPStatus.NOT_FOUND
    if not email or request.method != "POST":
        return _kept(request, email, status=status)
    followed = privacy.is_followed_by(email)
    return _kept(request, email, erased=privacy.erase(email), followed=followed, status=status)


def _kept(
    request: HttpRequest,
    email: str,
    *,
    status: int,
    erased: int | None = None,
    followed: bool = False,
    problem: str = "",
) -> HttpResponse:
    context = privacy.everything(email, request.GET.get("page")) | {
        "valid": bool(email),
        "email": email,
        "erased": erased,
        "followed": followed,
        "problem": problem,
    }
    return render(request, "comments/privacy_kept.html", context, status=status)
