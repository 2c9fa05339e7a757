"""What Akismet is to be asked, and to be told: rows made in the transaction of what they are about.

The worker asks and tells (comments/akismet/verdicts.py); no reader ever waits for it.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from ..evidence import Said, kept
from ..models import (
    SENT_KEPT,
    UNDO_OFFERED,
    AkismetCheck,
    AkismetFeedback,
    Comment,
    Decision,
    Finding,
)
from ..spam.akismet import why_off
from ..spam.second_opinion import IMPORTED, NO_ADDRESS, RULE, TOO_OLD
from . import sent_fields
from .sent_fields import Browser

RECHECK_AFTER_EDIT = "edit"  # the service's word for it


def ask(comment: Comment, address: str, browser: Browser, honeypot: str, *, imported: bool) -> None:
    """Owe a check of a new comment, if the rule is asked at all. Without a network address the
    service takes none, and of an import nobody knows it. No query while Akismet is off."""
    if why_off() or not _is_asked(comment):
        return
    if imported or not address:
        say(comment, IMPORTED if imported else NO_ADDRESS)
        return
    sealed = sent_fields.SEAL.put_on(sent_fields.of(comment, address, browser, honeypot))
    AkismetCheck.objects.create(comment=comment, sealed=sealed)


def ask_again(comment: Comment) -> None:
    """Owe a check of the words as their writer changed them; what is asked now counts no more."""
    if why_off() or not _is_asked(comment):
        AkismetCheck.objects.filter(comment=comment).update(next_at=None, claimed_at=None)
        return
    now = timezone.now()
    check = AkismetCheck.objects.select_for_update().filter(comment=comment).first()
    fields = sent_fields.SEAL.open(check.sealed) if check else None
    if check is None or fields is None:
        say(comment, TOO_OLD if check else NO_ADDRESS)
        return
    AkismetCheck.objects.filter(pk=check.pk).update(
        sealed=sent_fields.SEAL.put_on(fields | {"comment_content": comment.text}),
        sealed_at=now,
        recheck_reason=RECHECK_AFTER_EDIT,
        verdict="",
        discard=False,
        answered_at=None,
        next_at=now,
        claimed_at=None,
        attempts=0,
        rechecks=0,
        problem="",
    )


def tell(decision: Decision) -> None:
    """A person called a comment spam, or showed it to readers: owe word of that, due when the desk
    no longer offers to undo it. Whether it has to be sent is seen then. An undo says so too, where
    what it takes back had been sent. Four queries at most, and none while Akismet is off."""
    means = {Comment.Status.SPAM: True, Comment.Status.APPROVED: False}
    is_spam = means.get(Comment.Status(decision.to_status))
    if decision.by_id is None or is_spam is None or why_off():
        return
    if decision.undoes_id and not _was_told(decision.comment_id, is_spam=not is_spam):
        return
    checks = AkismetCheck.objects.filter(comment=decision.comment_id).exclude(sealed="")
    if not checks.exists():
        return
    due = {"decision": decision, "next_at": timezone.now() + UNDO_OFFERED}
    same = AkismetFeedback.objects.filter(comment=decision.comment_id, is_spam=is_spam)
    if not same.filter(next_at__isnull=False).update(**due):
        row = AkismetFeedback(comment_id=decision.comment_id, is_spam=is_spam, **due)
        AkismetFeedback.objects.bulk_create([row], ignore_conflicts=True)


def _was_told(comment: int, *, is_spam: bool) -> bool:
    told = AkismetFeedback.objects.filter(comment=comment, is_spam=is_spam)
    return told.filter(sent_at__isnull=False).exists()


def drop_old(now: datetime) -> int:
    """Forget what was sent, fifteen days after; how many there were."""
    old = AkismetCheck.objects.filter(sealed_at__lt=now - SENT_KEPT).exclude(sealed="")
    return sum(_drop(old, comment) for comment in list(old.values_list("comment", flat=True)))


def _drop(old: QuerySet[AkismetCheck], comment: int) -> int:
    """Whether it was still old under the lock of its comment, which comes first as everywhere: its
    writer may have changed the words, or an answer have come."""
    with transaction.atomic():
        locked = Comment.objects.select_for_update().filter(pk=comment).first()
        check = old.filter(comment=comment).first() if locked else None
        if locked is None or check is None:
            return 0
        if not check.verdict and check.next_at:
            say(locked, TOO_OLD)
        return old.filter(pk=check.pk).update(sealed="", next_at=None, claimed_at=None)


def are_kept() -> bool:
    """Whether anything that was sent is still here, also when nothing is sent any more."""
    return AkismetCheck.objects.exclude(sealed="").exists()


def say_no_more_than(comment: Comment) -> None:
    """What is kept of it says its words as they are, and none that it said before."""
    check = AkismetCheck.objects.select_for_update().filter(comment=comment).first()
    if check is None or not check.sealed:
        return
    fields = sent_fields.SEAL.open(check.sealed)
    sealed = sent_fields.SEAL.put_on(fields | {"comment_content": comment.text}) if fields else ""
    AkismetCheck.objects.filter(pk=check.pk).update(sealed=sealed)


def forget(comment: Comment) -> None:
    """Everything that is kept for asking about it and telling of it."""
    AkismetCheck.objects.filter(comment=comment).delete()
    AkismetFeedback.objects.filter(comment=comment).delete()


def _is_asked(comment: Comment) -> bool:
    """Whether the rule left its mark: no editor has switched it off."""
    return Finding.objects.filter(comment=comment, rule=RULE).exists()


def say(comment: Comment, said: Said) -> None:
    """Replace what the finding says."""
    Finding.objects.filter(comment=comment, rule=RULE).update(
        evidence=kept(said), found_at=timezone.now()
    )
