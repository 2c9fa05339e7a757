"""Comments as WordPress eXtended RSS has them, beneath their piece (wordpress.py reads them)."""

from collections.abc import Iterator
from html import escape

from reviews.models import Article, Reviewer
from reviews.wordpress.elements import element, moments

from .models import Comment

Status = Comment.Status

# What is neither for readers nor spam is in the trash there, and is left behind by most imports.
STATES = {
    Status.APPROVED: "1",
    Status.PENDING: "0",
    Status.SPAM: "spam",
    Status.REJECTED: "trash",
    Status.WITHDRAWN: "trash",
}

# Characters that WordPress has for them: of a comment with more it takes nothing in.
LONGEST_EMAIL, LONGEST_URL = 100, 200


class Replies:
    """Of one export. Without `addresses` no e-mail address goes out."""

    def __init__(self, *, addresses: bool) -> None:
        self.addresses = addresses
        logins = Reviewer.objects.exclude(user=None).values_list("user", "pk")
        self._writers: dict[int, int] = dict(logins)
        self.number = 0

    def of(self, article: Article) -> Iterator[str]:
        """One after the other, parents first; nothing of what was erased, and what answers that
        stands by itself: WordPress would hang it under whatever has that number there."""
        comments, here = Comment.objects.filter(article=article).order_by("pk"), set[int]()
        for comment in comments.iterator(500):
            if comment.text:
                self.number += 1
                here.add(comment.pk)
                parent = comment.parent_id or 0
                yield self._written(comment, parent if parent in here else 0)

    def _written(self, comment: Comment, parent: int) -> str:
        email = _fitting(comment.author_email, LONGEST_EMAIL) if self.addresses else ""
        return (
            f"<wp:comment>\n<wp:comment_id>{comment.pk}</wp:comment_id>\n"
            + element("wp:comment_author", comment.author_name)
            + element("wp:comment_author_email", email)
            + element("wp:comment_author_url", _fitting(comment.author_url, LONGEST_URL))
            + element("wp:comment_author_IP", "")
            + moments("wp:comment_date", comment.submitted_at)
            + element("wp:comment_content", escape(comment.text, quote=False))
            + element("wp:comment_approved", STATES[Status(comment.status)])
            + element("wp:comment_type", "comment")
            + f"<wp:comment_parent>{parent}</wp:comment_parent>\n"
            + f"<wp:comment_user_id>{self._writers.get(comment.written_by_id or 0, 0)}"
            + "</wp:comment_user_id>\n</wp:comment>\n"
        )


def _fitting(words: str, most: int) -> str:
    """They, or nothing: a part of an address is another one."""
    return words if len(words) <= most else ""
