"""The masthead, what the publication says about itself; and what workers say of themselves. Each is
one row."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from reviews.models import written_once


class MastheadManager(models.Manager["Masthead"]):
    def current(self) -> "Masthead":
        """The one row, or its defaults when nobody has saved it yet. One query."""
        found: list[Masthead] = written_once.rows("masthead", self._the_one, {})
        return found[0] if found else Masthead(pk=Masthead.THE_ONE)

    def _the_one(self) -> "models.QuerySet[Masthead]":
        return self.filter(pk=Masthead.THE_ONE)


class Masthead(models.Model):
    """Name, tagline, standing paragraphs and policies; edited in the admin, one row only."""

    THE_ONE = 1

    name = models.CharField(max_length=80, default="The Publication")
    tagline = models.CharField(max_length=160, blank=True)
    about = models.TextField(
        blank=True,
        max_length=3000,
        help_text="Who you are and what you cover. Stands under every article and on /about/. "
        "A blank line starts a new paragraph.",
    )
    contact_email = models.EmailField("contact e-mail", blank=True)
    rating_scale = models.TextField(
        blank=True, max_length=1500, help_text="What the stars mean, for /about/."
    )
    comment_policy = models.TextField(
        blank=True, max_length=3000, help_text="What is welcome under an article."
    )
    comment_notice = models.CharField(
        max_length=300,
        default="Comments are screened for spam and read by a moderator before they appear.",
        help_text="Stands under the reply form, before the link to how comment data is processed.",
    )
    comment_privacy = models.TextField(
        blank=True,
        max_length=5000,
        help_text="Your own words for /privacy/comments/, above what the software says it keeps.",
    )

    objects = MastheadManager()

    class Meta:
        verbose_name_plural = "masthead"
        constraints = [
            models.CheckConstraint(name="masthead_is_one_row", condition=Q(pk=1)),
        ]

    def __str__(self) -> str:
        return self.name


class Purge(models.Model):
    """How far the CDN in front was told what changed; one row (publication/pagecache/purging.py).

    `position` is one of changes.py, in `era`; up to `settled` all was told a second time.
    `problem` follows “The CDN” and is why nothing was told since `failing_since`.
    """

    THE_ONE = 1
    LONGEST_PROBLEM = 300

    era = models.CharField(max_length=120, blank=True)
    position = models.TextField(blank=True)
    settled = models.TextField(blank=True)
    moved_at = models.DateTimeField(default=timezone.now)
    asked_at = models.DateTimeField(default=timezone.now)
    failures = models.PositiveIntegerField(default=0)
    failing_since = models.DateTimeField(null=True)
    next_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=LONGEST_PROBLEM, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="purge_is_one_row", condition=Q(pk=1)),
        ]

    def __str__(self) -> str:
        return f"CDN told at {self.asked_at:%Y-%m-%d %H:%M:%S}"


class Heartbeat(models.Model):
    """When a worker last said that it is at work; one row for all of them."""

    WORKER = 1

    beat_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="heartbeat_is_one_row", condition=Q(pk=1)),
        ]

    def __str__(self) -> str:
        return f"Worker at {self.beat_at:%Y-%m-%d %H:%M:%S}"


class WorkerProcess(models.Model):
    """A worker that was started and not told to stop, and when it last said that it is at work."""

    machine = models.CharField(max_length=255)
    process = models.PositiveIntegerField()
    beat_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["machine", "process"], name="worker_process_once"),
        ]

    def __str__(self) -> str:
        return f"{self.machine} (process {self.process})"


class FailingErrand(models.Model):
    """What a worker tries and cannot do, until it can."""

    name = models.CharField(max_length=60, unique=True)
    since = models.DateTimeField()
    problem = models.CharField(max_length=100)

    def __str__(self) -> str:
        return self.name
