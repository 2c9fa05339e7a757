"""Followers whom another program had: WordPress.com's list of subscribers, as CSV.

They confirmed there, and are not asked again. What was published before they came is no news.
"""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from .. import erasures
from ..models import Follower
from . import follows, news

AT_ONCE = 500  # rows in a transaction
# What a list says of those who never confirmed, or have stopped.
_NOT_FOLLOWING = ("pending", "unconfirmed", "not confirmed", "inactive", "unsubscribed", "blocked")


@dataclass
class Report:
    """What became of the lines; `bad` ones with their numbers."""

    counts: Counter[str] = field(default_factory=Counter)
    bad: list[str] = field(default_factory=list)


def take(lines: Iterable[str], rhythm: str, now: datetime, *, rehearsal: bool = False) -> Report:
    """Raises `ValidationError` where no column holds e-mail addresses, `csv.Error`."""
    report = Report()
    erased = erasures.noted()
    due_at = news.next_time(rhythm, now)
    new: dict[str, Follower] = {}
    for email in _emails(lines, report):
        if email in new:
            report.counts["twice in the file"] += 1
        elif erasures.last(email, erased) or follows.has_stopped(email, erased):
            report.counts["stopped or had it erased here"] += 1
        else:
            when = {"made_at": now, "asked_at": now, "confirmed_at": now, "news_from": now}
            new[email] = Follower(email=email, rhythm=rhythm, due_at=due_at, **when)
    emails = list(new)
    for start in range(0, len(emails), AT_ONCE):
        _take_some([new[email] for email in emails[start : start + AT_ONCE]], report, rehearsal)
    return report


def _take_some(followers: list[Follower], report: Report, rehearsal: bool) -> None:
    """Who asked here and has not confirmed has confirmed there."""
    with transaction.atomic():
        by_email = {follower.email: follower for follower in followers}
        here = Follower.objects.filter(email__in=by_email).select_for_update(no_key=True)
        for known in here:
            given = by_email.pop(known.email)
            if known.is_confirmed():
                report.counts["follow here already"] += 1
                continue
            report.counts["come"] += 1
            if not rehearsal:
                theirs = Follower.objects.filter(pk=known.pk)
                follows.begin(theirs, given.made_at, rhythm=given.rhythm, due_at=given.due_at)
        report.counts["come"] += len(by_email)
        if not rehearsal:
            Follower.objects.bulk_create(by_email.values(), ignore_conflicts=True)


def _emails(lines: Iterable[str], report: Report) -> Iterator[str]:
    rows = csv.reader(lines)
    columns = [name.lower() for name in next(rows, [])]
    where = next((n for n, name in enumerate(columns) if "mail" in name), None)
    if where is None:
        raise ValidationError("Its first line names no column with “mail” in it.")
    status = next((n for n, name in enumerate(columns) if "status" in name), len(columns))
    address = Follower._meta.get_field("email")
    for row in rows:
        if not any(cell.strip() for cell in row):
            continue
        email = row[where].strip().lower() if where < len(row) else ""
        said = row[status].strip().lower() if status < len(row) else ""
        if said.startswith(_NOT_FOLLOWING):
            report.counts["did not follow there"] += 1
            continue
        try:
            address.clean(email, None)
        except ValidationError:
            report.bad.append(f"line {rows.line_num}: “{email}” is no e-mail address")
            continue
        yield email
