"""Comments that moved here from elsewhere."""

from django.db import models

from .comments import Comment


class ImportedComment(models.Model):
    """One of another system's export, and the row it became; without one, it was deleted here.
    `origin` is what it is known by there for ever."""

    origin = models.CharField(max_length=64, unique=True)
    comment = models.ForeignKey(
        Comment, null=True, on_delete=models.SET_NULL, related_name="imported_from"
    )

    def __str__(self) -> str:
        return self.origin
