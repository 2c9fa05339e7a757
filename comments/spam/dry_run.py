"""What a rule on dry run would have done, held against what people decided."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, Count, Exists, F, OuterRef, Value, When

from ..models import Comment, Decision, Finding
from .screening import SPAM_SCORE
from .second_opinion import AGAINST_NOBODY


@dataclass
class WouldHave:
    """Numbers of comments. `right`: a person rejected it or marked it as spam; `wrong`: a person
    approved it; the others nobody decided about yet."""

    held: int = 0
    set_aside: int = 0
    right: int = 0
    wrong: int = 0

    @property
    def found(self) -> int:
        return self.held + self.set_aside


def since(start: datetime) -> dict[str, WouldHave]:
    """By rule, for what was found since. Each rule as if it alone were switched on. One query."""
    by_a_person = Decision.objects.filter(comment=OuterRef("comment"), by__isnull=False)
    aside = When(
        comment__score__lt=SPAM_SCORE, points__gte=SPAM_SCORE - F("comment__score"), then=Value(1)
    )
    rows = (
        Finding.objects.filter(~AGAINST_NOBODY, counted=False, found_at__gte=start)
        .order_by()
        .annotate(decided=Exists(by_a_person), aside=Case(aside, default=Value(0)))
        .values_list("rule", "aside", "decided", "comment__status")
        .annotate(Count("comment", distinct=True))
    )
    rules: dict[str, WouldHave] = {}
    for rule, is_aside, decided, status, number in rows:
        would = rules.setdefault(rule, WouldHave())
        if is_aside:
            would.set_aside += number
        else:
            would.held += number
        if decided and status in (Comment.Status.REJECTED, Comment.Status.SPAM):
            would.right += number
        elif decided and status == Comment.Status.APPROVED:
            would.wrong += number
    return rules
