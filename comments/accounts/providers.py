"""Where readers may have an account, and what each says of who logged in there.

WordPress.com: https://developer.wordpress.com/docs/oauth2/. Facebook:
https://developers.facebook.com/docs/facebook-login/guides/advanced/manual-flow. All others by
OpenID Connect (https://openid.net/specs/openid-connect-core-1_0.html), as far as it goes here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from .. import wire
from ..plain_text import one_line

LONGEST = 254  # characters of a name or an address
OPENID = "openid"


@dataclass(frozen=True)
class Profile:
    """What a provider says of a reader. `is_verified`: that they showed it the mailbox is theirs;
    only then it proves anything here."""

    name: str
    email: str
    is_verified: bool


@dataclass(frozen=True)
class Addresses:
    """Of the authorization, the token and the profile (RFC 6749, 3; OpenID Connect Core, 5.3).
    `in_header`: the client names itself in a header instead of the form (RFC 6749, 2.3.1)."""

    authorization: str
    token: str
    profile: str
    in_header: bool = False


@dataclass(frozen=True)
class Provider:
    """`addresses` is None where `issuer` has a document that tells them (OpenID Connect Discovery,
    4). `asked` is the query of the profile."""

    slug: str
    name: str
    client_id: str
    client_secret: str = field(repr=False)
    scope: str
    read: Callable[[Mapping[str, Any]], Profile]
    addresses: Addresses | None = None
    issuer: str = ""
    asked: str = ""


def in_use() -> dict[str, Provider]:
    """By slug, as the settings say; none where nothing comes of a proven mailbox."""
    every = _begun_with() if settings.COMMENTS_TRUST else []
    return {one.slug: one for one in every if not why_off(one)}


def are_set() -> bool:
    return bool(_begun_with())


def half_set() -> dict[str, str]:
    """What is wrong, by name, with those of which only a part is set."""
    every = {one.name or "OpenID": why_off(one) for one in _begun_with()}
    return {name: ", ".join(lacks) for name, lacks in every.items() if lacks}


def why_off(provider: Provider) -> tuple[str, ...]:
    """What it lacks, in words, or nothing."""
    prefix = provider.slug.upper()
    lacks = [
        f"{prefix}_{what} is not set"
        for what, value in (
            ("CLIENT_ID", provider.client_id),
            ("CLIENT_SECRET", provider.client_secret),
            ("NAME", provider.name),
        )
        if not value
    ]
    if provider.slug == OPENID:
        if not provider.issuer:
            lacks.append(f"{prefix}_ISSUER is not set")
        elif problem := wire.why_refused(provider.issuer):
            lacks.append(f"{prefix}_ISSUER {problem}")
    return tuple(lacks)


def _begun_with() -> list[Provider]:
    """Those of which anything is set. Asked for every page that is made: mostly there is none."""
    every = (
        (_wordpress, settings.WORDPRESS_CLIENT_ID or settings.WORDPRESS_CLIENT_SECRET),
        (_facebook, settings.FACEBOOK_CLIENT_ID or settings.FACEBOOK_CLIENT_SECRET),
        (
            _openid,
            settings.OPENID_CLIENT_ID or settings.OPENID_CLIENT_SECRET or settings.OPENID_ISSUER,
        ),
    )
    return [make() for make, is_set in every if is_set]


def _wordpress() -> Provider:
    return Provider(
        "wordpress",
        "WordPress.com",
        settings.WORDPRESS_CLIENT_ID,
        settings.WORDPRESS_CLIENT_SECRET,
        "auth",
        lambda said: _profile(said, "display_name", is_verified=said.get("email_verified") is True),
        Addresses(
            "https://public-api.wordpress.com/oauth2/authorize",
            "https://public-api.wordpress.com/oauth2/token",
            "https://public-api.wordpress.com/rest/v1.1/me",
        ),
    )


def _facebook() -> Provider:
    """It does not say whether an address is confirmed, so none of its addresses proves anything.
    Versions of its interface end after two years; without one it takes the oldest that it has."""
    return Provider(
        "facebook",
        "Facebook",
        settings.FACEBOOK_CLIENT_ID,
        settings.FACEBOOK_CLIENT_SECRET,
        "email,public_profile",
        lambda said: _profile(said, "name", is_verified=False),
        Addresses(
            "https://www.facebook.com/dialog/oauth",
            "https://graph.facebook.com/oauth/access_token",
            "https://graph.facebook.com/me",
        ),
        asked="fields=name,email",
    )


def _openid() -> Provider:
    return Provider(
        OPENID,
        settings.OPENID_NAME,
        settings.OPENID_CLIENT_ID,
        settings.OPENID_CLIENT_SECRET,
        settings.OPENID_SCOPE,
        # A string in the answers of some (Core, 5.1 has a boolean). Kakao has no `name` for most.
        lambda said: _profile(
            said, "name", "nickname", is_verified=said.get("email_verified") in (True, "true")
        ),
        issuer=settings.OPENID_ISSUER.rstrip("/"),
    )


def _profile(said: Mapping[str, Any], *names: str, is_verified: bool) -> Profile:
    called = next(filter(None, (_line(said.get(key)) for key in names)), "")
    email = said.get("email")
    if email != _line(email) or len(email) > LONGEST:  # what would be left of it is another's
        email = ""
    return Profile(called[:LONGEST], email, is_verified and bool(email))


def _line(said: object) -> str:
    """What can be shown and kept of it: JSON can say more than that."""
    text = said if isinstance(said, str) else ""
    return one_line(text.encode("utf-8", "ignore").decode())
