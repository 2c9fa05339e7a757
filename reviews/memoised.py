"""Markup that is the same for the same few words, on every page and for every reader: the header,
the footer, the drawn stars. It is made once in each process, as templates are compiled.

Nothing here can be stale: what it shows is what it is given, and other words are other markup. So a
template that is shown through here reads nothing else.
"""

from collections.abc import Callable, Hashable
from functools import lru_cache
from typing import ParamSpec, TypeVar

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import get_script_prefix
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from .fast_html import escaped

P = ParamSpec("P")
T = TypeVar("T")

MOST = 200  # pieces of some 2,000 bytes; a publication has some thirty
MARK = "put-in-here"  # what stands where something of one page belongs
_memories: list[Callable[[], None]] = []


def rendered(template: str, **values: Hashable) -> SafeString:
    """What the template makes of these values alone."""
    return made(_rendered, template, *values.items())


def around(value: object, template: str, **values: Hashable) -> SafeString:
    """The same with one `value` of this page put in, escaped, where the template says `mark`."""
    before, _, after = rendered(template, mark=MARK, **values).partition(MARK)
    return SafeString(f"{before}{escaped(value)}{after}")


def drawn(template: str, **values: Hashable) -> SafeString:
    """What a template makes of these values that says no words and names no addresses: it is the
    same in every language."""
    if settings.DEBUG:
        return _rendered(template, *values.items())
    return _drawn(template, *values.items())


def made(make: Callable[..., SafeString], *values: Hashable) -> SafeString:
    """What `make` makes of these values, in the language of the page."""
    if settings.DEBUG:  # whoever edits a template wants to see it
        return make(*values)
    where = (get_language(), settings.ROOT_URLCONF, get_script_prefix())
    return _made(make, where, values)


def remembered(most: int) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """A function of a few words and of the language of the page, which is one of them; `most` of
    its answers are remembered until somebody changes what words mean."""

    def decorated(look_up: Callable[P, T]) -> Callable[P, T]:
        kept = lru_cache(maxsize=most)(look_up)
        _memories.append(kept.cache_clear)
        return kept  # type: ignore[return-value]

    return decorated


def forget() -> None:
    """Begins anew, for whoever changes what words mean."""
    for clear in (_made.cache_clear, _drawn.cache_clear, *_memories):
        clear()


@lru_cache(maxsize=MOST)
def _made(
    make: Callable[..., SafeString], _where: tuple[str | None, ...], values: tuple[Hashable, ...]
) -> SafeString:
    return make(*values)


@lru_cache(maxsize=MOST)
def _drawn(template: str, *values: tuple[str, Hashable]) -> SafeString:
    return _rendered(template, *values)


def _rendered(template: str, *values: tuple[str, object]) -> SafeString:
    return render_to_string(template, dict(values))
