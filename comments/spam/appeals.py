"""What a comment is after: the kinds of its words, whatever their language. Pure.

A kind stands for all its words, so that a label about one teaches about the others, and spam in a
language of which no spam was labelled still shows what it asks for.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from . import lists, scripts

NEAR = 3  # words from one to the next; kinds so close together are read as one phrase
# Characters to a word where words are written without spaces: Han and kana, Thai and its like.
_TO_A_WORD, _TO_A_SPELT_WORD = 2, 4
ADVERTISED = frozenset(
    (
        "money",
        "gambling",
        "remedies",
        "spells and hacking",
        "sex",
        "goods and prices",
        "films to download",
        "free and guaranteed",
        "marketing",
        "ways to get in touch",
    )
)
MOST = 4  # kinds of advertising are told apart up to so many

KINDS = frozenset(lists.read("kinds.txt").values())
_LISTED = {scripts.fold(entry): kind for entry, kind in lists.read("kinds.txt").items()}
_WORDS = {entry: kind for entry, kind in _LISTED.items() if not entry.endswith("*")}
_STEMS = {entry[:-1]: kind for entry, kind in _LISTED.items() if entry.endswith("*")}
_STEM_SIZES = sorted({len(stem) for stem in _STEMS}, reverse=True)
_UNSPACED = [entry for entry in _WORDS if scripts.UNSPACED.search(entry)]
_LONGEST_FIRST = "|".join(map(re.escape, sorted(_UNSPACED, key=len, reverse=True)))
# What is written in katakana begins where they begin: “リンク” is no part of “ドリンク”.
_KATAKANA = "[\u30a1-\u30fa\u30fc-\u30ff]"
_WITHIN = re.compile(f"(?:(?<!{_KATAKANA})|(?!{_KATAKANA}))(?:{_LONGEST_FIRST})")


class Named(NamedTuple):
    """A kind that a word has, and of how many words of it the first and the last name it."""

    kind: str
    first: int = 0
    last: int = 0


@lru_cache(maxsize=1 << 14)
def named(word: str) -> tuple[int, tuple[Named, ...]]:
    """How many words a folded word is, and its kinds; both one at most, unless words are written
    together."""
    size = 1 if word.isascii() else _size(word)
    if word in _WORDS:
        return size, (Named(_WORDS[word], 0, size - 1),)
    for length in _STEM_SIZES:
        if word[:length] in _STEMS:
            return size, (Named(_STEMS[word[:length]], 0, size - 1),)
    if word.isascii():
        return size, ()
    each = len(word) / size
    return size, tuple(
        Named(_WORDS[found[0]], int(found.start() / each), int((found.end() - 1) / each))
        for found in _WITHIN.finditer(word)
    )


def kinds(word: str) -> tuple[str, ...]:
    """The kinds of a folded word, in its order."""
    return tuple(found.kind for found in named(word)[1])


def _size(word: str) -> int:
    if not scripts.UNSPACED.search(word) or scripts.HANGUL.search(word):
        return 1
    each = _TO_A_WORD if scripts.EAST_ASIAN.search(word) else _TO_A_SPELT_WORD
    return max(1, len(word) // each)


def begins_with(word: str) -> tuple[str, ...]:
    """The kind of a folded word, or of what is written together with others and stands first."""
    if word.isascii() or not scripts.UNSPACED.match(word):
        return kinds(word)
    first = _WITHIN.match(word)
    return (_WORDS[first[0]],) if first else ()


def signals(words: list[str], linked: bool) -> Iterator[str]:
    """What these folded words of a text with or without a link are after."""
    found: list[tuple[int, int, str]] = []
    present: dict[str, int] = {}
    at = 0
    for word in words:
        size, here = named(word)
        for kind, first, last in here:
            found.append((at + first, at + last, kind))
            present[kind] = present.get(kind, 0) + 1
        at += size
    for kind, number in present.items():
        yield kind
        if number > 1:
            yield f"{kind}=more than once"
        if linked:
            yield f"{kind}=beside a link"
    for apart in (1, 2):
        for (_, end, kind), (start, _, other) in zip(found, found[apart:], strict=False):
            if start - end <= NEAR:
                yield f"{kind} → {other}"
    yield f"kinds of advertising={min(len(ADVERTISED & present.keys()), MOST)}"
    if not present:
        yield "nothing asked or offered"
