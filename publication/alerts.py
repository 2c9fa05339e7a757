"""What stands still and is seen nowhere else, in words for the newsroom's front page and for
administrators' mail."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.urls import reverse
from django.utils import timezone
from django.utils.text import get_text_list

from comments import letters, notices, own_mails
from comments.following import sending
from comments.models import Notice
from comments.own_mails import NEEDS, What

from . import health, heartbeat
from .backups import series
from .models import FailingErrand, Heartbeat, Purge

PATIENCE = timedelta(minutes=15)  # cron may be the worker, and a CDN may be away for a while

_WHY_NO_MAIL = {  # by the kind of the failure
    "gaierror": "cannot be found by its name",
    "ConnectionRefusedError": "does not take connections",
    "TimeoutError": "does not answer",
    "SMTPAuthenticationError": "does not take the login",
    "SMTPServerDisconnected": "breaks off",
    "SMTPRecipientsRefused": "passes nothing on for this publication",  # for its policy: 5.7
}


def now() -> list[str]:
    """Six queries, five without CDN_PURGE; two more where a mail failed, and as many where one to
    followers did."""
    each = (_worker(), _missed_workers(), _errands(), _mail(), _cdn(), _disk(), _backup())
    return [said for said in each if said]


def of_mails(user: User | AnonymousUser) -> list[str]:
    """What nobody is told any more, to those who could be. One query."""
    if not user.has_perm(NEEDS[What.DAILY]) or not own_mails.all_stopped(What.DAILY):
        return []
    return [
        "Comments that wait are mailed to nobody: every moderator has stopped the daily mail. "
        "Whoever wants it again says so under “Your mails”."
    ]


def tell() -> None:
    """Administrators need not look: each is mailed once a day, as long as it lasts."""
    if _mailed():
        notices.tell_administrators(Notice.Kind.TROUBLE, timezone.now())


@letters.writes(Notice.Kind.TROUBLE)
def _letter(notice: Notice) -> letters.Letter | None:
    """What stands still, unless that is over by now."""
    user, said = notice.user, _mailed()
    if user is None or not user.is_superuser or not said:
        return None
    facts: dict[str, object] = {"said": said, "page": reverse("admin:index")}
    return letters.Letter("The server needs you", "trouble.txt", user.email, facts)


def _mailed() -> list[str]:
    """Of these what a mail can tell: neither that no mail goes out nor that nobody sends any."""
    each = (_missed_workers(), _errands(), _cdn(), _disk(), _backup())
    return [said for said in each if said]


def _disk() -> str:
    if not (said := health.disk_problem()):
        return ""
    return (
        f"{said} Until then a comment, a piece or a picture may not be kept. Tell whoever runs "
        "this server."
    )


def _backup() -> str:
    if not (said := series.problem()):
        return ""
    return (
        f"{said} What is written now would be lost with this server. Tell whoever runs it "
        "(manage.py backup)."
    )


def _worker() -> str:
    last = Heartbeat.objects.filter(pk=Heartbeat.WORKER).first()
    if last is not None and timezone.now() - last.beat_at <= PATIENCE:
        return ""
    since = f"since {_when(last.beat_at)}" if last else "yet"
    return (
        f"The worker has not been at work {since}: new pictures keep one small size, and no mail "
        "goes out. Nothing is lost. Tell whoever runs this server (manage.py work)."
    )


def _missed_workers() -> str:
    """Of several; where none works that is said."""
    now = timezone.now()
    if not (missed := heartbeat.missed(now, PATIENCE)) or _worker():
        return ""
    names = get_text_list([f"{one.machine}, since {_when(one.beat_at)}" for one in missed], "and")
    return (
        f"A worker is missed ({names}): it was not told to stop. Another does the work meanwhile. "
        "Tell whoever runs these servers. If that machine is gone for good, this is over in a day."
    )


def _errands() -> str:
    long = FailingErrand.objects.filter(since__lt=timezone.now() - PATIENCE).order_by("since")
    if not (failing := list(long)):
        return ""
    names = get_text_list([f"“{each.name}” ({each.problem})" for each in failing], "and")
    return (
        f"The worker has failed since {_when(failing[0].since)} at this: {names}. It does the "
        "rest, and tries again by itself. Tell whoever runs this server: its log says why."
    )


def _mail() -> str:
    now = timezone.now()
    both = [still for still in (notices.standstill(), sending.standstill(now)) if still]
    still = min(both, key=lambda each: each.since, default=None)
    if still is None or now - still.since <= PATIENCE:
        return ""
    kind = still.error.partition(" ")[0]
    return (
        f"No mail has gone out since {_when(still.since)}: the mail server "
        f"{_WHY_NO_MAIL.get(kind, f'failed ({still.error})')}. Each mail is tried again for four "
        "days. Tell whoever runs this server (EMAIL_URL)."
    )


def _cdn() -> str:
    row = Purge.objects.filter(pk=Purge.THE_ONE).first() if settings.CDN_PURGE else None
    if row is None or not row.failing_since:
        return ""
    if timezone.now() - row.failing_since <= PATIENCE:
        return ""
    return (
        f"Readers may see pages as they were at {_when(row.failing_since)}: the CDN has not taken "
        f"in what changed since. It {row.problem}. It is told again by itself; tell whoever runs "
        "this server."
    )


def _when(at: datetime) -> str:
    return f"{timezone.localtime(at):%H:%M on %-d %B}"
