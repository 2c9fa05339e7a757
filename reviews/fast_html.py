"""HTML that is written in Python, where a page holds much of it: what `format_html` does, at a part
of what it costs.

Whatever is put in is escaped unless it is safe already; the markup itself is ours, word for word.
"""

import html
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

NOTHING = SafeString("")
MOST_KEPT = 1_000  # markups, cut at their gaps; they are constants of the program


def filled(markup: str, *values: object) -> SafeString:
    """The markup with each `{}` filled by a value."""
    whole = _pieces(markup).copy()
    whole[1::2] = [v if type(v) is SafeString else escaped(v) for v in values]
    return SafeString("".join(whole))


def safe(value: object) -> SafeString:
    """The value alone."""
    return value if type(value) is SafeString else SafeString(escaped(value))


def joined(between: str, values: Iterable[object]) -> SafeString:
    """The values side by side; what stands `between` them is markup of ours."""
    return SafeString(between.join([v if type(v) is SafeString else escaped(v) for v in values]))


def lines(text: str, between: str) -> SafeString:
    """The text with `between`, markup of ours, where its lines break."""
    return SafeString(escaped(text).replace("\n", between))


def paragraphs(texts: Sequence[str]) -> SafeString:
    """Each text, which has no blank lines, as a paragraph whose lines break as its own do."""
    if not texts:
        return NOTHING
    broken = escaped("\n\n".join(texts)).replace("\n", "<br>\n")
    whole = broken.replace("<br>\n<br>\n", "</p>\n<p>")
    return SafeString(f"<p>{whole}</p>")


@lru_cache(maxsize=MOST_KEPT)
def _pieces(markup: str) -> list[str]:
    """What stands around the gaps, with a place for what is put into each."""
    pieces = [piece.replace("{{", "{").replace("}}", "}") for piece in markup.split("{}")]
    whole = [""] * (2 * len(pieces) - 1)
    whole[::2] = pieces
    return whole


def escaped(value: object) -> str:
    """What may stand in HTML for it."""
    if type(value) is SafeString:
        return value
    if type(value) is str:
        # Sign by sign: one pattern for all five would take several times as long for a whole text.
        if "&" in value or "<" in value or ">" in value or '"' in value or "'" in value:
            return html.escape(value)
        return value
    if type(value) is int:
        return str(value)
    other: Any = value
    return conditional_escape(other)
