"""Where a row stands in the index. Pure.

Pieces stand in the order in which readers are shown them, the newest first, so that who wants the
newest that have a word stops reading when there are enough, however many have it. Of one day those
with the higher key come first. A piece without a day stands at the end; what has no order stands
where its key says.
"""

from datetime import UTC, date, datetime

DATED = "article"
_KEYS = 2**32  # that a day may have: more than there will be pieces
_DAYS = date.max.toordinal()


def place(kind: str, key: int, at: datetime | None) -> int:
    """Of a row, first shown at a moment: a positive number of at most 54 bits."""
    if kind != DATED:
        return key
    day = at.astimezone(UTC).toordinal() if at else 0
    return (_DAYS - day) * _KEYS + _KEYS - 1 - key


def key(kind: str, place: int) -> int:
    """Whose place it is."""
    return _KEYS - 1 - place % _KEYS if kind == DATED else place
