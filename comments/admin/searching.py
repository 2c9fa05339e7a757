"""What moderators look for: words of a comment, of who wrote it, and of what it is about.

All comments of a state are gone through; which articles have a word in their headline is asked
once and not of each comment, where that took four fifths of the time.
"""

from django.db.models import Q, Subquery
from django.utils.text import smart_split, unescape_string_literal

from reviews.models import Article
from reviews.models.article_queries import Among

from ..models import CommentQuerySet

COLUMNS = ("text", "author_name", "author_email", "author_url")


def having(comments: CommentQuerySet, said: str) -> CommentQuerySet:
    """Those that have every word, or what is in quotation marks as it stands, somewhere."""
    for word in smart_split(said):
        if word[0] in "\"'" and word[0] == word[-1]:
            word = unescape_string_literal(word)
        headlines = Article.objects.order_by().filter(headline__icontains=word)
        found = Q(Among("article", Subquery(headlines.values("pk"))))
        for column in COLUMNS:
            found |= Q(**{f"{column}__icontains": word})
        comments = comments.filter(found)
    return comments
