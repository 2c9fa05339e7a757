"""The rule that asks the classifier: what it learnt elsewhere, and from moderators here."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from ..learning import learnt
from ..learning.zones import Zone
from . import phrases, wording
from .explanation import STRUCTURE, WORD, Reason
from .screening import SPAM_SCORE, FindingFacts, Submission

# In hold zone a finding of no points keeps a comment from appearing at once, and with other
# findings still cannot make it spam. In spam zone it does, alone.
POINTS = {Zone.HOLD: 0, Zone.SPAM: SPAM_SCORE}
SHORTEST_QUOTE = 2  # letters; a single one is not worth the look
LONGEST_QUOTE = 100  # characters; what is said of the whole text need not be marked
MOST_QUOTES = 20
MOST_EVIDENCE = 300  # characters, as a finding keeps


def reads_like_spam(post: Submission) -> FindingFacts | None:
    """The text reads like spam. In hold zone it only waits; in spam zone it is set aside.

    Two queries where the classifier was not asked before.
    """
    now = post.read_by or learnt.in_force()
    score = post.spam_probability
    if score is None:
        score = now.classifier.score(post.text)
    zone = now.zones.of(score)
    if zone == Zone.CLEAN:
        return None
    why = now.classifier.explain(post.text)
    evidence = _joined(
        now.zones.said(score),
        _list(_("For spam:"), why.for_spam),
        _list(_("Against:"), why.against),
    )
    return FindingFacts(
        "reads_like_spam",
        POINTS[zone],
        evidence,
        pieces_of(post.text, why.for_spam),
        against=pieces_of(post.text, why.against),
    )


def pieces_of(text: str, reasons: Iterable[Reason]) -> tuple[str, ...]:
    """What the reasons point at, as it stands in the text, each once: words, links, addresses."""
    spans = (
        span
        for reason in sorted(reasons, key=lambda reason: reason.kind != WORD)
        for span in (reason.spans[:1] if reason.kind == WORD else reason.spans)
    )
    places = (phrases.widened(text, span.start, span.end, LONGEST_QUOTE) for span in spans)
    pieces = dict.fromkeys(text[start:end].strip() for start, end in places)
    return tuple(piece for piece in pieces if _can_be_marked(piece))[:MOST_QUOTES]


def said(reason: Reason) -> str:
    """Words in quotation marks; of what is beside words, the kind: “links”, in plain words."""
    if reason.kind == STRUCTURE:
        return wording.in_words(reason.name.partition(":")[0])
    return f"“{reason.name}”"


def _can_be_marked(piece: str) -> bool:
    return SHORTEST_QUOTE <= len(piece) <= LONGEST_QUOTE


def _list(title: str, reasons: Iterable[Reason]) -> list[str]:
    """The words for a sentence: its beginning, and what can be pointed at."""
    return [title, *(said(reason) for reason in reasons if reason.spans)]


def _joined(sentence: str, *lists: list[str]) -> str:
    """One text of at most `MOST_EVIDENCE` characters; of each list as many as fit."""
    for title, *words in lists:
        fitting, room = [], MOST_EVIDENCE - len(sentence) - len(title) - 2
        for word in words:
            room -= len(word) + 2
            if room > 0:
                fitting.append(word)
        if fitting:
            sentence += f" {title} {', '.join(fitting)}."
    return sentence
