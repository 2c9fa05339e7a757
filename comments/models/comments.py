"""Readers' comments."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import (
    Count,
    Exists,
    F,
    FilteredRelation,
    OuterRef,
    Prefetch,
    Q,
    Subquery,
    Window,
)
from django.db.models.functions import Coalesce, Lower, RowNumber
from django.utils import timezone

from reviews import addresses
from reviews.models import Article, Byline

from .. import plain_text

if TYPE_CHECKING:
    from .decisions import Decision
    from .desk import Mark

TEXT_LIMIT = 10_000  # characters; the longest honest text in our development data has 1,452

SHOWN = (  # what a place in a thread shows of a comment, and whose place it is
    *("article", "parent", "root", "status", "text", "submitted_at"),
    *("author_name", "author_email", "author_url", "written_by"),
    *("picked_at", "edited_by_moderator_at"),
)


class CommentQuerySet(models.QuerySet["Comment"]):
    """The vocabulary in which pages and the desk ask for comments."""

    def on(self, article: Article) -> "CommentQuerySet":
        return self.filter(article=article)

    def pending(self) -> "CommentQuerySet":
        return self.filter(status=Comment.Status.PENDING)

    def approved(self) -> "CommentQuerySet":
        return self.filter(status=Comment.Status.APPROVED)

    def rejected(self) -> "CommentQuerySet":
        return self.filter(status=Comment.Status.REJECTED)

    def spam(self) -> "CommentQuerySet":
        return self.filter(status=Comment.Status.SPAM)

    def not_spam(self) -> "CommentQuerySet":
        return self.exclude(status=Comment.Status.SPAM)

    def on_live_articles(self, at: datetime | None = None) -> "CommentQuerySet":
        """Asked of each comment that is read, not of all articles beforehand."""
        return self.filter(Exists(Article.objects.published(at).filter(pk=OuterRef("article"))))

    def saying(self, text_digest: str) -> "CommentQuerySet":
        """Those with the same folded text."""
        return self.filter(text_digest=text_digest)

    def from_address(self, hashes: Iterable[str]) -> "CommentQuerySet":
        """Those sent from an address, by its keyed hashes (comments/addresses.py)."""
        return self.filter(address_hash__in=hashes)

    def between(self, start: datetime, end: datetime) -> "CommentQuerySet":
        """Submitted after `start` and not after `end`."""
        return self.filter(submitted_at__gt=start, submitted_at__lte=end)

    def oldest_first(self) -> "CommentQuerySet":
        return self.order_by("submitted_at", "pk")

    def newest_first(self) -> "CommentQuerySet":
        return self.order_by("-submitted_at", "-pk")

    def with_a_place(self) -> "CommentQuerySet":
        """What of them may have a place in a thread: the approved, and whatever else has been
        answered and may have to keep one."""
        answered = Exists(Comment.objects.filter(parent=OuterRef("pk")))
        return self.filter(Q(status=Comment.Status.APPROVED) | Q(answered))

    def for_thread(self) -> "CommentQuerySet":
        """All that a place in a thread shows of a comment, the oldest first."""
        authors = Byline.objects.filter(
            article=OuterRef("article"), reviewer__user=OuterRef("written_by")
        )
        return self.only(*SHOWN).annotate(by_the_author=Exists(authors)).oldest_first()

    def heads(self, replies: int) -> "CommentQuerySet":
        """Of each conversation its root and the first `replies` below it."""
        place = Window(
            RowNumber(),
            partition_by=Coalesce("root", "pk"),
            order_by=[F("root").asc(nulls_first=True), "submitted_at", "pk"],
        )
        return self.annotate(place=place).filter(place__lte=replies + 1)

    def conversations(self, *, own: "Comment | None" = None) -> "CommentQuerySet":
        """The roots that have a place on the page: approved, `own`'s, or kept by an approved
        reply."""
        answered = Exists(Comment.objects.approved().filter(root=OuterRef("pk")))
        own_root = (own.root_id or own.pk) if own else None
        kept = Q(status=Comment.Status.APPROVED) | Q(answered) | Q(pk=own_root)
        return self.filter(kept, parent=None)

    def of_conversations(self, roots: "CommentQuerySet") -> "CommentQuerySet":
        """The roots themselves and everything below them."""
        standing = roots.values("pk")
        return self.filter(Q(pk__in=standing) | Q(root__in=standing))

    def most_replied_first(self) -> "CommentQuerySet":
        """Roots by the number of approved replies below them; the older first among equals."""
        return self.with_replies_below().order_by("-replies_below", "submitted_at", "pk")

    def with_replies_below(self) -> "CommentQuerySet":
        """Each root with `replies_below`, the number of approved replies in its conversation."""
        replies = Comment.objects.approved().filter(root=OuterRef("pk")).order_by()
        number = replies.values("root").annotate(number=Count("pk")).values("number")
        return self.annotate(replies_below=Coalesce(Subquery(number), 0))

    def before(self, other: "Comment") -> "CommentQuerySet":
        """Those that stand above `other` when the oldest come first."""
        same_moment = Q(submitted_at=other.submitted_at, pk__lt=other.pk)
        return self.filter(Q(submitted_at__lt=other.submitted_at) | same_moment)

    def for_desk(self) -> "CommentQuerySet":
        """All that a row of the moderators' desk shows. Two more queries."""
        latest = FilteredRelation("decisions", condition=Q(decisions__version=F("version")))
        return (
            self.annotate(latest=latest)
            .select_related("article__section", "parent", "latest__by")  # type: ignore[misc]
            .prefetch_related("findings", "edits")
        )

    def with_log(self) -> "CommentQuerySet":
        """All that was ever decided about them, and how they were marked. Two more queries."""
        from .decisions import Decision  # which stand on this module
        from .desk import Mark

        log = Decision.objects.select_related("by", "undoes__by")
        marks = Mark.objects.select_related("by")
        return self.prefetch_related(Prefetch("decisions", log), Prefetch("marks", marks))


class Comment(models.Model):
    """A reader's reply to an article or to another comment.

    `root` is the comment its conversation began with; null for that one itself.
    `version` counts moves, so that two moderators cannot overwrite each other. `score` is the sum
    of its findings' points that count. `spam_probability` is what the classifier said, from 0 to 1,
    before anybody decided; null when it was not asked.
    `written_by` is the moderator who wrote it at the desk in
    the publication's name; readers' comments have none. `identity` is the proven one it was written
    under, if any. `address_hash` is a keyed hash of the
    sender's network address and `text_digest` one of its folded text as it was sent: enough to
    count and compare, not to read back. `written_in` is what `language()` said when the text was
    kept, to filter by. Once it is there, `status` is written by
    comments/moderation.py alone.
    """

    class Status(models.TextChoices):
        PENDING = "pending", "Pending"
        APPROVED = "approved", "Approved"
        REJECTED = "rejected", "Rejected"
        SPAM = "spam", "Spam"
        WITHDRAWN = "withdrawn", "Withdrawn"

    article = models.ForeignKey(
        Article,
        on_delete=models.PROTECT,
        related_name="comments",
        db_index=False,  # the index comment_thread begins with it
    )
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replies"
    )
    root = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
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
            models.Index(fields=["article", "status", "submitted_at"], name="comment_thread"),
            models.Index(fields=["article", "parent", "submitted_at", "id"], name="comment_roots"),
            models.Index(fields=["root", "status"], name="comment_conversation"),
            models.Index(fields=["status", "submitted_at"], name="comment_queue"),
            models.Index(fields=["submitted_at", "id"], name="comment_newest"),
            models.Index(fields=["text_digest", "status"], name="comment_same_text"),
            models.Index(fields=["address_hash", "submitted_at"], name="comment_same_address"),
            models.Index(Lower("author_email"), name="comment_same_email"),
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
        """“ko”, “ja” or “zh” where its script says so, for the `lang` attribute."""
        return plain_text.language(self.text)

    def log(self) -> "list[Decision | Mark]":
        """Its decisions and its marks, the oldest first. No query after `with_log()`."""
        both: list[Decision | Mark] = [*self.decisions.all(), *self.marks.all()]
        return sorted(both, key=lambda line: line.made_at)

    def last_decision(self) -> "Decision | None":
        """The one that made its present state; none after an edit. Needs `for_desk()`."""
        latest: Decision | None = getattr(self, "latest", None)
        return latest

    def anchor(self) -> str:
        """Its id on the article's page."""
        return f"comment-{self.id}"

    def get_absolute_url(self) -> str:
        """Its permanent address, which leads to the page it stands on, however deep."""
        return addresses.to("comments:comment", self.pk)
