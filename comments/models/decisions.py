"""What the rules found in a comment, and what was decided about it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from reviews import names

from .comments import Comment

REASON_LIMIT = 300
REPORTED = "reported"  # the rule, and what it says, of a reader’s report

# What decisions are signed with that no moderator made.
SCREENING = "screening"  # what the rules made of it when it came in
TRUST = "trust"  # an approval that its writer had earned
REPORTS = "reports"  # back to pending, because readers reported it
AKISMET = "akismet"
WRITER = "writer"  # a withdrawal
EDITED = "edited"  # what an edit does to the state
IMPORT = "import"  # the state in which a comment moved here

# Whose doing that is, for colleagues (“approved by …”) and for the writer (“approved …”).
DECIDED_BY = {
    SCREENING: ("the rules", _("by our rules")),
    TRUST: (
        "the rules (trusted writer)",
        _("by our rules, since moderators approved earlier comments from this address"),
    ),
    REPORTS: ("readers’ reports", _("because readers reported it")),
    AKISMET: ("Akismet", _("by Akismet, a service that looks for spam")),
    WRITER: ("its writer", _("by you")),
    EDITED: ("its writer, who changed it", _("because you changed it")),
    IMPORT: ("whoever moderated where it came from", _("where it was before it came here")),
}


class Finding(models.Model):
    """What one rule saw in a comment: points, and the evidence as codes and values
    (comments/evidence.py; in words: comments/spam/sentences.py).

    `quotes` are the pieces of the text it is about, `against` those that speak for the comment;
    `resembles` a comment that it is like.
    `counted` is false for a rule on dry run: its points are not part of the comment's score.
    """

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="findings")
    rule = models.CharField(max_length=60)
    points = models.IntegerField()
    evidence = models.JSONField(default=list)
    quotes = models.JSONField(default=list, blank=True)
    against = models.JSONField(default=list, blank=True)
    resembles = models.ForeignKey(
        Comment, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    counted = models.BooleanField(default=True)
    found_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-points", "pk"]
        indexes = [models.Index(fields=["found_at"], name="finding_by_time")]

    def __str__(self) -> str:
        return f"{self.rule} ({self.points:+d})"


class Decision(models.Model):
    """One move of a comment: who or which rule, from, to, why and when. Never changed.

    `version` is the comment's after the move: no two decisions can follow the same state.
    """

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="decisions")
    from_status = models.CharField(max_length=10, choices=Comment.Status, blank=True)
    to_status = models.CharField(max_length=10, choices=Comment.Status)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="decisions",
    )
    rule = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=REASON_LIMIT, blank=True)
    version = models.PositiveIntegerField()
    made_at = models.DateTimeField(default=timezone.now)
    act = models.ForeignKey(
        "comments.Act", null=True, blank=True, on_delete=models.PROTECT, related_name="decisions"
    )
    undoes = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="undone_by"
    )

    class Meta:
        ordering = ["version"]
        indexes = [models.Index(fields=["made_at"], name="decision_by_time")]
        constraints = [
            models.UniqueConstraint(
                fields=["comment", "version"],
                name="decision_follows_one_state",
                violation_error_message="Somebody else decided about this comment meanwhile.",
            ),
            models.CheckConstraint(
                name="decision_has_an_author",
                condition=Q(by__isnull=False) | ~Q(rule=""),
                violation_error_message="A decision is somebody's or some rule's.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_status or 'new'} → {self.to_status}"

    def can_be_undone(self) -> bool:
        """Whether there is a state to go back to; moderation.undo asks whether it still may."""
        withdrawn = self.to_status == Comment.Status.WITHDRAWN  # that stays with the writer
        return bool(self.from_status) and self.undoes_id is None and not withdrawn

    def who(self) -> str:
        """The moderator's name, or what decided instead, in words for colleagues."""
        if self.by is not None:
            return names.of_colleague(self.by)
        return DECIDED_BY.get(self.rule, DECIDED_BY[SCREENING])[0]

    def whose(self) -> str:
        """The same for the comment's writer, in the language of the page; no moderator is named."""
        if self.by_id is not None:
            return gettext("by a moderator")
        return str(DECIDED_BY.get(self.rule, DECIDED_BY[SCREENING])[1])

    def why(self) -> str:
        """The moderator's reason; what decided instead has said its own in `who` and `whose`."""
        return self.reason if self.by_id is not None else ""

    def did(self) -> str:
        """The move as a participle: “approved”, “put back to pending” …"""
        if self.to_status == Comment.Status.PENDING:
            return "put back to pending" if self.from_status else "held for a moderator"
        if self.to_status == Comment.Status.SPAM:
            return "marked as spam" if self.by else "set aside as spam"
        return str(self.get_to_status_display()).lower()
