"""The verbs that move a comment's status; how it comes in is in comments/intake.py.

The only door to the status of a comment that is there. Every move is one conditional update on the
version the caller saw, with its `Decision` in the same transaction: of two moderators who act at
once one succeeds, the other is told who decided what, and nothing is written over.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Required, TypedDict, Unpack

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, override

from reviews import shortened

from . import notices, plain_text
from .akismet import inquiries
from .evidence import kept, said
from .learning import lessons
from .models import (
    REASON_LIMIT,
    WRITER,
    Act,
    Comment,
    CommentEdit,
    Decision,
    Finding,
    Mark,
    Report,
)
from .spam import near_known_spam

Status = Comment.Status

# Where each move may start. What its writer withdrew stays with the writer; spam and rejected
# comments can be brought back by a moderator at any time.
MOVES: dict[Status, frozenset[Status]] = {
    Status.APPROVED: frozenset({Status.PENDING, Status.REJECTED, Status.SPAM}),
    Status.REJECTED: frozenset({Status.PENDING, Status.APPROVED, Status.SPAM}),
    Status.SPAM: frozenset({Status.PENDING, Status.APPROVED, Status.REJECTED}),
    Status.PENDING: frozenset({Status.APPROVED, Status.REJECTED, Status.SPAM}),
    Status.WITHDRAWN: frozenset(Status) - {Status.WITHDRAWN},
}


@dataclass(frozen=True)
class Conflict:
    """A move that was not made, and why, in words for the moderator."""

    comment: Comment
    sentence: str


@dataclass
class Outcome:
    """What became of a verb over many comments. `decisions` are those made, in order."""

    decisions: list[Decision] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)

    @property
    def done(self) -> list[Comment]:
        return [decision.comment for decision in self.decisions]


class Signed(TypedDict, total=False):
    """Whose move it is, why, when if not now, and the act that it is part of."""

    by: Required[User]
    reason: str
    at: datetime | None
    act: Act | None


def approve(comments: Iterable[Comment], **signed: Unpack[Signed]) -> Outcome:
    """Show them to readers."""
    return _decide(comments, Status.APPROVED, **signed)


def reject(comments: Iterable[Comment], **signed: Unpack[Signed]) -> Outcome:
    """Keep them from readers: not spam, but not welcome."""
    return _decide(comments, Status.REJECTED, **signed)


def mark_spam(comments: Iterable[Comment], **signed: Unpack[Signed]) -> Outcome:
    """Set them aside as spam; nothing is deleted."""
    return _decide(comments, Status.SPAM, **signed)


def hold(comments: Iterable[Comment], **signed: Unpack[Signed]) -> Outcome:
    """Put them back to pending, to be decided again."""
    return _decide(comments, Status.PENDING, **signed)


def withdraw(comment: Comment, *, at: datetime | None = None) -> Outcome:
    """Its writer takes it back."""
    return _decide([comment], Status.WITHDRAWN, by=None, at=at)


def move_by_rule(
    comment: Comment, to: Status, *, rule: str, at: datetime | None = None
) -> Decision | None:
    """What a rule decides, signed with its name; None if the comment moved meanwhile."""
    if comment.status not in MOVES[to]:
        return None
    return _move(comment, to, None, "", at, rule=rule)


def undo(decision: Decision, *, by: User, reason: str = "", at: datetime | None = None) -> Outcome:
    """Put a comment back to where a decision took it from, if nothing happened since."""
    comment = decision.comment
    if decision.to_status == Status.WITHDRAWN:
        sentence = f"{_name(comment)} was withdrawn by its writer; only they can send it again."
        return Outcome(conflicts=[Conflict(comment, sentence)])
    if not decision.from_status:
        sentence = f"{_name(comment)}: screening cannot be undone. Approve it or mark it instead."
        return Outcome(conflicts=[Conflict(comment, sentence)])
    back = Status(decision.from_status)
    comment.status, comment.version = decision.to_status, decision.version  # as it left it
    made = _move(comment, back, by, reason, at, undoes=decision)
    return Outcome([made], []) if made else Outcome([], [_conflict(comment, decision.version)])


def _signature(by: User) -> str:
    """Their name as readers see it, of a length that a comment's can have. What they log in with is
    nobody else's to know."""
    most = Comment._meta.get_field("author_name").max_length or 0
    name = plain_text.one_line(by.get_full_name())
    with override(settings.LANGUAGE_CODE):
        return shortened.beginning(name, most) or gettext("The editors")


def publish_answer(comment: Comment, *, text: str, by: User) -> Outcome:
    """A moderator's answer, approved at once; the comment it answers has to be approved, and as it
    was seen."""
    now = timezone.now()
    with transaction.atomic():
        parent = Comment.objects.select_for_update().get(pk=comment.pk)
        if not parent.is_approved() or parent.version != comment.version:
            return Outcome(conflicts=[conflict(comment)])
        made = Comment.objects.write(
            article_id=parent.article_id,
            parent=parent,
            author_name=_signature(by),
            author_email=by.email,
            text=text,
            status=Status.APPROVED,
            submitted_at=now,
            written_by=by,
        )
        decision = Decision.objects.create(
            comment=made, to_status=Status.APPROVED, by=by, version=1, made_at=now
        )
        notices.tell_of_reply(made, now)
        Finding.objects.create(
            comment=made, rule="desk", points=0, evidence=kept(said("written_here"))
        )
    return Outcome(decisions=[decision])


def conflict(comment: Comment) -> Conflict:
    """Why nothing was done about a comment as it was seen. Three to six queries."""
    return _conflict(comment, comment.version)


def since(seen: Mapping[int, int]) -> dict[int, str]:
    """What happened to comments after they were seen, in words and by their keys: those whose
    version is no longer the one that was `seen`. Three queries at most."""
    rows = Comment.objects.order_by().filter(pk__in=seen).only("version", "status")
    moved = {row.pk: row for row in rows if row.version != seen[row.pk]}
    if not moved:
        return {}
    last: dict[int, Decision | CommentEdit] = {}
    for model in (Decision, CommentEdit):
        changes = model.objects.filter(comment__in=moved).select_related("by")
        for change in changes:
            if change.version == moved[change.comment_id].version:
                last[change.comment_id] = change
    return {
        pk: f"{change.did().capitalize()} by {change.who()} after this page was made."
        + (" It waits: load the page anew to see it as it is." if moved[pk].is_pending() else "")
        for pk, change in last.items()
    }


def _decide(
    comments: Iterable[Comment],
    to: Status,
    *,
    by: User | None,
    reason: str = "",
    at: datetime | None = None,
    act: Act | None = None,
) -> Outcome:
    """Each comment in its own transaction: a conflict on one never blocks the others."""
    outcome = Outcome()
    for comment in comments:
        allowed = comment.status in MOVES[to]
        made = _move(comment, to, by, reason, at, act=act) if allowed else None
        if made:
            outcome.decisions.append(made)
        else:
            outcome.conflicts.append(conflict(comment))
    return outcome


def _move(
    comment: Comment,
    to: Status,
    by: User | None,
    reason: str,
    at: datetime | None,
    undoes: Decision | None = None,
    act: Act | None = None,
    rule: str = WRITER,
) -> Decision | None:
    """One conditional update and its decision, mirrored on the object; None if it came late."""
    before, seen = comment.status, comment.version
    with transaction.atomic():
        if by and comment.reports_seen:
            Comment.objects.select_for_update(no_key=True).filter(pk=comment.pk).first()
            if _is_kept(comment):
                return None
        rows = Comment.objects.filter(pk=comment.pk, version=seen, status=before)
        if not rows.update(status=to, version=F("version") + 1):
            return None
        decision = Decision.objects.create(
            comment_id=comment.pk,
            from_status=before,
            to_status=to,
            by=by,
            rule="" if by else rule,
            reason=plain_text.one_line(reason)[:REASON_LIMIT],
            version=seen + 1,
            made_at=at or timezone.now(),
            undoes=undoes,
            act=act,
        )
        Report.objects.settle(decision, seen=comment.reports_seen)
        if to == Status.SPAM:
            near_known_spam.remember(comment)
        elif before == Status.SPAM:
            near_known_spam.forget(comment)
            notices.ask_after_all(comment, decision.made_at)
        inquiries.tell(decision)
        if to == Status.APPROVED:
            notices.tell_of_reply(comment, decision.made_at)
        if by:
            transaction.on_commit(lambda: lessons.follow(decision.pk), robust=True)
    comment.status, comment.version = to, seen + 1
    decision.comment = comment
    return decision


def _is_kept(comment: Comment) -> bool:
    """Whether a colleague has read the reports that the page was made of, and said that the comment
    stays. No query where the page had none."""
    if not (seen := comment.reports_seen):
        return False
    return Report.objects.read().filter(pk=seen, comment=comment.pk).exists()


def _conflict(comment: Comment, seen: int) -> Conflict:
    """Why a move was not made. Three to six queries."""
    now = Comment.objects.select_related("article").filter(pk=comment.pk).first()
    if now is None or not seen:
        whose = (
            f"{comment.author_name}’s comment" if comment.author_name else f"Comment {comment.pk}"
        )
        return Conflict(comment, f"{whose} was deleted after this page was made.")
    kept = now.marks.filter(what=Mark.What.KEPT).select_related("by").last()
    if kept and now.version == seen and _is_kept(comment):
        sentence = (
            f"{_name(now)}: {kept.who()} read its reports {_when(kept.made_at)}, after this page "
            "was made, and said that it stays. Nothing was changed."
        )
        return Conflict(now, sentence)
    changes = [now.decisions.select_related("by").last(), now.edits.select_related("by").last()]
    last = max((change for change in changes if change), key=lambda c: c.version, default=None)
    if now.version == seen or last is None:
        return Conflict(now, f"{_name(now)}: it is {now.get_status_display().lower()} already.")
    sentence = (
        f"{_name(now)} was {last.did()} by {last.who()} {_when(last.made_at)}, after this "
        "page was made. Nothing was changed."
    )
    return Conflict(now, sentence)


def _when(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), r"\o\n j F \a\t H:i")


def _name(comment: Comment) -> str:
    return f"{comment.author_name}’s comment on {comment.article.headline}"
