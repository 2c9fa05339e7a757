"""What moderators write: answers in the publication's name, and edits of what readers wrote."""

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from .. import moderation, plain_text
from ..models import TEXT_LIMIT, Comment, CommentEdit
from ..moderation import Outcome

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

    Both or nothing: when the comment was decided about meanwhile, that is the conflict and no
    answer is kept. Raises ValidationError for words that cannot be.
    """
    text = words(text)
    with transaction.atomic():
        approved = moderation.approve([comment], by=by) if comment.is_pending() else Outcome()
        if approved.conflicts:
            return approved
        answered = moderation.publish_answer(comment, text=text, by=by)
        return Outcome(approved.decisions + answered.decisions, answered.conflicts)


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
        rows = Comment.objects.select_for_update().filter(pk=comment.pk, version=comment.version)
        before = rows.values_list("text", flat=True).first()
        if before == text:
            return Outcome()
        changed = rows.filter(status=comment.status).update(
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
