"""Rows into a thread: who answers whom, how deep it is shown, and what keeps a removed place.

Pure, and without recursion: a chain of ten thousand replies is only a long list.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from .models import Comment

DEEPEST_SHOWN = 4  # levels that still fit a phone; deeper replies stand there, naming their parent


@dataclass(frozen=True)
class Place:
    """Where one comment stands. Places come in reading order, to be written as nested lists.

    `level` is 1 to DEEPEST_SHOWN. `opens` says that a list starts before it, `holds_replies` that
    one starts inside it; `closes` has, for each list that ends after it, the level it stood in
    (0: in none). `answers` is the parent that the nesting no longer shows.
    """

    comment: Comment
    level: int
    opens: bool
    holds_replies: bool
    closes: range
    answers: Comment | None
    removed: bool


@dataclass(frozen=True)
class Thread:
    places: tuple[Place, ...]
    replies: int  # those that readers see


def build(comments: Sequence[Comment], *, shown: Collection[int] = ()) -> Thread:
    """The thread of comments given oldest first.

    Approved ones are shown, and those whose keys are in `shown`. Others keep a place, without
    their words, while something shown answers them, at whatever depth.
    """
    by_pk = {comment.pk: comment for comment in comments}
    walk = _reading_order(comments, by_pk)
    visible = {c.pk for c, _ in walk if c.is_approved() or c.pk in shown}
    kept = _with_ancestors(visible, by_pk)
    steps = [(comment, depth) for comment, depth in walk if comment.pk in kept]
    levels = [min(depth, DEEPEST_SHOWN) for _, depth in steps]
    places = tuple(
        Place(
            comment=comment,
            level=level,
            opens=level > before,
            holds_replies=after > level,
            closes=range(level - 1, after - 1, -1),
            answers=by_pk.get(comment.parent_id or 0) if depth > DEEPEST_SHOWN else None,
            removed=comment.pk not in visible,
        )
        for (comment, depth), level, before, after in zip(
            steps, levels, [0, *levels], [*levels[1:], 0], strict=False
        )
    )
    replies = sum(comment.is_approved() for comment, _ in steps)
    return Thread(places, replies)


def _reading_order(
    comments: Sequence[Comment], by_pk: dict[int, Comment]
) -> list[tuple[Comment, int]]:
    """Every comment once with its depth from 1, each followed by its replies."""
    replies: dict[int | None, list[Comment]] = defaultdict(list)
    for comment in comments:
        replies[comment.parent_id if comment.parent_id in by_pk else None].append(comment)
    walk = []
    waiting = [(comment, 1) for comment in reversed(replies[None])]
    while waiting:
        comment, depth = waiting.pop()
        walk.append((comment, depth))
        waiting += ((reply, depth + 1) for reply in reversed(replies.get(comment.pk, ())))
    return walk


def _with_ancestors(pks: set[int], by_pk: dict[int, Comment]) -> set[int]:
    kept: set[int] = set()
    for pk in pks:
        step: int | None = pk
        while step in by_pk and step not in kept:
            kept.add(step)
            step = by_pk[step].parent_id
    return kept
