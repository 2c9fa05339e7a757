"""Presses at the desk on pieces that are deleted, and one with comments."""

from typing import Any

from django.test import Client

from comments import moderation
from reviews import publishing
from reviews.models import Article
from tests.factories import (
    make_article,
    make_comment,
    make_user,
)

DESK = "/admin/reviews/review/"
ROOM = "/admin/reviews/deletedarticle/"


def deleted(client: Client, article: Article) -> Any:
    return client.post(f"{DESK}{article.pk}/delete/", {"post": "yes"}, follow=True)


def bring_back(client: Client, article: Article) -> Any:
    return client.post(f"{ROOM}{article.pk}/bring-back/", follow=True)


def discussed(**facts: Any) -> Article:
    """Withdrawn, with a comment that was approved, and a reply to a reply."""
    article = make_article(**facts)
    comment = make_comment(article)
    reply = make_comment(article, parent=comment)
    moderation.approve([comment, reply], by=make_user("Moderator"))
    moderation.approve([make_comment(article, parent=reply)], by=make_user("Moderator"))
    publishing.withdraw(article, by=make_user("Editor"))
    return article
