"""What is kept of those who comment: shown to them, erased for them, and dropped in time."""

from datetime import datetime, timedelta
from itertools import chain
from typing import Any

from django.conf import settings
from django.contrib.admin.models import DELETION, LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.text import get_text_list

from reviews import batches

from . import erasures, intake, moderation, notices, plain_text, rate_limits, trust
from .accounts import begun, providers
from .akismet import inquiries
from .evidence import said
from .following import follows, news
from .learning import lessons
from .models import (
    ERASED_SENDER,
    SENT_KEPT,
    Act,
    Comment,
    CommentQuerySet,
    Decision,
    Follower,
    Identity,
    Notice,
    Report,
    Sender,
    Subscription,
)
from .spam import FindingFacts, near_known_spam, second_opinion

HASHES_KEPT = timedelta(days=30)  # as long as the rules may look back
MAILS_KEPT = timedelta(days=90)  # rows of mails that were sent: to answer “did you mail me?”
UNCONFIRMED_KEPT = timedelta(days=30)  # wishes to hear of replies that nobody confirmed
NOTHING_SENT_KEPT = timedelta(days=1)  # an address that was proven, and nothing written under it
LISTED_KEPT = timedelta(days=30)  # after the last day of an entry: for editors who renew it
AT_ONCE = 20  # comments erased in one transaction, some tenths of a second
REPR_LIMIT = 200  # characters of a row’s name in the admin’s history
GONE = f"What this said is gone, with {ERASED_SENDER}."
PAGE_LENGTH = 100  # comments that are shown with all that is kept of each
ASKED = "asked"  # the kind of the row that every question leaves for a day; it names nobody
NOBODY = "Name removed"
ERASED = FindingFacts("erased", 0, said("erased"))


def written_under(email: str) -> CommentQuerySet:
    """Everything readers sent under an e-mail address, whatever became of it."""
    return Comment.objects.under(email).filter(written_by=None)


def everything(email: str, page: str | None = None) -> dict[str, object]:
    """What its owner is shown of an e-mail address, by the page; nothing of none. Eight queries."""
    comments = written_under(email) if email else Comment.objects.none()
    with_all = (
        comments.oldest_first()
        .select_related("article", "subscription", "akismet")
        .prefetch_related("findings", "edits", "notices", "decisions")
    )
    return {
        "page": Paginator(with_all, PAGE_LENGTH).get_page(page),
        "listed": Sender.objects.of_email(email).first(),
        "follower": Follower.objects.filter(email=email.lower()).first() if email else None,
    }


def is_followed_by(email: str) -> bool:
    """Whether new pieces are mailed there, or were asked for."""
    return Follower.objects.filter(email=email.lower()).exists()


def ask(email: str, at: datetime | None = None) -> None:
    """Owe a link to what is kept to the address, if anything is; nobody learns whether.

    One mail a day to an address, however often somebody asks. An address of which nothing is kept
    costs a commit too: else the time until the answer comes would tell. Six queries at most.
    """
    now = at or timezone.now()
    with transaction.atomic():
        rate_limits.note(ASKED, now)
        newest = written_under(email).newest_first().first() if email else None
        if newest:
            notices.tell_what_is_kept(newest, now)
        elif follower := Follower.objects.filter(email=email.lower()).first():
            notices.tell_follower_what_is_kept(follower, now)


def erase(email: str, at: datetime | None = None, by: User | None = None) -> int:
    """Take words, names and addresses out of all comments of an e-mail address, and withdraw
    them; how many there were. It follows no more. Where somebody replied, an empty place keeps the
    thread. Where editors had listed the address, a keyed hash takes its place: nobody gets off a
    list so. That an administrator did it for its owner stands in the admin's history, and not whom
    it names. What a failure on the way leaves, the worker erases (`erase_again`): it was noted
    before, as was who began it.
    """
    now = at or timezone.now()
    if not email:
        return 0
    entry = _begun(by) if by else None
    erasures.note(email, now)
    number = _erase(email, now, now)
    if entry:
        entry.object_repr = f"{number:,} erased at the writer’s wish"
        entry.save(update_fields=["object_repr"])
    return number


def _begun(by: User) -> LogEntry:
    return LogEntry.objects.create(
        user=by,
        content_type=ContentType.objects.get_for_model(Comment),
        object_repr="What a writer wished erased: begun",
        action_flag=DELETION,
    )


def erase_again(at: datetime | None = None) -> int:
    """Erase what a database that was put back from a copy brought with it, up to when its owner had
    it erased; how many comments. Nothing is found where none was. Three queries, where any erasure
    is noted, and those of erasing. Notes that are of no more use are deleted."""
    now = at or timezone.now()
    noted = erasures.noted()
    count = _erase_what_is(noted, now)
    if noted:
        follows.stop_again(noted)
    erasures.prune(now)  # last: a note that the storage keeps keeps nobody's words here
    return count


def _erase_what_is(noted: dict[str, datetime], now: datetime) -> int:
    if not noted:
        return 0
    comments = Comment.objects.filter(written_by=None, submitted_at__lte=max(noted.values()))
    comments = comments.exclude(author_email="").order_by()  # each address once, of a million rows
    addresses = (
        comments.values_list("author_email", flat=True).distinct(),
        Identity.objects.values_list("email", flat=True),
        follows.emails(),
        Sender.objects.filter(who__contains="@").values_list("who", flat=True),
    )
    every = chain.from_iterable(rows.iterator() for rows in addresses)
    erased = {
        plain_text.fold(email): (email, upto)
        for email in every
        if (upto := erasures.last(email, noted))
    }
    return sum(_erase(email, upto, now) for email, upto in erased.values())


def _erase(email: str, upto: datetime, now: datetime) -> int:
    """What was written, proven, listed and followed until a moment. Of many comments some at a
    time, the newest last: to its address the link to all of them was mailed, which is good
    until then."""
    with transaction.atomic():
        proven = Identity.objects.filter(email=email.lower(), proven_at__lte=upto)
        list(proven.select_for_update())  # a post under it that is being saved comes before
        proven.delete()
    written = written_under(email).filter(submitted_at__lte=upto)
    count = 0
    while some := _erase_some(written, now):
        count += some
        if some == AT_ONCE:
            batches.between()
    with transaction.atomic():
        Identity.objects.filter(email=email.lower(), comments=None).delete()  # proven meanwhile
        follows.forget(email, upto)
        _erase_from_the_log(email)
        Sender.objects.filter(listed_at__lte=upto).erase(email)
    return count


def _erase_some(written: CommentQuerySet, now: datetime) -> int:
    with transaction.atomic():
        comments = list(written.select_for_update().order_by("pk")[:AT_ONCE])
        for comment in comments:
            moderation.withdraw(comment, at=now)
            _empty(comment, now)
        for link in {comment.author_url for comment in comments} - {""}:
            Act.objects.erase(link)
        lessons.unteach([comment.pk for comment in comments])
    return len(comments)


def purge(at: datetime | None = None) -> int:
    """Drop what has been kept long enough, as much as takes some seconds; how many rows were
    touched. It is called until that is none."""
    now = at or timezone.now()
    hashed = {"address_hash__gt": ""}  # of the index, which NOT asks for nothing
    old = Comment.objects.filter(submitted_at__lt=now - HASHES_KEPT, **hashed)
    reports = Report.objects.filter(made_at__lt=now - HASHES_KEPT, **hashed)
    done = Q(sent_at__lt=now - MAILS_KEPT) | Q(dropped_at__lt=now - MAILS_KEPT)
    wrote_nothing = ~Exists(Comment.objects.filter(identity=OuterRef("pk")))
    unused = Identity.objects.filter(
        Q(used_at__lt=now - trust.COOKIE_LIFETIME)  # or last proven
        | Q(wrote_nothing, used_at__lt=now - NOTHING_SENT_KEPT)
    )
    forgotten = Subscription.objects.filter(
        confirmed_at=None, comment__submitted_at__lt=now - UNCONFIRMED_KEPT
    )
    over = Sender.objects.filter(last_day__lt=timezone.localdate(now - LISTED_KEPT))
    touched = batches.written(old, _drop_hashes) + batches.written(reports, _drop_hashes)
    touched += near_known_spam.purge(now) + rate_limits.forget(now)
    touched += begun.prune(now)
    touched += inquiries.drop_old(now) + follows.forget_unconfirmed(now)
    touched += batches.deleted(Notice.objects.filter(done)) + batches.deleted(forgotten)
    touched += over.delete()[0]
    return touched + _forget_unused(unused)


def _drop_hashes(rows: QuerySet[Any]) -> int:
    return rows.update(address_hash="")


def _forget_unused(unused: QuerySet[Identity]) -> int:
    """One that is used while this waits for its row is unused no more, and stays."""
    with transaction.atomic():
        keys = list(unused.select_for_update().values_list("pk", flat=True))
        return Identity.objects.filter(pk__in=keys).delete()[0]


def numbers_in_force() -> dict[str, object]:
    """What the page about privacy says, as it is now."""
    return {
        "hash_days": HASHES_KEPT.days,
        "mail_days": MAILS_KEPT.days,
        "unconfirmed_days": UNCONFIRMED_KEPT.days,
        "listed_days": LISTED_KEPT.days,
        "link_days": follows.LINK_LASTS.days,
        "told_days": news.NEWS_LASTS.days,
        "cookie_days": trust.COOKIE_LIFETIME.days,
        "edit_minutes": settings.COMMENTS_EDIT_WINDOW,
        "trust": settings.COMMENTS_TRUST,
        "approvals": settings.COMMENTS_TRUST_APPROVALS,
        "accounts": get_text_list([one.name for one in providers.in_use().values()]),
        "akismet": second_opinion.is_on(),
        "sent_is_kept": second_opinion.is_on() or inquiries.are_kept(),
        "sent_days": SENT_KEPT.days,
    }


def _erase_from_the_log(email: str) -> None:
    """What moderators did stays known, and so does what editors listed, but not whom it names. Of
    two versions of an entry the history has the one that did not stay, in its own words."""
    Act.objects.erase(email)
    entries = LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(Sender))
    in_words = entries.exclude(Q(change_message="") | Q(change_message__startswith="["))
    for name in {email, plain_text.fold(email)}:
        called = Q(object_repr__iexact=name[:REPR_LIMIT])
        in_words.filter(called | Q(change_message__icontains=name)).update(change_message=GONE)
        entries.filter(called).update(object_repr=ERASED_SENDER)


def _empty(comment: Comment, now: datetime) -> None:
    Comment.objects.filter(pk=comment.pk).update(
        author_name=NOBODY,
        author_email="",
        author_url="",
        text="",
        text_digest="",
        written_in="",
        address_hash="",
        identity=None,
        score=0,
        spam_probability=None,
    )
    comment.edits.all().delete()
    comment.notices.all().delete()
    Notice.objects.filter(about=comment).delete()
    Subscription.objects.filter(comment=comment).delete()
    inquiries.forget(comment)
    comment.findings.all().delete()
    intake.record_findings(comment, [ERASED], now)
    Report.objects.filter(comment=comment).update(note="")
    Decision.objects.filter(comment=comment).update(reason="")  # as notes, it may name the writer
