"""A password that was forgotten, or that a new login has not yet: a link by mail, with which its
owner chooses one.

Whoever asks is answered the same, and after as many writes, whether a login has the address or
not. The link is Django's: it opens for `PASSWORD_RESET_TIMEOUT`, and no more once the password is
changed or somebody logged in. It is made when the mail is written, so no row holds it.
"""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.forms import PasswordResetForm
from django.contrib.auth.models import User
from django.contrib.auth.tokens import default_token_generator
from django.contrib.auth.views import (
    PasswordResetConfirmView,
    PasswordResetDoneView,
    PasswordResetView,
)
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse, reverse_lazy
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.views.decorators.cache import never_cache

from comments import (
    keyed,
    letters,
    network_addresses,
    notices,
    origin,
    plain_text,
    rate_limits,
)
from comments.models import Notice
from comments.rate_limits import Limit

from . import logins
from .newsroom import saved_or_told

DAY = timedelta(days=1)
NETWORK = Limit("password-network", 6, timedelta(minutes=15))  # any address
HERE = Limit("password-here", 3, DAY)  # one address, typed in one network
ADDRESS = Limit("password-address", 9, DAY)  # in any: nobody is pestered by what others type
BROWSER = Limit("password-browser", 3, DAY)  # in a browser that knows a login of it
_NOBODY = "password-nobody"
LASTS = timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)


class AddressForm(PasswordResetForm):
    email = forms.EmailField(
        label="E-mail address",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "autofocus": True}),
    )

    def get_users(self, email: str) -> Any:
        """Those of the newsroom; nobody else can log in."""
        return [user for user in super().get_users(plain_text.mailbox(email)) if user.is_staff]

    def save(self, *_: Any, **__: Any) -> None:
        """Owe each login that has the address a mail; the worker sends it. Without one a row is
        written as well, so that the answer takes about as long."""
        now = timezone.now()
        users = self.get_users(self.cleaned_data["email"])
        for user in users:
            owe_link(user, now)
        if not users:
            rate_limits.note(_NOBODY, now)


class _OfTheNewsroom:
    """Its frame: the publication's name and look."""

    request: HttpRequest

    def get_context_data(self, **known: Any) -> dict[str, Any]:
        found: dict[str, Any] = super().get_context_data(**known)  # type: ignore[misc]
        return admin.site.each_context(self.request) | found


class _Asks(_OfTheNewsroom):
    """With a form; one that is refused is answered 422, as elsewhere in the newsroom."""

    def form_invalid(self, form: Any) -> HttpResponse:
        view: Any = self
        answer: HttpResponse = view.render_to_response(self.get_context_data(form=form), status=422)
        return answer


@method_decorator(never_cache, name="dispatch")
class Ask(_Asks, PasswordResetView):
    form_class = AddressForm
    template_name = "admin/password_forgotten.html"
    success_url = reverse_lazy("admin:password_reset_done")
    title = "A new password"

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            _take_a_try(self.request, form.cleaned_data["email"])
        except rate_limits.TooMany as wait:
            form.add_error(None, _refusal(wait))
            return wait.answered(self.form_invalid(form))
        return super().form_valid(form)


class Asked(_OfTheNewsroom, PasswordResetDoneView):
    template_name = "admin/password_link_sent.html"
    title = "Look into your mail"
    extra_context = {"hours": LASTS // timedelta(hours=1)}


class Choose(_Asks, PasswordResetConfirmView):
    template_name = "admin/new_password.html"
    success_url = reverse_lazy("admin:login")
    title = "Your new password"

    def get_context_data(self, **known: Any) -> dict[str, Any]:
        found = super().get_context_data(**known)
        return found if self.validlink else found | {"title": "This link does not open any more"}

    def get_user(self, uidb64: str) -> User | None:
        user = super().get_user(uidb64)
        return user if user and user.is_active and user.is_staff else None

    @transaction.atomic  # with the mail that tells of it
    def form_valid(self, form: Any) -> HttpResponse:
        """Who guessed at the old one until they had to wait can log in with the new one at once."""
        messages.success(self.request, "Your password is set. Log in with it.")
        answer = super().form_valid(form)
        logins.remember_browser(answer, form.user)
        return answer


def owe_link(user: User, at: datetime) -> None:
    """By mail, to choose a password with."""
    notices.tell(user, Notice.Kind.PASSWORD, about=f"{at.timestamp():.6f}", at=at)


@letters.writes(Notice.Kind.PASSWORD)
def _letter(notice: Notice) -> letters.Letter | None:
    """With a link that is made now; None once a link of that time would have ended."""
    user = notice.user
    late = timezone.now() - notice.made_at > LASTS
    if late or user is None or not (user.is_active and user.is_staff):
        return None
    named = [urlsafe_base64_encode(force_bytes(user.pk)), default_token_generator.make_token(user)]
    facts: dict[str, object] = {"user": user, "hours": LASTS // timedelta(hours=1)}
    facts |= {"page": reverse("admin:password_reset_confirm", args=named)}
    facts |= {"is_new": user.last_login is None, "door": reverse("admin:login")}
    subject = "Your login for" if user.last_login is None else "A new password for"
    return letters.Letter(f"{subject} the newsroom", "password.txt", user.email, facts)


def _take_a_try(request: HttpRequest, email: str) -> None:
    """As logins are tried, so that nobody can use up another's. Raises `rate_limits.TooMany`."""
    now = timezone.now()
    if browser := logins.known_browser(request, email__iexact=email):
        rate_limits.take(BROWSER, _hash(email, browser), at=now)
        return
    network = origin.client_address(request)
    rate_limits.take_from(NETWORK, network, now)
    here = _hash(email, network_addresses.keyed_hash(network, now))
    since = [_hash(email, day) for day in network_addresses.recent_hashes(network, now, DAY)]
    rate_limits.take_each(((HERE, here, since), (ADDRESS, _hash(email, ""), ())), at=now)


def _hash(email: str, place: str) -> str:
    return keyed.digest("publication.forgotten", f"{plain_text.fold(email)}\0{place}")


def _refusal(wait: rate_limits.TooMany) -> str:
    until = timezone.localtime(timezone.now() + wait.wait)
    day = "" if until.date() == timezone.localdate() else " tomorrow"
    return (
        "Links were asked for too often lately, so none was sent this time. Look into your mail, "
        f"also where spam is kept; or ask again after {until:%H:%M}{day}, or at once in a browser "
        "in which you have logged in before; or ask an administrator, who can give you a new "
        "password."
    )


urls = [
    path("password_reset/", saved_or_told(Ask.as_view()), name="password_reset"),
    path("password_reset/done/", Asked.as_view(), name="password_reset_done"),
    path(
        "password_reset/<str:uidb64>/<str:token>/",
        saved_or_told(Choose.as_view()),
        name="password_reset_confirm",
    ),
]
