"""The rule that asks the classifier: what it learnt elsewhere, and from moderators here."""

from . import learnt
from .classifier import SPAM_FROM
from .explanation import STRUCTURE, WORD, Reason
from .screening import FindingFacts, Submission

# It only holds, as long as nothing was learnt here: a finding of no points keeps a comment from
# appearing at once, and with other findings still cannot make it spam.
POINTS = 0
SHORTEST_QUOTE = 4  # letters; shorter words would be marked within others all over the text
MOST_EVIDENCE = 300  # characters, as a finding keeps


def reads_like_spam(post: Submission) -> FindingFacts | None:
    """The text reads like spam. A sign to look, never a verdict. One query."""
    classifier = learnt.classifier()
    score = classifier.score(post.text)
    if score < SPAM_FROM:
        return None
    reasons = classifier.explain(post.text).for_spam
    said = [_said(reason) for reason in reasons if reason.spans]
    evidence = f"Reads like spam ({int(100 * score)} in 100)"
    if said:
        evidence += f", most of all by {', '.join(said)}"
    return FindingFacts(
        "reads_like_spam", POINTS, f"{evidence[: MOST_EVIDENCE - 1]}.", _quotes(post.text, reasons)
    )


def _said(reason: Reason) -> str:
    """Words in quotation marks; of what can be pointed at beside words, the kind: “links”."""
    return reason.name.partition(":")[0] if reason.kind == STRUCTURE else f"“{reason.name}”"


def _quotes(text: str, reasons: tuple[Reason, ...]) -> tuple[str, ...]:
    """The words of the reasons as they stand in the text, each once."""
    spans = (span for reason in reasons if reason.kind == WORD for span in reason.spans[:1])
    words = dict.fromkeys(text[span.start : span.end] for span in spans)
    return tuple(word for word in words if len(word) >= SHORTEST_QUOTE)
