"""OAuth 2.0 by code (RFC 6749, 4.1) with PKCE (RFC 7636), as a client that wants one profile.

The profile is asked for at its own address over TLS with the token that was given a moment before,
so no ID token has to be checked (OpenID Connect Core, 5.3). Nothing of a token is kept.
"""

import json
import logging
import secrets
import time
from base64 import b64encode
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.urls import reverse
from django.views.decorators.debug import sensitive_variables

from .. import wire
from .providers import Addresses, Profile, Provider

log = logging.getLogger(__name__)

TIMEOUT = 8.0  # seconds for all that is asked on one page: a reader waits, and a thread with them
DISCOVERED_FOR = 86_400  # seconds
# Seconds in which one that did not answer is not asked again: those who press hold no process then.
LEFT_ALONE = 30
DISCOVERY = "/.well-known/openid-configuration"
FORM = {"Content-Type": "application/x-www-form-urlencoded; charset=utf-8"}

_discovered: dict[str, tuple[float, Addresses | None]] = {}


class Declined(Exception):
    """The reader said no (RFC 6749, 4.1.2.1)."""


class NotTold(Exception):
    """The provider could not be asked, or its answer is none. The message is for the log."""


def new_verifier() -> str:
    """43 to 128 characters (RFC 7636, 4.1)."""
    return secrets.token_urlsafe(48)


def callback(provider: Provider) -> str:
    """The address that readers come back to, as it is registered with the provider."""
    return settings.SITE_URL + reverse("comments:account", args=[provider.slug])


def authorization(provider: Provider, *, state: str, verifier: str) -> str:
    """The address at which a reader logs in. Raises NotTold."""
    client, until = _client(provider), time.monotonic() + TIMEOUT
    there = _addresses(provider, until).authorization
    try:
        address: str = client.prepare_request_uri(
            there,
            redirect_uri=callback(provider),
            scope=provider.scope,
            state=state,
            code_challenge=client.create_code_challenge(verifier, "S256"),
            code_challenge_method="S256",
        )
    except Exception as error:  # as on loopback without TLS (docs/deploying.md)
        raise NotTold(f"has no good address: {type(error).__name__}") from None
    return address


@sensitive_variables()
def profile(provider: Provider, answer: Mapping[str, str], *, verifier: str) -> Profile:
    """Who logged in, by the query that the reader came back with. Raises Declined or NotTold."""
    if answer.get("error") == "access_denied":
        raise Declined
    if provider.issuer and answer.get("iss", provider.issuer).rstrip("/") != provider.issuer:
        raise NotTold("answered as somebody else")  # RFC 9207, 2.4
    if not answer.get("code"):
        raise NotTold(f"gave no code: {_word(answer.get('error', ''))}")
    until = time.monotonic() + TIMEOUT
    addresses = _addresses(provider, until)
    token = _token(provider, addresses, answer["code"], verifier, until)
    bearer = {"Authorization": f"Bearer {token}", "Accept": "application/json"}
    return provider.read(_said(_ask("GET", addresses.profile, provider.asked, bearer, until)))


@sensitive_variables()
def _token(provider: Provider, addresses: Addresses, code: str, verifier: str, until: float) -> str:
    headers = {**FORM, "Accept": "application/json"}
    named: dict[str, str] = {}
    if addresses.in_header:
        pair = f"{quote(provider.client_id, '')}:{quote(provider.client_secret, '')}"
        headers["Authorization"] = f"Basic {b64encode(pair.encode()).decode()}"
    else:
        named["client_secret"] = provider.client_secret
    client = _client(provider)
    form = client.prepare_request_body(
        code=code,
        redirect_uri=callback(provider),
        include_client_id=not addresses.in_header,
        code_verifier=verifier,
        **named,
    )
    reply = _ask("POST", addresses.token, form, headers, until)
    try:
        said = client.parse_request_body_response(reply.body.decode("utf-8", "replace"))
    except Exception as error:  # whatever it makes of what is no answer at all
        raise NotTold(f"gave no token: {_word(getattr(error, 'error', '') or '')}") from None
    return str(said["access_token"])


def _addresses(provider: Provider, until: float) -> Addresses:
    """Raises NotTold."""
    if provider.addresses:
        return provider.addresses
    good_until, known = _discovered.get(provider.issuer, (0.0, None))
    if good_until < time.monotonic():
        _discovered[provider.issuer] = (time.monotonic() + LEFT_ALONE, known)
        try:
            known = _discover(provider.issuer, until)
            _discovered[provider.issuer] = (time.monotonic() + DISCOVERED_FOR, known)
        except NotTold:
            if known is None:  # else it is where it was
                raise
    if known is None:
        raise NotTold("did not answer a moment ago")
    return known


def _discover(issuer: str, until: float) -> Addresses:
    """OpenID Connect Discovery, 4.2 and 4.3."""
    said = _said(_ask("GET", issuer + DISCOVERY, "", {"Accept": "application/json"}, until))
    authorization, token, profile = (
        str(said.get(f"{what}_endpoint") or "") for what in ("authorization", "token", "userinfo")
    )
    refused = any(map(wire.why_refused, (authorization, token, profile)))
    if str(said.get("issuer", "")).rstrip("/") != issuer or refused:
        raise NotTold("does not say where it is asked")
    ways = said.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
    return Addresses(authorization, token, profile, "client_secret_post" not in ways)


def _ask(method: str, url: str, form: str, headers: dict[str, str], until: float) -> wire.Reply:
    """Raises NotTold."""
    try:
        reply = wire.ask(method, url, form, headers, timeout=until - time.monotonic())
    except wire.NoAnswer as reason:
        raise NotTold(f"did not answer: {reason.why.code}") from None
    if reply.status >= HTTPStatus.INTERNAL_SERVER_ERROR or not reply.is_whole:
        raise NotTold(f"answered {reply.status}")
    return reply


def _said(reply: wire.Reply) -> Mapping[str, Any]:
    """A JSON object. Raises NotTold."""
    try:
        said = json.loads(reply.body)
    except (ValueError, RecursionError):
        said = None
    if reply.status != HTTPStatus.OK or not isinstance(said, dict):
        raise NotTold(f"answered {reply.status}, and no JSON object")
    return said


def _word(said: str) -> str:
    """An error's code, as the log may have it."""
    return said[:40] if said.replace("_", "").isalnum() and said.isascii() else "no reason"


def _client(provider: Provider) -> Any:
    """Imported when somebody logs in: most publications offer none of this."""
    from oauthlib.oauth2 import WebApplicationClient

    return WebApplicationClient(provider.client_id)
