"""What of a decision cannot be taken back: a mail about a reply that had gone out before."""

from collections.abc import Iterable

from ..models import Comment, Decision, Notice

APPROVED = Comment.Status.APPROVED


def by_mail(decisions: Iterable[Decision]) -> str:
    """How many writers a mail had told of what left the page now, in words; “” for none. One query,
    where something left."""
    left = [decision.comment_id for decision in decisions if decision.from_status == APPROVED]
    mails = Notice.objects.filter(kind=Notice.Kind.REPLY, about__in=left, sent_at__isnull=False)
    told = mails.count() if left else 0
    if not told:
        return ""
    whom = "1 writer" if told == 1 else f"{told:,} writers"
    return f"A mail had told {whom} of it before: who replied, and where, not the words."
