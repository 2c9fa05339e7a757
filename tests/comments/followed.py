"""Followers, and the mails that they were sent."""

from datetime import datetime, timedelta
from typing import Any

from django.core import mail
from django.db.models import F
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from comments import notices
from comments.following import sending
from comments.models import Follower

from .posting import OURS

BY_MAIL = "/by-mail/"


def make_follower(email: str = "mina@example.org", **facts: Any) -> Follower:
    """Confirmed ten days ago, and due now."""
    then = timezone.now() - timedelta(days=10)
    times = {"made_at": then, "asked_at": then, "confirmed_at": then, "news_from": then}
    return Follower.objects.create(**{"email": email, "due_at": timezone.now()} | times | facts)


def asked_to_follow(email: str = "mina@example.org") -> Follower:
    """Not confirmed yet."""
    return Follower.objects.create(email=email)


def follow(client: Client, email: str = "mina@example.org", **said: str) -> HttpResponse:
    answer = client.post(BY_MAIL, {"email": email, "rhythm": "daily"} | said, headers=OURS)
    notices.send_due()
    return answer


def link(kind: str = "yours") -> str:
    """Of the newest mail."""
    found = next(word for word in mail.outbox[-1].body.split() if f"/by-mail/{kind}/" in word)
    return found.removeprefix("http://testserver")


def next_morning() -> int:
    """All that is due by then is sent."""
    Follower.objects.exclude(due_at=None).update(due_at=timezone.now())
    return sending.send_all()


def earlier(**by: float) -> None:
    """All that followers did and were sent is so much longer ago."""
    ago = timedelta(**by)
    for moment in ("due_at", "claimed_at", "news_from", "confirmed_at", "asked_at"):
        Follower.objects.update(**{moment: F(moment) - ago})


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def told() -> list[str]:
    """The subjects of all mails so far."""
    return [sent.subject for sent in mail.outbox]
