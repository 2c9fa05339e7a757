"""Who has earned publication without waiting: a proven identity whose comments people approved.

A name and an e-mail address can be typed by anybody and earn nothing. What counts is a cookie that
is set when a mailed link was followed, and only approvals by people of what was written under it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.http import HttpResponseBase

from . import plain_text
from .models import Comment, Decision, Identity
from .spam import FindingFacts

COOKIE = "commenter"
COOKIE_PATH = "/comments/"  # where comments are posted; articles never see it and stay cacheable
COOKIE_LIFETIME = timedelta(days=400)  # the longest that browsers keep one (RFC 6265bis, 5.5)
LOST_FOR = timedelta(days=30)  # after a person rejected a comment, or marked it as spam
FORGOTTEN_AFTER = timedelta(days=365)  # without a comment

_signer = signing.Signer(salt="comments.trust")


class Gone(Exception):
    """The writer had the comment erased while they, or somebody, followed its link."""


@dataclass(frozen=True)
class Record:
    """What people decided about an identity's comments. `names` are those of the approved."""

    approvals: int
    last_refused_at: datetime | None = None
    names: frozenset[str] = frozenset()


def has_earned(record: Record, *, name: str, at: datetime, needed: int) -> bool:
    """Enough approvals, under this very name, and no refusal lately. Pure."""
    if record.last_refused_at is not None and at - record.last_refused_at < LOST_FOR:
        return False
    return record.approvals >= needed and plain_text.fold(name) in record.names


def is_clean(findings: Iterable[FindingFacts]) -> bool:
    """Nothing that counts was found, and no rule failed (that leaves 0 points). Pure."""
    return all(found.points < 0 for found in findings if found.counted)


def may_publish(comment: Comment, findings: Iterable[FindingFacts], at: datetime) -> bool:
    """Whether it need not wait for a moderator. Two queries at most."""
    if not settings.COMMENTS_TRUST or comment.identity is None or not is_clean(findings):
        return False
    needed = settings.COMMENTS_TRUST_APPROVALS
    return has_earned(record_of(comment.identity), name=comment.author_name, at=at, needed=needed)


def record_of(identity: Identity) -> Record:
    """What moderators, not rules, decided about its comments; undone decisions do not count."""
    theirs = Decision.objects.filter(
        comment__identity=identity, by__isnull=False, undone_by=None, undoes=None
    )
    approvals = theirs.filter(
        to_status=Comment.Status.APPROVED,
        comment__status=Comment.Status.APPROVED,
        made_at__gte=identity.earned_since,
    )
    names = dict(approvals.order_by().values_list("comment", "comment__author_name"))
    refused = theirs.filter(to_status__in=[Comment.Status.REJECTED, Comment.Status.SPAM])
    # Asked for the last, SQLite would go through everybody's decisions by time.
    last = max(refused.order_by().values_list("made_at", flat=True), default=None)
    return Record(len(names), last, frozenset(plain_text.fold(name) for name in names.values()))


def prove(comment: Comment, at: datetime) -> Identity:
    """Its writer followed the mailed link: the identity of that e-mail address, which from now on
    the comment belongs to. Raises `Gone`, and then keeps nothing."""
    with transaction.atomic():
        identity = prove_mailbox(comment.author_email, at, since=comment.submitted_at)
        still_theirs = Comment.objects.filter(pk=comment.pk, author_email=comment.author_email)
        if not comment.author_email or not still_theirs.update(identity=identity):
            raise Gone
    return identity


def prove_mailbox(email: str, at: datetime, since: datetime | None = None) -> Identity:
    """The identity of an e-mail address, whose owner has just shown that it is theirs. A new one
    earns by what it wrote `since` then."""
    with transaction.atomic():
        identity, _ = Identity.objects.select_for_update(no_key=True).get_or_create(
            email=email.lower(),
            defaults={"proven_at": at, "used_at": at, "earned_since": since or at},
        )
        use(identity, at)
        Identity.objects.filter(pk=identity.pk).update(proven_at=at)
    return identity


def use(identity: Identity, at: datetime) -> None:
    """Remember that it wrote; after a year without, it begins anew."""
    if at - identity.used_at > FORGOTTEN_AFTER:
        identity.earned_since = at
    identity.used_at = max(at, identity.used_at)
    facts = {"used_at": identity.used_at, "earned_since": identity.earned_since}
    Identity.objects.filter(pk=identity.pk).update(**facts)


def still(identity: Identity | None) -> Identity | None:
    """It as it is now, held until the caller's transaction ends; None if it was erased since it
    was read. One query at most."""
    if identity is None:
        return None
    return Identity.objects.select_for_update(no_key=True).filter(pk=identity.pk).first()


def cookie(identity: Identity) -> str:
    """What a browser carries that has proven it."""
    return _signer.sign(identity.key)


def give_cookie(response: HttpResponseBase, identity: Identity) -> None:
    """Have the browser carry it."""
    response.set_cookie(
        COOKIE,
        cookie(identity),
        max_age=COOKIE_LIFETIME,
        path=COOKIE_PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def identify(cookie: str, email: str) -> Identity | None:
    """Whose cookie it is, if that e-mail address was typed as well. One query."""
    if not settings.COMMENTS_TRUST or not cookie:
        return None
    try:
        key = _signer.unsign(cookie)
    except signing.BadSignature:
        return None
    return Identity.objects.filter(key=key, email=email.lower()).first()
