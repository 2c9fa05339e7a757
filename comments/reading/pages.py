"""An article's thread by the page: which conversations stand on it, and in which order.

A conversation is a comment that answers the article itself, its root, and all that was said below
it. A page holds the beginning of each; what is longer goes on by itself (conversations.py).
"""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Count, Q, Subquery
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from reviews import addresses, dependencies
from reviews.models import Article, labels, written_once
from reviews.models.article_queries import Among

from ..models import Comment, CommentQuerySet
from ..models.comment_queries import CONVERSATION
from . import conversations, threads

PER_PAGE = 50  # conversations; with the demo's three answers to each, some 200 comments, and
# with conversations.SHOWN of each never more than 1,050


class NoSuchPage(Exception):
    """The thread has fewer pages."""


class Order(models.TextChoices):
    """How conversations follow each other; within one the oldest always come first."""

    OLDEST = "oldest", _("Oldest first")
    NEWEST = "newest", _("Newest first")
    REPLIED = "replied", _("Most replied")


@dataclass(frozen=True)
class Page:
    """One page of a thread. `replies` counts all approved comments, `conversations` all roots."""

    article: Article
    thread: threads.Thread
    replies: int
    conversations: int
    number: int
    order: Order

    def last(self) -> int:
        """The number of the last page; an empty thread has one page."""
        return max(1, -(-self.conversations // PER_PAGE))

    def after(self) -> int:
        """How many conversations stand on later pages."""
        return max(0, self.conversations - self.number * PER_PAGE)

    def previous_address(self) -> str:
        """Of the page before, or “”."""
        return address(self.article, self.number - 1, self.order) if self.number > 1 else ""

    def next_address(self) -> str:
        """Of the page after, or “”."""
        more = self.number < self.last()
        return address(self.article, self.number + 1, self.order) if more else ""

    def orders(self) -> list[tuple[str, str, bool]]:
        """Label, address, and whether it is this page's, of each way to sort."""
        said = get_language()
        return [
            (labels.of(Order, each.value, said), address(self.article, 1, each), each == self.order)
            for each in Order
        ]


def read(
    article: Article,
    number: int = 1,
    order: Order = Order.OLDEST,
    *,
    own: Comment | None = None,
) -> Page:
    """A page, counted from 1. `own` is shown though it waits.

    One query, however long, and one more where a reply that is shown answers one that is not.
    Raises NoSuchPage; the first page there always is.
    """
    if number < 1:
        raise NoSuchPage
    with dependencies.part(Comment._meta.db_table, article.pk):
        if number == 1 and own is None:
            found = _first(article, order)
        else:
            found = list(_rows(article, number, order, own))
        conversations.name_parents(found)
    if number > 1 and not found:
        raise NoSuchPage
    below = {root.id: root.replies_below for root in found if vars(root)["parent_id"] is None}
    shown = {own.pk} if own else ()
    thread = threads.build(_in_order(found, order), shown=shown, below=below)
    replies, total = (found[0].replies_in_all, found[0].roots_in_all) if found else (0, 0)
    return Page(article, thread, replies or 0, total, number, order)


def _rows(article: Article, number: int, order: Order, own: Comment | None) -> CommentQuerySet:
    """What stands on a page, each with the numbers of its conversation and of the thread."""
    comments = Comment.objects.on(article)
    all_roots = comments.conversations(own=own)
    start = (number - 1) * PER_PAGE
    roots = _sorted(all_roots, order)[start : start + PER_PAGE]
    of_page = comments.of_conversations(roots)
    heads = Q(Among("pk", Subquery(of_page.with_a_place().heads(conversations.SHOWN).values("pk"))))
    approved = comments.approved()
    in_all = _number_of(all_roots) if own else _number_of(approved, of=CONVERSATION)
    rows: CommentQuerySet = (
        Comment.objects.filter(heads | Q(pk__in=[own.pk, own.parent_id] if own else []))
        .for_thread()
        .with_replies_below()
        .annotate(replies_in_all=_number_of(approved), roots_in_all=in_all)
    )
    return rows


def _first(article: Article, order: Order) -> list[Any]:
    """The rows of the first page, the same for every reader, by a query that is written once."""

    def write() -> Any:
        return _rows(Article(pk=written_once.key()), 1, order, None)

    return written_once.rows(("thread", order), write, {written_once.key(): article.pk})


def with_own(own: Comment) -> Page:
    """The page on which a comment stands that only its writer sees. Two queries."""
    return read(own.article, _number(own, own=own), own=own)


def place_of(comment: Comment) -> str:
    """Where readers find an approved comment: page and anchor. Two queries at most.

    Wants `article` and `root` loaded.
    """
    by_itself = conversations.place_of(comment)
    if by_itself is not None and comment.root_id is not None:
        page = conversations.address(comment.root_id, by_itself)
    else:
        page = address(comment.article, _number(comment)).partition("#")[0]
    return f"{page}#{comment.anchor()}"


def address(article: Article, number: int = 1, order: Order = Order.OLDEST) -> str:
    """Of a page of replies: the first in the usual order is the article's own."""
    if number == 1 and order == Order.OLDEST:
        return f"{article.get_absolute_url()}#replies"
    asked = [f"sort={order.value}"] if order != Order.OLDEST else []
    asked += [f"page={number}"] if number > 1 else []
    return f"{addresses.to('comments:thread', article.pk)}?{'&'.join(asked)}"


def _number(comment: Comment, *, own: Comment | None = None) -> int:
    above = Comment.objects.on(comment.article).conversations(own=own)
    return above.before(comment.root or comment).count() // PER_PAGE + 1


def _number_of(comments: CommentQuerySet, of: Any = "pk") -> Subquery:
    """A count within another query, asked once and not for each row; of what differs in `of`."""
    counted = comments.order_by().values("article").annotate(number=Count(of, distinct=of != "pk"))
    return Subquery(counted.values("number"))


def _in_order(found: list[Any], order: Order) -> list[Comment]:
    """The rows of a page with its roots as `_sorted` has them, all else the oldest first."""
    if order == Order.OLDEST:
        return found
    roots = [comment for comment in found if comment.parent_id is None]
    below = [comment for comment in found if comment.parent_id is not None]
    if order == Order.NEWEST:
        roots.reverse()
    else:
        roots.sort(key=lambda root: -root.replies_below)
    return [*roots, *below]


def _sorted(conversations: CommentQuerySet, order: Order) -> CommentQuerySet:
    match order:
        case Order.NEWEST:
            return conversations.newest_first()
        case Order.REPLIED:
            return conversations.most_replied_first()
    return conversations.oldest_first()
