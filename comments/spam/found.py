"""What was found in a comment, as a page lists it: a line each, and one for all readers who
reported it for the same reason, so that thirty of them hide neither its words nor the buttons."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from ..evidence import read, said
from ..models import REPORTED, Comment, Finding
from . import sentences


@dataclass(frozen=True)
class Line:
    """`finding` is the first of those it speaks of; `points` are those of all."""

    finding: Finding
    points: int
    words: str


def lines(comment: Comment) -> list[Line]:
    """For moderators, what weighs most first."""
    return _lines(comment, notes=True)


def for_its_writer(comment: Comment) -> list[Line]:
    """The same without what readers noted, which only moderators read."""
    return _lines(comment, notes=False)


def _lines(comment: Comment, *, notes: bool) -> list[Line]:
    together: dict[object, list[Finding]] = {}
    for finding in comment.findings.all():
        together.setdefault(_which(finding), []).append(finding)
    found = [
        Line(some[0], sum(each.points for each in some), _words(some, notes))
        for some in together.values()
    ]
    return sorted(found, key=lambda line: -line.points)


def _which(finding: Finding) -> object:
    """The same of those that stand on one line."""
    report = _report(finding)
    return (report.get("reason"), report.get("counts")) if report else finding.pk


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
