"""What editors look at: how long comments wait, and how good the rules are.

Everything is counted from the rows of decisions and findings; five queries in all.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import ceil

from django.db.models import Count, Q
from django.db.models.functions import TruncWeek
from django.utils import timezone

from .models import Comment, Decision, Finding

Status = Comment.Status
PERIOD = timedelta(days=30)  # what times and shares are about
WEEKS = 8  # of spam caught and missed
MOST_TIMED = 5_000  # decisions, the newest; enough for a percentile, little to read


@dataclass(frozen=True)
class RuleNumbers:
    """Of a rule's part in what was set aside as spam: how often people approved it after all."""

    rule: str
    decided: int
    overturned: int


@dataclass
class Week:
    """Spam of the week that begins on `begins`, a Monday: set aside by rules, found by people."""

    begins: date
    caught: int = 0
    missed: int = 0


@dataclass(frozen=True)
class Numbers:
    """`median` and `slow` (the 95th percentile) are hours from submission to a person's decision,
    None where there was none. `by_rule` of `decided` comments never needed a person."""

    waiting: int
    median: float | None
    slow: float | None
    decided: int
    by_rule: int
    rules: tuple[RuleNumbers, ...]
    weeks: tuple[Week, ...]

    @property
    def share(self) -> int | None:
        """Per cent decided by rule."""
        return round(100 * self.by_rule / self.decided) if self.decided else None


def collect(now: datetime | None = None) -> Numbers:
    """All numbers as of `now`. Five queries."""
    now = now or timezone.now()
    hours = _hours_to_decision(now - PERIOD)
    decided, by_rule = _shares(now - PERIOD)
    return Numbers(
        waiting=Comment.objects.pending().count(),
        median=percentile(hours, 50),
        slow=percentile(hours, 95),
        decided=decided,
        by_rule=by_rule,
        rules=_overturned(now - PERIOD),
        weeks=_weeks(now),
    )


def percentile(values: list[float], percent: int) -> float | None:
    """By nearest rank: the smallest value that `percent` per cent do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, ceil(percent / 100 * len(ordered)) - 1)] if ordered else None


def _hours_to_decision(start: datetime) -> list[float]:
    people = Decision.objects.filter(
        by__isnull=False, from_status=Status.PENDING, undoes=None, made_at__gte=start
    ).order_by("-pk")
    times = people.values_list("made_at", "comment__submitted_at")[:MOST_TIMED]
    return [max(0.0, (made - sent).total_seconds() / 3600) for made, sent in times]


def _shares(start: datetime) -> tuple[int, int]:
    """How many decisions took a comment out of the queue or past it; how many of them by a rule."""
    final = Decision.objects.filter(
        made_at__gte=start,
        undoes=None,
        to_status__in=[Status.APPROVED, Status.REJECTED, Status.SPAM],
    ).filter(Q(from_status__in=["", Status.PENDING]))
    counted = final.aggregate(all=Count("pk"), rule=Count("pk", filter=Q(by=None)))
    return counted["all"], counted["rule"]


def _overturned(start: datetime) -> tuple[RuleNumbers, ...]:
    set_aside = Decision.objects.filter(by=None, to_status=Status.SPAM, made_at__gte=start)
    rows = (
        Finding.objects.filter(counted=True, points__gt=0, comment__in=set_aside.values("comment"))
        .order_by("rule")
        .values_list("rule")
        .annotate(
            Count("comment", distinct=True),
            overturned=Count("comment", distinct=True, filter=Q(comment__status=Status.APPROVED)),
        )
    )
    return tuple(RuleNumbers(*row) for row in rows)


def _weeks(now: datetime) -> tuple[Week, ...]:
    today = timezone.localdate(now)
    monday = today - timedelta(days=today.weekday())
    begins = [monday - timedelta(weeks=n) for n in reversed(range(WEEKS))]
    weeks = {each: Week(each) for each in begins}
    rows = (
        Decision.objects.filter(
            to_status=Status.SPAM, undoes=None, made_at__gte=now - timedelta(weeks=WEEKS)
        )
        .order_by()
        .annotate(week=TruncWeek("made_at"))
        .values_list("week")
        .annotate(caught=Count("pk", filter=Q(by=None)), missed=Count("pk", filter=Q(by__gte=0)))
    )
    for week, caught, missed in rows:
        if (known := weeks.get(timezone.localdate(week))) is not None:
            known.caught, known.missed = caught, missed
    return tuple(weeks.values())
