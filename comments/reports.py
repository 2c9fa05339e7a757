"""Readers report a comment; enough of them send it back to the queue. Nothing is ever deleted.

Who reported is told apart by network address, as keyed hashes of a day, and by the private code of
an earlier report where a reader enters one: no cookie, no account. The code is the proof of a
record, and a good record weighs more.
"""

import base64
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F, Sum
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext, gettext_lazy

from reviews.numbers import key

from . import keyed, moderation, network_addresses, plain_text, tokens
from .evidence import kept, said
from .models import NOTE_LIMIT, REPORTED, REPORTS, Comment, Finding, Mark, Report
from .rate_limits import TooMany

MOST_REPORTS = 10  # from one address within the hour; more is a campaign or a script
WINDOW = timedelta(hours=1)
REMEMBERED = 30  # days for which one address counts once for a comment
DOUBLE_PRESS = timedelta(minutes=10)

ONE_READER = 2  # points of a report by somebody of whom nothing is known
USUALLY_RIGHT = 4
USUALLY_WRONG = 1
TELLING_RECORD = 3  # settled reports from which on a record says something
_CODE_LENGTH = 10  # base 32: 50 bits, which nobody guesses over a network


class Refused(Exception):
    """The report is not taken; the message says why, under a title."""

    title = gettext_lazy("Not sent")


class NothingThere(Refused):
    def __init__(self) -> None:
        super().__init__(
            gettext("This comment is no longer here, so there is nothing left to report.")
        )


class AlreadyReported(Refused):
    title = gettext_lazy("Reported already")

    def __init__(self) -> None:
        super().__init__(
            gettext(
                "This comment was already reported by you or by somebody on your network. That "
                "report stands, and nothing more is needed. Your words are below if you want to "
                "keep them."
            )
        )


def take(
    comment: Comment,
    *,
    reason: str,
    note: str = "",
    address: str = "",
    earlier: Report | None = None,
    trapped: bool = False,
    opened: datetime | None = None,
) -> Report:
    """Keep a report with its finding, and hold the comment if that makes enough.

    `earlier` is the report whose code the reader entered; `trapped` says that the honeypot was
    filled; the form was `opened` then. One report at a time a comment: of two that would both hold
    it, one does. The same press twice is the same report. Raises `Refused` or `TooMany`.
    """
    now = timezone.now()
    with transaction.atomic():
        comment = Comment.objects.select_for_update(no_key=True).get(pk=comment.pk)
        again = _same_reader(comment, address, earlier, now)
        if again is not None:
            return _same_press(again, (reason, note), opened, now)
        _limit_rate(address, now)
        if not (comment.is_approved() or _is_held_for_reports(comment)):
            raise NothingThere
        points = 0 if trapped or _is_confirmed(comment, reason) else weight(earlier)
        report = Report.objects.create(
            comment=comment,
            reason=reason,
            note=plain_text.one_line(note)[:NOTE_LIMIT],
            points=points,
            first_id=(earlier.first_id or earlier.pk) if earlier else None,
            address_hash=network_addresses.keyed_hash(address, now),
            made_at=now,
        )
        _record(report)
        if _are_enough(comment):
            moderation.move_by_rule(comment, moderation.Status.PENDING, rule=REPORTS, at=now)
    return report


def keep(comment: Comment, *, by: User) -> int:
    """A moderator has looked and the comment stays: the open reports that were there to be seen
    (`comment.reports_seen`) are not upheld. How many."""
    now = timezone.now()
    with transaction.atomic():
        Comment.objects.select_for_update(no_key=True).get(pk=comment.pk)
        looked = Report.objects.seen(comment.reports_seen).open().filter(comment=comment)
        settled = looked.update(outcome=Report.Outcome.NOT_UPHELD, settled_at=now)
        if settled:
            Mark.objects.create(comment=comment, what=Mark.What.KEPT, by=by, made_at=now)
    return settled


def weight(earlier: Report | None) -> int:
    """The points of a reader's next report, by what became of those before. At most two queries."""
    if earlier is None:
        return ONE_READER
    record = Report.objects.by_reporter_of(earlier)
    right, wrong = record.upheld().count(), record.not_upheld().count()
    if right + wrong < TELLING_RECORD:
        return ONE_READER
    if 3 * right >= 2 * (right + wrong):
        return USUALLY_RIGHT
    return USUALLY_WRONG if 3 * right <= right + wrong else ONE_READER


def code_of(report: Report) -> str:
    """The private code of a report, such as “12-ABCDE-F2G3H”: its number, and a proof of it."""
    proof = _proofs(report)[0]
    return f"{report.pk}-{proof[:5]}-{proof[5:]}"


def by_code(code: str) -> Report | None:
    """The report of a private code, however it was typed; None for any other text. One query."""
    named, _, proof = "".join(code.split()).upper().partition("-")
    report = Report.objects.select_related("comment__article").filter(pk=key(named)).first()
    if report is None or not _is_proven(report, proof.replace("-", "")):
        return None
    return report


def _is_proven(report: Report, proof: str) -> bool:
    return any(constant_time_compare(proof, each) for each in _proofs(report))


def _proofs(report: Report) -> list[str]:
    """Of a report alone, not of its number (`tokens`)."""
    digests = keyed.digests("comments.reports", tokens.which(report, report.made_at))
    return [base64.b32encode(bytes.fromhex(each)).decode()[:_CODE_LENGTH] for each in digests]


def _same_reader(
    comment: Comment, address: str, earlier: Report | None, now: datetime
) -> Report | None:
    """A report of this comment from the same address within the month, or by the same code."""
    days = (now - timedelta(days=n) for n in range(REMEMBERED))
    hashes = {network_addresses.keyed_hash(address, day) for day in days} - {""}
    reports = Report.objects.filter(comment=comment)
    found = reports.from_address(hashes).last() if hashes else None
    if found is None and earlier is not None:
        found = reports.by_reporter_of(earlier).last()
    return found


def _same_press(
    report: Report, said: tuple[str, str], opened: datetime | None, now: datetime
) -> Report:
    """The report that the same form made a moment ago. The code of a neighbour is nobody else's:
    theirs is another form, and opened later unless both had it before them."""
    reason, note = said
    same = (report.reason, report.note) == (reason, plain_text.one_line(note)[:NOTE_LIMIT])
    before = opened is not None and opened <= report.made_at
    if same and before and now - report.made_at < DOUBLE_PRESS:
        return report
    raise AlreadyReported


def _limit_rate(address: str, now: datetime) -> None:
    hashes = network_addresses.recent_hashes(address, now, WINDOW)
    recent = Report.objects.from_address(hashes).filter(made_at__gt=now - WINDOW)
    times = list(recent.order_by("-made_at").values_list("made_at", flat=True)[:MOST_REPORTS])
    if len(times) == MOST_REPORTS:
        raise TooMany(times[-1] + WINDOW - now)


def _is_held_for_reports(comment: Comment) -> bool:
    """Whether it waits because readers reported it: the form was got before it went."""
    return comment.is_pending() and Report.objects.open().filter(comment=comment).exists()


def _is_confirmed(comment: Comment, reason: str) -> bool:
    """Whether a moderator has looked at it for this very reason, and kept it as it is now."""
    kept_for_this = Report.objects.not_upheld().filter(comment=comment, reason=reason)
    changed = comment.edits.filter(by=None).last()  # by its writer, who may have added anything
    return (
        kept_for_this.filter(settled_at__gt=changed.made_at) if changed else kept_for_this
    ).exists()


def _record(report: Report) -> None:
    """Its finding, and the points in the comment's score."""
    facts = {"reason": report.reason, "note": report.note, "counts": bool(report.points)}
    Finding.objects.create(
        comment=report.comment,
        rule=REPORTED,
        points=report.points,
        evidence=kept(said("reported", **facts)),
        found_at=report.made_at,
    )
    Comment.objects.filter(pk=report.comment_id).update(score=F("score") + report.points)


def _are_enough(comment: Comment) -> bool:
    """Whether the open reports weigh as much as the setting's number of unknown readers.

    One reader alone never holds a comment, however good the record, unless the setting says one.
    """
    needed: int = settings.COMMENTS_REPORTS_TO_HOLD
    counted = Report.objects.open().filter(comment=comment, points__gt=0)
    points = counted.aggregate(total=Sum("points"))["total"] or 0
    several = counted.count() >= min(2, needed)
    return needed > 0 and several and points >= needed * ONE_READER
