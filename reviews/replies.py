"""Where what readers say is to be found. It belongs to another app, which templates know and this
one does not."""

from django.template.loader import render_to_string

from .models import Article


def of(article: Article) -> tuple[str, str]:
    """Where it is on the piece's page, and the path of the feed of it."""
    place, feed = _said(article)
    return place, feed


def of_all() -> str:
    """The path of the feed of all that readers say."""
    (feed,) = _said(None)
    return feed


def _said(article: Article | None) -> list[str]:
    return render_to_string("reviews/feed_replies.txt", {"article": article}).split()
