"""A text as numbered features in three groups: words, letters, structure. Pure.

A feature is present or not; within a group all weigh the same, so that the group has a length of
its own whatever the length of the text. Numbers are CRC-32 remainders (Weinberger et al., “Feature
hashing”, 2009): no dictionary to keep, and nothing of a reader's text can be read back.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
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

# The length of the groups of words, of letters and of structure. A link or the want of one is one
# of a dozen signals, a word one of fifty: structure weighs most. From development data alone.
LENGTHS = (3.0, 1.0, 2.0)
VERSION = 4  # raise it with any change here, in what it imports or in lists/: weights are relearnt

START, END = "^", "$"  # of a text, beside its words
_BUCKETS_LEFT = BUCKETS - STRUCTURE_BUCKETS
_OF_LETTERS = crc32(b"3 ")
_WORD = r"(?P<word>[^\W_]+(?:'[^\W\d_]+)*)"
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
    """The features of a text. About 0.3 ms for 200 characters; bounded for any length."""
    words = words_of(scripts.fold(text))
    named: list[int] = []
    letters: list[int] = []
    for word in words:
        named += word_numbers(word)
        letters += letter_numbers(word)
    for left, right in pairs(words):
        named += map(number, pair_names(left, right))
    shape = map(structure_number, structure.signals(text, words))
    return Example((_once(named), _once(letters), _once(shape)))


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
    return bool(addresses.links(folded) or structure.SPACED.search(folded))


def _cut(word: str) -> str:
    return word[:LONGEST_WORD] if len(word) > LONGEST_READ else word


def _some(found: list[Piece]) -> list[Piece]:
    if len(found) > MOST_WORDS:
        return found[: MOST_WORDS - MOST_LAST_WORDS] + found[-MOST_LAST_WORDS:]
    return found


def pairs(words: list[str]) -> Iterator[tuple[str, str]]:
    """Each word with the next, the first and the last with the edge of the text."""
    before = START
    for word in words:
        yield before, word
        before = word
    if words:
        yield before, END


def pair_names(left: str, right: str) -> list[str]:
    """The pair itself; and each word with the kind of the other, where only the other has one."""
    of_left, of_right = appeals.kinds(left), appeals.kinds(right)
    names = [f"2 {left} {right}"]
    if of_left and not of_right and right != END:
        names.append(f"k {of_left[0]} {right}")
    elif of_right and not of_left and left != START:
        names.append(f"k {left} {of_right[0]}")
    return names


def number(name: str) -> int:
    """The bucket of a named feature of words or letters."""
    return STRUCTURE_BUCKETS + crc32(name.encode()) % _BUCKETS_LEFT


@lru_cache(maxsize=4096)
def structure_number(signal: str) -> int:
    """The bucket of a signal of structure."""
    return crc32(signal.encode()) % STRUCTURE_BUCKETS


@lru_cache(maxsize=1 << 14)
def word_numbers(word: str) -> tuple[int, ...]:
    """The word itself; of East Asian script, which has no spaces, each character and bigram."""
    if word.isascii() or not scripts.EAST_ASIAN.search(word):
        return (number(f"1 {word}"),)
    names = [f"1 {word}"] if len(word) <= 6 else []
    for run in scripts.EAST_ASIAN_RUN.findall(word):
        names += [f"b {run[at : at + 2]}" for at in range(len(run) - 1)]
        names += [f"b {char}" for char in run]
    return tuple(dict.fromkeys(map(number, names)))


@lru_cache(maxsize=1 << 14)
def letter_numbers(word: str) -> dict[int, None]:
    """The runs of three to five letters within a word and its edges; none in East Asian script."""
    if not word.isascii():
        word = scripts.EAST_ASIAN_RUN.sub(" ", word).strip()
        if not word or " " in word:
            return {}
    edged = f"<{word}>"
    runs = [(at, at + length) for length in (3, 4, 5) for at in range(len(edged) - length + 1)]
    if edged.isascii():
        letters = edged.encode()
        pieces = (letters[start:end] for start, end in runs)
    else:
        pieces = (edged[start:end].encode() for start, end in runs)
    return dict.fromkeys(
        STRUCTURE_BUCKETS + crc32(piece, _OF_LETTERS) % _BUCKETS_LEFT for piece in pieces
    )
