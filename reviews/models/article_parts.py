"""What belongs to one article alone: its bylines, the pictures in its body, its revisions."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from .images import Image
from .people import Reviewer


class Byline(models.Model):
    """Who an article is by, in order."""

    class Role(models.TextChoices):
        WORDS = "words", "Words"
        PHOTOGRAPHS = "photographs", "Photographs"
        INTERVIEW = "interview", "Interview"

    article = models.ForeignKey("Article", on_delete=models.CASCADE, related_name="bylines")
    reviewer = models.ForeignKey(Reviewer, on_delete=models.PROTECT, related_name="bylines")
    role = models.CharField(max_length=12, choices=Role, default=Role.WORDS)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "reviewer", "role"],
                name="byline_said_once",
                violation_error_message="This byline is in the list already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.reviewer.name} ({self.get_role_display().lower()})"

    def said(self) -> str:
        """Its role as it stands before the name."""
        return "Written by" if self.role == self.Role.WORDS else f"{self.get_role_display()} by"


class Placement(models.Model):
    """A picture that stands in an article's body: kept by publishing.place_pictures.

    The foreign key protects: a picture that a body uses cannot be deleted.
    """

    article = models.ForeignKey("Article", on_delete=models.CASCADE, related_name="placements")
    image = models.ForeignKey(Image, on_delete=models.PROTECT, related_name="placements")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["article", "image"], name="placement_said_once")
        ]

    def __str__(self) -> str:
        return f"{self.image} in {self.article}"


class Revision(models.Model):
    """The words of an article as they stood when it was published or substantively changed."""

    article = models.ForeignKey("Article", on_delete=models.CASCADE, related_name="revisions")
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    headline = models.CharField(max_length=200)
    standfirst = models.TextField(blank=True)
    body = models.TextField(blank=True)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.headline}, {self.made_at:%Y-%m-%d %H:%M}"
