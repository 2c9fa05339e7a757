"""Four-word runs of a text, by which near copies are known. Pure.

Broder, “On the resemblance and containment of documents”, 1997. A word is a run of letters and
digits; of Han, kana, Hangul, Thai and their like, which are written without spaces or with endings
grown on, each character stands for itself.
"""

import re
import unicodedata
from collections.abc import Iterator
from hashlib import blake2b
from typing import NamedTuple

from .phrases import SPACELESS

RUN = 4  # words, or characters of scripts without spaces
MOST_READ = 3_000  # characters: what an advert has to say it says before; keeps a look-up short
# What is between marks of quotation, or after the mark of a quoted line, is somebody else's words.
_QUOTED = re.compile(
    r"^[ \t]*>.*$|“[^“”]*”|„[^„“”]*[“”]|«[^«»]*»|\"[^\"\n]*\""
    r"|「[^「」]*」|『[^『』]*』|《[^《》]*》",
    re.MULTILINE,
)
_GAP = "\x00"  # stands for each character of a quotation, so that places stay what they were
_PIECE = re.compile(f"[^{_GAP}]+")
_WORD = re.compile(rf"[{SPACELESS}]|[^\W_{SPACELESS}]+")


class Run(NamedTuple):
    """Four words, as a number, and where they stand: text[start:end]."""

    number: int
    start: int
    end: int


def runs(text: str, *, own: bool = False, most: int = MOST_READ) -> list[Run]:
    """The runs of a text, in order; of one's `own` words alone, without what it quotes. No run
    goes over a quotation. At most the first `most` characters are read."""
    text = text[:most]
    if own:
        text = _QUOTED.sub(lambda found: _GAP * len(found.group()), text)
    return [
        _run(words[at : at + RUN])
        for piece in _PIECE.finditer(text)
        for words in [list(_words(piece.group(), piece.start()))]
        for at in range(len(words) - RUN + 1)
    ]


def numbers(text: str, *, most: int = MOST_READ) -> frozenset[int]:
    """The runs of a text as numbers alone."""
    return frozenset(run.number for run in runs(text, most=most))


def _run(words: list[tuple[str, int, int]]) -> Run:
    return Run(_number(" ".join(word for word, *_ in words)), words[0][1], words[-1][2])


def _words(piece: str, start: int) -> Iterator[tuple[str, int, int]]:
    """Each word folded, with its place in the text."""
    for found in _WORD.finditer(piece):
        word = unicodedata.normalize("NFKC", found.group()).casefold()
        yield word, start + found.start(), start + found.end()


def _number(words: str) -> int:
    """64 bits with a sign, as a database keeps them."""
    return int.from_bytes(blake2b(words.encode(), digest_size=8).digest(), "big", signed=True)
