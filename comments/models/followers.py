"""Readers who follow the publication by mail."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .claims import Claimed


class Follower(Claimed):
    """An e-mail address to which new pieces are mailed, once its owner has confirmed that. Whoever
    stops is deleted; no other row has the address for this.

    The row is the work too: `due_at` says when its next mail is. `told` are the keys of the pieces
    that it was told of and that could still be news; `in_hand` those of a mail that was begun at
    `begun_at` and is being sent, or was when a process died. `refused` counts mails that the server
    refused for good, one after the other. `news_from`: what was published before is none.
    """

    class Rhythm(models.TextChoices):
        DAILY = "daily", _("Each morning there is something new")
        WEEKLY = "weekly", _("Once a week")

    email = models.EmailField(max_length=254, unique=True)  # in lower case
    rhythm = models.CharField(max_length=6, choices=Rhythm, default=Rhythm.DAILY)
    made_at = models.DateTimeField(default=timezone.now)  # never changes: its links are signed so
    asked_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True)
    news_from = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    told = models.JSONField(default=list)
    in_hand = models.JSONField(default=list)
    begun_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    refused = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=120, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["due_at", "id"], name="follower_due", condition=Q(due_at__isnull=False)
            ),
            models.Index(
                fields=["asked_at"], name="follower_asked", condition=Q(confirmed_at__isnull=True)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="follower_confirmed_has_its_times",
                condition=Q(confirmed_at__isnull=True, news_from__isnull=True, due_at__isnull=True)
                | Q(confirmed_at__isnull=False, news_from__isnull=False, due_at__isnull=False),
                violation_error_message="Mails are due to whoever confirmed, and to nobody else.",
            ),
        ]

    def __str__(self) -> str:
        return f"follower {self.pk}"

    def is_confirmed(self) -> bool:
        return self.confirmed_at is not None
