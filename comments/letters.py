"""The mails themselves: plain text, one recipient each, no words of a comment that waits."""

from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from . import plain_text
from .models import Comment, Notice

NEEDED = ("writer_of__article", "user", "about__article")  # what `write` reads of a notice
CONFIRM_LIFETIME_DAYS = 3
SUBJECT_LIMIT = 150  # characters

_CONFIRM = "comments.confirm"


@dataclass(frozen=True)
class Letter:
    """What one kind of notice says: a template in templates/emails/ and what it is given."""

    subject: str
    template: str
    to: str
    facts: dict[str, object]
    headers: dict[str, str] = field(default_factory=dict)


def write(notice: Notice) -> EmailMessage | None:
    """The mail of a notice; None when it is no longer wanted. One query for the masthead."""
    letter = _WRITERS[notice.kind](notice)
    if letter is None or not letter.to:
        return None
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    facts = letter.facts | {"site": settings.SITE_URL}
    return EmailMessage(
        subject=plain_text.one_line(letter.subject)[:SUBJECT_LIMIT],
        body=render_to_string(f"emails/{letter.template}", facts, request=HttpRequest()),
        to=[letter.to],
        headers={
            # The same for every attempt, so that a mail that came twice can be told.
            "Message-ID": f"<notice-{notice.pk}-{notice.made_at.timestamp():.0f}@{host}>",
            "Auto-Submitted": "auto-generated",  # RFC 3834: no holiday replies, please
        }
        | letter.headers,
    )


def confirm_address(comment: Comment) -> str:
    """The page that a mailed link opens, to prove the e-mail address of the comment."""
    token = signing.dumps([comment.pk, _address_digest(comment)], salt=_CONFIRM)
    return reverse("comments:confirm", args=[token])


def by_confirm_token(token: str) -> Comment | None:
    """The comment of a mailed link; None if it is not ours, too old, or of a changed address."""
    try:
        pk, digest = signing.loads(
            token, salt=_CONFIRM, max_age=CONFIRM_LIFETIME_DAYS * 24 * 60 * 60
        )
    except signing.BadSignature:
        return None
    comment = Comment.objects.select_related("article").filter(pk=pk).first()
    return comment if comment and digest == _address_digest(comment) else None


def _address_digest(comment: Comment) -> str:
    return plain_text.digest(comment.author_email)[:16]


def _confirm(notice: Notice) -> Letter | None:
    comment = notice.writer_of
    if comment is None or comment.is_spam() or comment.is_withdrawn():
        return None
    facts = {"comment": comment, "address": confirm_address(comment)}
    facts["days"] = CONFIRM_LIFETIME_DAYS
    subject = f"Is this your address? Your comment on {comment.article.headline}"
    return Letter(subject, "confirm.txt", comment.author_email, facts)


_WRITERS: dict[str, Callable[[Notice], Letter | None]] = {Notice.Kind.CONFIRM: _confirm}
