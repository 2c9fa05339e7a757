"""Articles as two desks of the newsroom have them: reviews, and what was deleted."""

from typing import Any

from django.db import models

from .article_queries import ArticleQuerySet
from .articles import Article


class ReviewManager(models.Manager.from_queryset(ArticleQuerySet)):  # type: ignore[misc]
    def get_queryset(self) -> Any:
        return super().get_queryset().reviews()


class Review(Article):
    """An article of kind review."""

    objects = ReviewManager()  # type: ignore[misc]

    class Meta:
        proxy = True


class DeletedManager(models.Manager.from_queryset(ArticleQuerySet)):  # type: ignore[misc]
    def get_queryset(self) -> Any:
        return super().get_queryset().can_be_brought_back()


class DeletedArticle(Article):
    """An article of any kind that was deleted, as long as it can be brought back."""

    objects = DeletedManager()  # type: ignore[misc]

    class Meta:
        proxy = True
        ordering = ["-deleted_at", "-pk"]
        verbose_name = "deleted piece"
