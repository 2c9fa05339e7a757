"""Four-word runs of a text, by which near copies are known. Pure.

Broder, “On the resemblance and containment of documents”, 1997. A word is a run of letters and
digits; of Han, kana, Hangul, Thai and their like, which are written without spaces or with endings
grown on, each character stands for itself.
"""

import re
from hashlib import blake2b
from typing import NamedTuple
from unicodedata import normalize

from .phrases import SPACELESS

RUN = 4  # words, or characters of scripts without spaces
_BYTES = 8  # of a number
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


def runs(text: str) -> list[Run]:
    """The runs of a text's own words, in order, without what it quotes. No run goes over a
    quotation. At most the first `MOST_READ` characters are read."""
    text = _QUOTED.sub(lambda found: _GAP * len(found.group()), text[:MOST_READ])
    found: list[Run] = []
    for piece in _PIECE.finditer(text):
        begins, places = piece.start(), [*_WORD.finditer(piece.group())]
        said = _said(piece.group())
        found += [
            Run(number, begins + places[at].start(), begins + places[at + RUN - 1].end())
            for at, number in enumerate(_numbers(said))
        ]
    return found


def numbers(text: str, *, most: int = MOST_READ) -> frozenset[int]:
    """The runs of a text as numbers alone."""
    pieces = _PIECE.findall(text[:most])
    return frozenset(number for piece in pieces for number in _numbers(_said(piece)))


def _said(piece: str) -> list[str]:
    """Its words, folded."""
    if piece.isascii():  # here that is to make them small
        return _WORD.findall(piece.lower())
    return [normalize("NFKC", word).casefold() for word in _WORD.findall(piece)]


def _numbers(words: list[str]) -> list[int]:
    """Of each run its words as 64 bits with a sign, as a database keeps them."""
    said = (" ".join(words[at : at + RUN]).encode() for at in range(len(words) - RUN + 1))
    return [
        int.from_bytes(blake2b(run, digest_size=_BYTES).digest(), "big", signed=True)
        for run in said
    ]
