"""HTML that is written in Python, where a page holds much of it: what `format_html` does, at a part
of what it costs.

Whatever is put in is escaped unless it is safe already; the markup itself is ours, word for word.
"""

import html
import re
from collections.abc import Iterable
from typing import Any

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

_SPECIAL = re.compile("[&<>\"']")
NOTHING = SafeString("")


def filled(markup: str, *values: object) -> SafeString:
    """The markup with each `{}` filled by a value."""
    return SafeString(markup.format(*[escaped(value) for value in values]))


def joined(between: str, values: Iterable[object]) -> SafeString:
    """The values side by side; what stands `between` them is markup of ours."""
    return SafeString(between.join([escaped(value) for value in values]))


def escaped(value: object) -> str:
    """What may stand in HTML for it."""
    if type(value) is SafeString:
        return value
    if type(value) is str:
        return html.escape(value) if _SPECIAL.search(value) else value
    other: Any = value
    return conditional_escape(other)
