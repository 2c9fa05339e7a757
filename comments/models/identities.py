"""Writers whose e-mail address is proven, and the mails that are owed."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .claims import Claimed
from .comments import Comment
from .followers import Follower


def new_key() -> str:
    return secrets.token_urlsafe(32)


class Identity(models.Model):
    """A mailbox whose owner followed a mailed link, or logged in elsewhere; browsers that did so
    carry `key`, signed.

    Approvals before `earned_since` are forgotten. The comments that were written under it point
    here; all others with the same e-mail address do not.
    """

    email = models.EmailField(max_length=254, unique=True)  # in lower case
    key = models.CharField(max_length=64, unique=True, default=new_key)
    proven_at = models.DateTimeField(default=timezone.now)
    used_at = models.DateTimeField(default=timezone.now)
    earned_since = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name_plural = "identities"

    def __str__(self) -> str:
        return f"identity {self.pk}"


class Subscription(models.Model):
    """Its writer wants to hear of replies to a comment; nothing is sent until that is confirmed
    through a mailed link, and nothing after it ended."""

    comment = models.OneToOneField(Comment, on_delete=models.CASCADE, related_name="subscription")
    confirmed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"replies to comment {self.comment_id}"

    def is_live(self) -> bool:
        return self.confirmed_at is not None and self.ended_at is None


class Notice(Claimed):
    """A mail that is owed, to the writer of a comment, to a follower or to a user. No address is
    kept in it.

    `key` says what it is about, so that nothing is owed twice. `error` names the kind of the last
    failure; `dropped_at` says that it was no longer wanted, or could not be sent at all.
    """

    class Kind(models.TextChoices):
        CONFIRM = "confirm", _("Confirm an e-mail address")
        REPLY = "reply", _("A reply was approved")
        KEPT = "kept", _("What is kept of a writer")
        FOLLOW = "follow", _("Following by mail")
        DIGEST = "digest", "Comments are waiting"
        AKISMET = "akismet", "Akismet refuses key or site"
        TROUBLE = "trouble", "Something stands still"
        PASSWORD = "password", "A password was forgotten"
        CHANGED = "changed", "A password was changed"
        RETURNED = "returned", "A piece was returned to its writer"

    kind = models.CharField(max_length=10, choices=Kind)
    key = models.CharField(max_length=120, unique=True)
    writer_of = models.ForeignKey(
        Comment, null=True, on_delete=models.CASCADE, related_name="notices"
    )
    follower = models.ForeignKey(
        Follower, null=True, on_delete=models.CASCADE, related_name="notices"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="notices"
    )
    about = models.ForeignKey(Comment, null=True, on_delete=models.CASCADE, related_name="+")
    due_at = models.DateTimeField(default=timezone.now)
    made_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=120, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["due_at"],
                name="notice_owed",
                condition=Q(sent_at__isnull=True, dropped_at__isnull=True),
            ),
            models.Index(
                fields=["sent_at"], name="notice_sent", condition=Q(sent_at__isnull=False)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="notice_has_one_recipient",
                condition=Q(writer_of__isnull=False, follower__isnull=True, user__isnull=True)
                | Q(writer_of__isnull=True, follower__isnull=False, user__isnull=True)
                | Q(writer_of__isnull=True, follower__isnull=True, user__isnull=False),
                violation_error_message="A notice is owed to one writer, follower or user.",
            )
        ]

    def __str__(self) -> str:
        return self.key
