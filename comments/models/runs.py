"""The four-word runs of recent spam, by which its near copies are found."""

from django.db import models

from .comments import Comment


class SpamRun(models.Model):
    """One run of a comment that is spam, as a number (comments/spam/shingles.py). Some of a
    comment are kept, and some comments of a run; words cannot be read back from it."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="spam_runs")
    number = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["number", "comment"], name="spam_run_is_kept_once"),
        ]

    def __str__(self) -> str:
        return f"a run of comment {self.comment_id}"
