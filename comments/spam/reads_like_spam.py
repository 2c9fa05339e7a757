"""The rule that asks the classifier: what it learnt elsewhere, and from moderators here."""

from collections.abc import Iterable

from ..evidence import said
from ..learning import learnt
from ..learning.zones import Zone
from . import appeals, phrases
from .explanation import STRUCTURE, WORD, Reason
from .screening import SPAM_SCORE, FindingFacts, Submission

# In hold zone a finding of no points keeps a comment from appearing at once, and with other
# findings still cannot make it spam. In spam zone it does, alone.
POINTS = {Zone.HOLD: 0, Zone.SPAM: SPAM_SCORE}
SHORTEST_QUOTE = 2  # letters; a single one is not worth the look
LONGEST_QUOTE = 100  # characters; what is said of the whole text need not be marked
MOST_QUOTES = 20
LONGEST_NAMED = 40  # characters of a word in the evidence; a longer one is marked in the text alone
MOST_NAMED = 2  # words that stand for their kind


def reads_like_spam(post: Submission) -> FindingFacts | None:
    """The spam classifier says that it reads like spam: it waits, or from the limit on gets 10
    points.

    In hold zone it only waits; in spam zone it is set aside. Two queries where the classifier was
    not asked before.
    """
    now = post.read_by or learnt.in_force()
    score = post.spam_probability
    if score is None:
        score = now.classifier.score(post.text)
    zone = now.zones.of(score)
    if zone == Zone.CLEAN:
        return None
    why = now.classifier.explain(post.text)
    sides = [("for_spam", why.for_spam), ("against_spam", why.against)]
    reasons = [
        said(code, reasons=some) for code, side in sides if (some := _named(side, post.text))
    ]
    return FindingFacts(
        "reads_like_spam",
        POINTS[zone],
        (*now.zones.said(score), *reasons),
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


def named(reason: Reason, text: str) -> list[str]:
    """A word, or a sign beside words: what comments/spam/sentences.py names in a list. A kind of
    words is followed by the first of its words that stand in the text."""
    if reason.kind != STRUCTURE:
        return ["word", reason.name]
    kind = reason.name.partition(":")[0]
    words: dict[str, str] = {}
    for start, end in reason.spans if kind in appeals.KINDS else ():
        if end - start <= LONGEST_NAMED:
            words.setdefault(text[start:end].casefold(), text[start:end])
    return ["sign", kind, *list(words.values())[:MOST_NAMED]]


def _can_be_marked(piece: str) -> bool:
    return SHORTEST_QUOTE <= len(piece) <= LONGEST_QUOTE


def _can_be_named(word: str) -> bool:
    return SHORTEST_QUOTE <= len(word) <= LONGEST_NAMED


def _named(reasons: Iterable[Reason], text: str) -> list[list[str]]:
    """Those that can be pointed at."""
    return [
        named(each, text)
        for each in reasons
        if each.spans and (each.kind == STRUCTURE or _can_be_named(each.name))
    ]
