"""Telling followers of new pieces, each in a mail of their own, whenever it is due.

What a mail tells of is written down before it is sent, and that it was told afterwards: a crash in
between sends the same mail once more, under the same Message-ID, and never leaves a piece out.
"""

import logging
from datetime import datetime, timedelta
from time import monotonic

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from reviews.models import Article

from .. import claims, mail_failures, notices
from ..mail_failures import LONGEST_PAUSE
from ..models import Follower, Notice
from . import letter, news
from .news import Published

log = logging.getLogger(__name__)

STALE = timedelta(minutes=10)  # a claim of a process that died; a server has a minute to answer
BATCH = 10  # mails over one connection; then the worker's other work has its turn
LONGEST = 5.0  # seconds until it has, though a slow server took fewer
LONGEST_WAIT = timedelta(days=8)  # a week, and an hour that clocks go back
LOOKED_AT = 500  # followers for whom it is seen at once that nothing is new
REFUSED_ENDS = 3  # mails in a row that a server refuses for the mailbox: there is none any more


def send_all() -> int:
    """All that is due now; how many followers were looked after."""
    done = 0
    while some := send_some():
        done += some
    return done


def send_some(most: int = BATCH) -> int:
    """So many of those whose mail is due, over one connection; how many were looked after."""
    done, connection, until = 0, get_connection(), monotonic() + LONGEST
    try:
        while done < most and monotonic() < until and (follower := _claim(timezone.now())):
            done += 1
            if not _serve(follower, connection):
                break
    finally:
        _hang_up(connection)
    return done


def standstill(now: datetime) -> notices.Standstill | None:
    """Whether nobody who follows was told since the morning on which news was due, and no other
    mail went out. One query, and two more where one failed."""
    failing = Follower.objects.filter(attempts__gt=0, due_at__lte=now + LONGEST_PAUSE)
    everybodys = mail_failures.everybodys(failing.exclude(error=""))
    first = everybodys.order_by("due_at", "pk").first()
    if first is None or first.due_at is None:
        return None
    since = news.last_time(first.rhythm, mail_failures.first_try(first.due_at, first.attempts))
    others = Follower.objects.filter(rhythm=first.rhythm, news_from__lt=since, error="")
    if others.filter(due_at__gte=news.next_time(first.rhythm, now)).exists():
        return None
    if Notice.objects.filter(sent_at__gt=since, sent_at__lte=now).exists():
        return None
    return notices.Standstill(since, first.error)


def _due(now: datetime) -> QuerySet[Follower]:
    """Due is also what a clock that was ahead put off for longer than is ever waited."""
    is_due = Q(due_at__lte=now) | Q(due_at__gt=now + LONGEST_WAIT)
    return claims.free(Follower.objects.filter(is_due), STALE, now).order_by("due_at", "pk")


def _claim(now: datetime) -> Follower | None:
    return claims.first(_due(now), attempts=F("attempts") + 1)


def _serve(follower: Follower, connection: BaseEmailBackend) -> bool:
    """Whether the next one may be tried over the same connection."""
    now = timezone.now()
    begun_at, published = follower.begun_at or now, news.lately(now)
    # Of a mail that may have gone out already it is the same pieces again, and what is newer waits.
    articles = letter.pieces(follower.in_hand or news.to(follower, published))
    keys = follower.in_hand or [article.pk for article in articles]
    if not keys:
        _put_off(follower, published, now)
        return True
    if not claims.ours(follower).update(in_hand=keys, begun_at=begun_at):
        return True  # another has it in hand, or its owner stopped it
    try:
        _send(follower, articles, begun_at, connection)
    except Exception as error:
        _failed(follower, error)
        return False
    _has_been_told(follower, keys)
    return True


def _send(
    follower: Follower,
    articles: list[Article],
    begun_at: datetime,
    connection: BaseEmailBackend,
) -> None:
    """Unless nothing of it is left for readers to see."""
    if articles:
        message = letter.write(follower, articles, begun_at)
        message.connection = connection
        connection.open()
        message.send()


def _put_off(follower: Follower, published: list[Published], now: datetime) -> None:
    """Nothing is new to them: their next morning. Others who are due are looked at with them, so
    that a morning without news costs few statements."""
    with transaction.atomic():
        claims.ours(follower).update(claimed_at=None, attempts=0, error="")
        due = list(_due(now).select_for_update()[:LOOKED_AT])
        idle = [each.pk for each in due if not each.in_hand and not news.to(each, published)]
        for rhythm in Follower.Rhythm.values:
            theirs = Follower.objects.filter(pk__in={follower.pk, *idle}, rhythm=rhythm)
            theirs.update(due_at=news.next_time(rhythm, now))


def _has_been_told(follower: Follower, keys: list[int]) -> None:
    now = timezone.now()
    told = news.still([*follower.told, *keys], now)
    _next(follower, now, told=told, refused=0, error="", in_hand=[], begun_at=None)


def _next(follower: Follower, now: datetime, **facts: object) -> None:
    """Not before their next morning, whichever that is by now; only while the claim is ours."""
    with transaction.atomic():
        for each in claims.ours(follower).select_for_update(no_key=True):
            facts["due_at"] = news.next_time(each.rhythm, now)
            claims.ours(follower).update(claimed_at=None, attempts=0, **facts)


def _failed(follower: Follower, error: Exception) -> None:
    """Tried again later; when no server answered, or it may have something against us, everybody
    waits a minute. What was refused was not told, and is in the next mail."""
    what, now = mail_failures.said(error), timezone.now()
    log.warning("New pieces were not mailed to follower %s: %s", follower.pk, what)
    lost: dict[str, object] = {"in_hand": [], "begun_at": None}
    if mail_failures.may_have_been_taken(error):
        lost = {}
    if mail_failures.is_no_mailbox(error):
        if follower.refused + 1 >= REFUSED_ENDS:
            claims.ours(follower).delete()
        else:
            _next(follower, now, refused=F("refused") + 1, error=what, **lost)
    elif mail_failures.is_final(error) or follower.attempts >= mail_failures.MOST_ATTEMPTS:
        _next(follower, now, error=what, **lost)
    else:
        due_at = now + mail_failures.pause(follower.attempts)
        claims.ours(follower).update(claimed_at=None, due_at=due_at, error=what, **lost)
    if mail_failures.is_everybodys(error, follower.attempts):
        soon = now + mail_failures.FIRST_PAUSE
        Follower.objects.filter(claimed_at=None, due_at__lt=soon).update(due_at=soon)


def _hang_up(connection: BaseEmailBackend) -> None:
    try:
        connection.close()
    except OSError:  # it is gone already
        log.debug("A mail server's connection was gone before it was closed.")
