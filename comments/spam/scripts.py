"""Letters as a reader sees them: styled, look-alike and invisible characters undone.

Pure. Normal forms are those of Unicode Standard Annex 15, look-alikes a subset of Unicode
Technical Standard 39, written out here because the standard library does not carry its table.
"""

import re
import unicodedata

# Written into words to break them up and never seen.
_INVISIBLE = re.compile("[\u00ad\u180e\u200b\u200c\u200d\u2060-\u2064\ufeff]")
_JOINERS = "\u200c\u200d"
# Joiners make one picture of several, and are spelling in Arabic, India and South-East Asia.
_MAY_BE_JOINED = re.compile(
    "[\u0590-\u109f\u1780-\u17ff\u2190-\u2bff\ufe0f\U0001f000-\U0001faff\U000e0020-\U000e007f]"
)

STYLED = re.compile("[\U0001d400-\U0001d7ff\u249c-\u24e9\U0001f110-\U0001f189\u1d00-\u1d22]")
FULL_WIDTH = re.compile("[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]")
_HANGUL = "\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3"
HANGUL = re.compile(f"[{_HANGUL}]")
EAST_ASIAN = re.compile(
    f"[{_HANGUL}\u3005-\u3007\u3041-\u30ff\u31f0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff]"
)
EAST_ASIAN_RUN = re.compile(f"{EAST_ASIAN.pattern}+")
# Marks that belong to the letter before them though \w does not know them: accents, Hebrew and
# Arabic points, the vowel signs of India (without the danda, which ends a sentence) …
MARKS = "\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0900-\u0963\u0966-\u0dff"
# … and what a word of Thai, Lao, Burmese or Khmer goes on with, which stand without spaces.
_SOUTH_EAST_ASIAN = "\u0e00-\u0e4e\u0e80-\u0ece\u1000-\u1049\u1050-\u109f\u1780-\u17d3"
# The rest of a word, after letters and digits that \w knows; for patterns.
WORD_GOES_ON = rf"(?:[{MARKS}{_SOUTH_EAST_ASIAN}]+[^\W_]*)*"
UNSPACED = re.compile(rf"{EAST_ASIAN.pattern}|[{_SOUTH_EAST_ASIAN}]")
_LATIN = re.compile("[a-z\u00e0-\u024f]")
_OTHERS_LIKE_LATIN = re.compile("[\u0370-\u052f\u0531-\u0587\u13a0-\u13ff\uab70-\uabbf]")

# Not seen in a name either: what only joins, picks a form of a letter or says which way to read.
_SAYS_NOTHING = re.compile("[\u034f\u061c\u200e\u200f\ufe00-\ufe0f\U000e0000-\U000e01ef]")

# What normalisation leaves: letters in squares and circles, small capitals, typographic quotes.
_PLAIN = (
    {start + n: chr(97 + n) for start in (0x1F130, 0x1F150, 0x1F170) for n in range(26)}
    | dict(zip(map(ord, "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ"), "abcdefghijklmnoprstuvwyz", strict=True))
    | dict.fromkeys(map(ord, "‘’‛ʼ′`´"), "'")
    | dict.fromkeys(map(ord, "“”„‟″"), '"')
)
_LOOK_ALIKES = str.maketrans(
    "абвгеорсухкмнтіјѕһԁԛԝьёєүѵ" "αβγεζηικμνορτυχωσ" "օոսհցզյ",
    "abbreopcyxkmhtijshdqwbeeyv" "abyeznikmvoptuxwo" "onuhgqj",
)  # fmt: skip


def hidden(text: str) -> list[int]:
    """Where characters of no width stand that neither an emoji nor a spelling needs."""
    if text.isascii():
        return []
    return [found.start() for found in _INVISIBLE.finditer(text) if not _is_needed(text, found)]


def _is_needed(text: str, found: re.Match[str]) -> bool:
    at = found.start()
    if at == 0:
        return found[0] == "\ufeff"  # a byte-order mark
    if found[0] not in _JOINERS:
        return False
    return bool(_MAY_BE_JOINED.match(text[at - 1]))


def fold(text: str) -> str:
    """The text as it is compared: NFKC, no case, nothing invisible, plain letters and quotes."""
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)).casefold()
    return folded.translate(_PLAIN)


def origins(text: str) -> list[int]:
    """For each character of `fold(text)`, where in `text` it comes from, and the end of the text.

    Slower than `fold`: for explanations. In rare texts that only compose across more than a base
    and its marks the places may be off by a character; they never point outside the text.
    """
    places: list[int] = []
    at = 0
    while at < len(text):
        end = at + 1
        while end < len(text) and _leans_on_the_last(text[end]):
            end += 1
        places += [at] * len(fold(text[at:end]))
        at = end
    missing = len(fold(text)) - len(places)
    return places[: len(places) + min(missing, 0)] + [len(text)] * (max(missing, 0) + 1)


def _leans_on_the_last(char: str) -> bool:
    return unicodedata.combining(char) > 0 or "\u1160" <= char <= "\u11ff" or char in "\uff9e\uff9f"


def has_look_alikes(text: str) -> bool:
    """Whether any letter is of a script whose letters look like Latin ones."""
    return bool(_OTHERS_LIKE_LATIN.search(fold(text)))


def as_seen(name: str) -> str:
    """What two names have in common that readers take for one, whatever scripts they mix."""
    return " ".join(_SAYS_NOTHING.sub("", fold(name)).translate(_LOOK_ALIKES).split())


def mixes_scripts(word: str) -> bool:
    """Whether Latin letters of a folded word stand beside Greek, Cyrillic, Armenian or Cherokee."""
    return bool(not word.isascii() and _OTHERS_LIKE_LATIN.search(word) and _LATIN.search(word))


def unmasked(word: str) -> str:
    """A folded word with its look-alike letters as Latin ones, if it mixes scripts; else itself."""
    return word.translate(_LOOK_ALIKES) if mixes_scripts(word) else word
