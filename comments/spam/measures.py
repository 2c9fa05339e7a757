"""How good scores are, against labels. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

HAM_LOSS_ALLOWED = 0.005  # the budget at which recall is compared


@dataclass(frozen=True)
class Measures:
    """Shares from 0 to 1; None where the labels do not allow one (no spam, or no honest text)."""

    accuracy: float | None
    precision: float | None
    recall: float | None
    ham_lost: float | None
    recall_at_allowed_loss: float | None
    area_under_curve: float | None


def measured(scores: Sequence[float], labels: Sequence[bool], spam_from: float) -> Measures:
    """The measures of scores of which those from `spam_from` on were called spam."""
    spam = [score for score, is_spam in zip(scores, labels, strict=True) if is_spam]
    ham = [score for score, is_spam in zip(scores, labels, strict=True) if not is_spam]
    caught = sum(score >= spam_from for score in spam)
    lost = sum(score >= spam_from for score in ham)
    return Measures(
        accuracy=_share(caught + len(ham) - lost, len(scores)),
        precision=_share(caught, caught + lost),
        recall=_share(caught, len(spam)),
        ham_lost=_share(lost, len(ham)),
        recall_at_allowed_loss=recall_at(spam, ham, HAM_LOSS_ALLOWED),
        area_under_curve=area_under_curve(spam, ham),
    )


def recall_at(spam: Sequence[float], ham: Sequence[float], loss: float) -> float | None:
    """The share of spam above the lowest limit that loses at most this share of the honest."""
    if not spam or not ham:
        return None
    limit = sorted(ham, reverse=True)[int(loss * len(ham))]
    return _share(sum(score > limit for score in spam), len(spam))


def area_under_curve(spam: Sequence[float], ham: Sequence[float]) -> float | None:
    """The chance that a spam text scores above an honest one, ties half (Mann and Whitney)."""
    if not spam or not ham:
        return None
    ordered = sorted([(score, 1) for score in spam] + [(score, 0) for score in ham])
    below = above = at = 0
    while at < len(ordered):
        end = at
        while end < len(ordered) and ordered[end][0] == ordered[at][0]:
            end += 1
        spam_here = sum(kind for _, kind in ordered[at:end])
        ham_here = end - at - spam_here
        above += spam_here * (2 * below + ham_here)
        below += ham_here
        at = end
    return above / (2 * len(spam) * len(ham))


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
