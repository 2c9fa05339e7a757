"""Who follows: asking, confirming, changing and stopping. Nothing is mailed to an address but what
confirms it, until its owner has pressed the button behind a mailed link."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from .. import erasures, letters, notices, rate_limits
from ..models import Follower
from . import letter as letter  # it knows what is owed by `ask`
from . import news

ASKED = "followed"  # the kind of the row that every question leaves for a day; it names nobody
LINK_LASTS = timedelta(days=letters.CONFIRM_LIFETIME_DAYS)


def ask(email: str, rhythm: str, at: datetime | None = None) -> None:
    """Owe the address a mail: a link that confirms, or word that it follows already. What somebody
    else follows is not changed by it. Every question costs a commit: else the time until the answer
    comes would tell whether the address is known."""
    now = at or timezone.now()
    with transaction.atomic():
        rate_limits.note(ASKED, now)
        asked: dict[str, object] = {"rhythm": rhythm, "asked_at": now}
        first = asked | {"made_at": now}
        rows = Follower.objects.select_for_update(no_key=True)
        follower, is_new = rows.get_or_create(email=email.lower(), defaults=first)
        if notices.answer_follower(follower, now) and not is_new:
            _unconfirmed().filter(pk=follower.pk).update(**asked)


def may_confirm(follower: Follower) -> bool:
    """Whether it is confirmed, or its link is still good."""
    return follower.is_confirmed() or follower.asked_at > timezone.now() - LINK_LASTS


def choose(follower: Follower, rhythm: str, at: datetime | None = None) -> None:
    """Its owner pressed the button: confirmed from now on, with this rhythm. What was published
    before is no news."""
    now = at or timezone.now()
    when = {"rhythm": rhythm, "due_at": news.next_time(rhythm, now)}
    with transaction.atomic():
        if not begin(Follower.objects.filter(pk=follower.pk), now, **when):
            Follower.objects.filter(pk=follower.pk).update(**when)


def begin(followers: QuerySet[Follower], now: datetime, **facts: object) -> int:
    """Those of them that were not confirmed are; how many."""
    unconfirmed = followers.filter(confirmed_at=None)
    return unconfirmed.update(confirmed_at=now, news_from=now, **facts)


def stop(follower: Follower, at: datetime | None = None) -> None:
    """Its owner wants no more. That is noted where no copy of an earlier day takes it back."""
    erasures.note(_stopped(follower.email), at or timezone.now())
    Follower.objects.filter(pk=follower.pk).delete()


def forget(email: str, upto: datetime) -> int:
    """Erase what is kept of an address since before a moment; how many rows."""
    return Follower.objects.filter(email=email.lower(), made_at__lte=upto).delete()[0]


def stop_again(noted: dict[str, datetime]) -> int:
    """End what a copy of an earlier day brought back though its owner had stopped it since; how
    many. `noted` are erasures.noted()."""
    count = 0
    for email in emails():
        if upto := erasures.last(_stopped(email), noted):
            count += forget(email, upto)
    return count


def has_stopped(email: str, noted: dict[str, datetime]) -> bool:
    """Whether its owner stopped the mails once."""
    return erasures.last(_stopped(email), noted) is not None


def emails() -> QuerySet[Follower, str]:
    return Follower.objects.order_by().values_list("email", flat=True)


def forget_unconfirmed(now: datetime) -> int:
    """Drop those whose link is good no more; how many. One that is confirmed while this waits for
    its row stays."""
    with transaction.atomic():
        old = Q(asked_at__lt=now - LINK_LASTS)
        waiting = _unconfirmed().filter(old).select_for_update().values_list("pk", flat=True)
        return _unconfirmed().filter(old, pk__in=list(waiting)).delete()[0]


def number() -> int:
    """How many follow."""
    return Follower.objects.exclude(confirmed_at=None).count()


def _unconfirmed() -> QuerySet[Follower]:
    return Follower.objects.filter(confirmed_at=None)


def _stopped(email: str) -> str:
    """What is noted when somebody stops; other than of their address alone, by which what they
    wrote would be erased too."""
    return f"following {email.lower()}"
