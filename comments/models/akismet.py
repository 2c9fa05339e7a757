"""What Akismet is to be asked and told, row by row, and how it fares."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone

from .claims import Claimed
from .comments import Comment
from .decisions import Decision

SENT_KEPT = timedelta(days=15)  # what was sent; most mistakes come to light within two weeks


class Owed(Claimed):
    """One request that is owed to the service; none is while `next_at` is empty.

    `problem` is why the last attempt came to nothing.
    """

    next_at = models.DateTimeField(null=True, default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=400, blank=True)

    class Meta(Claimed.Meta):
        abstract = True


class AkismetCheck(Owed):
    """A comment that is checked, and what was answered: “true” is spam, “false” is not, “” nothing
    yet.

    `sealed` are the fields that are sent, encrypted (comments/akismet/sent_fields.py); they are
    kept nowhere else, and here for SENT_KEPT.
    """

    comment = models.OneToOneField(Comment, on_delete=models.CASCADE, related_name="akismet")
    sealed = models.TextField(blank=True)
    sealed_at = models.DateTimeField(default=timezone.now)
    recheck_reason = models.CharField(max_length=20, blank=True)
    rechecks = models.PositiveSmallIntegerField(default=0)
    verdict = models.CharField(max_length=5, blank=True)
    discard = models.BooleanField(default=False)
    guid = models.CharField(max_length=64, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["next_at"], name="akismet_check_owed", condition=Q(next_at__isnull=False)
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="akismet_verdict_is_known", condition=Q(verdict__in=["", "true", "false"])
            )
        ]

    def __str__(self) -> str:
        return f"check of comment {self.comment_id}"

    def kept_until(self) -> datetime:
        """When what was sent is dropped."""
        return self.sealed_at + SENT_KEPT


class AkismetFeedback(Owed):
    """What a person decided, to be told once a direction: spam, or not. `sent_at` ends it."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="akismet_feedback")
    is_spam = models.BooleanField()
    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="+")
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["next_at"], name="akismet_feedback_owed", condition=Q(next_at__isnull=False)
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["comment", "is_spam"],
                name="akismet_is_told_once_a_direction",
                violation_error_message="Akismet was told this already.",
            )
        ]

    def __str__(self) -> str:
        return f"comment {self.comment_id} is {'spam' if self.is_spam else 'not spam'}"


class AkismetHealth(models.Model):
    """How the service fares: one row, written by comments/akismet/health.py alone.

    `key_mark` tells one key, site and address from another, and none of them can be read from it.
    While `stopped_at` is set nothing is asked, until the key was verified again; before
    `paused_until` neither.
    """

    THE_ONE = 1

    key_mark = models.CharField(max_length=64, blank=True)
    verified_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    paused_until = models.DateTimeField(null=True)
    succeeded_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)  # since the last success
    problem = models.CharField(max_length=400, blank=True)
    alert_code = models.CharField(max_length=10, blank=True)
    alert = models.CharField(max_length=300, blank=True)
    usage = models.JSONField(null=True)  # as spam.akismet.Usage
    usage_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = verbose_name_plural = "Akismet"
        default_permissions = ("view", "change")
        constraints = [
            models.CheckConstraint(name="akismet_health_is_one_row", condition=Q(pk=1)),
        ]

    def __str__(self) -> str:
        return "Akismet"
