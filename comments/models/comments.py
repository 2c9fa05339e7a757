"""Readers' comments."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext

from reviews import addresses, names
from reviews.models import Article

from .. import plain_text
from .comment_queries import CommentQuerySet

if TYPE_CHECKING:
    from .decisions import Decision
    from .desk import Mark

TEXT_LIMIT = 10_000  # characters; the longest honest text in our development data has 1,452


class Comment(models.Model):
    """A reader's reply to an article or to another comment.

    `root` is the comment its conversation began with; null for that one itself.
    `version` counts moves, so that two moderators cannot overwrite each other. `score` is the sum
    of its findings' points that count. `spam_probability` is what the classifier said, from 0 to 1,
    before anybody decided; null when it was not asked.

    `written_by` is the moderator who wrote it at the desk in the publication's name; readers'
    comments have none. `identity` is the proven one it was written under, if any. `address_hash` is
    a keyed hash of the sender's network address and `text_digest` one of its folded text as it was
    sent: enough to count and compare, not to read back. `written_in` is what `language()` said when
    the text was kept, to filter by.

    Once it is there, `status` is written by comments/moderation.py alone. `reports_seen` is no
    column: the key of the newest open report that a moderator's page was made of, 0 where there was
    none, and None where nobody looked at a page. `answer_seen` is the same of the newest answer in
    the publication's name.
    """

    reports_seen: int | None = None
    answer_seen: int | None = None

    class Status(models.TextChoices):
        PENDING = "pending", "Pending"
        APPROVED = "approved", "Approved"
        REJECTED = "rejected", "Rejected"
        SPAM = "spam", "Spam"
        WITHDRAWN = "withdrawn", "Withdrawn"

    article = models.ForeignKey(
        Article,
        on_delete=models.CASCADE,  # which waits a month before (reviews/trash.py)
        related_name="comments",
        db_index=False,  # the index comment_thread begins with it
    )
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.RESTRICT, related_name="replies"
    )
    root = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.RESTRICT,
        related_name="conversation",
        db_index=False,  # the index comment_conversation begins with it
    )
    author_name = models.CharField("name", max_length=80)
    author_email = models.EmailField("e-mail", max_length=254)
    author_url = models.URLField("website", max_length=300, blank=True)
    text = models.TextField(validators=[MaxLengthValidator(TEXT_LIMIT)])
    status = models.CharField(max_length=10, choices=Status, default=Status.PENDING, editable=False)
    submitted_at = models.DateTimeField(default=timezone.now, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    score = models.IntegerField(default=0, editable=False)
    spam_probability = models.FloatField(null=True, editable=False)
    edited_by_moderator_at = models.DateTimeField(null=True, editable=False)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="comments",
    )
    identity = models.ForeignKey(
        "comments.Identity",
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="comments",
    )
    picked_at = models.DateTimeField(null=True, editable=False)
    picked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="picked_comments",
    )
    address_hash = models.CharField(max_length=64, blank=True, editable=False)
    text_digest = models.CharField(max_length=64, blank=True, editable=False)
    written_in = models.CharField(max_length=2, blank=True, editable=False)

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["submitted_at", "pk"]
        permissions = [("moderate_comment", "Can decide about comments")]
        indexes = [
            models.Index(
                fields=["article", "status", "submitted_at", "root"], name="comment_thread"
            ),
            models.Index(fields=["article", "parent", "submitted_at", "id"], name="comment_roots"),
            models.Index(fields=["root", "status"], name="comment_conversation"),
            models.Index(fields=["status", "submitted_at", "id"], name="comment_queue"),
            models.Index(fields=["submitted_at", "id"], name="comment_newest"),
            models.Index(fields=["text_digest", "status"], name="comment_same_text"),
            models.Index(fields=["address_hash", "submitted_at"], name="comment_same_address"),
            models.Index(
                Lower("author_email"), "status", "submitted_at", name="comment_same_email"
            ),
            models.Index(
                Lower("author_name"),
                name="comment_proven_name",
                condition=Q(identity__isnull=False),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="comment_is_not_its_own_parent",
                condition=Q(parent__isnull=True) | ~Q(parent=models.F("pk")),
                violation_error_message="A comment cannot answer itself.",
            ),
            models.CheckConstraint(
                name="comment_reply_has_a_root",
                condition=Q(parent__isnull=True, root__isnull=True)
                | Q(parent__isnull=False, root__isnull=False),
                violation_error_message="A reply belongs to the conversation of what it answers.",
            ),
            models.CheckConstraint(
                name="comment_status_is_known",
                condition=Q(status__in=["pending", "approved", "rejected", "spam", "withdrawn"]),
            ),
            models.CheckConstraint(
                name="comment_spam_probability_is_one",
                condition=Q(spam_probability__isnull=True)
                | Q(spam_probability__gte=0, spam_probability__lte=1),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.author_name} on {self.article.headline}"

    def headline(self) -> str:
        """What readers are told that it is on: what is withdrawn, or may be rewritten by then, is
        not named."""
        if self.article.is_live():
            return self.article.headline
        return gettext("a piece that is not on the site at present")

    def is_approved(self) -> bool:
        """Whether readers may see it."""
        return self.status == self.Status.APPROVED

    def is_pending(self) -> bool:
        """Whether it waits for a moderator."""
        return self.status == self.Status.PENDING

    def is_withdrawn(self) -> bool:
        """Whether its writer took it back."""
        return self.status == self.Status.WITHDRAWN

    def is_spam(self) -> bool:
        """Whether it is set aside."""
        return self.status == self.Status.SPAM

    def language(self) -> str:
        """“ko”, “th” and the like where its script says so, for the `lang` attribute."""
        return plain_text.language(self.text)

    def log(self) -> "list[Decision | Mark]":
        """Its decisions and its marks, the oldest first. No query after `with_log()`."""
        both: list[Decision | Mark] = [*self.decisions.all(), *self.marks.all()]
        return sorted(both, key=lambda line: line.made_at)

    def last_decision(self) -> "Decision | None":
        """The one that made its present state; none after an edit. Needs `for_desk()`."""
        latest: Decision | None = getattr(self, "latest", None)
        return latest

    def answers(self) -> CommentQuerySet:
        """What was answered to it in the publication's name, the oldest first."""
        ours = type(self).objects.filter(parent=self, written_by__isnull=False)
        return ours.select_related("written_by").order_by("pk")

    def answered_by(self) -> str:
        """Of such an answer: whose it is, for colleagues; readers see how it is signed."""
        return names.of_colleague(self.written_by) if self.written_by else ""

    def anchor(self) -> str:
        """Its id on the article's page."""
        return f"comment-{self.id}"

    def get_absolute_url(self) -> str:
        """Its permanent address, which leads to the page it stands on, however deep."""
        return addresses.to("comments:comment", self.pk)
