"""What moderators write: answers in the publication's name, and edits of what readers wrote; and
what they take away for good."""

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from .. import moderation, plain_text
from ..akismet import inquiries
from ..learning import lessons
from ..models import TEXT_LIMIT, Comment, CommentEdit, Finding, Mark
from ..moderation import Conflict, Outcome

MAY_BE_EDITED = (Comment.Status.PENDING, Comment.Status.APPROVED)


def words(text: str) -> str:
    """As they are kept. Raises ValidationError with what to do about it."""
    text = plain_text.tidy(text)
    if plain_text.is_blank(text):
        raise ValidationError("Write something; what was there is still there.")
    if len(text) > TEXT_LIMIT:
        raise ValidationError(f"Shorten it: {TEXT_LIMIT:,} characters are the most.")
    return text


def answer(comment: Comment, *, text: str, by: User) -> Outcome:
    """Answer a comment in the publication's name, approving it first if it waits.

    Both or nothing: when the comment was changed or decided about meanwhile, that is the conflict
    and no answer is kept; so it is when a colleague has answered since (`answer_seen`). The same
    press twice is one answer. Raises ValidationError for words that cannot be.
    """
    text = words(text)
    with transaction.atomic():
        held = Comment.objects.select_for_update().filter(pk=comment.pk)  # one answer at a time
        if held.first() is None:
            return Outcome(conflicts=[moderation.conflict(comment)])
        newest, seen = comment.answers().last(), comment.answer_seen
        if newest and seen is not None and newest.pk > seen:
            again = (newest.written_by, newest.text) == (by, text)
            return Outcome() if again else Outcome(conflicts=[_answered(comment, newest)])
        approved = moderation.approve([comment], by=by) if comment.is_pending() else Outcome()
        if approved.conflicts:
            return approved
        answered = moderation.publish_answer(comment, text=text, by=by)
        return Outcome(approved.decisions + answered.decisions, answered.conflicts)


def _answered(comment: Comment, newest: Comment) -> Conflict:
    sentence = (
        f"{newest.answered_by()} has answered {comment.author_name} since this page was made, so "
        "yours is not there yet. Read that answer first; press the button again if yours should "
        "stand beside it."
    )
    return Conflict(comment, sentence)


def edit(comment: Comment, *, text: str, by: User) -> Outcome:
    """Change a comment's words, keeping what they were. `version` is the one that was seen.

    The digest stays that of the text as it was sent, by which it is recognised when it comes
    again. The outcome has a conflict, or nothing. Raises ValidationError as `answer` does.
    """
    text = words(text)
    if comment.status not in MAY_BE_EDITED:
        return Outcome(conflicts=[moderation.conflict(comment)])
    now = timezone.now()
    with transaction.atomic():
        rows = Comment.objects.select_for_update().filter(pk=comment.pk)
        before = rows.values_list("text", flat=True).first()
        if before == text:  # perhaps by the same press, a moment ago
            return Outcome()
        changed = rows.filter(version=comment.version, status=comment.status).update(
            text=text,
            written_in=plain_text.language(text),
            edited_by_moderator_at=now,
            version=F("version") + 1,
        )
        if before is None or not changed:
            return Outcome(conflicts=[moderation.conflict(comment)])
        CommentEdit.objects.create(
            comment=comment, before=before, by=by, version=comment.version + 1, made_at=now
        )
    comment.text, comment.version = text, comment.version + 1
    return Outcome()


def edit_and_approve(comment: Comment, *, text: str, by: User) -> Outcome:
    """Change a waiting comment's words and show it: both or nothing."""
    with transaction.atomic():
        edited = edit(comment, text=text, by=by)
        if edited.conflicts or Comment.objects.approved().filter(pk=comment.pk).exists():
            return edited
        return moderation.approve([comment], by=by)


def forget(comment: Comment, *, by: User) -> bool:
    """Take away what it said before it was changed, as far as `by` saw it: somebody's telephone
    number, say. Nothing brings it back. False if there was nothing to take away.

    Pieces of it that findings quote go too, what is kept for Akismet, and what it taught. That it
    was done is marked.
    """
    with transaction.atomic():
        now = Comment.objects.select_for_update().get(pk=comment.pk)
        earlier = CommentEdit.objects.filter(comment=now, version__lte=comment.version)
        if not earlier.exclude(before="").update(before=""):
            return False
        Comment.objects.filter(pk=now.pk).update(text_digest=plain_text.digest(now.text))
        for finding in Finding.objects.filter(comment=now):
            _keep_only(finding, now.text)
        inquiries.say_no_more_than(now)
        lessons.unteach([now.pk])
        Mark.objects.create(comment=now, what=Mark.What.FORGOTTEN, by=by)
    return True


def _keep_only(finding: Finding, text: str) -> None:
    """Of what it quotes and names, what still stands in the text."""
    folded = text.casefold()
    for values in (values for _, values in finding.evidence):
        if "reasons" in values:
            values["reasons"] = [
                [kind, name, *(word for word in words if word.casefold() in folded)]
                for kind, name, *words in values["reasons"]
                if kind == "sign" or name.casefold() in folded
            ]
    finding.quotes = [piece for piece in finding.quotes if piece in text]
    finding.against = [piece for piece in finding.against if piece in text]
    finding.save(update_fields=["evidence", "quotes", "against"])
