"""Rows into a thread: who answers whom, how deep it is shown, and what keeps a removed place.

Pure, and without recursion: a chain of ten thousand replies is only a long list.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Container, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ..models import Comment

_PARENT = Comment._meta.get_field("parent")
DEEPEST_SHOWN = 4  # levels that still fit a phone; deeper replies stand there, naming their parent


class Place(NamedTuple):
    """Where one comment stands. Places come in reading order, to be written as nested lists.

    `level` is 1 to DEEPEST_SHOWN. `opens` says that a list starts before it, `holds_replies` that
    one starts inside it; `closes` has, for each list that ends after it, the level it stood in
    (0: in none). `answers` is the parent that the nesting does not show, and `here` whether that
    stands on the same page. `more`, on the last place of a conversation, counts its approved
    replies that are not among the places.
    """

    comment: Comment
    level: int
    opens: bool
    holds_replies: bool
    closes: range
    answers: Comment | None
    removed: bool
    here: bool = True
    more: int = 0


@dataclass(frozen=True)
class Thread:
    places: tuple[Place, ...]
    replies: int  # those that readers see


def build(
    comments: Sequence[Comment],
    *,
    shown: Collection[int] = (),
    below: Mapping[int, int] | None = None,
) -> Thread:
    """The thread of comments given oldest first.

    Approved ones are shown, and those whose keys are in `shown`. Others keep a place, without
    their words, while something shown answers them, at whatever depth. A reply whose parent is not
    among them stands below its root, and names its parent. `below` says how many approved replies
    each root has in all.
    """
    by_pk = {comment.id: comment for comment in comments}
    above = _above(comments, by_pk)
    walk = _reading_order(comments, above)
    visible = {c.id for c, _ in walk if c.is_approved() or c.id in shown}
    kept = _with_ancestors(visible, above)
    steps = [(comment, depth) for comment, depth in walk if comment.id in kept]
    levels = [min(depth, DEEPEST_SHOWN) for _, depth in steps]
    more = _more([comment for comment, _ in steps], below or {})
    places = tuple(
        Place(
            comment=comment,
            level=level,
            opens=level > before,
            holds_replies=after > level,
            closes=range(level - 1, after - 1, -1),
            answers=_answers(comment, depth, above, by_pk),
            removed=comment.id not in visible,
            here=comment.parent_id in by_pk,
            more=more.get(comment.id, 0),
        )
        for (comment, depth), level, before, after in zip(
            steps, levels, [0, *levels], [*levels[1:], 0], strict=False
        )
    )
    replies = sum(comment.is_approved() for comment, _ in steps)
    return Thread(places, replies)


def _above(comments: Sequence[Comment], here: Container[int | None]) -> dict[int, int | None]:
    """Below which of them each stands: its parent, or its root; None at the top."""
    above: dict[int, int | None] = {}
    for comment in comments:
        parent, root = comment.parent_id, comment.root_id
        above[comment.id] = parent if parent in here else root if root in here else None
    return above


def _answers(
    comment: Comment, depth: int, above: dict[int, int | None], by_pk: dict[int, Comment]
) -> Comment | None:
    """The parent, where a reader cannot see from its place whom a comment answers; None where it is
    neither among them nor loaded."""
    parent = comment.parent_id
    if above[comment.id] == parent and depth <= DEEPEST_SHOWN:
        return None
    loaded = comment.parent if _PARENT.is_cached(comment) else None
    return by_pk.get(parent or 0, loaded)


def _more(steps: list[Comment], below: Mapping[int, int]) -> dict[int, int]:
    """For the last step of each conversation, how many approved replies are left out."""
    last: dict[int, int] = {}
    seen: Counter[int] = Counter()
    for comment in steps:
        of = comment.root_id
        root = of or comment.id
        last[root] = comment.id
        seen[root] += of is not None and comment.is_approved()
    return {pk: below[root] - seen[root] for root, pk in last.items() if root in below}


def _reading_order(
    comments: Sequence[Comment], above: dict[int, int | None]
) -> list[tuple[Comment, int]]:
    """Every comment once with its depth from 1, each followed by its replies."""
    replies: dict[int | None, list[Comment]] = defaultdict(list)
    for comment in comments:
        replies[above[comment.id]].append(comment)
    walk = []
    waiting = [(comment, 1) for comment in reversed(replies[None])]
    while waiting:
        comment, depth = waiting.pop()
        walk.append((comment, depth))
        waiting += ((reply, depth + 1) for reply in reversed(replies.get(comment.id, ())))
    return walk


def _with_ancestors(pks: set[int], above: dict[int, int | None]) -> set[int]:
    kept: set[int] = set()
    for pk in pks:
        step: int | None = pk
        while step is not None and step not in kept:
            kept.add(step)
            step = above[step]
    return kept
