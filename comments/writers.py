"""The writer of a comment, known by a private signed address and by nothing else: what they may
still change, and until when.

Edits and withdrawals take the article's row first, as `intake.submit` does, so that a reply
cannot come in between.
"""

from datetime import datetime, timedelta
from functools import partial

from django.conf import settings
from django.db import transaction
from django.db.models import F, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from reviews.models import Article

from . import intake, moderation, notices, plain_text, spam, tokens, trust
from .akismet import inquiries
from .evidence import said
from .models import EDITED, REPORTED, Comment, CommentEdit, Identity, Subscription
from .spam import FindingFacts, Submission, near_known_spam
from .welcome import Refused

MOST_EDITS = 20  # by its writer, of one comment: enough for every typing mistake

_private = tokens.Tokens[Comment]("comments.waiting", lambda comment: comment.submitted_at)


class TooLate(Refused):
    """The time is over, somebody has replied, or it was changed often enough."""


class Moved(Refused):
    """A moderator did something to the comment after its writer's page was made."""

    def __init__(self) -> None:
        super().__init__(
            gettext(
                "Something happened to your comment since this page was made, so nothing was "
                "changed yet. What you wrote is below; look at it and press the button once more."
            )
        )


def token(comment: Comment) -> str:
    """What its private addresses carry."""
    return _private.token(comment)


def by_token(token: str) -> Comment | None:
    """The comment of a private address, with its article; None if the token is not ours."""
    return _private.row(token, Comment.objects.select_related("article", "identity"))


def waiting_address(comment: Comment) -> str:
    """The private address that shows it in its place before anybody else sees it."""
    return f"{reverse('comments:waiting', args=[token(comment)])}#{comment.anchor()}"


def yours_address(comment: Comment) -> str:
    """The private page on which its writer changes or withdraws it."""
    return reverse("comments:yours", args=[token(comment)])


def window() -> timedelta:
    return timedelta(minutes=settings.COMMENTS_EDIT_WINDOW)


def deadline(comment: Comment) -> datetime:
    """Until when its writer may change or withdraw it."""
    return comment.submitted_at + window()


def why_closed(comment: Comment, at: datetime | None = None) -> str:
    """Why its writer can no longer change it, in a sentence; “” while they can. Two queries."""
    if comment.is_withdrawn() and not comment.text:
        return gettext("This comment was erased. Its words, name and addresses are not kept.")
    if comment.is_withdrawn():
        return gettext("You have withdrawn this comment. Readers do not see it.")
    if (at or timezone.now()) >= deadline(comment):
        minutes = settings.COMMENTS_EDIT_WINDOW
        return ngettext(
            "A comment can be changed for %(minutes)d minute. That time is over for this one.",
            "A comment can be changed for %(minutes)d minutes. That time is over for this one.",
            minutes,
        ) % {"minutes": minutes}
    if comment.replies.not_spam().exists():
        return gettext("Somebody has replied, so the comment stays as they read it.")
    if comment.edits.filter(by=None).count() >= MOST_EDITS:
        return gettext("You have changed it %(most)d times, which is the most.") % {
            "most": MOST_EDITS
        }
    return ""


def proof(comment: Comment) -> str:
    """Where it stands: “proven”, “asked” (a mail is owed, or sent with a link that is still good),
    “open”, or “” when it earns nothing. One query."""
    if not settings.COMMENTS_TRUST:
        return ""
    if comment.identity_id:
        return "proven"
    if comment.is_withdrawn():
        return ""
    return "asked" if notices.is_asked_to_confirm(comment) else "open"


def confirm(comment: Comment, at: datetime) -> Identity:
    """Its writer followed the mailed link: the address is theirs, and they hear of replies if they
    asked for that. Raises `trust.Gone`."""
    with transaction.atomic():
        identity = trust.prove(comment, at)
        notices.confirm(comment, at)
    return identity


def hears(comment: Comment) -> str:
    """Whether its writer is mailed when somebody replies: “live”, “asked” (once the mailed link is
    followed), or “”. Two queries at most."""
    wish = Subscription.objects.filter(comment=comment, ended_at=None).first()
    if wish is None or comment.is_withdrawn():
        return ""
    if wish.is_live():
        return "live"
    return "asked" if notices.is_asked_to_confirm(comment) else ""


def edit(comment: Comment, *, text: str, at: datetime | None = None) -> None:
    """Change its words, keep what they were, and screen it again.

    An approved comment goes back to pending, unless its writer is trusted and nothing was found; a
    rejected one is looked at again; spam stays spam. Raises `TooLate` and `Moved`.
    """
    now, text = at or timezone.now(), plain_text.tidy(text)
    with transaction.atomic():
        _hold(comment)
        _require_open(comment, now)
        if text == comment.text:
            return
        _rewrite(comment, text, now)
        screening = spam.screen(_submission(comment, now))
        to, found = _state_after(comment, screening, now), [*screening.findings]
        if comment.is_approved() and to != comment.status:
            found.append(FindingFacts(EDITED, 0, said("edited")))
        _keep(comment, screening, found, now)
        if comment.is_spam():
            near_known_spam.remember(comment)
        inquiries.ask_again(comment)
        if to != comment.status:
            moderation.move_by_rule(comment, to, rule=EDITED)


def withdraw(comment: Comment, *, at: datetime | None = None) -> None:
    """Take it back, whatever moderators did meanwhile. Raises `TooLate`, and `Moved` where one does
    something in this very moment."""
    now = at or timezone.now()
    with transaction.atomic():
        _hold(comment)
        comment.refresh_from_db(fields=["status", "version"])
        if comment.is_withdrawn():  # by the same press, a moment ago
            return
        _require_open(comment, now)
        if not moderation.withdraw(comment, at=now).done:
            raise Moved


def _hold(comment: Comment) -> None:
    """Its article, until the transaction ends."""
    Article.objects.select_for_update(no_key=True).get(pk=comment.article_id)


def _require_open(comment: Comment, now: datetime) -> None:
    if closed := why_closed(comment, now):
        raise TooLate(closed)


def _rewrite(comment: Comment, text: str, now: datetime) -> None:
    """The words and the row of what they were. The digest is emptied until the new one is
    screened, and its runs are forgotten: a comment must not be found to repeat itself."""
    rows = Comment.objects.filter(pk=comment.pk, version=comment.version, status=comment.status)
    if not rows.update(text=text, text_digest="", version=F("version") + 1):
        raise Moved
    near_known_spam.forget(comment)
    comment.version += 1
    CommentEdit.objects.create(
        comment=comment, before=comment.text, version=comment.version, made_at=now
    )
    comment.text = text


def _submission(comment: Comment, now: datetime) -> Submission:
    return Submission(
        author_name=comment.author_name,
        author_email=comment.author_email,
        author_url=comment.author_url,
        text=comment.text,
        text_digest=plain_text.digest(comment.text),
        at=now,
        about=partial(intake.talked_about, comment.article, comment.parent),
    )


def _keep(
    comment: Comment, screening: spam.Screening, found: list[FindingFacts], now: datetime
) -> None:
    # What was taught about its old words would speak of the new: that score is none before judging.
    decided = comment.decisions.filter(by__isnull=False).exists()
    reported = comment.findings.filter(rule=REPORTED)  # which stands, whatever it says now
    facts = {
        "score": screening.score + reported.aggregate(points=Sum("points", default=0))["points"],
        "spam_probability": None if decided else screening.spam_probability,
        "text_digest": plain_text.digest(comment.text),
        "written_in": plain_text.language(comment.text),
    }
    Comment.objects.filter(pk=comment.pk).update(**facts)
    comment.findings.exclude(rule=REPORTED).delete()
    intake.record_findings(comment, found, now)


def _state_after(comment: Comment, screening: spam.Screening, now: datetime) -> Comment.Status:
    spoiled = screening.is_spam or comment.is_spam()
    if spoiled:
        return Comment.Status.SPAM
    stays = comment.is_approved() and trust.may_publish(comment, screening.findings, now)
    return Comment.Status.APPROVED if stays else Comment.Status.PENDING
