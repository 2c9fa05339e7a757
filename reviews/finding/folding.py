"""How words are written in the index, and how a word is looked for there. Pure.

Upper and lower case, accents and vowel signs that may be left out, letters that Arabs, Persians and
Pakistanis write differently, both kana, simplified and traditional characters, digits, apostrophes
and all punctuation are as one. Every character of a script without spaces stands between two marks,
so that it is three characters long by itself and two of them are found side by side: engines that
look for three characters then find words of one or two, which are the usual ones in Chinese and
Korean.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import chain
from pathlib import Path

_EAST_ASIAN = (
    r"\u1100-\u11ff\u3005-\u30ff\u3130-\u318f\u3400-\u9fff\uac00-\ud7ff\U00020000-\U0003ffff"
)
EAST_ASIAN = re.compile(f"[{_EAST_ASIAN}]")  # one character may be a word
# Written without spaces, or with spaces that writers put differently: those, and Thai, Lao, Burmese
# and Khmer.
SPACELESS = re.compile(rf"[{_EAST_ASIAN}\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
APOSTROPHES = "'’‘ʻʼ`´"
MARK = "-"  # beside a character of those scripts; no other hyphen stays
# Accents, vowel signs of Hebrew and Arabic, what draws Arabic words out, and the dot that Hindi
# often leaves away.
_LEFT_OUT = re.compile(
    r"[\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670"
    r"\u06d6-\u06ed\u093c]"
)
UNSEEN = rf"(?:{_LEFT_OUT.pattern}|[-\u2010\u00ad\u200b-\u200d])*"  # within a word that is found
_HYPHEN = re.compile(r"(?<=\w)[-\u2010](?=\w)")
# Alphabets from Latin to Arabic and their further letters, kana, and Chinese characters.
_WITH_FORMS = [
    *(range(0x41, 0x700), range(0x1E00, 0x2000), range(0x3041, 0x30FF), range(0x3400, 0xA000)),
]
_OF_ALPHABETS = "\u06ff"  # up to here, a letter's first part is what it is without its accents
_BESIDE = re.compile(f" *{MARK}[ {MARK}]*")
# Letters that are no other with an accent, and what is written for them: Latin, then Arabic.
_PLAIN = {"đ": "d", "ð": "d", "ł": "l", "ø": "o", "ı": "i", "æ": "ae", "œ": "oe"}
_PLAIN |= dict.fromkeys("ٱ", "ا") | dict.fromkeys("یىے", "ي") | {"ک": "ك"}
_PLAIN |= dict.fromkeys("ةہھە", "ه")
_KATAKANA = ord("ァ") - ord("ぁ")


def text(said: str) -> str:
    """A text as the index has it: words between single spaces, one before the first."""
    lower = unicodedata.normalize("NFKC", said).casefold()
    spaced = " ".join(unicodedata.normalize("NFKC", lower).translate(_LETTERS).split())
    return f" {spaced.replace(MARK * 2, MARK)} "


def name(said: str) -> str:
    """A name or title: in scripts without spaces without those that some writers put."""
    return _BESIDE.sub(MARK, text(said))


def names(said: Iterable[str]) -> str:
    """Names and titles, one a line; one with a hyphen also without: “Chan-wook” and “Chanwook”."""
    every = dict.fromkeys(form for each in said if each for form in (each, _HYPHEN.sub("", each)))
    return "\n".join(map(name, every))


@lru_cache(maxsize=1_000)
def forms(letter: str) -> str:
    """Every letter that is the same as this one in the index."""
    return _same().get(_LETTERS[ord(letter.casefold())], "") if len(letter.casefold()) == 1 else ""


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


@cache
def _same() -> dict[str, str]:
    found: dict[str, list[str]] = defaultdict(list)
    for letter in map(chr, chain(*_WITH_FORMS)):
        lower = letter.casefold()
        folded = _LETTERS[ord(lower)] if len(lower) == 1 else ""
        if folded.strip():
            found[folded].append(letter)
    return {folded: "".join(letters) for folded, letters in found.items() if len(letters) > 1}


class _Letters(dict[int, str]):
    """For `str.translate`: each letter is thought about once."""

    def __missing__(self, code: int) -> str:
        self[code] = _letter(chr(code))
        return self[code]


def _letter(letter: str) -> str:
    if EAST_ASIAN.match(letter):
        return f"{MARK}{_east_asian(letter)}{MARK}"
    if letter in APOSTROPHES:
        return "'"
    kind = unicodedata.category(letter)
    if kind == "Cf" or _LEFT_OUT.match(letter):  # joiners and hyphens nobody sees
        return ""
    if kind == "Nd":
        return str(unicodedata.digit(letter))
    if kind[0] not in "LMN":
        return " "
    if SPACELESS.match(letter):
        return f"{MARK}{letter}{MARK}"
    bare = unicodedata.normalize("NFD", letter)[0]
    return letter if bare > _OF_ALPHABETS else _PLAIN.get(bare, bare)


def _east_asian(letter: str) -> str:
    if "ぁ" <= letter <= "ゖ" or letter in "ゝゞ":
        return chr(ord(letter) + _KATAKANA)
    return _HAN.get(letter, letter)


def _written_otherwise() -> dict[str, str]:
    """Chinese characters → the one that stands for all ways to write it (han.txt)."""
    lines = Path(__file__).with_name("han.txt").read_text(encoding="utf-8").splitlines()
    said = (line for line in lines if not line.startswith("#"))
    return {other: line[0] for line in said for other in line[1:]}


_HAN = _written_otherwise()
_LETTERS = _Letters()
