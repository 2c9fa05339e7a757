"""The mails to who works here: which of them somebody wants, and the address that stops one.

What a login needs itself, a link for its password and word that that was changed, is no choice, nor
is what an administrator is told of the server.
"""

from collections.abc import Collection, Iterable

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from . import tokens
from .models import StoppedMail

What = StoppedMail.What
NEEDS = {  # the permission without which nobody is sent it
    What.DAILY: "comments.moderate_comment",
    What.URGENT: "comments.moderate_comment",
    What.RETURNED: "reviews.change_article",
}
# One press in a mail program ends all mails of that sort: whoever pressed wants no other of them.
SORTS = {"comments": (What.DAILY, What.URGENT), "returned": (What.RETURNED,)}
# Mail providers know these addresses: they stand in the head of each mail.
_stops = {
    sort: tokens.Tokens[User](f"comments.own_mails.{sort}", lambda user: user.date_joined)
    for sort in SORTS
}


def offered(user: User) -> list[StoppedMail.What]:
    """Those that somebody with these rights may be sent."""
    return [what for what, permission in NEEDS.items() if user.has_perm(permission)]


def stopped(user: User) -> set[str]:
    """One query."""
    return set(user.stopped_mails.values_list("what", flat=True))


def who_want(users: QuerySet[User], what: StoppedMail.What) -> QuerySet[User]:
    """Those of them who did not stop it."""
    return users.exclude(pk__in=StoppedMail.objects.filter(what=what).values("user"))


def want(user: User, what: StoppedMail.What) -> bool:
    """One query."""
    return not user.stopped_mails.filter(what=what).exists()


def all_stopped(what: What) -> bool:
    """Whether those who could get it are some, and each has stopped it. One query."""
    could = User.objects.with_perm(NEEDS[what]).exclude(email="")
    stopped = Exists(StoppedMail.objects.filter(user=OuterRef("pk"), what=what))
    return set(could.values_list(stopped).distinct()) == {(True,)}


def stop(user: User, these: Iterable[StoppedMail.What]) -> None:
    """Also twice at once. One query."""
    rows = [StoppedMail(user=user, what=what) for what in these]
    StoppedMail.objects.bulk_create(rows, ignore_conflicts=True)


def choose(user: User, wanted: Collection[str]) -> None:
    """Which of those that are offered they want; of the others nothing is changed. Two queries."""
    mine = offered(user)
    with transaction.atomic():
        user.stopped_mails.filter(what__in=[what for what in mine if what in wanted]).delete()
        stop(user, [what for what in mine if what not in wanted])


def stop_address(user: User, sort: str) -> str:
    """Where one press stops them (RFC 8058); good for ever."""
    return settings.SITE_URL + reverse("comments:stop_own_mails", args=[_stops[sort].token(user)])


def to_stop(token: str) -> tuple[User, str] | None:
    """Whose mails it stops and of which sort; None if it is not ours, or they work here no more.
    One query."""
    sort = next((sort for sort, stops in _stops.items() if stops.is_ours(token)), "")
    here = User.objects.filter(is_active=True, is_staff=True)
    user = _stops[sort].row(token, here) if sort else None
    return (user, sort) if user else None
