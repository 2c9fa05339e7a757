"""The rule that asks the classifier, as it was shipped: what it learnt elsewhere, not here."""

from functools import cache

from .classifier import SPAM_FROM, Classifier
from .explanation import WORD, Reason
from .screening import FindingFacts, Submission

POINTS = (
    4  # it holds: not even with haste does it make spam, and a new site waits for its own labels
)
SHORTEST_QUOTE = 4  # letters; shorter words would be marked within others all over the text
MOST_EVIDENCE = 300  # characters, as a finding keeps


def reads_like_spam(post: Submission) -> FindingFacts | None:
    """The text reads like advertising known from elsewhere. A sign to look, never a verdict."""
    classifier = _shipped()
    score = classifier.score(post.text)
    if score < SPAM_FROM:
        return None
    reasons = classifier.explain(post.text).for_spam
    evidence = f"Reads like spam ({int(100 * score)} in 100)"
    if reasons:
        evidence += f": {', '.join(map(_said, reasons))}"
    return FindingFacts(
        "reads_like_spam", POINTS, f"{evidence[: MOST_EVIDENCE - 1]}.", _quotes(post.text, reasons)
    )


@cache
def _shipped() -> Classifier:
    return Classifier()


def _said(reason: Reason) -> str:
    return reason.name if ":" in reason.name or reason.kind != WORD else f"“{reason.name}”"


def _quotes(text: str, reasons: tuple[Reason, ...]) -> tuple[str, ...]:
    """The words of the reasons as they stand in the text, each once."""
    spans = (span for reason in reasons if reason.kind == WORD for span in reason.spans[:1])
    words = dict.fromkeys(text[span.start : span.end] for span in spans)
    return tuple(word for word in words if len(word) >= SHORTEST_QUOTE)
