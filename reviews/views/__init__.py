"""The public pages: the front, the articles, the lists, and what articles are about."""

from .articles import article, preview, render_article, shared_preview
from .front import front
from .lists import archive, archive_month, of_kind, review_list, section, tag
from .searching import search
from .subjects import edition, festivals, film, person, reviewer

__all__ = [
    "archive",
    "archive_month",
    "article",
    "edition",
    "festivals",
    "film",
    "front",
    "of_kind",
    "person",
    "preview",
    "render_article",
    "review_list",
    "reviewer",
    "search",
    "section",
    "shared_preview",
    "tag",
]
