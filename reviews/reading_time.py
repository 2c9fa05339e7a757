"""How long a text takes to read, in scripts that are counted by words and by characters."""

import re

# Silent reading of prose in English, Chinese and Japanese (228, 255 and 357 in the texts of IReST,
# Trauzettel-Klosinski and Dietz 2012).
WORDS_A_MINUTE = 228
CHARACTERS_A_MINUTE = 300

# Han and kana are written without spaces. Korean has them, and is counted by words.
_UNSPACED = re.compile(r"[\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")

_OF_WORDS = re.compile(r"[^\W_]")  # a letter or digit: dashes alone are no word


def pieces(text: str) -> list[str]:
    """Its words, and each character of scripts that are written without spaces."""
    return _UNSPACED.sub(r" \g<0> ", text).split()


def minutes(text: str) -> int:
    """Whole minutes for plain text, at least one; 0 for none."""
    others, characters = _UNSPACED.subn(" ", text)
    words = len([run for run in others.split() if run[0].isalnum() or _OF_WORDS.search(run)])
    if not characters + words:
        return 0
    return max(1, round(words / WORDS_A_MINUTE + characters / CHARACTERS_A_MINUTE))
