"""The choices of a field, as lines of its `<select>`.

Python and not templates, because an old publication has hundreds: they are made once in each
process for the words that they show, and what was chosen is marked in them.
"""

from django.utils.safestring import SafeString

from . import memoised
from .fast_html import escaped, filled, joined

Choices = tuple[tuple[str, str], ...]  # the value that is sent, and what readers see

_OPTION = '<option value="{}">{}</option>\n'


def listed(choices: Choices, chosen: str = "") -> SafeString:
    """One line for each; the `chosen` value is selected, if it is among them."""
    every = memoised.made(_options, *choices)
    begins = f'<option value="{escaped(chosen)}"'  # in no label: there each “<” is escaped
    return SafeString(every.replace(f"{begins}>", f"{begins} selected>", 1))


def _options(*choices: tuple[str, str]) -> SafeString:
    return joined("", [filled(_OPTION, value, label) for value, label in choices])
