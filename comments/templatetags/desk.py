"""What the moderators' desk shows of a comment."""

from django import template

from ..models import Comment
from ..moderation import MOVES
from ..spam.screening import SPAM_SCORE

register = template.Library()

# In the order of the buttons: the value that is posted, what it makes of a comment, its label.
BUTTONS = [
    ("approve", Comment.Status.APPROVED, "Approve"),
    ("reject", Comment.Status.REJECTED, "Reject"),
    ("spam", Comment.Status.SPAM, "Mark as spam"),
    ("hold", Comment.Status.PENDING, "Back to pending"),
]


@register.filter
def buttons(comment: Comment) -> list[tuple[str, str]]:
    """The verbs that may be used on it now, with their labels."""
    return [(verb, label) for verb, to, label in BUTTONS if comment.status in MOVES[to]]


@register.simple_tag
def all_buttons() -> list[tuple[str, str]]:
    return [(verb, label) for verb, _, label in BUTTONS]


@register.simple_tag
def spam_score() -> int:
    """The score from which a comment is set aside."""
    return SPAM_SCORE
