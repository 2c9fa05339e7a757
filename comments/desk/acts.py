"""A moderator's press over one comment or many: done, and undone, as one act."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from django.contrib.auth.models import User
from django.db import transaction

from .. import moderation
from ..models import Act, Comment, Decision
from ..moderation import Outcome

BATCH = 100  # comments a transaction: quick for 1,000, and nobody else waits long for SQLite

VERBS: dict[str, Callable[..., Outcome]] = {
    "approve": moderation.approve,
    "reject": moderation.reject,
    "spam": moderation.mark_spam,
    "hold": moderation.hold,
}


@dataclass(frozen=True)
class Choice:
    """What a moderator chose for a comment, whose version is the one that was seen."""

    comment: Comment
    verb: str
    reason: str = ""


def carry_out(choices: Sequence[Choice], *, by: User, about: str = "") -> Outcome:
    """Every choice that still can be, under one new `Act`; the others become conflicts.

    A crash on the way leaves whole batches done, and the act undoes just those. Raises KeyError
    for an unknown verb.
    """
    act = Act(by=by, about=about)
    whole = Outcome()
    # In the order of their keys: two acts over the same comments cannot wait for each other.
    for batch in _batches(sorted(choices, key=lambda choice: choice.comment.pk)):
        with transaction.atomic():
            if act.pk is None:
                act.save(force_insert=True)
            for choice in batch:
                verb = VERBS[choice.verb]
                _add(whole, verb([choice.comment], by=by, reason=choice.reason, act=act))
    return whole


def undo(act: Act, *, by: User) -> Outcome:
    """Take back each of its decisions that nothing happened to since."""
    decisions = act.decisions.select_related("comment__article").order_by("comment_id")
    whole = Outcome()
    for batch in _batches(decisions):
        with transaction.atomic():
            for decision in batch:
                _add(whole, moderation.undo(decision, by=by))
    return whole


def _add(whole: Outcome, part: Outcome) -> None:
    whole.decisions += part.decisions
    whole.conflicts += part.conflicts


def _batches(things: Iterable[Choice] | Iterable[Decision]) -> Iterable[list]:  # type: ignore[type-arg]
    rest = iter(things)
    while batch := list(islice(rest, BATCH)):
        yield batch
