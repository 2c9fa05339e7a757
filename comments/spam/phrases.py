"""Finding listed phrases in a text: whole words, in any script. Pure, and bounded in time.

No regular expression of an editor's is run: a phrase is escaped, and its one wildcard a word stands
for at most LONGEST_REST letters, so that a search takes time in proportion to the text.
"""

import re
from functools import lru_cache

from .. import plain_text

LONGEST_REST = 30  # letters that * stands for; longer words are none
MOST_CACHED = 1000  # compiled phrases kept: all that an editor may list, twice over

# Thai, Lao, Burmese, Hangul, Khmer, kana and Han: written without spaces between words, or (Hangul)
# with endings grown on to them. Next to these letters a word may begin or end.
_SPACELESS = (
    "\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3005-\u3007\u3040-\u318f\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff"
)
# Marks that belong to the letter before them though \w does not know them: accents, Hebrew and
# Arabic points, the vowel signs of India (without the danda, which ends a sentence).
_MARKS = "\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0900-\u0963\u0966-\u0dff"
_LETTER = rf"[^\W_{_SPACELESS}]|[{_MARKS}]"
_BEGINS = rf"(?<![^\W_{_SPACELESS}])(?<![{_MARKS}])"
_ENDS = rf"(?!{_LETTER})"
_REST = rf"(?:[^\W_]|[{_MARKS}]){{0,{LONGEST_REST}}}"
_IN_A_WORD = re.compile(rf"{_LETTER}|\*")
_TOKEN = re.compile(r"\S+")


def find(phrase: str, folded: str) -> list[tuple[int, int]]:
    """Where a folded phrase stands in a folded text."""
    if not all(piece in folded for piece in phrase.split("*")):
        return []
    return [match.span() for match in _compiled(phrase).finditer(folded)]


def as_written(text: str, spans: list[tuple[int, int]]) -> tuple[str, ...]:
    """The pieces of a text that stand at these places of its folded form, line by line."""
    starts = _origins(text)
    pieces = []
    for start, end in spans:
        piece = text[starts[start][0] : starts[end - 1][1]]
        pieces += [line.strip() for line in piece.splitlines() if line.strip()]
    return tuple(dict.fromkeys(pieces))


def fold(text: str) -> str:
    """`plain_text.fold`, word by word, so that `as_written` can find the way back."""
    return " ".join(filter(None, (plain_text.fold(word) for word in _TOKEN.findall(text))))


@lru_cache(maxsize=MOST_CACHED)
def _compiled(phrase: str) -> re.Pattern[str]:
    words = re.escape(phrase).replace(r"\*", _REST).replace("\\ ", " ")
    begins = _BEGINS if _IN_A_WORD.match(phrase[0]) else ""
    ends = _ENDS if _IN_A_WORD.match(phrase[-1]) else ""
    return re.compile(begins + words + ends)


def _origins(text: str) -> list[tuple[int, int]]:
    """For each character of the folded text, where what it came from begins and ends."""
    origins: list[tuple[int, int]] = []
    for token in _TOKEN.finditer(text):
        word, at = token.group(), token.start()
        folded = plain_text.fold(word)
        if not folded:
            continue
        if origins:
            origins.append((at, at))  # the space between
        letters = [plain_text.fold(letter) for letter in word]
        if "".join(letters) != folded:  # letters that join or decompose: the whole word
            origins += [token.span()] * len(folded)
            continue
        for place, letter in enumerate(letters):
            origins += [(at + place, at + place + 1)] * len(letter)
    return origins
