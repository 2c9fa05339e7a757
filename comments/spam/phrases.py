"""Finding listed phrases in a text: whole words, in any script. Pure, and bounded in time.

No regular expression of an editor's is run: a phrase is escaped, and its one wildcard a word stands
for at most LONGEST_REST letters. A whole list is one matcher that shares what its phrases begin
with, so that a text is read once, however many are listed and however alike they are.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from .. import plain_text
from .scripts import MARKS

LONGEST_REST = 30  # letters that * stands for; longer words are none
MOST_LISTS = 8  # compiled lists kept: those in force, and the last before them
MOST_PLACES = 50  # looked at by each phrase for itself; a text with more is full of one thing

# Thai, Lao, Burmese, Hangul, Khmer, kana and Han: written without spaces between words, or (Hangul)
# with endings grown on to them. Next to these letters a word may begin or end.
SPACELESS = (
    "\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3005-\u3007\u3040-\u318f\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff"
)
_LETTER = rf"[^\W_{SPACELESS}]|[{MARKS}]"
_BEGINS = rf"(?<![^\W_{SPACELESS}])(?<![{MARKS}])"
_ENDS = rf"(?!{_LETTER})"
_REST = rf"[\w{MARKS}]{{0,{LONGEST_REST}}}"
_MAY_BEGIN, _MAY_END, _THE_REST = map(re.compile, (_BEGINS, _ENDS, _REST))
_IS_LETTER = re.compile(_LETTER)
_IN_A_WORD = re.compile(rf"{_LETTER}|\*")
_TOKEN = re.compile(r"\S+")


def find(listed: Iterable[str], folded: str) -> dict[str, list[tuple[int, int]]]:
    """Which of the folded phrases stand in a folded text, and where."""
    phrases = tuple(listed)
    places = _places(phrases, folded) if phrases else []
    found = {}
    for phrase in phrases if places else ():
        pieces = phrase.split("*")
        if all(piece in folded for piece in pieces):
            ends = ((place, _end(pieces, folded, place)) for place in places)
            if spans := [(place, end) for place, end in ends if end is not None]:
                found[phrase] = spans
    return found


def as_written(text: str, spans: list[tuple[int, int]]) -> tuple[str, ...]:
    """The pieces of a text that stand at these places of its folded form, line by line."""
    starts = _origins(text)
    pieces = []
    for start, end in spans:
        piece = text[starts[start][0] : starts[end - 1][1]]
        pieces += [line.strip() for line in piece.splitlines() if line.strip()]
    return tuple(dict.fromkeys(pieces))


def whole(piece: str) -> str:
    """A regular expression that finds a piece of a text, but not within a word."""
    begins = _BEGINS if _IS_LETTER.match(piece[0]) else ""
    ends = _ENDS if _IS_LETTER.match(piece[-1]) else ""
    return begins + re.escape(piece) + ends


def widened(text: str, start: int, end: int, most: int) -> tuple[int, int]:
    """A place in a text with the rest of the words it is cut out of, at most so many letters."""
    for _ in range(most):
        if start and _IS_LETTER.match(text, start) and _IS_LETTER.match(text, start - 1):
            start -= 1
        if 0 < end < len(text) and _IS_LETTER.match(text, end - 1) and _IS_LETTER.match(text, end):
            end += 1
    return start, end


def fold(text: str) -> str:
    """`plain_text.fold`, word by word, so that `as_written` can find the way back."""
    if text.isascii():  # word by word is no other way
        return plain_text.fold(text)
    return " ".join(filter(None, (plain_text.fold(word) for word in _TOKEN.findall(text))))


def _places(phrases: tuple[str, ...], folded: str) -> list[int]:
    """Where some phrase begins. Of very many places, one for each different thing found there."""
    found = [(match[1], match.start()) for match in _any_of(phrases).finditer(folded)]
    if len(found) > MOST_PLACES:
        return sorted(dict(reversed(found)).values())[:MOST_PLACES]
    return [place for _, place in found]


def _end(pieces: list[str], folded: str, place: int) -> int | None:
    """Where a phrase that begins at this place ends, its wildcards as long as can be; or None."""
    first, *others = pieces
    inside = _IN_A_WORD.match(first[:1] or "*") and not _MAY_BEGIN.match(folded, place)
    return None if inside else _end_of_rest(first, others, folded, place)


def _end_of_rest(piece: str, others: list[str], folded: str, place: int) -> int | None:
    if not folded.startswith(piece, place):
        return None
    place += len(piece)
    if not others:
        inside = _IN_A_WORD.match(piece[-1:] or "*") and not _MAY_END.match(folded, place)
        return None if inside else place
    rest = _THE_REST.match(folded, place)
    longest = rest.end() if rest else place
    ends = (_end_of_rest(others[0], others[1:], folded, at) for at in range(longest, place - 1, -1))
    return next((end for end in ends if end is not None), None)


@lru_cache(maxsize=MOST_LISTS)
def _any_of(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """Found at every place where one of them begins, also where they overlap."""
    alike: dict[tuple[str, str], list[str]] = {}
    for phrase in phrases:
        begins = _BEGINS if _IN_A_WORD.match(phrase[0]) else ""
        ends = _ENDS if _IN_A_WORD.match(phrase[-1]) else ""
        alike.setdefault((begins, ends), []).append(phrase)
    each = (begins + _written(_tree(some)) + ends for (begins, ends), some in alike.items())
    return re.compile(f"(?=({'|'.join(each)}))")


def _tree(phrases: Iterable[str]) -> "_Tree":
    """What may follow, character by character; “” where a phrase is over."""
    root = _Tree()
    for phrase in phrases:
        node = root
        for character in phrase:
            node = node.setdefault(character, _Tree())
        node[""] = _Tree()
    return root


class _Tree(dict[str, "_Tree"]):
    pass


def _written(node: _Tree) -> str:
    """As a regular expression: what is sure before a wildcard, and that before an end. As deep as
    the longest phrase."""
    ways = [re.escape(c) + _written(after) for c, after in node.items() if c and c != "*"]
    ways += [_REST + _written(node["*"])] if "*" in node else []
    ways += [""] if "" in node else []
    return "".join(ways) if len(ways) < 2 else f"(?:{'|'.join(ways)})"


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
