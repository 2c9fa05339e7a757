"""What the moderators' desk shows of a comment."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.timesince import timesince

from reviews import names

from ..desk import seen
from ..learning import learnt
from ..learning.zones import of_100
from ..models import MOST_ON_RECORD, Act, Comment, Decision
from ..moderation import MOVES
from ..reading import rendering
from ..reading.rendering import Mark
from ..spam import sentences
from ..spam.reads_like_spam import named
from ..spam.screening import SPAM_SCORE, in_words

MOST_HOSTS = 5  # links offered for “all with this link”; spam names hundreds

register = template.Library()
register.filter("rule_in_words", in_words)
register.filter("colleague", names.of_colleague)

# In the order of the buttons: the value that is posted, what it makes of a comment, its label.
BUTTONS = [
    ("approve", Comment.Status.APPROVED, "Approve"),
    ("reject", Comment.Status.REJECTED, "Reject"),
    ("spam", Comment.Status.SPAM, "Mark as spam"),
    ("hold", Comment.Status.PENDING, "Back to pending"),
]
FOR_MANY = {"spam": "Mark {} as spam", "reject": "Reject {}", "approve": "Approve {}"}
# Of 100: a wave is far above, most honest comments that the classifier mistakes are between.
LIKE_SPAM = (90, 50)


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


@register.simple_tag(takes_context=True)
def alike_address(context: template.Context, by: str, value: object) -> str:
    """The page that decides about all that are alike, and leads back here."""
    return _leading_back(context, "alike", by=by, value=value)


@register.simple_tag(takes_context=True)
def kept_address(context: template.Context, email: str = "") -> str:
    """The page of what is kept of a writer, which leads back here."""
    return _leading_back(context, "kept", email=email)


def _leading_back(context: template.Context, page: str, **facts: object) -> str:
    facts |= {"from": context.get("query"), "stay": context.get("stay")}
    query = {name: said for name, said in facts.items() if said}
    return reverse(f"admin:comments_comment_{page}", query=query)


@register.simple_tag
def evidence_in(comment: Comment) -> SafeString:
    """Its words, with what the findings are about marked, and what speaks against them."""
    findings = comment.findings.all()
    marked = {piece: Mark.HONEST for finding in findings for piece in finding.against}
    marked |= {piece: Mark.SPAM for finding in findings for piece in finding.quotes}
    return rendering.comment_html(comment.text, folded=False, marked=marked)


@register.simple_tag
def marked_in(comment: Comment, quotes: Sequence[str]) -> SafeString:
    """Its words, with these pieces of them marked."""
    return rendering.comment_html(
        comment.text, folded=False, marked=dict.fromkeys(quotes, Mark.FOUND)
    )


@register.simple_tag
def spam_score() -> int:
    """The score from which a comment is set aside."""
    return SPAM_SCORE


@register.simple_tag
def alike_buttons(number: int) -> list[tuple[str, str]]:
    """The verbs for so many that wait, with their labels; what shows them to readers is last."""
    them = "it" if number == 1 else f"all {number:,}"
    return [(verb, label.format(them)) for verb, label in FOR_MANY.items()]


@register.filter
def as_seen(comment: Comment) -> str:
    """What a press says it saw. Needs `for_desk()`."""
    return seen.said(comment)


@register.filter
def which(row: Comment | Act | Decision) -> str:
    """The first part of that; of an act or a decision, what takes it back."""
    return seen.which(row)


@register.filter
def on_record(number: int) -> str:
    """How many of a state its writer has, as far as they were counted."""
    return f"{number}+" if number >= MOST_ON_RECORD else str(number)


@register.filter
def ago(moment: datetime) -> str:
    """“3 hours ago”, and no minutes with them; “just now” in its first minute."""
    passed = timezone.now() - moment
    return "just now" if passed < timedelta(minutes=1) else f"{timesince(moment, depth=1)} ago"


@register.filter
def said_otherwise(comment: Comment) -> bool:
    """Whether what it said before a change is still kept. No query after `for_desk()`."""
    return any(edit.before for edit in comment.edits.all())


@register.filter
def likeness(comment: Comment) -> str:
    """How much it read like spam before anybody decided, of 100; “” where that was not asked."""
    score = comment.spam_probability
    return "" if score is None else of_100(score)


@register.filter
def reads_from(comment: Comment) -> int:
    """From which of `LIKE_SPAM` on it reads like spam; 0 where it does not."""
    score = 100 * (comment.spam_probability or 0)
    return next((of_100 for of_100 in LIKE_SPAM if score >= of_100), 0)


@register.inclusion_tag("admin/comments/comment/_reading.html")
def spam_reading(comment: Comment) -> dict[str, object]:
    """What the classifier said of it then, what it says now, and its strongest reasons each way.

    Needs `with_log()`. Two queries; three more when something was learnt since.
    """
    now = learnt.in_force()
    why = now.classifier.explain(comment.text)
    return {
        "comment": comment,
        "then": likeness(comment),
        "now": sentences.in_words(now.zones.said(now.classifier.score(comment.text))),
        "learnt_it": any(decision.by_id for decision in comment.decisions.all()),
        "sides": [
            (
                side,
                [
                    (sentences.reason(*named(each, comment.text)), f"{each.points:+.1f}")
                    for each in reasons
                ],
            )
            for side, reasons in (("spam", why.for_spam), ("honest", why.against))
        ],
    }
