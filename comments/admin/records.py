"""What became of an author's comments, by e-mail address as it was typed; and under how many such
addresses somebody wrote from the same network that day.

An address can be typed by anybody, and a household, a school, have one network: the record helps a
person judge, and decides nothing.
"""

from collections.abc import Iterable

from django.db.models import Count, F, OuterRef, Subquery
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


def attach(comments: Iterable[Comment]) -> None:
    """Give each `writers_there`, the number of e-mail addresses from its network address that day.
    One query, which names the networks: PostgreSQL, asked for those of each row, cannot tell how
    few comments a network has, and goes through all."""
    comments = list(comments)
    networks = {comment.address_hash for comment in comments} - {""}
    there = Comment.objects.from_address(networks).exclude(author_email="").order_by()
    writers = there.values_list("address_hash").annotate(
        number=Count(Lower("author_email"), distinct=True)
    )
    numbers = dict(writers) if networks else {}
    for comment in comments:
        comment.writers_there = numbers.get(comment.address_hash, 0)  # type: ignore[attr-defined]
