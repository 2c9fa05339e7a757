"""The private addresses that a follower's mails carry."""

from django.urls import reverse

from .. import tokens
from ..models import Follower

_tokens = tokens.Tokens[Follower]("comments.following", lambda follower: follower.made_at)


def page(follower: Follower) -> str:
    """Where it is confirmed, and afterwards changed or stopped."""
    return reverse("comments:following", args=[_tokens.token(follower)])


def stop(follower: Follower) -> str:
    """Where one press stops the mails (RFC 8058); good for ever."""
    return reverse("comments:stop_following", args=[_tokens.token(follower)])


def follower(token: str) -> Follower | None:
    """Whose link it is; None if it is not ours, or they follow no more. One query."""
    return _tokens.row(token, Follower.objects.all())


def is_ours(token: str) -> bool:
    """Whether it was somebody's, who may have stopped since."""
    return _tokens.is_ours(token)
