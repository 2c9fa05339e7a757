"""Readers who are on their way to an account of theirs, and back."""

from django.db import models
from django.utils import timezone

from reviews.models import Article

from .comments import Comment


class AuthorizationRequest(models.Model):
    """A reader went to log in (RFC 6749, 4.1.1), from this browser, in the middle of this reply.
    Kept for an hour. `sealed` has what was typed, PKCE's verifier, and where the reader
    logs in.

    `state_hash` and `browser_hash` are of what the reader's browser has. `answered_at` is when it
    came back with that state, which it can do once, and `outcome` what came of it: NONE while the
    service is asked, and where somebody went back without logging in.
    """

    class Outcome(models.TextChoices):
        NONE = ""
        PROVEN = "proven"
        UNPROVEN = "unproven"  # a name and an address that may be anybody's
        NO_ADDRESS = "no_address"
        DECLINED = "declined"
        FAILED = "failed"

    provider = models.CharField(max_length=20)
    state_hash = models.CharField(max_length=64, unique=True)
    browser_hash = models.CharField(max_length=64)
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+")
    parent = models.ForeignKey(Comment, null=True, on_delete=models.SET_NULL, related_name="+")
    sealed = models.TextField()
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["made_at"], name="authorization_by_time"),
            models.Index(fields=["browser_hash"], name="authorization_by_browser"),
        ]

    def __str__(self) -> str:
        return f"login with {self.provider} at {self.made_at:%H:%M}"
