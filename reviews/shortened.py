"""The beginning of a text that is too long for its place."""

import unicodedata

DESCRIPTION = 200  # characters of a page's in its head; search engines show some 160
LONGEST_WORD = 30  # letters; what is longer is of a script that has no spaces, and is cut anywhere
_NOT_BEFORE_DOTS = " .,;:…–—、。，；："


def beginning(text: str, most: int) -> str:
    """At most so many characters of it, the last of them “…” where there are more: after a word,
    where its script parts words, and never between a letter and its mark. (Django's Truncator asks
    of each character what it is.)"""
    whole = unicodedata.normalize("NFC", text)
    if len(whole) <= most:
        return whole
    return f"{whole[: _end(whole, most - 1)].rstrip(_NOT_BEFORE_DOTS)}…"


def description(text: str) -> str:
    """What a page is described by in its head: the beginning of a text, on one line."""
    return beginning(" ".join(text.split()), DESCRIPTION)


def _end(text: str, at: int) -> int:
    space = text.rfind(" ", max(0, at - LONGEST_WORD), at + 1)
    if space > 0:
        return space
    while at and unicodedata.category(text[at]).startswith("M"):
        at -= 1
    return at
