"""Plain text as readers send it: tidying, folding, and telling the visible from the invisible."""

import hashlib
import re
import unicodedata
from typing import NamedTuple

from reviews.written_in import language as language
from reviews.written_in import unturned

# Characters that draw nothing though Unicode calls them letters or symbols: Hangul fillers and
# the blank Braille cell, the usual way round "please write something".
_DRAW_NOTHING = frozenset("\u115f\u1160\u2800\u3164\uffa0")
_BLANK_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Mn", "Zl", "Zp", "Zs"})
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
# In a name, also what opens an order of writing: nothing closes it before the words around.
_DIRECTIONS = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
_MANY_BLANK_LINES = re.compile(r"\n{3,}")
_ZERO_WIDTH = re.compile(r"[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_BETWEEN_PARAGRAPHS = re.compile(r"\n[^\S\n]*\n\s*")
# The word as readers of the pages write it, in English, Korean, Japanese and Chinese.
_SPOILER = re.compile(
    r"\s*(?:spoilers?|스포일러|스포|ネタバレ|剧透|劇透)[^\S\n]*[:：]", re.IGNORECASE
)


def tidy(text: str) -> str:
    """The same text with newlines as `\\n`, no control characters, nothing that turns letters round
    and no trailing space.

    NUL goes with the other controls: PostgreSQL cannot store it.
    """
    text = _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = unturned(text)
    text = "\n".join(line.rstrip() for line in text.split("\n"))
    return _MANY_BLANK_LINES.sub("\n\n", text).strip("\n")


def one_line(text: str) -> str:
    """A name as it is kept: no controls, none of the order of writing, every run of white space one
    space."""
    return " ".join(_DIRECTIONS.sub("", _CONTROLS.sub("", text.replace("\n", " "))).split())


def is_blank(text: str) -> bool:
    """Whether nothing in it can be seen."""
    return all(
        char in _DRAW_NOTHING or unicodedata.category(char) in _BLANK_CATEGORIES for char in text
    )


def fold(text: str) -> str:
    """What two texts share when they differ only in case, width, spacing or invisible marks."""
    if text.isascii():  # which has no widths and nothing invisible
        return " ".join(text.lower().split())
    folded = unicodedata.normalize("NFKC", _ZERO_WIDTH.sub("", text)).casefold()
    return " ".join(folded.split())


def mailbox(email: str) -> str:
    """The same address with its host in lower case: databases differ in what “Ü” is there. Before
    the “@” we take ASCII alone, which they all know."""
    name, at, host = email.rpartition("@")
    return f"{name}{at}{host.lower()}"


def digest(text: str) -> str:
    """SHA-256 of the folded text, as 64 hexadecimal digits."""
    return hashlib.sha256(fold(text).encode()).hexdigest()


class Paragraph(NamedTuple):
    """`spoiler`: its writer asked that it stays folded until a reader opens it."""

    text: str
    spoiler: bool = False


def parts(text: str) -> list[str]:
    """The text at its blank lines; white space around it is none of it."""
    whole = text.strip()
    return _BETWEEN_PARAGRAPHS.split(whole) if whole else []


def paragraphs(text: str) -> list[Paragraph]:
    """The text at its blank lines. One that begins with “Spoiler:” is a spoiler, without the
    word; where the word stands alone, so is the next."""
    found: list[Paragraph] = []
    alone = False
    for part in parts(text):
        marked = _SPOILER.match(part)
        words = part[marked.end() :].lstrip() if marked else part
        if words:
            found.append(Paragraph(words, spoiler=alone or bool(marked)))
        alone = not words
    return found


def without_spoilers(text: str) -> str:
    """The text for places that cannot fold: feeds, descriptions, mail."""
    return "\n\n".join("[spoiler]" if p.spoiler else p.text for p in paragraphs(text))


def language_of_name(name: str, text: str = "") -> str:
    """Of a name, by its script. Whose Chinese characters those of a name are, only the `text` that
    its bearer wrote can tell."""
    said = language(name)
    return language(text) if said == "zh" else said
