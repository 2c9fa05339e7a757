"""What waits at the desk, and what became of it."""

from comments.models import Comment
from tests.factories import make_article, make_comment

DESK = "/admin/comments/comment/"


def make_queue(*names: str) -> None:
    article = make_article()
    for name in names:
        make_comment(article, author_name=name)


def statuses() -> list[str]:
    return list(Comment.objects.order_by("pk").values_list("status", flat=True))
