"""What editors say about the rules: whether each counts, only watches, or rests."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class RuleSetting(models.Model):
    """How one rule of settings.COMMENTS_RULES is used. A rule without a row is on."""

    class Mode(models.TextChoices):
        ON = "on", "On"
        DRY_RUN = "dry_run", "Dry run"
        OFF = "off", "Off"

    rule = models.CharField(max_length=60, unique=True)
    mode = models.CharField(max_length=8, choices=Mode, default=Mode.ON)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="rule_settings"
    )
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "rule"
        ordering = ["rule"]
        constraints = [
            models.CheckConstraint(
                name="rule_mode_is_known", condition=Q(mode__in=["on", "dry_run", "off"])
            )
        ]

    def __str__(self) -> str:
        return f"{self.rule}: {self.get_mode_display().lower()}"
