"""The classifier built again from the log: what it then knows is bit for bit what it would know if
nothing had ever been undone, decided otherwise or erased.

The row is claimed by one conditional update. A process that dies leaves a claim that goes stale and
is taken over; one that was overtaken throws its work away. Decisions made meanwhile are learnt at
once by the old weights, and read from the log by the new ones before these come into force.
"""

import logging
from collections.abc import Callable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from .. import claims
from ..models import Learnt
from ..spam.classifier import Classifier, Unreadable
from . import labels
from .lessons import Lessons, catch_up, lessons_of, locked, save, want

log = logging.getLogger(__name__)

STALE = timedelta(minutes=5)  # a claim is renewed after each step, which takes about a second
STEP = 500  # acts read between two renewals


def rebuild_next(meanwhile: Callable[[], object] = lambda: None) -> int | None:
    """Build it again if that is wanted and nobody is at it; how many labels it then knows, or None
    if nothing was to be done, or somebody else took over.

    `meanwhile` is called about every second: a long log takes minutes. What fails is tried again
    when the claim is stale.
    """
    claim = _claim()
    if claim is None:
        return None
    lessons = _learnt_again(claim, meanwhile)
    return _put_in_force(claim, lessons) if lessons else None


def check() -> bool:
    """Whether the weights are those that the log gives; if not, a rebuild is wanted.

    A decision that a crash parted from its lesson is learnt first. Reads the keys of all labels.
    """
    catch_up()
    row = Learnt.objects.filter(pk=Learnt.THE_ONE).first() or Learnt()
    if row.wanted_at:
        return False
    try:
        lessons = lessons_of(row)
    except Unreadable as error:
        log.warning("The spam classifier is built again: %s", error)
        want()
        return False
    if _chain(lessons) == lessons.chain:
        return True
    want()
    return False


def _claim() -> Learnt | None:
    wanted = Learnt.objects.filter(wanted_at__isnull=False).defer("weights").order_by("pk")
    return claims.first(claims.free(wanted, STALE))


def _learnt_again(claim: Learnt, meanwhile: Callable[[], object]) -> Lessons | None:
    """Everything that was decided until now; None if somebody else took over."""
    lessons = Lessons(Classifier(), begins_after=claim.begins_after, read_to=claim.begins_after)
    while news := lessons.news(STEP):
        lessons.learn(news)
        meanwhile()
        if not _renewed(claim):
            return None
    return lessons


def _renewed(claim: Learnt) -> bool:
    now = timezone.now()
    renewed = bool(claims.ours(claim).update(claimed_at=now))
    claim.claimed_at = now
    return renewed


def _put_in_force(claim: Learnt, lessons: Lessons) -> int | None:
    """Under the lock: read what was decided in the last moment, and swap the weights. What was
    corrected while they were learnt makes them wanted once more."""
    holds = _chain(lessons) == lessons.chain  # before: of very many labels it takes seconds
    with transaction.atomic():
        row = locked()
        if row.claimed_at != claim.claimed_at:
            return None
        if row.begins_after != lessons.begins_after:  # forgotten or recalled: from there, then
            Learnt.objects.filter(pk=row.pk).update(claimed_at=None)
            return None
        while news := lessons.news(STEP):
            lessons.learn(news)
        save(row, lessons, claimed_at=None)
        if row.asked == claim.asked and holds:
            Learnt.objects.filter(pk=row.pk).update(wanted_at=None)
    return lessons.classifier.learned


def _chain(lessons: Lessons) -> str:
    """What the log says that should have been learnt. One query over all labels."""
    in_force = labels.in_force(lessons.begins_after).filter(pk__lte=lessons.read_to)
    chain = ""
    for key, status in in_force.values_list("pk", "to_status").iterator():
        chain = labels.link(chain, labels.Label(key, "", status == labels.Status.SPAM))
    return chain
