"""The mails themselves: plain text, one recipient each, no words of a comment that waits."""

from collections.abc import Callable
from dataclasses import dataclass, field
from email.utils import parseaddr, quote
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from reviews import shortened

from . import own_mails, plain_text, tokens
from .akismet import health
from .models import Comment, Follower, Notice, StoppedMail, Subscription

NEEDED = ("writer_of__article", "follower", "user", "about__article")  # what `write` reads of one
CONFIRM_LIFETIME_DAYS = 3
KEPT_LIFETIME_DAYS = 1
DIGEST_ITEMS = 20  # a mail is a summons, not the desk
SUBJECT_LIMIT = 150  # characters

_CONFIRM = "comments.confirm"
_KEPT = "comments.kept"
_FOLLOWER = "f"  # before the key of one, where it could be a comment's
_unsubscribe = tokens.Tokens[Subscription](
    "comments.unsubscribe", lambda subscription: subscription.comment.submitted_at
)


@dataclass(frozen=True)
class Letter:
    """What one kind of notice says: a template in templates/emails/ and what it is given."""

    subject: str
    template: str
    to: str
    facts: dict[str, object]
    headers: dict[str, str] = field(default_factory=dict)


What = StoppedMail.What
Writer = Callable[[Notice], Letter | None]  # None: it is no longer wanted
_writers: dict[str, Writer] = {}


def writes(kind: Notice.Kind) -> Callable[[Writer], Writer]:
    """Of what a letter of this kind says, whoever knows it: comments, or what stands on them."""

    def register(writer: Writer) -> Writer:
        _writers[kind] = writer
        return writer

    return register


def write(notice: Notice) -> EmailMessage | None:
    """The mail of a notice; None when it is no longer wanted. One query for the masthead."""
    letter = _writers[notice.kind](notice)
    if letter is None or not letter.to:
        return None
    return mail(letter, f"notice-{notice.pk}-{notice.made_at.timestamp():.0f}")


def mail(letter: Letter, name: str) -> EmailMessage:
    """The letter as it goes out, under a name that no other mail has."""
    facts, request = letter.facts | {"site": settings.SITE_URL}, HttpRequest()
    return EmailMessage(
        subject=shortened.beginning(plain_text.one_line(letter.subject), SUBJECT_LIMIT),
        body=render_to_string(f"emails/{letter.template}", facts, request=request),
        from_email=_sender(request),
        to=[letter.to],
        headers={
            # The same for every attempt, so that a mail that came twice can be told.
            "Message-ID": f"<{name}@{host()}>",
            "Auto-Submitted": "auto-generated",  # RFC 3834: no holiday replies, please
        }
        | letter.headers,
    )


def _sender(request: HttpRequest) -> str:
    """The address of the setting, with the name of the publication where it has none."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    if name or not address:
        return settings.DEFAULT_FROM_EMAIL
    called = plain_text.one_line(render_to_string("emails/sender.txt", request=request))
    return f'"{quote(called)}" <{address}>'


def about(sentence: str, headline: str, **said: object) -> str:
    """A subject in which the headline is shortened, so that what else is `said` is not cut off."""
    room = SUBJECT_LIMIT - len(sentence % {"headline": "", **said})
    return sentence % {"headline": shortened.beginning(plain_text.one_line(headline), room), **said}


def host() -> str:
    """By which our mails are told from others'."""
    return urlsplit(settings.SITE_URL).hostname or "localhost"


def one_press(address: str) -> dict[str, str]:
    """Where a mail program stops mails like this one: RFC 2369, RFC 8058."""
    return {
        "List-Unsubscribe": f"<{address}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


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


def unsubscribe_address(subscription: Subscription) -> str:
    """Where the mails about replies to one comment are stopped; good for ever."""
    return reverse("comments:unsubscribe", args=[_unsubscribe.token(subscription)])


def by_unsubscribe_token(token: str) -> Subscription | None:
    """The subscription of a link in a mail, with its comment and article."""
    return _unsubscribe.row(token, Subscription.objects.select_related("comment__article"))


def by_kept_token(token: str) -> str:
    """The e-mail address that a link to what is kept was mailed to; “” if it is not ours, too
    old, or what it was of is erased."""
    try:
        age = KEPT_LIFETIME_DAYS * 24 * 60 * 60
        row, digest = signing.loads(token, salt=_KEPT, max_age=age)
    except signing.BadSignature:
        return ""
    rows: Any = Comment.objects.values_list("author_email", flat=True)
    if str(row).startswith(_FOLLOWER):
        row, rows = row.removeprefix(_FOLLOWER), Follower.objects.values_list("email", flat=True)
    email: str = rows.filter(pk=row).first() or ""
    return email if digest == _digest_of(email) else ""


@writes(Notice.Kind.KEPT)
def _kept(notice: Notice) -> Letter | None:
    if notice.follower:
        email, row = notice.follower.email, f"{_FOLLOWER}{notice.follower.pk}"
    elif notice.writer_of:
        email, row = notice.writer_of.author_email, str(notice.writer_of.pk)
    else:
        return None
    token = signing.dumps([row, _digest_of(email)], salt=_KEPT)
    facts: dict[str, object] = {"address": reverse("comments:privacy_kept", args=[token])}
    facts |= {"days": KEPT_LIFETIME_DAYS}
    return Letter(gettext("What is kept of you"), "kept.txt", email, facts)


def _address_digest(comment: Comment) -> str:
    return _digest_of(comment.author_email)


def _digest_of(email: str) -> str:
    return plain_text.digest(email)[:16]


@writes(Notice.Kind.CONFIRM)
def _confirm(notice: Notice) -> Letter | None:
    comment = notice.writer_of
    if comment is None or comment.is_spam() or comment.is_withdrawn():
        return None
    facts: dict[str, object] = {"comment": comment, "address": confirm_address(comment)}
    facts["days"] = CONFIRM_LIFETIME_DAYS
    facts["wants_replies"] = Subscription.objects.filter(comment=comment, ended_at=None).exists()
    said = gettext("Is this your address? Your comment on %(headline)s")
    subject = about(said, comment.headline())
    return Letter(subject, "confirm.txt", comment.author_email, facts)


@writes(Notice.Kind.REPLY)
def _reply(notice: Notice) -> Letter | None:
    """Only while the reply is approved, on a page readers can see, and still asked for."""
    comment, reply = notice.writer_of, notice.about
    if comment is None or reply is None or not reply.is_approved():
        return None
    live = Comment.objects.on_live_articles().filter(pk=reply.pk).exists()
    subscription = Subscription.objects.filter(comment=comment).first()
    if not live or subscription is None or not subscription.is_live():
        return None
    stop = settings.SITE_URL + unsubscribe_address(subscription)
    facts = {"comment": comment, "reply": reply, "stop": stop, "address": reply.get_absolute_url()}
    subject = about(gettext("A reply to your comment on %(headline)s"), comment.article.headline)
    # Mail programs put what names the same mail, though none had that name, into one conversation.
    heads = one_press(stop) | {"References": f"<replies-to-{comment.pk}@{host()}>"}
    return Letter(subject, "reply.txt", comment.author_email, facts, heads)


@writes(Notice.Kind.DIGEST)
def _digest(notice: Notice) -> Letter | None:
    """What waits or was reported when it is sent; nothing that was written, not even the names."""
    user, waiting = notice.user, Comment.objects.number_pending()
    reported = Comment.objects.approved().reported().count()
    urgent = notice.key.startswith("urgent")
    nothing = not waiting and not reported
    if user is None or nothing or not user.has_perm("comments.moderate_comment"):
        return None
    if not own_mails.want(user, What.URGENT if urgent else What.DAILY):
        return None
    oldest = Comment.objects.pending().select_related("article").oldest_first()
    desk = reverse("admin:comments_comment_changelist")
    facts: dict[str, object] = {"waiting": waiting, "items": oldest[:DIGEST_ITEMS], "desk": desk}
    facts |= {"reported": reported, "reports": f"{desk}?state=approved&reported=open"}
    stop = own_mails.stop_address(user, "comments")
    facts |= {"urgent": urgent, "stop": stop, "choose": reverse("admin:own_mails")}
    said = _summons(waiting, reported)
    return Letter(said, "digest.txt", user.email, facts, one_press(stop))


def _summons(waiting: int, reported: int) -> str:
    if waiting:
        return ngettext(
            "%(waiting)d comment waits for a moderator",
            "%(waiting)d comments wait for a moderator",
            waiting,
        ) % {"waiting": waiting}
    return ngettext(
        "%(reported)d comment was reported by readers",
        "%(reported)d comments were reported by readers",
        reported,
    ) % {"reported": reported}


@writes(Notice.Kind.AKISMET)
def _akismet(notice: Notice) -> Letter | None:
    """Why nothing is asked, unless that is over by now."""
    user, known = notice.user, health.current()
    if user is None or not user.is_superuser or known.stopped_at is None:
        return None
    facts: dict[str, object] = {"health": known, "waiting": Comment.objects.number_pending()}
    facts["page"] = reverse("admin:comments_akismethealth_changelist")
    return Letter("Akismet does not check comments any more", "akismet.txt", user.email, facts)
