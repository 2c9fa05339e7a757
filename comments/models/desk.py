"""What moderators leave behind besides decisions: acts, edits, marks, and where they look."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Count, F, Max, Min, Q
from django.utils import timezone

from reviews import names

from .comments import Comment

UNDO_OFFERED = timedelta(hours=1)  # how long the desk offers to undo what you just did
CHOSEN_BY = ("all from the e-mail address", "all with a link to")  # what is written follows
ERASED_LIKENESS = "all alike in what its writer had erased"
LOOK_LASTS = timedelta(seconds=90)  # long enough to read a comment, short enough to let go


class ActQuerySet(models.QuerySet["Act"]):
    def undoable(self, by: int, since: datetime) -> "ActQuerySet":
        """A moderator's own acts of which something can still be taken back, the newest first.

        Each with `left` (comments that nothing happened to since), the names of one of them, and
        what was made of them (`to_status`, all of them where `at_once` is the same). One query.
        """
        left = Q(decisions__version=F("decisions__comment__version"))
        return (
            self.filter(by=by, made_at__gte=since)
            .annotate(
                left=Count("decisions", filter=left),
                comment_id=Min("decisions__comment", filter=left),
                author_name=Min("decisions__comment__author_name", filter=left),
                headline=Min("decisions__comment__article__headline", filter=left),
                to_status=Max("decisions__to_status"),
                at_once=Min("decisions__to_status"),
            )
            .filter(left__gt=0)
            .order_by("-pk")
        )

    def erase(self, written: str) -> int:
        """Take what a writer gave, an address or a link, out of how acts chose their comments,
        also where it was too long to be kept whole; how many there were."""
        limit = Act._meta.get_field("about").max_length
        named = Q(about__icontains=written)
        for before in CHOSEN_BY:
            named |= Q(about__iexact=f"{before} {written}"[:limit])
        return self.filter(named).update(about=ERASED_LIKENESS)


class Act(models.Model):
    """One press of a moderator, over one comment or many; it is undone as one.

    `about` says how the comments were chosen when it was not one by one.
    """

    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="acts")
    made_at = models.DateTimeField(default=timezone.now, db_index=True)
    about = models.CharField(max_length=200, blank=True)

    objects = ActQuerySet.as_manager()

    def __str__(self) -> str:
        return self.about or f"act {self.pk}"


class CommentEdit(models.Model):
    """A comment's words as they were before an edit; “” once a moderator took them away for good.

    `version` is the comment's after it. `by` is the moderator; the writer's own edits have none.
    """

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="edits")
    before = models.TextField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="comment_edits",
    )
    version = models.PositiveIntegerField()
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["version"]
        constraints = [
            models.UniqueConstraint(
                fields=["comment", "version"],
                name="edit_follows_one_state",
                violation_error_message="Somebody else changed this comment meanwhile.",
            )
        ]

    def __str__(self) -> str:
        return f"version {self.version} of comment {self.comment_id}"

    def did(self) -> str:
        """As a decision says what it did."""
        return "edited"

    def who(self) -> str:
        """The moderator's name, or the writer."""
        return names.of_colleague(self.by) if self.by else "its writer"


class Mark(models.Model):
    """What a moderator said of a comment, or did to it, without moving it. Never changed."""

    class What(models.TextChoices):
        PICKED = "picked", "made an editors’ pick"
        UNPICKED = "unpicked", "no longer an editors’ pick"
        KEPT = "kept", "reports read, kept"
        FORGOTTEN = "forgotten", "earlier words taken away for good"

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="marks")
    what = models.CharField(max_length=10, choices=What)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="comment_marks"
    )
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="mark_is_known",
                condition=Q(what__in=["picked", "unpicked", "kept", "forgotten"]),
            )
        ]

    def __str__(self) -> str:
        return f"{self.did()} by {self.who()}"

    def did(self) -> str:
        """As a decision says what it did."""
        return str(self.get_what_display())

    def who(self) -> str:
        """The moderator's name."""
        return names.of_colleague(self.by)


class Look(models.Model):
    """Which comments a moderator has in front of them: a courtesy, not a lock. One row each."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="look"
    )
    comments = models.JSONField(default=list)  # their keys; a page of the desk, so 25 at most
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.user} at {self.at:%H:%M:%S}"
