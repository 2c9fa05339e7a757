"""The words in which pages and the desk ask for comments."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

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
    Value,
    Window,
)
from django.db.models.functions import Coalesce, Lower, RowNumber

from reviews.models import Article, Byline
from reviews.models.article_queries import Among

from .. import plain_text

if TYPE_CHECKING:
    from .comments import Comment

SHOWN = (  # what a place in a thread shows of a comment, and whose place it is
    *("article", "parent", "root", "status", "text", "submitted_at"),
    *("author_name", "author_email", "author_url", "written_by"),
    *("picked_at", "edited_by_moderator_at"),
)
CONVERSATION = Coalesce("root", "pk")  # a root's own is itself
# Comments of a state that are counted of a writer: whoever has more is known for them.
MOST_ON_RECORD = 100


class CommentQuerySet(models.QuerySet["Comment"]):
    """The vocabulary in which pages and the desk ask for comments."""

    def write(self, *, text: str, parent: "Comment | None", **facts: Any) -> "Comment":
        """A new one, in the conversation of what it answers, with what is kept of its words. One
        query."""
        return self.create(
            parent=parent,
            root_id=(parent.root_id or parent.pk) if parent else None,
            text=text,
            text_digest=plain_text.digest(text),
            written_in=plain_text.language(text),
            **facts,
        )

    def on(self, article: Article) -> "CommentQuerySet":
        return self.filter(article=article)

    def pending(self) -> "CommentQuerySet":
        """Those that wait for a moderator: under a deleted piece nothing does, until it is back."""
        return self.filter(status=self.model.Status.PENDING).not_deleted()

    def number_pending(self) -> int:
        """How many of them there are, however many: of the index of states alone, less the few
        under deleted pieces. One query."""
        waiting = self.filter(status=self.model.Status.PENDING).order_by()
        gone = waiting.filter(pk__in=self._gone().values("pk")).values("status")
        less = Coalesce(Subquery(gone.annotate(number=Count("*")).values("number")), 0)
        number: int = waiting.aggregate(number=Count("*") - less)["number"]
        return number

    def not_deleted(self) -> "CommentQuerySet":
        """Those of pieces that are not deleted."""
        return self.exclude(pk__in=self._gone().values("pk"))

    def _gone(self) -> "CommentQuerySet":
        return self._all().filter(article__in=Article.objects.deleted().values("pk"))

    def approved(self) -> "CommentQuerySet":
        return self.filter(status=self.model.Status.APPROVED)

    def rejected(self) -> "CommentQuerySet":
        return self.filter(status=self.model.Status.REJECTED)

    def spam(self) -> "CommentQuerySet":
        return self.filter(status=self.model.Status.SPAM)

    def not_spam(self) -> "CommentQuerySet":
        return self.exclude(status=self.model.Status.SPAM)

    def not_withdrawn(self) -> "CommentQuerySet":
        return self.exclude(status=self.model.Status.WITHDRAWN)

    def under(self, email: str) -> "CommentQuerySet":
        """Those with this e-mail address, in upper or lower case, by the index of addresses."""
        folded = self.alias(email_folded=Lower("author_email"))
        return folded.filter(email_folded=Lower(Value(plain_text.mailbox(email))))

    def of_the_proven(self) -> "CommentQuerySet":
        """Those written under an address that its owner had confirmed."""
        return self.filter(identity__isnull=False)

    def signed(self, name: str) -> "CommentQuerySet":
        """Those under this name, in upper or lower case; of the proven, by the index of names."""
        folded = self.alias(name_folded=Lower("author_name"))
        return folded.filter(name_folded=Lower(Value(name)))

    def on_live_articles(self, at: datetime | None = None) -> "CommentQuerySet":
        """Asked of each comment that is read, not of all articles beforehand."""
        return self.filter(_on_a_live_article(at))

    def saying(self, text_digest: str) -> "CommentQuerySet":
        """Those with the same folded text."""
        return self.filter(text_digest=text_digest)

    def from_address(self, hashes: Iterable[str]) -> "CommentQuerySet":
        """Those sent from an address, by its keyed hashes (comments/network_addresses.py)."""
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
        answered = Exists(self._all().filter(parent=OuterRef("pk")))
        return self.filter(Q(status=self.model.Status.APPROVED) | Q(answered))

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
            partition_by=CONVERSATION,
            order_by=[F("root").asc(nulls_first=True), "submitted_at", "pk"],
        )
        return self.annotate(place=place).filter(place__lte=replies + 1)

    def conversations(self, *, own: "Comment | None" = None) -> "CommentQuerySet":
        """The roots that have a place on the page: approved, `own`'s, or kept by an approved
        reply. Found by the keys that the approved name, as there may be a hundred times as much
        spam."""
        approved = self.approved().order_by()
        standing = Q(Among("pk", Subquery(approved.values(standing=CONVERSATION))))
        if own:
            standing |= Q(pk=own.root_id or own.pk)
        return self._all().filter(standing, parent=None)

    def of_conversations(self, roots: "CommentQuerySet") -> "CommentQuerySet":
        """The roots themselves and everything below them, each found by its key."""
        standing = Subquery(roots.values("pk"))
        return self._all().order_by().filter(Q(Among("pk", standing)) | Q(Among("root", standing)))

    def most_replied_first(self) -> "CommentQuerySet":
        """Roots by the number of approved replies below them; the older first among equals."""
        return self.with_replies_below().order_by("-replies_below", "submitted_at", "pk")

    def with_replies_below(self) -> "CommentQuerySet":
        """Each root with `replies_below`, the number of approved replies in its conversation."""
        replies = self._all().approved().filter(root=OuterRef("pk")).order_by()
        number = replies.values("root").annotate(number=Count("pk")).values("number")
        return self.annotate(replies_below=Coalesce(Subquery(number), 0))

    def before(self, other: "Comment") -> "CommentQuerySet":
        """Those that stand above `other` when the oldest come first."""
        same_moment = Q(submitted_at=other.submitted_at, pk__lt=other.pk)
        return self.filter(Q(submitted_at__lt=other.submitted_at) | same_moment)

    def for_desk(self) -> "CommentQuerySet":
        """All that a row of the moderators' desk shows. Two more queries."""
        from .desk import CommentEdit  # which stands on this module

        latest = FilteredRelation("decisions", condition=Q(decisions__version=F("version")))
        return (
            self.annotate(latest=latest)
            .with_reports_seen()
            .select_related("article__section", "parent", "latest__by")  # type: ignore[misc]
            .defer("article__body")
            .prefetch_related(
                "findings", Prefetch("edits", CommentEdit.objects.select_related("by"))
            )
        )

    def reported(self) -> "CommentQuerySet":
        """Those with a report that counts and that nobody has settled; of the approved those on
        articles that readers see, since the others are out of sight already."""
        from .reports import Report  # which stands on this module

        standing = self.filter(pk__in=Report.objects.standing().values("comment"))
        hidden = ~Q(status=self.model.Status.APPROVED)
        return standing.filter(hidden | Q(_on_a_live_article()))

    def with_reports_seen(self) -> "CommentQuerySet":
        """Each with the key of its newest open report, for presses on the page that is made of
        them, since when one is open, and whether anybody ever reported it."""
        from .reports import Report  # which stands on this module

        theirs = Report.objects.filter(comment=OuterRef("pk"))
        newest = theirs.open().order_by("-pk").values("pk")[:1]
        oldest = theirs.open().order_by("pk").values("made_at")[:1]
        return self.annotate(
            reports_seen=Coalesce(Subquery(newest), 0),  # type: ignore[no-redef]
            reports_open_since=Subquery(oldest),
            was_reported=Exists(theirs),
        )

    def with_log(self) -> "CommentQuerySet":
        """All that was ever decided about them, and how they were marked. Two more queries."""
        from .decisions import Decision  # which stand on this module
        from .desk import Mark

        log = Decision.objects.select_related("by", "undoes__by")
        marks = Mark.objects.select_related("by")
        return self.prefetch_related(Prefetch("decisions", log), Prefetch("marks", marks))

    def _all(self) -> "CommentQuerySet":
        every: CommentQuerySet = self.model._default_manager.all()
        return every


def _on_a_live_article(at: datetime | None = None) -> Exists:
    return Exists(Article.objects.published(at).filter(pk=OuterRef("article")))
