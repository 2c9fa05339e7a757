"""Tells spam from honest comments by their text, and learns here. No database, no settings.

    classifier = Classifier()              # knows the shipped seed; Classifier(None) knows nothing
    classifier.score("Buy followers now")  # the probability of spam, 0 to 1
    classifier.learn("Buy followers now", is_spam=True)
    kept = classifier.to_bytes()
    classifier = Classifier.from_bytes(kept)

The score is that of the frozen seed plus a local regression that starts from zero, and a little of
what the labels say that a text is nearest to. The labels are the truth, the weights only what
follows from them: the same labels in the same order give the same bits, so `Classifier.of(labels)`
without a label is as if it had never been learnt.
One object is for one thread while it learns; scoring may be shared.
"""

import struct
import zlib
from array import array
from collections.abc import Iterable
from dataclasses import replace
from typing import Literal
from zlib import crc32

from . import seed
from .explanation import Explanation, explain
from .features import BUCKETS, VERSION, Example, example
from .logistic import Regression, margin, probability
from .remembered import Label, Remembered
from .seed import Seed

Known = Seed | None | Literal["shipped"]
SPAM_FROM = 0.5  # a score; where the two kinds of error are weighed as in learning
REPLAYED = 2  # old labels learnt again with each new one: more teach little and take time
# Of each weight that a label touches, added to its gradient: what was learnt here of a few texts
# stays near to nothing, which is what the seed says.
SHRINKING = 0.015
# Labels of both kinds that are taken as given: of a kind with many more than the other each counts
# less, or a site that labels honest comments alone would soon find nothing spam.
EVEN_FROM = 10
REMEMBERED = 300  # labels kept for that, as numbers; about 1 kB each when saved

_NO_SEED = bytes(32)
_MAGIC = b"comments.spam/2\n"
_HEAD = struct.Struct("<I32sIIII")  # version, digest of seed; learnt, spam of them, kept, weights


def mixed(labels: Iterable[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """The labels in an order that their texts alone decide, however they were sorted: a list with
    all of one kind first is learnt much worse."""
    return sorted(labels, key=lambda label: (crc32(label[0].encode(errors="replace")), label))


class Unreadable(ValueError):
    """Not a saved classifier of this version and seed: build it again from the labels."""


class Classifier:
    """A seed, what was learnt here, and a few of the labels it was learnt from."""

    def __init__(self, known: Known = "shipped") -> None:
        """One that has learnt nothing here. OSError, seed.Spoilt for the shipped seed."""
        if known is not None and known != "shipped" and not isinstance(known, Seed):
            raise TypeError(f"A seed is “shipped”, a Seed or None, not {known!r}.")
        self.learned = 0
        self._spam_learned = 0
        self._seed = seed.shipped() if known == "shipped" else known
        self._local = Regression(shrinking=SHRINKING)
        self._kept = Remembered()

    @classmethod
    def of(cls, labels: Iterable[tuple[str, bool]], known: Known = "shipped") -> "Classifier":
        """One that has learnt these (text, is_spam) in this order. About 1 ms each."""
        made = cls(known)
        for text, is_spam in labels:
            made.learn(text, is_spam)
        return made

    def score(self, text: str) -> float:
        """The probability that the text is spam, from 0 to 1. TypeError for what is no text."""
        return probability(self.log_odds(text))

    def is_spam(self, text: str) -> bool:
        """Whether the score reaches `SPAM_FROM`."""
        return self.score(text) >= SPAM_FROM

    def log_odds(self, text: str) -> float:
        """The score before it is squeezed between 0 and 1."""
        seen = example(_text(text))
        given = self._given(seen)
        if not self.learned:
            return given
        return given + self._local.margin(seen) + self._kept.leaning(seen)

    def learn(self, text: str, is_spam: bool) -> None:
        """Learn a person's decision, and a few earlier ones again.

        TypeError for what is no text, or neither true nor false: nothing is learnt of it.
        """
        seen, is_spam = example(_text(text)), _truth(is_spam)
        given = self._given(seen)
        self._spam_learned += is_spam
        counts = self._counts(self.learned + 1)
        self._local.learn(seen, is_spam, given, counts[is_spam])
        for turn in range(min(REPLAYED, len(self._kept))):
            old, was_spam, said = self._kept[self._draw(turn) % len(self._kept)]
            self._local.learn(old, was_spam, said, counts[was_spam])
        self.learned += 1
        self._keep(Label(seen, is_spam, given))

    def explain(self, text: str) -> Explanation:
        """What speaks for spam and what against it, with the places in the text. TypeError."""
        return explain(_text(text), self._weight, self._kept.leaning(example(text)))

    def copy(self) -> "Classifier":
        """Another that can learn without this one changing. Some milliseconds."""
        made = type(self)(self._seed)
        made.learned, made._spam_learned = self.learned, self._spam_learned
        weights, squares = self._local.weights[:], self._local.squares[:]
        made._local = replace(self._local, weights=weights, squares=squares)
        made._kept = Remembered(self._kept)
        return made

    def to_bytes(self) -> bytes:
        """What was learnt, to be kept; the seed is not in it. No text can be read back."""
        weights, squares = self._local.weights, self._local.squares
        used = array("I", (at for at in range(BUCKETS) if squares[at]))
        body = [used.tobytes()]
        body += (array("f", (table[at] for at in used)).tobytes() for table in (weights, squares))
        for seen, is_spam, _ in self._kept:
            body.append(array("I", [is_spam, *map(len, seen.groups)]).tobytes())
            body += (array("I", numbers).tobytes() for numbers in seen.groups)
        digest = bytes.fromhex(self._seed.digest) if self._seed else _NO_SEED
        counts = (self.learned, self._spam_learned, len(self._kept), len(used))
        head = _HEAD.pack(VERSION, digest, *counts)
        return _MAGIC + zlib.compress(head + b"".join(body), 1)

    @classmethod
    def from_bytes(cls, data: bytes, known: Known = "shipped") -> "Classifier":
        """What `to_bytes` kept. One saved without a seed has none again.

        Unreadable if it is of another version, learnt beside another seed, or damaged. TypeError
        for what is not bytes.
        """
        if not isinstance(data, bytes | bytearray):
            raise TypeError(f"A saved classifier is bytes, not {type(data).__name__}.")
        if not data.startswith(_MAGIC):
            raise Unreadable("This is not a saved classifier, or one of another format.")
        try:
            return cls._read(memoryview(zlib.decompress(data[len(_MAGIC) :])), known)
        except (zlib.error, struct.error, IndexError, ValueError) as error:
            if isinstance(error, Unreadable):
                raise
            raise Unreadable(f"The saved classifier is damaged: {error}.") from error

    @classmethod
    def _read(cls, data: memoryview, known: Known) -> "Classifier":
        version, digest, learned, spam_learned, kept, used = _HEAD.unpack_from(data)
        if version != VERSION:
            raise Unreadable("Texts are read in another way since this was saved.")
        made = cls(None if digest == _NO_SEED else known)
        if digest != _NO_SEED and (not made._seed or digest.hex() != made._seed.digest):
            raise Unreadable("This was saved beside another seed.")
        made.learned, made._spam_learned = learned, spam_learned
        rest = _Reader(data[_HEAD.size :])
        places = rest.whole(used)
        for table in (made._local.weights, made._local.squares):
            for place, value in zip(places, rest.fractions(used), strict=True):
                table[place] = value
        for _ in range(kept):
            is_spam, *sizes = rest.whole(4)
            words, letters, structure = (tuple(rest.whole(size)) for size in sizes)
            seen = Example((words, letters, structure))
            made._kept.add(Label(seen, bool(is_spam), made._given(seen)))
        return made

    def _given(self, seen: Example) -> float:
        return margin(self._seed.weights, seen) if self._seed else 0.0

    def _weight(self, number: int) -> float:
        given = self._seed.weights[number] if self._seed else 0.0
        return given + self._local.weights[number]

    def _counts(self, learned: int) -> tuple[float, float]:
        """What an honest label and one of spam weigh, by how many there are of each: at most 1."""
        spam = EVEN_FROM + self._spam_learned
        honest = EVEN_FROM + learned - self._spam_learned
        return min(1.0, spam / honest), min(1.0, honest / spam)

    def _draw(self, turn: int) -> int:
        """A number that only depends on how much was learnt: an order that can be repeated."""
        return crc32(b"%d %d" % (self.learned, turn))

    def _keep(self, label: Label) -> None:
        """Every label so far has the same chance to be among the kept (Vitter's algorithm R)."""
        if len(self._kept) < REMEMBERED:
            self._kept.add(label)
            return
        place = self._draw(REPLAYED) % self.learned
        if place < REMEMBERED:
            self._kept.replace(place, label)


def _text(text: object) -> str:
    if not isinstance(text, str):
        raise TypeError(f"A text is a str, not {type(text).__name__}.")
    return text


def _truth(label: object) -> bool:
    """Of a bool, or of 1 and 0 as files have them; not of a word such as “ham”, which is true."""
    if label not in (0, 1):
        raise TypeError(f"Whether it is spam is True or False, not {label!r}.")
    return bool(label)


class _Reader:
    """Takes number after number of four bytes each; ValueError when there are not so many."""

    def __init__(self, data: memoryview) -> None:
        self.data, self.at = data, 0

    def whole(self, number: int) -> "array[int]":
        found = array("I")
        found.frombytes(self._next(number))
        return found

    def fractions(self, number: int) -> "array[float]":
        found = array("f")
        found.frombytes(self._next(number))
        return found

    def _next(self, number: int) -> memoryview:
        end = self.at + 4 * number
        if end > len(self.data):
            raise ValueError("it ends too early")
        piece, self.at = self.data[self.at : end], end
        return piece
