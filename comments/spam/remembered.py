"""The labels that are kept, as numbers: some are learnt again, and each text is held against all.

What the comments of one campaign, or below one film, have in common is often no single word, and a
weight for each word learns it late: so what the label says that a text is nearest to counts too.
Pure.
"""

import struct
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from .features import Example

# In log-odds: what it counts to be nearer to spam than to an honest text by the whole length from 0
# to 1, where there are as many labels of both kinds; and the most that this may add, so that it
# only decides where all else is in doubt.
NEARNESS_COUNTS = 8.0
NEARNESS_ADDS = 1.0

_BITS = 16  # of a count: a text has at most some thousand numbers


class Label(NamedTuple):
    """A text that somebody judged, and what the seed says of it, in log-odds."""

    seen: Example
    is_spam: bool
    given: float


class Remembered(Sequence[Label]):
    """Labels, each at a place of its own."""

    def __init__(self, labels: Iterable[Label] = ()) -> None:
        self._labels: list[Label] = []
        self._known: list[tuple[int, bool]] = []  # of each: how many features, whether spam
        self._spam = 0  # how many of them are
        # Of a feature, one integer with a bit for each label that has it, `_BITS` apart: their sum
        # over the features of a text counts what it shares with every label at once.
        self._have: dict[int, int] = {}
        for label in labels:
            self.add(label)

    def __len__(self) -> int:
        return len(self._labels)

    def __getitem__(self, place: int) -> Label:  # type: ignore[override]
        return self._labels[place]

    def add(self, label: Label) -> None:
        """Keep one more."""
        self._labels.append(label)
        self._known.append((0, False))
        self._enter(len(self._labels) - 1)

    def replace(self, place: int, label: Label) -> None:
        """Keep this one instead of the one that stands there."""
        bit, old = 1 << _BITS * place, self._labels[place]
        self._spam -= old.is_spam
        for number in _shape(old.seen):
            self._have[number] -= bit
            if not self._have[number]:
                del self._have[number]
        self._labels[place] = label
        self._enter(place)

    def leaning(self, seen: Example) -> float:
        """What the nearest label of each kind says of a text, in log-odds. How near two texts are
        is the share that they have in common of all letters and signs of structure that either has
        (Jaccard). Among many labels one is near by chance: so it counts less the more there are of
        one kind, and nothing while there is only one kind."""
        fewer, more = sorted((self._spam, len(self._labels) - self._spam))
        if not fewer:
            return 0.0
        shape = _shape(seen)
        own, nearest = len(shape), [0.0, 0.0]  # to an honest one, to spam
        for shared, (size, is_spam) in zip(self._shared(shape), self._known, strict=True):
            near = shared / (own + size - shared)
            if near > nearest[is_spam]:
                nearest[is_spam] = near
        apart = NEARNESS_COUNTS * fewer / more * (nearest[True] - nearest[False])
        return max(-NEARNESS_ADDS, min(NEARNESS_ADDS, apart))

    def _shared(self, shape: tuple[int, ...]) -> tuple[int, ...]:
        """How many of these features each label has."""
        have = self._have.get
        total = sum(have(number, 0) for number in shape)
        places = len(self._labels)
        return struct.unpack(f"<{places}H", total.to_bytes(_BITS // 8 * places, "little"))

    def _enter(self, place: int) -> None:
        label = self._labels[place]
        shape = _shape(label.seen)
        self._known[place] = len(shape), label.is_spam
        self._spam += label.is_spam
        bit = 1 << _BITS * place
        for number in shape:
            self._have[number] = self._have.get(number, 0) + bit


def _shape(seen: Example) -> tuple[int, ...]:
    """The features that are compared; letters and structure have no number in common."""
    return seen.groups[1] + seen.groups[2]
