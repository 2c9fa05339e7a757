"""One conversation by itself, by the page: what is too long to stand whole among the others.

Replies come in the order in which they were sent, so that a page is a stretch of the table and its
number a count. Whom each answers is shown by where it stands, or said where that is elsewhere.
"""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Prefetch, prefetch_related_objects

from reviews import addresses

from ..models import Comment, CommentQuerySet
from . import threads

SHOWN = 20  # first replies of a conversation among others: fifty of them still make one page
PER_PAGE = 100  # replies of a conversation by itself


class NoSuchPage(Exception):
    """The conversation has fewer pages."""


@dataclass(frozen=True)
class Page:
    """One page of a conversation. `replies` counts the approved ones of all its pages."""

    root: Comment
    thread: threads.Thread
    replies: int
    places: int
    number: int

    def last(self) -> int:
        return max(1, -(-self.places // PER_PAGE))

    def previous_address(self) -> str:
        """Of the page before, or “”."""
        return address(self.root.pk, self.number - 1) if self.number > 1 else ""

    def next_address(self) -> str:
        """Of the page after, or “”."""
        return address(self.root.pk, self.number + 1) if self.number < self.last() else ""


def read(root: Comment, number: int) -> Page:
    """A page, counted from 1; the first begins with the root. Four queries. Raises NoSuchPage."""
    start = (number - 1) * PER_PAGE
    below = _below(root)
    places = below.count()
    if number < 1 or (number > 1 and start >= places):
        raise NoSuchPage
    found = list(below.for_thread()[start : start + PER_PAGE])
    name_parents(found, {root.pk} if number == 1 else ())
    replies = below.approved().count()
    thread = threads.build([root, *found] if number == 1 else found)
    return Page(root, thread, replies, places, number)


def place_of(comment: Comment) -> int | None:
    """The page of its conversation that a reply stands on; None where it is shown among the other
    conversations. One query."""
    if comment.root is None:
        return None
    above = _below(comment.root).before(comment).count()
    return None if above < SHOWN else above // PER_PAGE + 1


def name_parents(found: list[Comment], shown: Collection[int] = ()) -> None:
    """Load those that are answered on another page: who wrote them, no more. At most one query."""
    here = {None, *shown, *[comment.id for comment in found]}
    elsewhere = [comment for comment in found if vars(comment)["parent_id"] not in here]
    if not elsewhere:
        return
    names = Comment.objects.only("author_name", "status", "article_id")
    prefetch_related_objects(elsewhere, Prefetch("parent", names))


def address(root: int, number: int = 1) -> str:
    """Of a page of a conversation, by the key of its root."""
    page = addresses.to("comments:conversation", root)
    return f"{page}?page={number}" if number > 1 else page


def _below(root: Comment) -> CommentQuerySet:
    return Comment.objects.filter(root=root).with_a_place()
