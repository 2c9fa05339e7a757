"""What the moderators' desk shows of a comment."""

from collections.abc import Sequence

from django import template
from django.utils.safestring import SafeString

from .. import rendering
from ..models import Act, Comment
from ..moderation import MOVES
from ..spam.screening import SPAM_SCORE

MOST_HOSTS = 5  # links offered for “all with this link”; spam names hundreds

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


@register.filter
def did(act: Act) -> str:
    """What an act that asked for one thing made of a comment."""
    return dict(Comment.Status.choices)[act.to_status].lower()  # type: ignore[attr-defined]


@register.filter
def hosts(comment: Comment) -> list[str]:
    """The sites it links to, its author's among them."""
    return rendering.hosts(f"{comment.text}\n{comment.author_url}")[:MOST_HOSTS]


@register.simple_tag
def evidence_in(comment: Comment) -> SafeString:
    """Its words, with what the findings are about marked."""
    quotes = [quote for finding in comment.findings.all() for quote in finding.quotes]
    return rendering.comment_html(comment.text, folded=False, marked=quotes)


@register.simple_tag
def marked_in(comment: Comment, quotes: Sequence[str]) -> SafeString:
    """Its words, with these pieces of them marked."""
    return rendering.comment_html(comment.text, folded=False, marked=quotes)


@register.simple_tag
def spam_score() -> int:
    """The score from which a comment is set aside."""
    return SPAM_SCORE


@register.simple_tag
def alike_buttons() -> list[tuple[str, str]]:
    """The verbs for what waits, with their labels."""
    return [(verb, label) for verb, to, label in BUTTONS if Comment.Status.PENDING in MOVES[to]]


@register.filter
def was_reported(comment: Comment) -> bool:
    """Whether a reader ever reported it. No query after `for_desk()`."""
    return any(finding.rule == "reported" for finding in comment.findings.all())
