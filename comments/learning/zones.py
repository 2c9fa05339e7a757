"""Where “reads like spam” ends in waiting and where in the spam: set by what honest writers lost.

Every comment keeps the score it got when it came in, before anybody decided about it. Held against
what people then decided, these scores say what a limit would have cost here. The limit is the
lowest that would have set aside no more of the honest comments than editors allow.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from math import floor, nextafter

from ..evidence import Said, said
from ..spam.classifier import SPAM_FROM
from . import labels

ENOUGH = 50  # labels of each kind, before which nothing is set aside for how it reads
MOST_COUNTED = 2_000  # labels of each kind, the newest: what people write and send changes
# While too few honest comments are known for even one to be lost within the allowance, the highest
# of their scores says little about the next: the limit is not lower than this.
CAREFUL = 0.9


class Zone(StrEnum):
    """Clean may be published at once where the writer is trusted; hold waits; spam is set aside."""

    CLEAN = "clean"
    HOLD = "hold"
    SPAM = "spam"


@dataclass(frozen=True)
class Zones:
    """The limits in force, and what they rest on. `allowed` is a share of honest comments; `limit`
    is a score, or None where none is set aside. `lost` honest and `caught` spam comments reach it;
    `held` honest ones would only have waited for how they read."""

    honest: int = 0
    spam: int = 0
    allowed: float = 0.005
    limit: float | None = None
    lost: int = 0
    caught: int = 0
    held: int = 0

    def of(self, score: float) -> Zone:
        if self.limit is not None and score >= self.limit:
            return Zone.SPAM
        return Zone.HOLD if score >= SPAM_FROM else Zone.CLEAN

    def said(self, score: float) -> tuple[Said, ...]:
        """Where a score stands, and why."""
        zone = self.of(score)
        if zone == Zone.CLEAN:
            return (said("clean_zone", score=of_100(score)),)
        if self.limit is None:
            return (said("hold_zone", score=of_100(score)), self._why_none())
        number, limit = apart(score, self.limit)
        code = "spam_zone" if zone == Zone.SPAM else "hold_zone_below"
        return (said(code, score=number, limit=limit, allowed=percent(self.allowed)),)

    def _why_none(self) -> Said:
        if not self.allowed:
            return said("no_limit_wanted")
        if min(self.honest, self.spam) >= ENOUGH:
            return said("no_limit_found")
        return said("no_limit_yet", enough=ENOUGH, honest=self.honest, spam=self.spam)


def set_from(honest: Sequence[float], spam: Sequence[float], allowed: float) -> Zones:
    """The zones that follow from scores that were kept before each decision. Pure.

    The limit is just above the highest honest score that may not be lost.
    """
    held = sum(score >= SPAM_FROM for score in honest)
    none = Zones(len(honest), len(spam), allowed, held=held)
    if min(len(honest), len(spam)) < ENOUGH or not allowed:
        return none
    may_be_lost = floor(allowed * len(honest) + 1e-9)  # 0.005 of 200 is one
    highest = sorted(honest, reverse=True)[may_be_lost]
    limit = max(nextafter(highest, 2), SPAM_FROM if may_be_lost else CAREFUL)
    if limit > 1:
        return none
    lost, caught = (sum(score >= limit for score in scores) for scores in (honest, spam))
    return replace(none, limit=limit, lost=lost, caught=caught)


def from_the_log(begins_after: int, allowed: float) -> Zones:
    """Those of the newest labels whose comments have kept their scores. Two queries."""
    kept = labels.in_force(begins_after).filter(comment__spam_probability__isnull=False)
    newest = kept.order_by("-pk").values_list("comment__spam_probability", flat=True)
    honest, spam = (
        [score for score in newest.filter(to_status=status)[:MOST_COUNTED] if score is not None]
        for status in labels.TEACHES
    )
    return set_from(honest, spam, allowed)


def of_100(score: float, decimals: int = 0) -> str:
    """Rounded down, so that nothing short of certainty is said to be 100."""
    return f"{floor(score * 100 * 10**decimals) / 10**decimals:.{decimals}f}"


def apart(score: float, limit: float) -> tuple[str, str]:
    """Both of 100, with as many decimals as it takes to see that they differ."""
    pairs = [(of_100(score, number), of_100(limit, number)) for number in range(5)]
    return next((pair for pair in pairs if pair[0] != pair[1]), pairs[0])


def percent(share: float) -> str:
    return f"{100 * share:g}"
