"""What was found in a comment, as a page lists it: a line each, and one for all readers who
reported it for the same reason, so that thirty of them hide neither its words nor the buttons."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.utils import timezone

from ..evidence import read, said
from ..models import REPORTED, Comment, Finding
from . import sentences

_EVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Line:
    """`finding` is the first of those it speaks of; `points` are those of all. `read` says that a
    moderator has decided since these readers reported it, so that what is new stands out."""

    finding: Finding
    points: int
    words: str
    read: bool


def lines(comment: Comment) -> list[Line]:
    """For moderators, what weighs most first, and last what was read. Needs `for_desk()`."""
    since: datetime | None = comment.reports_open_since  # type: ignore[attr-defined]
    return _lines(comment, since or timezone.now(), notes=True)


def for_its_writer(comment: Comment) -> list[Line]:
    """The same without what readers noted and whether moderators read it, which is theirs alone."""
    return _lines(comment, _EVER, notes=False)


def _lines(comment: Comment, open_since: datetime, *, notes: bool) -> list[Line]:
    together: dict[tuple[object, bool], list[Finding]] = {}
    for finding in comment.findings.all():
        report = _report(finding)
        which = (report.get("reason"), report.get("counts")) if report else finding.pk
        is_read = report is not None and finding.found_at < open_since
        together.setdefault((which, is_read), []).append(finding)
    found = [
        Line(some[0], sum(each.points for each in some), _words(some, notes), is_read)
        for (_, is_read), some in together.items()
    ]
    return sorted(found, key=lambda line: (line.read, -line.points))


def _report(finding: Finding) -> dict[str, Any] | None:
    """What a reader reported."""
    some = read(finding.evidence)
    return some[0].values if [each.code for each in some] == [REPORTED] else None


def _words(some: list[Finding], notes: bool) -> str:
    reports = [report for report in map(_report, some) if report]
    if not reports:
        return sentences.of(some[0])
    noted = Counter(report.get("note", "") for report in reports if notes)
    facts = {"readers": len(reports), "notes": noted}
    return sentences.in_words(said(REPORTED, **reports[0] | facts))
