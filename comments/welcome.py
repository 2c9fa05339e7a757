"""Whether a post is welcome now, and what a reader is told when it is not."""

from django.utils.translation import gettext

from reviews.models import Article

from . import closing
from .models import Comment
from .rate_limits import TooMany
from .spam import Submission
from .spam.rules import FLOOD_WINDOW, MOST_FROM_ADDRESS, sent_lately


class Refused(Exception):
    """The post is not taken; the message says what the reader can do."""


class Closed(Refused):
    """The article takes no replies."""

    def __init__(self) -> None:
        super().__init__(
            gettext(
                "Replies to this article are closed, so yours was not sent. Your words are below; "
                "copy them if you want to keep them."
            )
        )


class NoSuchParent(Refused):
    """What it answers is not there to be answered: of another article, or not approved."""

    def __init__(self) -> None:
        super().__init__(
            gettext(
                "The comment you answer is no longer here. Your words are below: send them as a "
                "reply to the article instead, or keep a copy."
            )
        )


def require(article: Article, parent: Comment | None, post: Submission) -> None:
    """Raises `Closed`, `NoSuchParent` or `rate_limits.TooMany`. At most three queries."""
    if not closing.of(article, post.limits).open:
        raise Closed
    if parent is not None and not _can_be_answered(parent, article):
        raise NoSuchParent
    _limit_rate(post)


def _can_be_answered(parent: Comment, article: Article) -> bool:
    return Comment.objects.on(article).approved().filter(pk=parent.pk).exists()


def _limit_rate(post: Submission) -> None:
    """Raises `TooMany` when the address has sent its share. One query."""
    times = sent_lately(post)
    if len(times) == MOST_FROM_ADDRESS:
        raise TooMany(times[-1] + FLOOD_WINDOW - post.at)
