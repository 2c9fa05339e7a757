"""What became of an author's comments, by e-mail address as it was typed.

An address can be typed by anybody: the record helps a person judge, and decides nothing.
"""

from django.db.models import Count, IntegerField, Min, OuterRef, Subquery
from django.db.models.functions import Coalesce, Lower

from ..models import Comment, CommentQuerySet

COUNTED = (Comment.Status.APPROVED, Comment.Status.REJECTED, Comment.Status.SPAM)


def with_record(comments: CommentQuerySet) -> CommentQuerySet:
    """Each with `record_approved`, `record_rejected`, `record_spam` and `first_seen`, which are
    those of its author's e-mail address. In the same query, by the index comment_same_email."""
    same = Comment.objects.order_by().annotate(email=Lower("author_email"))
    same = same.filter(email=Lower(OuterRef("author_email")))
    for status in COUNTED:
        number = same.filter(status=status).values("email").annotate(n=Count("pk")).values("n")
        counted = Coalesce(Subquery(number, output_field=IntegerField()), 0)
        comments = comments.annotate(**{f"record_{status.value}": counted})
    first = same.values("email").annotate(first=Min("submitted_at")).values("first")
    return comments.annotate(first_seen=Subquery(first))
