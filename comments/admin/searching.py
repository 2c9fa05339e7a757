"""What moderators look for: words of a comment, of who wrote it, and of what it is about.

All comments of a state are gone through; which articles have a word in their headline is asked
once and not of each comment, where that took four fifths of the time.
"""

import re

from django.db.models import Q, Subquery
from django.utils.text import smart_split, unescape_string_literal

from reviews.models import Article
from reviews.models.article_queries import Among
from reviews.numbers import key

from ..models import CommentQuerySet

COLUMNS = ("text", "author_name", "author_email", "author_url")
# As readers have it, and letters about it: its place on a page, or an address of its own.
_ADDRESS = re.compile(
    r"(?=https?://|/)(?:\S*#comment-([0-9]+)"
    r"|\S*?/comments/(?:comment/|conversation/)?([0-9]+)/\S*)"
)


def number_in(said: str) -> int:
    """The key of the comment whose address this is; 0 where it is none."""
    found = _ADDRESS.fullmatch(said.strip())
    return key(found[1] or found[2]) if found else 0


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
