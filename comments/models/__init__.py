"""The rows of the comments app, a file per subject."""

from .comments import (
    EVIDENCE_LIMIT,
    REASON_LIMIT,
    TEXT_LIMIT,
    Comment,
    CommentQuerySet,
    Decision,
    Finding,
)

__all__ = [
    "EVIDENCE_LIMIT",
    "REASON_LIMIT",
    "TEXT_LIMIT",
    "Comment",
    "CommentQuerySet",
    "Decision",
    "Finding",
]
