"""Deleted pieces, gone for good: when their time is over, or sooner where somebody asks for it.

First a piece is given up, so that nobody brings it back without what went already; then it goes
some at a time, as it may have thousands of comments. The worker ends what was begun.
"""

from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from typing import Any

from django.contrib.admin.models import DELETION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import CASCADE, QuerySet

from . import batches, publishing
from .models import Article, DeletedArticle, Review

AT_THE_PRESS = 5  # batches that whoever asks for it waits for, a second; few pieces have more


def let_go_next() -> bool:
    """Some of a piece that nobody brings back any more; whether there was any."""
    over = Article.objects.given_up().order_by("pk")
    article = over.only("headline", "status", "deleted_at", "version").first()
    if article:
        with suppress(publishing.Conflict):  # brought back in the last moment, or gone meanwhile
            publishing.give_up(article)
            _let_some_go(article.pk)
    return article is not None


def delete_for_good(article: Article) -> None:
    """With what the newsroom's history tells of its fields; that it was deleted, when and by whom
    stays, under its headline. Raises `NotAllowed`, `Conflict`."""
    publishing.give_up(article)
    transaction.on_commit(partial(_begin, article.pk), robust=True)


def _begin(pk: int) -> None:
    for _ in range(AT_THE_PRESS):
        if not _let_some_go(pk):
            return


def _let_some_go(pk: int) -> bool:
    """Of what is below it, or, where that is gone, the piece; whether there is more."""
    if any(batches.deleted_some(rows) for rows in _below(pk)):
        return True
    rooms = ContentType.objects.get_for_models(
        Article, Review, DeletedArticle, for_concrete_models=False
    )
    told = LogEntry.objects.filter(content_type__in=rooms.values(), object_id=str(pk))
    with transaction.atomic():
        told.exclude(action_flag=DELETION).delete()
        Article.objects.given_up().filter(pk=pk).delete()
    return False


def _below(pk: int) -> Iterator[QuerySet[Any]]:
    """What others than this floor hang on a piece, of which there may be very many: comments."""
    for relation in Article._meta.related_objects:
        model: Any = relation.related_model
        ours = model._meta.app_label == Article._meta.app_label
        if relation.on_delete is CASCADE and not ours:
            yield model._default_manager.filter(**{relation.field.name: pk})
