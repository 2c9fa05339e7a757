"""What tests of the search ask, and the worker's part in it."""

import re
from datetime import timedelta

from django.db import connection
from django.test import Client
from django.utils import timezone

from reviews.finding import changes, index
from reviews.models import Article
from tests.factories import make_article

BEHIND = "not all of it can be found yet"  # said on the page of a search


def read_all() -> None:
    """As the worker does, until nothing is left to be read."""
    while index.read_next():
        pass


def unread() -> int:
    """Changes that the worker has not read yet."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {changes.TABLE}")
        return int(cursor.fetchone()[0])


def page(query: str) -> str:
    return Client().get("/search/", {"q": query}).content.decode()


def found(query: str) -> list[str]:
    """Addresses of the pieces on the search page."""
    return re.findall(r'found__title"[^>]*><a href="([^"]+)"', page(query))


def dated(*days_ago: int) -> list[Article]:
    """Pieces with “Zanzibar” in their headline, of so many days ago."""
    made = [make_article(headline="Zanzibar") for _ in days_ago]
    for article, days in zip(made, days_ago, strict=True):
        at = timezone.now() - timedelta(days=days)
        Article.objects.filter(pk=article.pk).update(publish_at=at, first_published_at=at)
    return made
