"""The private addresses that a follower's mails carry."""

from django.urls import reverse

from .. import tokens
from ..models import Follower

_pages = tokens.Tokens[Follower]("comments.following", lambda follower: follower.made_at)
# Mail providers know this one: it stands in the head of each mail.
_stops = tokens.Tokens[Follower]("comments.following.stop", lambda follower: follower.made_at)


def page(follower: Follower) -> str:
    """Where it is confirmed, and afterwards changed or stopped."""
    return reverse("comments:following", args=[_pages.token(follower)])


def stop(follower: Follower) -> str:
    """Where one press stops the mails (RFC 8058); good for ever."""
    return reverse("comments:stop_following", args=[_stops.token(follower)])


def of_page(token: str) -> Follower | None:
    """Whose page it is; None if it is not ours, or they follow no more. One query."""
    return _pages.row(token, Follower.objects.all())


def to_stop(token: str) -> Follower | None:
    """Whose mails it stops; None as above. One query."""
    return _stops.row(token, Follower.objects.all())


def did_stop(token: str) -> bool:
    """Whether it was somebody's to stop with, who may have done so."""
    return _stops.is_ours(token)
