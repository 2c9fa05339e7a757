"""What moderators teach: the labels that follow from the log of decisions, in the log's order.

A comment has at most one label, by the last decision of a person that was not undone: approved is
honest, marked as spam is spam. Rejected or put back to pending is no label: unwelcome is not spam.
What rules decided and what a writer withdrew teaches nothing. The text is that which was judged,
whatever it became afterwards; words that were erased at their writer's wish are none.
"""

from hashlib import sha256
from typing import NamedTuple

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from ..models import Comment, CommentEdit, Decision

Status = Comment.Status
TEACHES = (Status.APPROVED, Status.SPAM)
JUDGES = (*TEACHES, Status.REJECTED, Status.PENDING)


class Label(NamedTuple):
    """A decision that teaches, by its key."""

    decision: int
    text: str
    is_spam: bool


def by_people() -> QuerySet[Decision]:
    """Every act of a person on a reader's comment, undone or not, an undo itself among them."""
    return Decision.objects.filter(by__isnull=False, comment__written_by=None).order_by("pk")


def in_force(begins_after: int = 0) -> QuerySet[Decision]:
    """The decisions that are labels now; those after a key only."""
    standing = Q(by__isnull=False, undoes=None, undone_by=None, pk__gt=begins_after)
    later = Decision.objects.filter(
        standing, comment=OuterRef("comment"), pk__gt=OuterRef("pk"), to_status__in=JUDGES
    )
    return (
        Decision.objects.filter(
            standing, ~Exists(later), to_status__in=TEACHES, comment__written_by=None
        )
        .annotate(judged=_judged())
        .exclude(judged="")
        .order_by("pk")
    )


def read(decisions: QuerySet[Decision]) -> list[Label]:
    """The labels of decisions that are `in_force`. One query."""
    rows = decisions.values_list("pk", _judged(), "to_status")
    return [Label(pk, text, status == Status.SPAM) for pk, text, status in rows]


def link(chain: str, label: Label) -> str:
    """The digest of a chain of labels with one more."""
    return sha256(f"{chain} {label.decision} {label.is_spam:d}".encode()).hexdigest()


def _judged() -> Coalesce:
    """The text that a decision was about: before the first edit since, or as it is."""
    edits = CommentEdit.objects.filter(
        comment=OuterRef("comment"), version__gt=OuterRef("version")
    ).order_by("version")
    return Coalesce(Subquery(edits.values("before")[:1]), F("comment__text"))
