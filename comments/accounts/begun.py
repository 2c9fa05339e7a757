"""A reader's way to their account and back, in the middle of a reply: one row, for an hour.

Both ends are tied to the browser that began (RFC 9700, 4.7): the state is good once, and there
alone. What was typed waits in the row, for that browser alone.
"""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet

from reviews import batches
from reviews.models import Article
from reviews.numbers import key

from .. import plain_text, trust
from ..mailboxes import MailboxValidator
from ..models import AuthorizationRequest, Comment, Identity
from ..sealed import Seal
from .providers import Profile, Provider

Outcome = AuthorizationRequest.Outcome
Typed = dict[str, Any]

LASTS = timedelta(hours=1)
SEAL = Seal("comments.accounts", LASTS)
VERIFIER, ADDRESS = "verifier", "address"
# In which an answer is being asked for that is not known yet; longer than the service has for it.
ASKING = timedelta(seconds=15)


def new_secret() -> str:
    """What a browser carries for an hour, to be known again; or takes along there and back."""
    return secrets.token_urlsafe(32)


def begin(
    provider: Provider,
    article: Article,
    parent: Comment | None,
    typed: Typed,
    *,
    state: str,
    verifier: str,
    address: str,
    browser: str,
    formerly: str,
    at: datetime,
) -> AuthorizationRequest:
    """`address` is where the reader logs in. `browser` is new each time, and what else is on its
    way in the same one goes over to it: what it carried `formerly` another site under our domain
    may have planted there without HTTPS, and know."""
    if formerly:
        others = AuthorizationRequest.objects.filter(browser_hash=_hash(formerly))
        others.update(browser_hash=_hash(browser))
    return AuthorizationRequest.objects.create(
        provider=provider.slug,
        state_hash=_hash(state),
        browser_hash=_hash(browser),
        article=article,
        parent=parent,
        sealed=SEAL.put_on({**typed, VERIFIER: verifier, ADDRESS: address}),
        made_at=at,
    )


def come_back(
    provider: Provider, state: str, *, browser: str, at: datetime
) -> tuple[AuthorizationRequest | None, bool]:
    """The row of a state that this browser took along, and whether it is the first to come back
    with it: however often a page is loaded again, a code is used once."""
    if not state:
        return None, False
    rows = _of(browser, at).filter(provider=provider.slug, state_hash=_hash(state))
    is_first = rows.filter(answered_at=None).update(answered_at=at)
    return rows.select_related("article", "parent").first(), bool(is_first)


def take(row: AuthorizationRequest, profile: Profile, at: datetime) -> None:
    """Put name and address into the form that waits; the address may be proven by it. A name that
    somebody typed stays. Nothing waits, and nothing is proven, where this browser sent the reply or
    logged out while the service was asked."""
    said = typed(row)
    said["name"] = said.get("name") or profile.name
    outcome = Outcome.NO_ADDRESS
    if email := _mailbox(profile.email):
        said["email"] = email
        outcome = Outcome.PROVEN if profile.is_verified else Outcome.UNPROVEN
    with transaction.atomic():
        there = _write(row, outcome=outcome, sealed=SEAL.put_on(said))
        if there and outcome == Outcome.PROVEN:
            trust.prove_mailbox(email, at)


def proven(row: AuthorizationRequest) -> Identity | None:
    """Whose mailbox it proved."""
    if row.outcome != Outcome.PROVEN:
        return None
    return Identity.objects.filter(email=str(typed(row).get("email", "")).lower()).first()


def settle(row: AuthorizationRequest, outcome: Outcome) -> None:
    _write(row, outcome=outcome)


def answer_the_article(row: AuthorizationRequest) -> None:
    """The comment that was answered is not to be read any more: the words stay."""
    _write(row, parent=None)


def is_being_asked(row: AuthorizationRequest, at: datetime) -> bool:
    """Whether another request of this browser waits for the service just now."""
    if row.outcome or row.answered_at is None:
        return False
    return at - row.answered_at < ASKING


def address(row: AuthorizationRequest) -> str:
    return str(typed(row).get(ADDRESS, ""))


def typed(row: AuthorizationRequest) -> Typed:
    """What waits in the form; nothing of what is too old, or was sealed with a secret that is
    gone."""
    return SEAL.open(row.sealed) or {}


def verifier(row: AuthorizationRequest) -> str:
    return str(typed(row).get(VERIFIER, ""))


def waiting(
    pk: str, article: Article, parent: Comment | None, *, browser: str, at: datetime
) -> AuthorizationRequest | None:
    """The row that a reply page names, for the browser that it is of."""
    if not (number := key(pk)):
        return None
    return _of(browser, at).filter(pk=number, article=article, parent=parent).first()


def on_the_way(
    provider: Provider, pk: int, *, browser: str, at: datetime
) -> AuthorizationRequest | None:
    """The row of a page that leads to the service, for the browser that it is of."""
    rows = _of(browser, at).filter(provider=provider.slug, pk=pk)
    return rows.select_related("article", "parent").first()


def forget(browser: str, article: Article | None = None) -> None:
    """What waits for a browser, as its reply to an article was sent; all, as it is logged out."""
    if browser:
        rows = AuthorizationRequest.objects.filter(browser_hash=_hash(browser))
        (rows.filter(article=article) if article else rows).delete()


def prune(at: datetime) -> int:
    return batches.deleted(AuthorizationRequest.objects.filter(made_at__lte=at - LASTS))


def _of(browser: str, at: datetime) -> QuerySet[AuthorizationRequest]:
    """What a browser began that is not over; of one without the cookie nothing."""
    if not browser:
        return AuthorizationRequest.objects.none()
    return AuthorizationRequest.objects.filter(browser_hash=_hash(browser), made_at__gt=at - LASTS)


def _write(row: AuthorizationRequest, **facts: Any) -> bool:
    """False where it is gone meanwhile; then it stays as it was read."""
    if not AuthorizationRequest.objects.filter(pk=row.pk).update(**facts):
        return False
    for name, value in facts.items():
        setattr(row, name, value)
    return True


def _mailbox(email: str) -> str:
    """The address if it is one as we take them; else “”."""
    try:
        MailboxValidator()(email)
    except ValidationError:
        return ""
    return plain_text.mailbox(email)


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
