"""What readers report, and what came of it."""

from collections.abc import Iterable

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .comments import Comment
from .decisions import Decision

NOTE_LIMIT = 300  # characters


class ReportQuerySet(models.QuerySet["Report"]):
    def open(self) -> "ReportQuerySet":
        return self.filter(outcome=Report.Outcome.OPEN)

    def standing(self) -> "ReportQuerySet":
        """Those that count and wait for somebody to look."""
        return self.open().filter(points__gt=0)

    def upheld(self) -> "ReportQuerySet":
        return self.filter(outcome=Report.Outcome.UPHELD)

    def not_upheld(self) -> "ReportQuerySet":
        return self.filter(outcome=Report.Outcome.NOT_UPHELD)

    def read(self) -> "ReportQuerySet":
        """Those of which a moderator said that the comment stays, without a decision."""
        return self.not_upheld().filter(settled_by=None)

    def from_address(self, hashes: Iterable[str]) -> "ReportQuerySet":
        return self.filter(address_hash__in=hashes)

    def by_reporter_of(self, report: "Report") -> "ReportQuerySet":
        """All reports that one reader has shown to be theirs by entering an earlier code."""
        first = report.first_id or report.pk
        return self.filter(Q(pk=first) | Q(first=first))

    def seen(self, newest: int | None) -> "ReportQuerySet":
        """Those up to the newest open one that a page was made of, all where None. Reports of one
        comment are made one after the other (`comments.reports.take`), so that keys tell which was
        later.
        """
        return self if newest is None else self.filter(pk__lte=newest)

    def settle(self, decision: Decision, *, seen: int | None = None) -> None:
        """What a decision says of the open reports of its comment; an undo opens them again.

        Who lets a comment stand answers the reports up to the newest `seen`; what was taken down
        or withdrawn is so for all. At most two queries, in the caller's transaction.
        """
        if decision.undoes_id and self._reopen(decision.undoes_id):
            return
        outcome = _OUTCOMES.get(decision.to_status)
        by_rule = decision.by_id is None and decision.to_status != Comment.Status.WITHDRAWN
        if outcome is None or by_rule:
            return
        answered = self.seen(seen if outcome == Report.Outcome.NOT_UPHELD else None)
        answered.open().filter(comment=decision.comment_id).update(
            outcome=outcome, settled_by=decision, settled_at=decision.made_at
        )

    def _reopen(self, decision_id: int) -> int:
        settled = self.filter(settled_by=decision_id)
        return settled.update(outcome=Report.Outcome.OPEN, settled_by=None, settled_at=None)


class Report(models.Model):
    """One reader's report of one comment.

    `points` is what it weighs; 0 does not count. `first` is the earliest report of a reader who
    entered an earlier code. `address_hash` is a keyed hash whose key changes daily.
    """

    class Reason(models.TextChoices):
        SPAM = "spam", _("It is spam or advertising")
        ABUSE = "abuse", _("It attacks or insults somebody")
        HATE = "hate", _("It is hateful")
        PRIVATE = "private", _("It gives away somebody’s private details")
        SPOILER = "spoiler", _("It gives away the film without a warning")
        OTHER = "other", _("Something else")

    class Outcome(models.TextChoices):
        OPEN = "open", "Open"
        UPHELD = "upheld", "Upheld"
        NOT_UPHELD = "not_upheld", "Not upheld"
        GONE = "gone", "Withdrawn by its writer"

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="reports")
    reason = models.CharField(max_length=10, choices=Reason)
    note = models.CharField(max_length=NOTE_LIMIT, blank=True)
    points = models.PositiveSmallIntegerField()
    first = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="later"
    )
    address_hash = models.CharField(max_length=64, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.OPEN)
    settled_by = models.ForeignKey(
        Decision, null=True, blank=True, on_delete=models.SET_NULL, related_name="settled_reports"
    )
    settled_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField(default=timezone.now)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["made_at", "pk"]
        indexes = [
            models.Index(fields=["outcome", "comment"], name="report_by_outcome"),
            models.Index(fields=["address_hash", "made_at"], name="report_from_address"),
        ]
        constraints = [
            models.CheckConstraint(
                name="report_outcome_is_known",
                condition=Q(outcome__in=["open", "upheld", "not_upheld", "gone"]),
            ),
            models.CheckConstraint(
                name="report_is_open_until_settled",
                condition=Q(outcome="open", settled_at__isnull=True)
                | (~Q(outcome="open") & Q(settled_at__isnull=False)),
                violation_error_message="A report is open until it is settled.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_reason_display()} ({self.get_outcome_display().lower()})"


# What a person's decision about a comment says of the reports that were open.
_OUTCOMES: dict[str, Report.Outcome] = {
    Comment.Status.APPROVED: Report.Outcome.NOT_UPHELD,
    Comment.Status.REJECTED: Report.Outcome.UPHELD,
    Comment.Status.SPAM: Report.Outcome.UPHELD,
    Comment.Status.WITHDRAWN: Report.Outcome.GONE,
}
