"""Deleted pieces go for good when their time is over, or sooner where somebody asks for it."""

from datetime import timedelta

from django.contrib.admin.models import DELETION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone

from .models import Article, DeletedArticle, Review

KEPT = timedelta(days=30)  # what can be brought back; as long as WordPress keeps its trash


def forget_deleted() -> None:
    """Delete for good what was deleted `KEPT` ago."""
    long_ago = timezone.now() - KEPT
    old = Article.objects.deleted().filter(deleted_at__lt=long_ago).order_by("pk")
    for pk in old.values_list("pk", flat=True):
        with transaction.atomic():
            if article := old.select_for_update().filter(pk=pk).first():
                delete_for_good(article)


def delete_for_good(article: Article) -> None:
    """With what the newsroom's history tells of its fields; that it was deleted, when and by whom
    stays, under its headline."""
    rooms = ContentType.objects.get_for_models(
        Article, Review, DeletedArticle, for_concrete_models=False
    )
    told = LogEntry.objects.filter(content_type__in=rooms.values(), object_id=str(article.pk))
    with transaction.atomic():
        told.exclude(action_flag=DELETION).delete()
        article.delete()
