"""Work that is a row."""

from django.db import models


class Claimed(models.Model):
    """`claimed_at` is when a process took the row in hand (comments/claims.py)."""

    claimed_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True
