"""Why a text scores as it does: the strongest features each way, and where they stand. Pure."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt
from typing import NamedTuple

from . import addresses, appeals, scripts, structure
from .features import (
    LENGTHS,
    Token,
    beginning_numbers,
    example,
    pair_numbers,
    structure_number,
    tokens,
    word_known,
)

STRONGEST = 5  # shown each way
TELLING = 0.05  # log-odds; what moves the score by about one in a hundred or less is not shown

WORD, PAIR, STRUCTURE = "word", "pair", "structure"
NEAREST = "nearness to a label"  # the name of the reason that no place in the text shows
_ORDER = {WORD: 0, PAIR: 1, STRUCTURE: 2}


class Span(NamedTuple):
    """A place in the text as it was given: text[start:end]."""

    start: int
    end: int


@dataclass(frozen=True)
class Reason:
    """One feature: what it is, how far it moves the log-odds (positive for spam), and where."""

    kind: str
    name: str
    points: float
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class Explanation:
    """At most `STRONGEST` reasons each way; whole words first, then pairs, then structure."""

    for_spam: tuple[Reason, ...]
    against: tuple[Reason, ...]


def explain(text: str, weight: Callable[[int], float], leaning: float = 0.0) -> Explanation:
    """The reasons of the weights for their score of a text. A word stands for its letters too.

    `leaning` is what the labels add that the text is nearest to.
    """
    every = [*_reasons(text, weight), Reason(STRUCTURE, NEAREST, leaning, ())]
    reasons = [reason for reason in every if abs(reason.points) >= TELLING]
    spam = sorted((r for r in reasons if r.points > 0), key=_strongest_first)[:STRONGEST]
    honest = sorted((r for r in reasons if r.points < 0), key=_strongest_first)[:STRONGEST]
    return Explanation(tuple(sorted(spam, key=_order)), tuple(sorted(honest, key=_order)))


def _strongest_first(reason: Reason) -> tuple[float, str]:
    return (-abs(reason.points), reason.name)


def _order(reason: Reason) -> tuple[int, float, str]:
    return (_ORDER[reason.kind], *_strongest_first(reason))


def _reasons(text: str, weight: Callable[[int], float]) -> list[Reason]:
    found = tokens(scripts.fold(text))
    groups = example(text).groups
    value, letter_value, shape_value = (
        length / sqrt(len(numbers) or 1) for length, numbers in zip(LENGTHS, groups, strict=True)
    )
    origin = range(len(text) + 1) if text.isascii() else scripts.origins(text)
    places = _places(origin, found)
    together = _together(origin, found)
    reasons = []
    words = [token.word for token in found]
    begins: dict[tuple[str, ...], float] = defaultdict(float)
    for size, number in beginning_numbers(words).items():
        begins[tuple(words[:size])] += value * weight(number)
    for word, spans in places.items():
        points = begins.pop((word,), 0.0) + value * sum(map(weight, word_known(word).numbers))
        points += letter_value * sum(map(weight, word_known(word).letters))
        reasons.append(Reason(WORD, word, points, tuple(spans)))
    for pair, spans in together.items():
        points = value * sum(map(weight, pair_numbers(list(map(word_known, pair)))))
        points += begins.pop(pair, 0.0)
        reasons.append(Reason(PAIR, " ".join(pair), points, tuple(spans)))
    for first, points in begins.items():
        whole = _span(origin, found[0].start, found[len(first) - 1].end)
        reasons.append(Reason(PAIR, " ".join(first), points, (whole,)))
    for kind, names in _by_kind(structure.signals(text, words)).items():
        points = shape_value * sum(weight(structure_number(name)) for name in names)
        seen = [Span(*span) for span in structure.spans(names[0], text)]
        seen += (span for word in places if kind in appeals.kinds(word) for span in places[word])
        reasons.append(Reason(STRUCTURE, _said(kind, names[-1]), points, tuple(sorted(seen))))
    return reasons


def _by_kind(signals: list[str]) -> dict[str, list[str]]:
    """Signals that are one reason: however much there is of a kind; each place that links lead to
    is one of its own."""
    kinds: dict[str, list[str]] = defaultdict(list)
    for signal in signals:
        if signal != "always":
            kind, _, value = signal.partition("=")
            kinds[f"{kind} {value}" if kind == addresses.LEADS_TO else kind].append(signal)
    return kinds


def _said(kind: str, signal: str) -> str:
    name, _, amount = signal.partition("=")
    return f"{kind}: {amount}" if amount and name == kind else kind


def _places(origin: Sequence[int], found: list[Token]) -> dict[str, list[Span]]:
    places: dict[str, list[Span]] = defaultdict(list)
    for token in found:
        places[token.word].append(_span(origin, token.start, token.end))
    return places


def _together(origin: Sequence[int], found: list[Token]) -> dict[tuple[str, str], list[Span]]:
    """Where each pair of words stands."""
    places: dict[tuple[str, str], list[Span]] = defaultdict(list)
    for one, two in pairwise(found):
        places[one.word, two.word].append(_span(origin, one.start, two.end))
    return places


def _span(origin: Sequence[int], start: int, end: int) -> Span:
    return Span(origin[start], origin[end])
