"""What a comment is after: the kinds of its words, whatever their language. Pure.

A kind stands for all its words, so that a label about one teaches about the others, and spam in a
language of which no spam was labelled still shows what it asks for.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from . import lists, scripts

NEAR = 3  # words; kinds so close together are read as one phrase
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

_LISTED = {scripts.fold(entry): kind for entry, kind in lists.read("kinds.txt").items()}
_WORDS = {entry: kind for entry, kind in _LISTED.items() if not entry.endswith("*")}
_STEMS = {entry[:-1]: kind for entry, kind in _LISTED.items() if entry.endswith("*")}
_STEM_SIZES = sorted({len(stem) for stem in _STEMS}, reverse=True)
_UNSPACED = [entry for entry in _WORDS if scripts.UNSPACED.search(entry)]
_LONGEST_FIRST = "|".join(map(re.escape, sorted(_UNSPACED, key=len, reverse=True)))
# What is written in katakana begins where they begin: “リンク” is no part of “ドリンク”.
_KATAKANA = "[\u30a1-\u30fa\u30fc-\u30ff]"
_WITHIN = re.compile(f"(?:(?<!{_KATAKANA})|(?!{_KATAKANA}))(?:{_LONGEST_FIRST})")


@lru_cache(maxsize=1 << 14)
def kinds(word: str) -> tuple[str, ...]:
    """The kinds of a folded word, in its order; one at most, unless words are written together."""
    if word in _WORDS:
        return (_WORDS[word],)
    for size in _STEM_SIZES:
        if word[:size] in _STEMS:
            return (_STEMS[word[:size]],)
    return () if word.isascii() else tuple(_WORDS[found] for found in _WITHIN.findall(word))


def begins_with(word: str) -> tuple[str, ...]:
    """The kind of a folded word, or of what is written together with others and stands first."""
    if word.isascii() or not scripts.UNSPACED.match(word):
        return kinds(word)
    first = _WITHIN.match(word)
    return (_WORDS[first[0]],) if first else ()


def signals(words: list[str], linked: bool) -> Iterator[str]:
    """What these folded words of a text with or without a link are after."""
    found = [(at, kind) for at, word in enumerate(words) for kind in kinds(word)]
    present: dict[str, int] = {}
    for _, kind in found:
        present[kind] = present.get(kind, 0) + 1
    for kind, number in present.items():
        yield kind
        if number > 1:
            yield f"{kind}=more than once"
        if linked:
            yield f"{kind}=beside a link"
    for apart in (1, 2):
        for (at, kind), (later, other) in zip(found, found[apart:], strict=False):
            if later - at <= NEAR:
                yield f"{kind} → {other}"
    yield f"kinds of advertising={min(len(ADVERTISED & present.keys()), MOST)}"
    if not present:
        yield "nothing asked or offered"
