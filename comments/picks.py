"""Editors' picks: approved comments that are marked for readers."""

from django.contrib.auth.models import User
from django.utils import timezone

from .models import Comment


def pick(comment: Comment, *, by: User) -> bool:
    """Mark it, if it is approved, as `by` saw it, and not marked yet."""
    seen = Comment.objects.approved().filter(pk=comment.pk, version=comment.version)
    return bool(seen.filter(picked_at=None).update(picked_at=timezone.now(), picked_by=by))


def unpick(comment: Comment) -> bool:
    """Take the mark away, if it is there."""
    marked = Comment.objects.filter(pk=comment.pk, picked_at__isnull=False)
    return bool(marked.update(picked_at=None, picked_by=None))
