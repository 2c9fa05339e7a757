"""For each field of a row another value that its constraints allow."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db import models
from django.utils import timezone

from comments.models import Comment
from reviews.models import Article, Film, Image


def changes_of(row: models.Model) -> Iterator[dict[str, Any]]:
    """Updates that change one field each, and whatever a constraint binds to it."""
    together: dict[str, dict[str, Any]] = {}
    if isinstance(row, Image):
        together["decorative"] = {"decorative": True, "alt_text": ""}
    if isinstance(row, Article):
        of_reviews = {"film": None, "rating": None, "verdict": "", "seen": "", "screening": None}
        together["kind"] = {"kind": "feature", **of_reviews}
        together["deleted_at"] = {"deleted_at": timezone.now(), "status": "deleted"}
        together["unrated"] = {"unrated": True, "rating": None}
        together["comment_policy"] = {
            "comment_policy": "closes_after",
            "comments_close_after_days": 1,
        }
    if isinstance(row, Film):
        together["episodes"] = {"kind": "series", "episodes": 9}
    if isinstance(row, Comment):
        below = Comment.objects.exclude(pk=row.pk).values_list("pk", flat=True)[0]
        together["parent"] = together["root"] = {"parent": below, "root": below}
    for field in row._meta.local_concrete_fields:
        if not field.primary_key:
            other = _another(field, getattr(row, field.attname))
            yield together.get(field.name, {field.attname: other})


def _another(field: Any, value: Any) -> Any:
    """A valid value that is not this one."""
    if field.remote_field:
        other = field.remote_field.model._default_manager.exclude(pk=value).order_by("-pk").first()
        return other.pk if other else None if field.null else value
    if field.choices:
        return next(key for key, _ in field.flatchoices if key != value)
    if isinstance(field, models.BooleanField):
        return not value
    if isinstance(field, models.JSONField):
        return {}
    if isinstance(field, models.DateTimeField):
        return (value or timezone.now()) - timedelta(days=400)
    if isinstance(field, models.DateField):
        return timezone.localdate() - timedelta(days=400)
    if isinstance(field, models.IntegerField):
        return (value or 6) + 1 if (value or 0) < 10 else value - 1
    if isinstance(field, models.FloatField | models.DecimalField):
        return 0.25 if value != 0.25 else 0.5
    return f"https://else.example/{field.name}" if isinstance(field, models.URLField) else "xx"
