"""A thread as nested lists. What one comment looks like, `one_comment` says.

Nearly all comments of a page are as they were when it was last made. So each one's piece is kept,
under everything that could be made of it: all values of its row but those that are named here, the
parent that it names, the language and the time zone. Another value, another piece; nothing has to
be emptied.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any

from django.utils import timezone
from django.utils.formats import localize
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext

from reviews.fast_html import filled, joined
from reviews.models.loaded import PLACE

from ..models import Comment
from . import conversations
from .one_comment import Pen
from .threads import Place

MOST_KEPT = 2_000  # pieces of some 1,500 bytes in each process: 3 MB; then it begins anew
# No part of what a comment looks like: relations that are loaded, and numbers about the thread.
_ELSEWHERE = frozenset(
    {
        PLACE,
        "_state",
        "replies_below",
        "replies_in_all",
        "roots_in_all",
    }
)
_kept: dict[tuple[Any, ...], SafeString] = {}


def written(
    places: Sequence[Place],
    *,
    open: bool,  # noqa: A002
    own: Comment | None,
    note: str = "",
    heading: int,
) -> SafeString:
    """The places as lists inside lists. `open`: readers may reply. `note` stands on `own`, which
    is never kept. `heading` is the level of those at the top. No query."""
    return joined("", _pieces(places, Pen(open=open, own=own, note=note, heading=heading)))


def _pieces(places: Sequence[Place], pen: Pen) -> Iterator[SafeString]:
    """What there is of each place, with the lists that begin and end there."""
    where = _where(pen)
    for place in places:
        if place.opens:
            yield _OPENS
        yield _one(place, where, pen)
        if not place.holds_replies:
            if place.level == 1 and place.more > 0:
                yield _more(place)
            yield _CLOSES_PLACE
        for level in place.closes:
            yield _CLOSES
            if level == 1 and place.more > 0:
                yield _more(place)
            if level:
                yield _CLOSES_PLACE


def _one(place: Place, where: tuple[Any, ...], pen: Pen) -> SafeString:
    if place.removed:
        return pen.removed(place)
    if pen.own is not None and place.comment == pen.own:
        return pen.in_place(place)
    key = _key(place, where)
    piece = _kept.get(key)
    if piece is None:
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        piece = _kept[key] = pen.in_place(place)
    return piece


def _where(pen: Pen) -> tuple[Any, ...]:
    """What of a page all its pieces depend on."""
    return get_language(), timezone.get_current_timezone_name(), pen.open, pen.heading


def _key(place: Place, where: tuple[Any, ...]) -> tuple[Any, ...]:
    answers = place.answers
    named = answers and (answers.pk, answers.author_name, answers.status, place.here)
    values = vars(place.comment)
    return (*where, place.level, named, *_shown(tuple(values))(values))


@lru_cache(maxsize=20)  # shapes: pages read some columns, or all
def _shown(names: tuple[str, ...]) -> Callable[[dict[str, Any]], tuple[Any, ...]]:
    """Takes out of a row's values what could be seen of them."""
    return itemgetter(*[name for name in names if name not in _ELSEWHERE])


def _more(place: Place) -> SafeString:
    """How many of its replies the conversation has elsewhere."""
    where = conversations.address(place.comment.root_id or place.comment.id)
    said = ngettext(
        "%(number)s more reply in this conversation",
        "%(number)s more replies in this conversation",
        place.more,
    )
    return filled(_MORE, where, said % {"number": localize(place.more)})


_MORE = '<p class="thread__more"><a href="{}">{}</a></p>'
_OPENS = filled('<ol class="thread">\n')
_CLOSES = filled("</ol>\n")
_CLOSES_PLACE = filled("</li>\n")
