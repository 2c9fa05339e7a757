"""The numbers of the moderators' desk as pictures on the admin's front page."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.template.defaultfilters import floatformat, pluralize

from ..desk import numbers
from ..desk.numbers import Week
from ..models import Comment

register = template.Library()

HEIGHT = 100  # units of the drawing that the highest bar takes
STEP = 40  # units from week to week
WIDTH = 14  # of one bar


@dataclass(frozen=True)
class Bars:
    """Where a week's two bars stand, in units of the drawing."""

    week: Week
    left: int
    right: int
    middle: int
    caught: int
    missed: int

    @property
    def caught_top(self) -> int:
        return HEIGHT - self.caught

    @property
    def missed_top(self) -> int:
        return HEIGHT - self.missed


def in_words(hours: float) -> str:
    """A stretch of time as people say it: minutes below an hour, days from the second on."""
    minutes = max(1, round(hours * 60))
    if minutes < 60:
        return f"{minutes} minute{pluralize(minutes)}"
    number, unit = (round(hours, 1), "hour") if hours < 48 else (round(hours / 24, 1), "day")
    return f"{floatformat(number, -1)} {unit}{pluralize(number)}"


def _times(found: numbers.Numbers) -> list[tuple[str, str, int]]:
    """What each bar of the times to a decision is, its time, and its length in per cent."""
    if found.median is None or found.slow is None:
        return []
    longest = max(found.slow, 0.1)
    each = [("half within", found.median), ("95 in 100 within", found.slow)]
    return [(label, in_words(hours), max(1, round(100 * hours / longest))) for label, hours in each]


@register.inclusion_tag("admin/comments/_numbers.html")
def comment_numbers(waiting: int | None = None) -> dict[str, Any]:
    """Times, shares, what was overturned, and spam by week, beside how many are `waiting`, if they
    were counted already. Five queries, or six."""
    found = numbers.collect()
    most = max((max(week.caught, week.missed) for week in found.weeks), default=0) or 1
    bars = [
        Bars(
            week,
            left=STEP * n + 4,
            right=STEP * n + 5 + WIDTH,
            middle=STEP * n + 4 + WIDTH,
            caught=round(HEIGHT * week.caught / most),
            missed=round(HEIGHT * week.missed / most),
        )
        for n, week in enumerate(found.weeks)
    ]
    return {
        "waiting": Comment.objects.number_pending() if waiting is None else waiting,
        "numbers": found,
        "bars": bars,
        "most": most,
        "bar_width": WIDTH,
        "floor": HEIGHT,
        "width": STEP * len(bars),
        "days": numbers.PERIOD.days,
        "times": _times(found),
    }
