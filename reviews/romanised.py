"""Korean in Latin letters, for addresses: the Revised Romanization of 2000, syllable by syllable.

Sounds change where syllables meet; of that only what every reader would miss is followed: a final
consonant goes over to a vowel, and l before r is written ll.
"""

import unicodedata

_INITIALS = [
    *("g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s"),
    *("ss", "-", "j", "jj", "ch", "k", "t", "p", "h"),
]
_VOWELS = [
    *("a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae"),
    *("oe", "yo", "u", "wo", "we", "wi", "yu", "eu", "ui", "i"),
]
_FINALS = [
    *("-", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l"),
    *("p", "l", "m", "p", "p", "t", "t", "ng", "t", "t", "k", "t", "p", "t"),
]
# Single consonants as they are written before a vowel, by their place among the finals.
_GOING_OVER = {1: "g", 2: "kk", 4: "n", 7: "d", 8: "r", 16: "m", 17: "b", 19: "s", 20: "ss"}
_GOING_OVER |= {22: "j", 23: "ch", 24: "k", 25: "t", 26: "p"}
_FIRST, _LAST = 0xAC00, 0xD7A3  # 가 to 힣 (Unicode 16.0, 3.12)
_SILENT = _INITIALS.index("-")


def romanised(words: str) -> str:
    """The words with each Korean syllable in Latin letters; all else as it stands."""
    syllables = [_parts(character) for character in unicodedata.normalize("NFC", words)]
    written: list[str] = []
    for this, following in zip(syllables, [*syllables[1:], ""], strict=True):
        if isinstance(this, str):
            written.append(this)
            continue
        initial, vowel, final = this
        start = _INITIALS[initial] if initial != _SILENT else ""
        if start == "r" and written and written[-1].endswith("l"):
            start = "l"
        written.append(start + _VOWELS[vowel] + _ending(final, following))
    return "".join(written)


def _parts(character: str) -> tuple[int, int, int] | str:
    code = ord(character)
    if not _FIRST <= code <= _LAST:
        return character
    rest, final = divmod(code - _FIRST, len(_FINALS))
    return *divmod(rest, len(_VOWELS)), final


def _ending(final: int, following: tuple[int, int, int] | str) -> str:
    if final == 0:
        return ""
    before_a_vowel = not isinstance(following, str) and following[0] == _SILENT
    return _GOING_OVER.get(final, _FINALS[final]) if before_a_vowel else _FINALS[final]
