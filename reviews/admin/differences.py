"""Where two versions of a text differ, word by word, for whoever has to choose one of them."""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

Pieces = list[tuple[str, bool]]  # words, and whether the other version has others in their place

# A word with the space behind it; of scripts that set none, a character.
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]\s*|[^\s\u3040-\u30ff\u3400-\u9fff]+\s*|\s+")
MOST = 1_500  # words of both together: comparing more takes longer than a form should


def apart(one: str, other: str) -> tuple[Pieces, Pieces]:
    """Both texts, cut where they differ. Whole, and unmarked, where they have no word in common,
    or too many words."""
    first, second = _WORD.findall(one), _WORD.findall(other)
    whole = [(one, False)], [(other, False)]
    if len(first) + len(second) > MOST:
        return whole
    steps = SequenceMatcher(None, first, second, autojunk=False).get_opcodes()
    if all(tag != "equal" for tag, *_ in steps):
        return whole
    return (
        _joined((first[a:b], tag != "equal") for tag, a, b, _, _ in steps),
        _joined((second[c:d], tag != "equal") for tag, _, _, c, d in steps),
    )


def _joined(pieces: Iterable[tuple[list[str], bool]]) -> Pieces:
    return [("".join(words), differs) for words, differs in pieces if words]
