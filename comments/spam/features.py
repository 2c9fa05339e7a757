"""A text as numbered features in three groups: words, letters, structure. Pure.

A feature is present or not; within a group all weigh the same, so that the group has a length of
its own whatever the length of the text. Numbers are CRC-32 remainders (Weinberger et al., “Feature
hashing”, 2009): no dictionary to keep, and nothing of a reader's text can be read back.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from math import sqrt
from typing import NamedTuple, TypeVar
from zlib import crc32

from . import addresses, appeals, scripts, structure

BUCKETS = 1 << 18
STRUCTURE_BUCKETS = 1 << 12  # of these, kept for structure: no word may collide with a link
MOST_WORDS = 400  # read from the start, and MOST_LAST_WORDS from the end: bounds the time
MOST_LAST_WORDS = 100
LONGEST_WORD = 40  # letters; what is longer than LONGEST_READ is read so far
LONGEST_READ = 99

# The length of the groups of words, of letters and of structure. How a text is made and what it is
# after says as much as its words, and also where nobody labelled those. From development data.
LENGTHS = (2.5, 1.0, 2.5)
VERSION = 9  # raise it with any change here, in what it imports or in lists/: weights are relearnt

START, END = "^", "$"  # of a text, beside its words
BEGINNINGS = (2, 3)  # words of it that are also read as one: what a text wants stands there
_BUCKETS_LEFT = BUCKETS - STRUCTURE_BUCKETS
# A CRC goes on from that of what stands before, so nothing is joined only to be read.
_OF_LETTERS, _OF_PAIR, _OF_KIND = crc32(b"3 "), crc32(b"2 "), crc32(b"k ")
_LETTERS_OF_A_RUN = (3, 4, 5)
_WORD = rf"(?P<word>[^\W_]+{scripts.WORD_GOES_ON}(?:'[^\W\d_]+)*)"
_TOKEN = re.compile(
    rf"(?P<link>{addresses.LINK.pattern})|(?P<spaced>{structure.SPACED.pattern})|{_WORD}"
)
_PLAIN_TOKEN = re.compile(_WORD)  # the same for a text without links and spaced-out letters


Piece = TypeVar("Piece")


class Token(NamedTuple):
    """A word, and its place in the folded text."""

    word: str
    start: int
    end: int


class Word(NamedTuple):
    """All that is to know of a word, found once: its numbers, and its part in those of pairs."""

    numbers: tuple[int, ...]
    letters: dict[int, None]
    kind: str  # the first of its kinds, or empty
    encoded: bytes
    before: int  # the CRC of “2 WORD ”, as the first of a pair
    before_kind: int  # that of “k WORD ”
    encoded_kind: bytes
    kind_before: int  # that of “k KIND ”


@dataclass(frozen=True, slots=True)
class Example:
    """The features of a text: the numbers of its words, letters and structure."""

    groups: tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]

    def valued(self) -> Iterator[tuple[float, tuple[int, ...]]]:
        """Each group that has any, with the value its features share."""
        for length, numbers in zip(LENGTHS, self.groups, strict=True):
            if numbers:
                yield length / sqrt(len(numbers)), numbers


def example(text: str) -> Example:
    """The features of a text. About 0.2 ms for 200 characters, in proportion for longer ones."""
    words = words_of(scripts.fold(text))
    named: list[int] = []
    letters: dict[int, None] = {}
    known = list(map(word_known, words))
    for word in known:
        named += word.numbers
        letters.update(word.letters)
    named += pair_numbers((_START, *known, _END) if known else ())
    named += beginning_numbers(words).values()
    shape = map(structure_number, structure.signals(text, words))
    return Example((_once(named), tuple(letters), _once(shape)))


def _once(numbers: Iterable[int]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(numbers))


def words_of(folded: str) -> list[str]:
    """The words of `tokens`, without their places and much faster where nothing is hidden."""
    if _has_rarities(folded):
        return [token.word for token in tokens(folded)]
    words = _PLAIN_TOKEN.findall(folded)
    if not folded.isascii():
        words = list(map(scripts.unmasked, words))
    if len(max(words, key=len, default="")) > LONGEST_READ:
        words = list(map(_cut, words))
    return _some(words)


def tokens(folded: str) -> list[Token]:
    """The words of a folded text, look-alikes undone, spaced-out letters joined, links left out."""
    found = []
    for match in (_TOKEN if _has_rarities(folded) else _PLAIN_TOKEN).finditer(folded):
        kind = match.lastgroup
        if kind == "word":
            found.append(Token(_cut(scripts.unmasked(match[0])), *match.span()))
        elif kind == "spaced":
            joined = "".join(filter(str.isalpha, match[0]))
            found.append(Token(scripts.unmasked(joined), *match.span()))
    return _some(found)


def _has_rarities(folded: str) -> bool:
    return bool(addresses.links(folded) or structure.has_spaced_out(folded))


def _cut(word: str) -> str:
    return word[:LONGEST_WORD] if len(word) > LONGEST_READ else word


def _some(found: list[Piece]) -> list[Piece]:
    if len(found) > MOST_WORDS:
        return found[: MOST_WORDS - MOST_LAST_WORDS] + found[-MOST_LAST_WORDS:]
    return found


def pair_numbers(words: Sequence[Word]) -> list[int]:
    """Of each word and the next: the pair “2 LEFT RIGHT”; and where only one of them has a kind,
    the other beside that kind, “k KIND RIGHT” or “k LEFT KIND”."""
    sums = []
    for left, right in pairwise(words):
        sums.append(crc32(right.encoded, left.before))
        if left.kind:
            if not right.kind and right is not _END:
                sums.append(crc32(right.encoded, left.kind_before))
        elif right.kind and left is not _START:
            sums.append(crc32(right.encoded_kind, left.before_kind))
    return [STRUCTURE_BUCKETS + found % _BUCKETS_LEFT for found in sums]


def beginning_numbers(words: Sequence[str]) -> dict[int, int]:
    """Of the words that a text begins with, by how many they are: “Check out my”, “I think the”."""
    return {size: number(f"s{size} {' '.join(words[:size])}") for size in BEGINNINGS if words}


@lru_cache(maxsize=1 << 14)
def word_known(word: str) -> Word:
    """What is to know of a folded word."""
    encoded = word.encode()
    first = encoded + b" "
    kind = next(iter(appeals.kinds(word)), "")
    before, before_kind = crc32(first, _OF_PAIR), crc32(first, _OF_KIND)
    numbers, letters = word_numbers(word), letter_numbers(word)
    return Word(numbers, letters, kind, encoded, before, before_kind, *_kind_known(kind))


@cache
def _kind_known(kind: str) -> tuple[bytes, int]:
    encoded = kind.encode()
    return encoded, crc32(encoded + b" ", _OF_KIND)


def number(name: str) -> int:
    """The bucket of a named feature of words or letters."""
    return STRUCTURE_BUCKETS + crc32(name.encode()) % _BUCKETS_LEFT


@lru_cache(maxsize=4096)
def structure_number(signal: str) -> int:
    """The bucket of a signal of structure."""
    return crc32(signal.encode()) % STRUCTURE_BUCKETS


def word_numbers(word: str) -> tuple[int, ...]:
    """The word itself; of East Asian script, which has no spaces, each character and bigram."""
    if word.isascii() or not scripts.EAST_ASIAN.search(word):
        return (number(f"1 {word}"),)
    names = [f"1 {word}"] if len(word) <= 6 else []
    for run in scripts.EAST_ASIAN_RUN.findall(word):
        names += [f"b {run[at : at + 2]}" for at in range(len(run) - 1)]
        names += [f"b {char}" for char in run]
    return tuple(dict.fromkeys(map(number, names)))


def letter_numbers(word: str) -> dict[int, None]:
    """The runs of three to five letters within a word and its edges; none in East Asian script."""
    if not word.isascii():
        word = scripts.EAST_ASIAN_RUN.sub(" ", word).strip()
        if not word or " " in word:
            return {}
    edged = f"<{word}>"
    if edged.isascii():
        pieces = list(map(edged.encode().__getitem__, _runs(len(edged))))
    else:
        pieces = [edged[run].encode() for run in _runs(len(edged))]
    return dict.fromkeys(
        [STRUCTURE_BUCKETS + crc32(piece, _OF_LETTERS) % _BUCKETS_LEFT for piece in pieces]
    )


@lru_cache(maxsize=LONGEST_READ + 3)
def _runs(length: int) -> tuple[slice, ...]:
    """Where the runs of so many letters are."""
    return tuple(
        slice(at, at + size) for size in _LETTERS_OF_A_RUN for at in range(length - size + 1)
    )


_START, _END = word_known(START), word_known(END)
