"""Names with a hyphen are not broken at it: “Park Chan-wook” never ends a line on “Chan-”. Nor is
a word after its first letter: “e-mail”.

Words that run from right to left are kept together too, in a line that does not: else the year
behind an Arabic title would stand before it.

The text stays as it was written, for whoever copies it, searches the page or hears it read: a
no-break hyphen (U+2011) is found by few searches, and missing in many faces.
"""

import re

from django.utils.safestring import SafeString

from .fast_html import filled, joined

# Letters of what is kept on one line, at most: longer ones are wider than a small phone's headline.
LONGEST = 14
_LEFTWARDS = "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]"  # Hebrew, Arabic and their like
_BEGINS_LEFTWARDS = re.compile(rf"\W*{_LEFTWARDS}")
_MAY_HAVE_ONE = re.compile(rf"[-\u2010]|{_LEFTWARDS}")
_KEPT = re.compile(rf"({_LEFTWARDS}+(?:\W{{1,3}}{_LEFTWARDS}+)*|\w+(?:[-\u2010]\w+)+)")


def unbroken(text: str) -> str | SafeString:
    """The text with each such name, or word that begins as one, and words to the left in a line to
    the right in elements of their own; without any the very text. No query."""
    if not _MAY_HAVE_ONE.search(text):
        return text
    leftwards = bool(_BEGINS_LEFTWARDS.match(text))
    pieces = _KEPT.split(text)  # every second one is to be kept
    return joined(
        "", [_kept(piece, leftwards) if at % 2 else piece for at, piece in enumerate(pieces)]
    )


def _kept(word: str, leftwards_around: bool) -> str | SafeString:
    if _BEGINS_LEFTWARDS.match(word):
        return word if leftwards_around else filled("<bdi>{}</bdi>", word)
    name, one_letter = word[0].isupper(), word[1] in "-\u2010"
    if len(word) > LONGEST or not (name or one_letter):
        return word
    return filled('<span class="whole">{}</span>', word)
