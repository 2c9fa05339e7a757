"""What a page of the desk was made of, and as what it showed it: every press says so.

A key and a version would not do: after a copy of an earlier day is put back a key is given once
more, and a page that is still open then would decide about what nobody has read.
"""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple, TypeVar

from django.db.models import QuerySet

from reviews.numbers import key

from .. import tokens
from ..models import Act, Comment, Decision

Row = TypeVar("Row", Act, Decision)

GONE = 0  # the version of a comment that is not there any more, which none that is ever has
_SAID = re.compile(r"([0-9]{1,18}):([0-9]{1,11}):([0-9]{1,9}):([0-9]{1,18})")


class Seen(NamedTuple):
    """What a page was made of: the comment, told from any other that ever had its key, its
    version, and the key of its newest open report or 0."""

    which: str
    version: int
    reports: int


def which(row: Comment | Act | Decision) -> str:
    """It alone, whatever happens to it."""
    return tokens.which(row, row.submitted_at if isinstance(row, Comment) else row.made_at)


def said(comment: Comment) -> str:
    """What a press says it saw of a comment. Needs `with_reports_seen()`."""
    return f"{which(comment)}:{comment.version}:{comment.reports_seen or 0}"


def one(rows: QuerySet[Row], said: str) -> Row | None:
    """The one that `which` said this of; None if it is gone. One query."""
    row = rows.filter(pk=key(said.partition(":")[0])).first()
    return row if row and which(row) == said else None


def read(values: Iterable[str]) -> dict[int, Seen]:
    """What presses said, by the comments' keys; whatever else came is left out."""
    found = [match.groups() for match in map(_SAID.fullmatch, values) if match]
    return {
        int(pk): Seen(f"{pk}:{second}", int(version), int(report))
        for pk, second, version, report in found
    }


def comments(pages: Mapping[int, Seen]) -> list[Comment]:
    """The comments of these keys, oldest first, each as it was seen; then those that are not there
    any more, by their keys alone: whatever is done about them is a conflict. One query."""
    rows = Comment.objects.select_related("article").filter(pk__in=pages).oldest_first()
    there = [row for row in rows if which(row) == pages[row.pk].which]
    for comment in there:
        _, comment.version, comment.reports_seen = pages[comment.pk]
    gone = pages.keys() - {comment.pk for comment in there}
    return [*there, *(Comment(pk=pk, version=GONE) for pk in sorted(gone))]
