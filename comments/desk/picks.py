"""Editors' picks: approved comments that are marked for readers. Who did it and when is kept."""

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from ..models import Comment, Mark


def pick(comment: Comment, *, by: User) -> bool:
    """Mark it, if it is approved, as `by` saw it, and not marked yet."""
    now = timezone.now()
    with transaction.atomic():
        seen = Comment.objects.approved().filter(pk=comment.pk, version=comment.version)
        if not seen.filter(picked_at=None).update(picked_at=now, picked_by=by):
            return False
        Mark.objects.create(comment=comment, what=Mark.What.PICKED, by=by, made_at=now)
    return True


def unpick(comment: Comment, *, by: User) -> bool:
    """Take the mark away, if it is there."""
    with transaction.atomic():
        marked = Comment.objects.filter(pk=comment.pk, picked_at__isnull=False)
        if not marked.update(picked_at=None, picked_by=None):
            return False
        Mark.objects.create(comment=comment, what=Mark.What.UNPICKED, by=by)
    return True
