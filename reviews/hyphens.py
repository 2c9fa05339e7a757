"""Names with a hyphen are not broken at it: “Park Chan-wook” never ends a line on “Chan-”. Nor is
a word after its first letter: “e-mail”.

The text stays as it was written, for whoever copies it, searches the page or hears it read: a
no-break hyphen (U+2011) is found by few searches, and missing in many faces.
"""

import re

from django.utils.safestring import SafeString

from .fast_html import filled, joined

# Letters of what is kept on one line, at most: longer ones are wider than a small phone's headline.
LONGEST = 14
_HYPHENATED = re.compile(r"(\w+(?:[-\u2010]\w+)+)")


def unbroken(text: str) -> str | SafeString:
    """The text with each such name, or word that begins as one, in an element of its own; without
    one the very text. No query."""
    if "-" not in text and "\u2010" not in text:
        return text
    pieces = _HYPHENATED.split(text)  # every second one is hyphenated
    return joined("", [_kept(piece) if at % 2 else piece for at, piece in enumerate(pieces)])


def _kept(word: str) -> str | SafeString:
    name, one_letter = word[0].isupper(), word[1] in "-\u2010"
    if len(word) > LONGEST or not (name or one_letter):
        return word
    return filled('<span class="whole">{}</span>', word)
