"""The pieces that moderators know of: whoever names another by its number is told nothing of it."""

from django.db.models import Exists, OuterRef

from reviews.models import Article
from reviews.models.article_queries import ArticleQuerySet

from ..models import Comment


def known() -> ArticleQuerySet:
    """Those that readers see, and those with comments that are not deleted."""
    comments = Comment.objects.order_by().filter(article=OuterRef("pk"))
    return Article.objects.published() | Article.objects.not_deleted().filter(Exists(comments))
