"""How often a login may be tried, so that nobody guesses passwords and nobody is locked out.

Counted are failures: per account and network, per network, and per account. The last would let
anybody lock an editor out by failing on purpose; so a browser in which the account was logged into
before keeps a cookie, and has tries of its own that others cannot use up (OWASP: “device cookies”).
Names and addresses are kept as keyed hashes, for a day.
"""

import secrets
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.template.defaultfilters import pluralize
from django.urls import reverse
from django.utils import timezone

from comments import keyed, network_addresses, origin, rate_limits
from comments.models import Attempt
from comments.rate_limits import Limit

QUARTER = timedelta(minutes=15)
HERE = Limit("login-here", 6, QUARTER)  # one account from one network
NETWORK = Limit("login-network", 40, QUARTER)  # any account: an office behind one address
ACCOUNT = Limit("login-account", 60, QUARTER)  # one account from any network
BROWSER = Limit("login-browser", 10, QUARTER)  # one account from a browser that knows it

COOKIE = "__Secure-newsroom" if settings.HTTPS else "newsroom"
COOKIE_LIFETIME = timedelta(days=180)
_signer = signing.Signer(salt="publication.logins")


@dataclass(frozen=True)
class Try:
    """A login that is being tried: the rows that it takes."""

    rows: tuple[Attempt, ...]

    def succeeded(self) -> None:
        """Take it back, and what failed before it for this account from here."""
        Attempt.objects.filter(pk__in=[row.pk for row in self.rows]).delete()
        here = [row.name for row in self.rows if row.kind in (HERE.kind, BROWSER.kind)]
        Attempt.objects.filter(kind__in=(HERE.kind, BROWSER.kind), name__in=here).delete()


def begin(request: HttpRequest, username: str, at: datetime | None = None) -> Try:
    """Take a try before the password is looked at. Raises `rate_limits.TooMany`."""
    now = at or timezone.now()
    account = unicodedata.normalize("NFKC", username).casefold()[:150]
    if browser := known_browser(request, username=username):
        return Try((rate_limits.take(BROWSER, _hash(account, browser), at=now),))
    address = origin.client_address(request)
    network = network_addresses.keyed_hash(address, now) or _hash("", "")
    before = network_addresses.recent_hashes(address, now, QUARTER)
    tries = (
        (HERE, _hash(account, network), [_hash(account, day) for day in before]),
        (NETWORK, network, before),
        (ACCOUNT, _hash(account, ""), ()),
    )
    return Try(rate_limits.take_each(tries, at=now))


def refusal(wait: rate_limits.TooMany) -> str:
    """What somebody who has to wait is told."""
    until = timezone.localtime(timezone.now() + wait.wait)
    return (
        "Too many logins failed in the last minutes, so yours was not tried. Try again at "
        f"{until:%H:%M} (in {wait.minutes} minute{pluralize(wait.minutes)}), or at once "
        "in a browser in which you have logged in before."
    )


def remember_browser(response: HttpResponse, user: User | AnonymousUser) -> None:
    """Let this browser have tries of its own for the account from now on."""
    response.set_cookie(
        COOKIE,
        _signer.sign(f"{user.pk}.{secrets.token_urlsafe(12)}"),
        max_age=COOKIE_LIFETIME,
        path=reverse("admin:index"),  # the pages that readers get never see it
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def is_known(cookies: Mapping[str, str]) -> bool:
    """Whether somebody has logged in with this browser; no query."""
    try:
        _signer.unsign(cookies.get(COOKIE, ""))
    except signing.BadSignature:
        return False
    return True


def known_browser(request: HttpRequest, **account: str) -> str:
    """What the browser's cookie says, if the login that it is of has these; else “”."""
    try:
        pk, _, browser = _signer.unsign(request.COOKIES.get(COOKIE, "")).partition(".")
    except signing.BadSignature:
        return ""
    theirs = pk.isdecimal() and User.objects.filter(pk=pk, **account).exists()
    return browser if theirs else ""


def _hash(account: str, place: str) -> str:
    return keyed.digest("publication.logins", f"{account}\0{place}")
