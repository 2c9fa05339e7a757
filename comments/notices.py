"""Who is owed a mail, and sending it.

Rows are made in the transaction of what they tell of, claimed one by one by a conditional update,
and sent afterwards by the worker. A mail is marked as sent after the server took it: a crash in
between means that it is sent once more, under the same Message-ID, rather than never.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F, Max, Q, QuerySet
from django.utils import timezone

from . import claims, keyed, letters, mail_failures, own_mails, plain_text
from .mail_failures import FIRST_PAUSE, LONGEST_PAUSE, MOST_ATTEMPTS
from .models import Comment, Follower, Notice, Subscription
from .own_mails import NEEDS, What

log = logging.getLogger(__name__)

STALE = timedelta(minutes=10)  # a claim of a process that died; a server has a minute to answer
SECOND_THOUGHTS = timedelta(minutes=5)  # in which most undos of an approval happen
MOST_CONFIRMATIONS = 3  # mails a day to one address: nobody is pestered by what others type
NOT_WANTED = "No longer wanted"  # said of a mail that was owed, and not when its time had come


def ask_to_confirm(comment: Comment, at: datetime | None = None) -> bool:
    """Owe its writer a link that proves the e-mail address, unless one is good; False when there
    were too many. Asked twice at once, it is owed once."""
    now = at or timezone.now()
    with transaction.atomic():
        Comment.objects.select_for_update(no_key=True).filter(pk=comment.pk).first()
        return is_asked_to_confirm(comment, now) or _ask_in_a_place(comment, now)


def _ask_in_a_place(comment: Comment, now: datetime) -> bool:
    others = Comment.objects.under(comment.author_email).exclude(pk=comment.pk)
    recent = Notice.objects.filter(
        kind=Notice.Kind.CONFIRM,
        writer_of__in=others.values("pk"),
        made_at__gt=now - timedelta(days=1),
    )
    if recent.count() >= MOST_CONFIRMATIONS:
        return False
    return _takes_a_place(Notice.Kind.CONFIRM, comment.author_email, now, writer_of=comment)


def _takes_a_place(kind: str, email: str, now: datetime, **facts: object) -> bool:
    """Owe one of the day's mails of a kind to an address; False when all were owed. Each has a
    place of its own: whoever comes at the same moment waits here, and takes the next."""
    whose, day = _whose(email), timezone.localdate(now)
    row = {"kind": kind, "due_at": now, "made_at": timezone.now()} | facts
    places = (f"{kind}:{whose}:{day}:{n}" for n in range(MOST_CONFIRMATIONS))
    return any(Notice.objects.get_or_create(row, key=place)[1] for place in places)


def _whose(email: str) -> str:
    """The e-mail address in a key: told apart, and not to be read."""
    return keyed.digest("comments.notices", plain_text.fold(email))[:32]


def is_asked_to_confirm(comment: Comment, at: datetime | None = None) -> bool:
    """Whether a link was owed to its writer that is still good. One query."""
    oldest = (at or timezone.now()) - timedelta(days=letters.CONFIRM_LIFETIME_DAYS)
    return comment.notices.filter(kind=Notice.Kind.CONFIRM, made_at__gt=oldest).exists()


def ask_after_all(comment: Comment, at: datetime) -> None:
    """It is no longer spam: what was then not sent to its writer is. One query."""
    _want_again(Notice.objects.filter(kind=Notice.Kind.CONFIRM, writer_of=comment), at)


def answer_follower(follower: Follower, at: datetime) -> bool:
    """Owe the address a link that confirms that it wants to follow or, if it does already, word of
    that; False when one waits to be sent, or there were too many."""
    waiting = follower.notices.filter(kind=Notice.Kind.FOLLOW, sent_at=None, dropped_at=None)
    if waiting.exists():
        return False
    return _takes_a_place(Notice.Kind.FOLLOW, follower.email, at, follower=follower)


def subscribe(comment: Comment) -> None:
    """Its writer wants to hear of replies; whoever has not proven the address is asked first."""
    proven = comment.submitted_at if comment.identity_id else None
    Subscription.objects.create(comment=comment, confirmed_at=proven)
    if not proven:
        ask_to_confirm(comment, comment.submitted_at)


def confirm(comment: Comment, at: datetime) -> None:
    """The mailed link was followed."""
    Subscription.objects.filter(comment=comment, confirmed_at=None).update(confirmed_at=at)


def unsubscribe(subscription: Subscription, at: datetime) -> None:
    Subscription.objects.filter(pk=subscription.pk, ended_at=None).update(ended_at=at)


def tell_of_reply(reply: Comment, at: datetime) -> None:
    """A reply was approved: owe its parent's writer a mail, if they asked for it. One query.

    Due a little later, so that an approval that is undone at once tells nobody.
    """
    if reply.parent_id is None:
        return
    asked = Subscription.objects.filter(
        comment=reply.parent_id, confirmed_at__isnull=False, ended_at=None
    )
    parent = asked.select_related("comment").first()
    if parent and parent.comment.author_email.lower() != reply.author_email.lower():
        due_at = at + SECOND_THOUGHTS
        facts = {"writer_of": parent.comment, "about": reply}
        _owe(Notice.Kind.REPLY, f"reply:{reply.pk}", due_at, **facts)


def tell_follower_what_is_kept(follower: Follower, at: datetime) -> None:
    """The same as below, to an address under which nothing was written; one a day."""
    key = f"kept:f{follower.pk}:{timezone.localdate(at)}"
    _owe(Notice.Kind.KEPT, key, at, follower=follower)


def tell_what_is_kept(comment: Comment, at: datetime) -> None:
    """Owe its writer a link to everything under the address; one a day."""
    day = timezone.localdate(at)
    theirs = Comment.objects.under(comment.author_email).values("pk")
    today = Notice.objects.filter(kind=Notice.Kind.KEPT, key__endswith=f":{day}")
    if not today.filter(writer_of__in=theirs).exists():
        _owe(Notice.Kind.KEPT, f"kept:{comment.pk}:{day}", at, writer_of=comment)


def owe_digests(at: datetime | None = None) -> None:
    """Once a day, after the hour of the setting, each moderator is owed a list of what waits, and
    word of what was reported; once a day more, at any hour, when what waits is urgent. What is owed
    after the hour is both, so that nobody gets the same list twice in a minute. Three queries, and
    three a moderator, or five where it is urgent."""
    now = timezone.localtime(at)
    waiting = Comment.objects.number_pending()
    urgent = 0 < settings.COMMENTS_URGENT_FROM <= waiting
    hour = now.replace(hour=settings.COMMENTS_DIGEST_HOUR, minute=0, second=0, microsecond=0)
    due = now >= hour and (waiting or Comment.objects.approved().reported().exists())
    if not urgent and not due:
        return
    moderators = User.objects.with_perm(NEEDS[What.DAILY]).exclude(email="")
    if urgent:
        for user in own_mails.who_want(moderators, What.URGENT):
            _owe(Notice.Kind.DIGEST, _urgent_key(user, now), now, user=user)
    if due:
        for user in own_mails.who_want(moderators, What.DAILY):
            if not _urgent_since(hour, user, now):
                _owe(Notice.Kind.DIGEST, f"digest:{user.pk}:{now.date()}", now, user=user)


def _urgent_key(user: User, now: datetime) -> str:
    return f"urgent:{user.pk}:{now.date()}"


def _urgent_since(hour: datetime, user: User, now: datetime) -> bool:
    """Whether the day's list went out as the urgent one, or will, when it was time for it."""
    urgent = Notice.objects.filter(key=_urgent_key(user, now), due_at__gte=hour)
    want_it = own_mails.who_want(User.objects.all(), What.URGENT)
    goes = Q(sent_at__isnull=False) | Q(user__in=want_it.values("pk"))
    return urgent.filter(goes).exclude(error=NOT_WANTED).exists()


def tell_administrators(kind: Notice.Kind, at: datetime) -> None:
    """Something works no more: owe each administrator a mail of it, one a day. One query, and two
    a mail."""
    for user in User.objects.filter(is_superuser=True, is_active=True).exclude(email=""):
        tell(user, kind, about=str(timezone.localdate(at)), at=at)


def tell(user: User, kind: Notice.Kind, *, about: str, at: datetime) -> None:
    """Owe somebody of the newsroom a mail of something, once. Two queries."""
    _owe(kind, f"{kind}:{user.pk}:{about}", at, user=user)


def told_about(notice: Notice) -> str:
    """What `tell` was asked to tell of."""
    return notice.key.split(":", 2)[2]


def send_due() -> int:
    """Send all that is due; how many mails the server took."""
    taken = 0
    while (sent := send_next()) is not None:
        taken += sent
    return taken


def send_next() -> bool | None:
    """Send the one that is due longest: whether the server took it; None when nothing is due."""
    notice = _claim(timezone.now())
    return None if notice is None else _send(notice)


@dataclass(frozen=True)
class Standstill:
    """No mail went out since one was owed, and why the last attempt at it failed."""

    since: datetime
    error: str


def standstill() -> Standstill | None:
    """Whether all mail stands still: of one that was refused for itself others say nothing. One
    query, and two more where a mail failed."""
    failing = Notice.objects.filter(sent_at=None, dropped_at=None).exclude(error="")
    if not failing.exists():
        return None
    sent = Notice.objects.filter(sent_at__lte=timezone.now())  # and not by a clock that was ahead
    if last := sent.aggregate(at=Max("sent_at"))["at"]:
        failing = failing.filter(made_at__gt=last)
    everybodys = mail_failures.everybodys(failing)
    first = everybodys.order_by("made_at").values_list("made_at", "error").first()
    return Standstill(*first) if first else None


def _owe(kind: str, key: str, due_at: datetime, **facts: object) -> None:
    """A row, unless there is one already; one that was no longer wanted is again. Two queries."""
    row = Notice(kind=kind, key=key, due_at=due_at, made_at=timezone.now(), **facts)
    if not _want_again(Notice.objects.filter(key=key), due_at):
        Notice.objects.bulk_create([row], ignore_conflicts=True)


def _want_again(rows: QuerySet[Notice], due_at: datetime) -> int:
    never_sent = rows.filter(error=NOT_WANTED, dropped_at__isnull=False)
    anew = {"dropped_at": None, "claimed_at": None, "attempts": 0, "error": ""}
    return never_sent.update(due_at=due_at, made_at=timezone.now(), **anew)


def _claim(now: datetime) -> Notice | None:
    """The notice that is due longest, for this process alone; None when nothing is. Due is also
    what a clock that was ahead put off for longer than is ever waited."""
    is_due = Q(due_at__lte=now) | Q(due_at__gt=now + LONGEST_PAUSE + STALE)
    owed = Notice.objects.filter(is_due, sent_at=None, dropped_at=None)
    due = claims.free(owed, STALE, now).order_by("due_at", "pk")
    return claims.first(due, *letters.NEEDED, attempts=F("attempts") + 1)


def _send(notice: Notice) -> bool:
    try:
        message = letters.write(notice)
        if message is None:
            _drop(notice)
            return False
        message.send()
    except Exception as error:
        _failed(notice, error)
        return False
    _close(notice, sent_at=timezone.now(), error="")
    return True


def _drop(notice: Notice) -> None:
    """It was not wanted when it was read: closed, or owed anew if by now it is.

    Who approves a comment has its row in hand while they owe what follows, and so has this: one of
    the two sees what the other did.
    """
    with transaction.atomic():
        comments = Comment.objects.filter(pk__in=[notice.writer_of_id, notice.about_id])
        list(comments.select_for_update(no_key=True).order_by("pk").values("pk"))
        by_now = claims.ours(notice).select_related(*letters.NEEDED).first()
        if by_now and letters.write(by_now):
            _close(notice, claimed_at=None, due_at=timezone.now() + SECOND_THOUGHTS)
        else:
            _close(notice, dropped_at=timezone.now(), error=NOT_WANTED)


def _failed(notice: Notice, error: Exception) -> None:
    """Tried again later. When no server answered at all, everything else waits a minute too."""
    what = mail_failures.said(error)
    log.warning("Notice %s was not sent: %s", notice.pk, what)
    now = timezone.now()
    if notice.attempts >= MOST_ATTEMPTS or mail_failures.is_final(error):
        _close(notice, dropped_at=now, error=what)
        return
    pause = mail_failures.pause(notice.attempts)
    with transaction.atomic():
        _close(notice, claimed_at=None, due_at=now + pause, error=what)
        if mail_failures.nobody_answered(error):
            waiting = Notice.objects.filter(claimed_at=None, sent_at=None, dropped_at=None)
            waiting.filter(due_at__lt=now + FIRST_PAUSE).update(due_at=now + FIRST_PAUSE)


def _close(notice: Notice, **facts: object) -> None:
    """Only while the claim is still ours."""
    claims.ours(notice).update(**facts)
