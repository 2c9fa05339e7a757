"""What editors look at: how long comments wait, and how good the rules are.

Everything is counted from the rows of decisions and findings; five queries in all.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from math import ceil

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Subquery, When
from django.utils import timezone

from ..models import EDITED, IMPORT, SCREENING, WRITER, Comment, Decision, Finding
from ..spam.known_name import NAME
from ..spam.second_opinion import AGAINST_NOBODY

Status = Comment.Status
PERIOD = timedelta(days=30)  # what times and shares are about
WEEKS = 8  # of spam caught and missed
VERDICTS = [Status.APPROVED, Status.REJECTED, Status.SPAM]
# What findings and decisions are signed with that no rule can be right or wrong about: two people
# may have one name.
NO_RULES = ["nothing_found", "erased", "desk", EDITED, SCREENING, WRITER, IMPORT, NAME]
MOST_TIMED = 5_000  # decisions, the newest; enough for a percentile, little to read
# Said the other way round, SQLite would look nearly all up by what they undo.
UNDOES_NOTHING = ~Q(undoes__isnull=False)


@dataclass(frozen=True)
class RuleNumbers:
    """About how many comments a rule said something; about how many of them a person decided, and
    how often otherwise: approved what it spoke against, or refused what it had published."""

    rule: str
    found: int
    decided: int
    overturned: int

    @property
    def share(self) -> int:
        """Per cent of the decided that were overturned."""
        return round(100 * self.overturned / self.decided) if self.decided else 0


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
        UNDOES_NOTHING, by__isnull=False, from_status=Status.PENDING, made_at__gte=start
    ).order_by("-made_at")
    times = people.values_list("made_at", "comment__submitted_at")[:MOST_TIMED]
    return [max(0.0, (made - sent).total_seconds() / 3600) for made, sent in times]


def _shares(start: datetime) -> tuple[int, int]:
    """How many decisions took a comment out of the queue or past it; how many of them by a rule."""
    final = Decision.objects.filter(
        UNDOES_NOTHING,
        made_at__gte=start,
        to_status__in=VERDICTS,
    ).filter(Q(from_status__in=["", Status.PENDING]))
    counted = final.aggregate(all=Count("pk"), rule=Count("pk", filter=Q(by=None)))
    return counted["all"], counted["rule"]


def _overturned(start: datetime) -> tuple[RuleNumbers, ...]:
    """Every rule that said something against a comment, or published one. Two queries."""
    against = _by_rule(
        Finding.objects.filter(~AGAINST_NOBODY, counted=True, found_at__gte=start).exclude(
            rule__in=NO_RULES
        ),
        overturned_by=[Status.APPROVED],
    )
    for_it = _by_rule(
        Decision.objects.filter(
            UNDOES_NOTHING, by=None, to_status=Status.APPROVED, made_at__gte=start
        ).exclude(rule__in=NO_RULES),
        overturned_by=[Status.REJECTED, Status.SPAM],
    )
    return tuple(sorted([*against, *for_it], key=lambda line: line.rule))


def _by_rule(
    said: QuerySet[Finding] | QuerySet[Decision], *, overturned_by: list[Status]
) -> list[RuleNumbers]:
    """What the last word of a person was about the comments these findings or decisions are of: it
    is looked up once for each."""
    people = Decision.objects.filter(comment=OuterRef("comment"), by__isnull=False)
    last = people.order_by("-version").values("to_status")[:1]
    counted = (
        said.order_by()
        .annotate(verdict=Subquery(last))
        .values_list("rule", "verdict")
        .annotate(Count("comment", distinct=True))
    )
    rules: dict[str, Counter[str | None]] = defaultdict(Counter)
    for rule, verdict, comments in counted:
        rules[rule][verdict] += comments
    return [
        RuleNumbers(
            rule,
            verdicts.total(),
            sum(verdicts[each] for each in VERDICTS),
            sum(verdicts[each] for each in overturned_by),
        )
        for rule, verdicts in rules.items()
    ]


def _weeks(now: datetime) -> tuple[Week, ...]:
    """By the week in which it was found to be spam. What a person approved after all was not
    caught, what a rule had set aside before was not missed, and what was undone is neither."""
    today = timezone.localdate(now)
    monday = today - timedelta(days=today.weekday())
    weeks = [Week(monday - timedelta(weeks=n)) for n in reversed(range(WEEKS))]
    begins = [timezone.make_aware(datetime.combine(week.begins, time())) for week in weeks]
    latest = [When(made_at__gte=at, then=n) for n, at in reversed([*enumerate(begins)])]
    rules = Decision.objects.filter(comment=OuterRef("comment"), by=None, to_status=Status.SPAM)
    found = Decision.objects.filter(
        UNDOES_NOTHING,
        to_status=Status.SPAM,
        undone_by=None,
        made_at__gte=begins[0],
    )
    rows = (
        found.order_by()
        .annotate(week=Case(*latest), set_aside=Exists(rules))
        .values_list("week")
        .annotate(
            caught=Count(
                "comment",
                distinct=True,
                filter=Q(by=None) & ~Q(comment__status=Status.APPROVED),
            ),
            missed=Count("comment", distinct=True, filter=Q(by__isnull=False, set_aside=False)),
        )
    )
    for n, caught, missed in rows:
        weeks[n].caught, weeks[n].missed = caught, missed
    return tuple(weeks)
