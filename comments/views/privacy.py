"""What is kept of those who comment: said to everybody, shown and erased for its owner."""

from http import HTTPStatus

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from .. import letters, origin, privacy
from ..forms import FORM_LIFETIME
from ..models import Comment, Sender
from ..spam.rules import FLOOD_WINDOW
from .limited import ASKING, PRIVATE_PAGES, posts_at_most
from .replies import FOREIGN


class AddressForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        error_messages={
            "required": _("Give the e-mail address that you commented with."),
            "invalid": _("This is not an e-mail address. Write it like you@example.org."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What is kept of those who comment, from the numbers in force."""
    limits = {"form_days": FORM_LIFETIME.days, "flood_minutes": FLOOD_WINDOW.seconds // 60}
    return render(request, "comments/privacy.html", limits | privacy.numbers_in_force())


def foreign_erasure(request: HttpRequest, token: str) -> HttpResponse:
    """Nothing is erased for a page of another site."""
    return foreign(request)


def foreign(request: HttpRequest) -> HttpResponse:
    """The form again, and how to send it."""
    context = {"problem": FOREIGN, "form": AddressForm(auto_id="ask-%s")}
    return render(request, "comments/privacy_ask.html", context, status=HTTPStatus.FORBIDDEN)


@origin.posts_from_this_site(otherwise=foreign)
@posts_at_most(ASKING)
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """A form for an e-mail address. The answer is the same whether or not it is known here."""
    form = AddressForm(request.POST if request.method == "POST" else None, auto_id="ask-%s")
    asked = form.is_valid()
    if asked:
        privacy.ask(form.cleaned_data["email"])
    wrong = form.is_bound and not asked
    context = {"form": form, "asked": asked, "days": letters.KEPT_LIFETIME_DAYS}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
    return render(request, "comments/privacy_ask.html", context, status=status)


@origin.posts_from_this_site(otherwise=foreign_erasure)
@posts_at_most(PRIVATE_PAGES)
@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_store=True)
def kept(request: HttpRequest, token: str) -> HttpResponse:
    """Everything under the address a link was mailed to, and a button that erases it."""
    email = letters.by_kept_token(token)
    erased = privacy.erase(email) if email and request.method == "POST" else None
    comments = privacy.written_under(email) if email else Comment.objects.none()
    context = {
        "comments": comments.oldest_first()
        .select_related("article", "subscription", "akismet")
        .prefetch_related("findings", "edits", "notices", "decisions"),
        "listed": Sender.objects.of_email(email).first(),
        "valid": bool(email),
        "email": email,
        "erased": erased,
    }
    status = HTTPStatus.OK if email else HTTPStatus.NOT_FOUND
    response = render(request, "comments/privacy_kept.html", context, status=status)
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
