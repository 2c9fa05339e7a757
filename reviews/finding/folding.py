"""How words are written in the index, and how a word is looked for there. Pure.

Upper and lower case, accents of Latin letters, apostrophes and all punctuation are as one. Every
East Asian character stands between two marks, so that it is three characters long by itself and
two of them are found side by side: engines that look for three characters then find words of one
or two, which are the usual ones in Chinese and Korean.
"""

import re
import unicodedata
from functools import lru_cache

# Written without spaces, or with spaces that writers put differently: one character may be a word.
EAST_ASIAN = re.compile(
    r"[\u1100-\u11ff\u3005-\u30ff\u3130-\u318f\u3400-\u9fff\uac00-\ud7ff\U00020000-\U0003ffff]"
)
APOSTROPHES = "'’‘ʻʼ`´"
MARK = "-"  # beside an East Asian character; no other hyphen stays
_BESIDE = re.compile(f" *{MARK}[ {MARK}]*")
# Latin letters that are no other with an accent.
_PLAIN = {"đ": "d", "ð": "d", "ł": "l", "ø": "o", "ı": "i", "æ": "ae", "œ": "oe"}


def text(said: str) -> str:
    """A text as the index has it: words between single spaces, one before the first."""
    lower = unicodedata.normalize("NFKC", said).casefold()
    spaced = " ".join(unicodedata.normalize("NFKC", lower).translate(_LETTERS).split())
    return f" {spaced.replace(MARK * 2, MARK)} "


def name(said: str) -> str:
    """A name or title: in East Asian scripts without its spaces, which writers put differently."""
    return _BESIDE.sub(MARK, text(said))


@lru_cache(maxsize=1_000)
def needle(word: str, *, in_names: bool) -> str:
    """What stands in the index where the word, or part of one, does: at least three characters.

    Two letters of a script with spaces are looked for where words begin, one as a whole word.
    Empty when nothing of it is in any index.
    """
    found = (name if in_names else text)(word).strip()
    if len(found) >= 3 or not found:
        return found
    return f" {found}" if len(found) == 2 else f" {found} "


def needles(word: str, *, in_names: bool) -> dict[str, str]:
    """Each column of the index to look in, and what for."""
    found = {"names": needle(word, in_names=True)}
    return found if in_names else found | {"said": needle(word, in_names=False)}


class _Letters(dict[int, str]):
    """For `str.translate`: each letter is thought about once."""

    def __missing__(self, code: int) -> str:
        self[code] = _letter(chr(code))
        return self[code]


def _letter(letter: str) -> str:
    if EAST_ASIAN.match(letter):
        return f"{MARK}{letter}{MARK}"
    if letter in APOSTROPHES:
        return "'"
    bare = unicodedata.normalize("NFD", letter)[0]
    if bare.isascii() and bare.isalpha():
        return bare
    kind = unicodedata.category(letter)
    if kind == "Cf" or "\u0300" <= letter <= "\u036f":  # joiners, hyphens nobody sees, accents
        return ""
    return _PLAIN.get(letter, letter if kind[0] in "LMN" else " ")


_LETTERS = _Letters()
