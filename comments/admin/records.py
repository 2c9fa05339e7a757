"""What became of an author's comments, by e-mail address as it was typed; and under how many such
addresses somebody wrote from the same network that day.

An address can be typed by anybody, and a household, a school, have one network: the record helps a
person judge, and decides nothing.
"""

from django.db.models import F, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce, Least, Lower, NullIf

from ..models import MOST_ON_RECORD, Comment, CommentQuerySet
from .counted import Counted, Different

COUNTED = (Comment.Status.APPROVED, Comment.Status.REJECTED, Comment.Status.SPAM)


def with_record(comments: CommentQuerySet) -> CommentQuerySet:
    """Each with `record_approved`, `record_rejected`, `record_spam`, which are MOST_ON_RECORD
    at most, and `first_seen`: those of its author's e-mail address. In the same query, by the index
    comment_same_email, of which as little is read for who wrote thousands. With `writers_there`,
    the number of e-mail addresses of the last MOST_ON_RECORD from its network address that day."""
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
    # Of a comment whose network is not kept there are none: NULL is found nowhere.
    network = NullIf(OuterRef("address_hash"), Value(""))
    there = Comment.objects.newest_first().filter(address_hash=network).exclude(author_email="")
    writers = there.values(value=Lower("author_email"))[:MOST_ON_RECORD]
    return comments.annotate(first_seen=Least(*firsts), writers_there=Different(writers))
