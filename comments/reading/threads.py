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
    # Of its row: the attribute of a foreign key's own calls Python each time.
    parents = {pk: vars(comment)["parent_id"] for pk, comment in by_pk.items()}
    roots = {pk: vars(comment)["root_id"] for pk, comment in by_pk.items()}
    approved = {pk for pk, comment in by_pk.items() if comment.is_approved()}
    above = _above(parents, roots)
    visible = approved.union(by_pk.keys() & shown)
    kept = _with_ancestors(visible, above)
    steps = [(pk, depth) for pk, depth in _reading_order(above) if pk in kept]
    levels = [min(depth, DEEPEST_SHOWN) for _, depth in steps]
    seen = [pk for pk, _ in steps]
    more = _more(seen, roots, approved, below or {})
    places = tuple(
        Place(
            comment=by_pk[pk],
            level=level,
            opens=level > before,
            holds_replies=after > level,
            closes=range(level - 1, after - 1, -1),
            answers=None
            if above[pk] == parents[pk] and depth <= DEEPEST_SHOWN
            else _answered(by_pk[pk], by_pk),
            removed=pk not in visible,
            here=parents[pk] in by_pk,
            more=more.get(pk, 0),
        )
        for (pk, depth), level, before, after in zip(
            steps, levels, [0, *levels], [*levels[1:], 0], strict=False
        )
    )
    return Thread(places, len(approved.intersection(seen)))


def _above(
    parents: Mapping[int, int | None], roots: Mapping[int, int | None]
) -> dict[int, int | None]:
    """Below which of them each stands: its parent, or its root; None at the top."""
    above: dict[int, int | None] = {}
    for pk, parent in parents.items():
        root = roots[pk]
        above[pk] = parent if parent in parents else root if root in parents else None
    return above


def _answered(comment: Comment, by_pk: dict[int, Comment]) -> Comment | None:
    """The parent, where a reader cannot see from its place whom a comment answers; None where it is
    neither among them nor loaded."""
    loaded = comment.parent if _PARENT.is_cached(comment) else None
    return by_pk.get(comment.parent_id or 0, loaded)


def _more(
    seen: list[int],
    roots: Mapping[int, int | None],
    approved: Container[int],
    below: Mapping[int, int],
) -> dict[int, int]:
    """For the last step of each conversation, how many approved replies are left out."""
    last: dict[int, int] = {}
    replies: Counter[int] = Counter()
    for pk in seen:
        of = roots[pk]
        root = of or pk
        last[root] = pk
        replies[root] += of is not None and pk in approved
    return {pk: below[root] - replies[root] for root, pk in last.items() if root in below}


def _reading_order(above: Mapping[int, int | None]) -> list[tuple[int, int]]:
    """Every comment once with its depth from 1, each followed by its replies."""
    replies: dict[int | None, list[int]] = defaultdict(list)
    for pk, over in above.items():
        replies[over].append(pk)
    walk = []
    waiting = [(pk, 1) for pk in reversed(replies[None])]
    while waiting:
        pk, depth = waiting.pop()
        walk.append((pk, depth))
        if pk in replies:
            waiting += ((reply, depth + 1) for reply in reversed(replies[pk]))
    return walk


def _with_ancestors(pks: set[int], above: dict[int, int | None]) -> set[int]:
    kept: set[int] = set()
    for pk in pks:
        step: int | None = pk
        while step is not None and step not in kept:
            kept.add(step)
            step = above[step]
    return kept
