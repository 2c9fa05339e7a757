"""Which of the newsroom's mails somebody who works there does not want."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class StoppedMail(models.Model):
    """One kind of mail to one login, from when it was stopped until its owner wants it again."""

    class What(models.TextChoices):
        DAILY = "daily", "Comments that wait or were reported"
        URGENT = "urgent", "Many comments wait"
        RETURNED = "returned", "A piece was returned to you"

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="stopped_mails"
    )
    what = models.CharField(max_length=8, choices=What)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "what"],
                name="a_mail_is_stopped_once",
                violation_error_message="This mail is stopped already.",
            ),
            models.CheckConstraint(
                name="stopped_mail_is_known", condition=Q(what__in=["daily", "urgent", "returned"])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what} to user {self.user_id}"
