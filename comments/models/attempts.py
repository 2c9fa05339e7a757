"""What was tried lately of the things that are limited, under names that nobody can read."""

from django.db import models


class Attempt(models.Model):
    """One try. Kept for a day at most; `comments/rate_limits.py` counts them."""

    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=64)  # a keyed hash of an address, or of a login's name
    made_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["kind", "name", "made_at"], name="attempt_by_name"),
            models.Index(fields=["made_at"], name="attempt_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} at {self.made_at:%H:%M}"
