"""The language that a text is written in, as far as its script says so, and its direction."""

import re
from collections import Counter
from functools import lru_cache

_SCRIPTS = {
    "ko": re.compile(r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]"),
    "ja": re.compile(r"[\u3040-\u30ff\uff66-\uff9d]"),
    "zh": re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]"),
    # Each of one language; Arabic, Cyrillic or Devanagari letters are of many.
    "el": re.compile(r"[\u0370-\u03e1\u03f0-\u03ff\u1f00-\u1fff]"),
    "hy": re.compile(r"[\u0530-\u058f]"),
    "he": re.compile(r"[\u05d0-\u05ea]"),
    "ta": re.compile(r"[\u0b80-\u0bff]"),
    "te": re.compile(r"[\u0c00-\u0c7f]"),
    "kn": re.compile(r"[\u0c80-\u0cff]"),
    "ml": re.compile(r"[\u0d00-\u0d7f]"),
    "si": re.compile(r"[\u0d80-\u0dff]"),
    "th": re.compile(r"[\u0e00-\u0e7f]"),
    "lo": re.compile(r"[\u0e80-\u0eff]"),
    "ka": re.compile(r"[\u10a0-\u10ff\u1c90-\u1cbf]"),
    "km": re.compile(r"[\u1780-\u17ff]"),
}
# What turns letters round, whatever they are: only ever sent to make a text read as it is not.
_OVERRIDES = re.compile(r"[\u202d\u202e]")
_EAST_ASIAN = ("ko", "ja", "zh")  # which share characters
_TELLING = re.compile("|".join(script.pattern for script in _SCRIPTS.values()))
# Latin, Greek, Cyrillic, Armenian and Georgian: elsewhere letters are joined, stand in clusters or
# fill a square.
_APART = re.compile(r"[\W_]*[0-9A-Za-z\u00c0-\u058f\u10a0-\u10ff\u1e00-\u1fff]")
_WRITTEN_APART = ("", "el", "hy", "ka")
# Languages and scripts (BCP 47, ISO 15924) whose lines begin at the right.
_LEFTWARDS = {
    *(
        "ar",
        "arc",
        "ckb",
        "dv",
        "fa",
        "he",
        "ks",
        "nqo",
        "prs",
        "ps",
        "sd",
        "syr",
        "ug",
        "ur",
        "yi",
    ),
    *("adlm", "arab", "aran", "hebr", "mand", "nkoo", "rohg", "samr", "syrc", "thaa"),
}


def language(text: str) -> str:
    """“ko”, “th” and the like when a script that tells it carries the text, else “”: for the `lang`
    attribute.

    One kana among Chinese characters makes it Japanese; Latin text stays in the page's language.
    """
    if text.isascii() or not _TELLING.search(text):
        return ""
    counts, letters = dict.fromkeys(_SCRIPTS, 0), 0
    for letter, times in Counter(text).items():  # most come several times
        letters += times * letter.isalpha()
        if script := _script(letter):
            counts[script] += times
    together = sum(counts[name] for name in _EAST_ASIAN)
    if 2 * together <= letters:
        most = max(counts, key=lambda name: counts[name])
        return most if 2 * counts[most] > letters else ""
    if 2 * counts["ko"] > together:
        return "ko"
    return "ja" if counts["ja"] else "zh"


def told_by_letters(text: str) -> str:
    """`language()` where nothing else can be meant. Chinese characters alone tell nothing: a
    Japanese title need have no kana (東京物語)."""
    said = language(text)
    return "" if said == "zh" else said


@lru_cache(maxsize=10_000)
def _script(letter: str) -> str:
    return next((name for name, script in _SCRIPTS.items() if script.match(letter)), "")


def unturned(text: str) -> str:
    """Without what turns its letters round; what a script asks of its own order stays."""
    return _OVERRIDES.sub("", text)


def begins_with_a_letter_apart(text: str) -> bool:
    """Whether its first letter can be set larger than the others; that script carries the text."""
    return bool(_APART.match(text)) and language(text) in _WRITTEN_APART


def right_to_left(tag: str) -> bool:
    """Whether what a tag such as “fa” or “ku-Arab” names is; “fa-Latn” is not."""
    language, *rest = tag.lower().split("-")
    script = next((part for part in rest if len(part) == 4), language)
    return script in _LEFTWARDS


def direction(tag: str, around: str) -> str:
    """For the `dir` attribute of words in a language, where it is not that of what is around them;
    else “”."""
    leftwards = right_to_left(tag)
    if leftwards == right_to_left(around):
        return ""
    return "rtl" if leftwards else "ltr"
