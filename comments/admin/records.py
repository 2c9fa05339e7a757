"""What became of an author's comments, by e-mail address as it was typed.

An address can be typed by anybody: the record helps a person judge, and decides nothing.
"""

from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce, Least, Lower

from ..models import MOST_ON_RECORD, Comment, CommentQuerySet
from .counted import Counted

COUNTED = (Comment.Status.APPROVED, Comment.Status.REJECTED, Comment.Status.SPAM)


def with_record(comments: CommentQuerySet) -> CommentQuerySet:
    """Each with `record_approved`, `record_rejected`, `record_spam`, which are MOST_ON_RECORD
    at most, and `first_seen`: those of its author's e-mail address. In the same query, by the index
    comment_same_email, of which as little is read for who wrote thousands."""
    same = Comment.objects.order_by().annotate(email=Lower("author_email"))
    same = same.filter(email=Lower(OuterRef("author_email")))
    firsts = []
    for status in Comment.Status:
        some = same.filter(status=status)
        if status in COUNTED:
            number = Counted(some.values("status")[:MOST_ON_RECORD])
            comments = comments.annotate(**{f"record_{status.value}": number})
        first = some.order_by("submitted_at").values("submitted_at")[:1]
        firsts.append(Coalesce(Subquery(first), F("submitted_at")))
    return comments.annotate(first_seen=Least(*firsts))
