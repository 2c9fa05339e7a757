"""Comments that Akismet is asked about, and the worker's part of it at once."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db.models import F
from django.test import Client
from django.utils import timezone

from comments import moderation, trust
from comments.akismet import verdicts
from comments.models import AkismetCheck, AkismetFeedback, AkismetHealth, Comment, Finding
from reviews.models import Article
from tests.factories import make_article

from .posting import WORDS, post

BROWSER = {
    "sec-fetch-site": "same-origin",
    "user-agent": "Mozilla/5.0 (test)",
    "referer": "http://testserver/reviews/quiet/?from=private",
}
SPAM = {"name": "viagra-test-123"}  # what Akismet's documentation calls always spam


def send(client: Client, article: Article | Comment | None = None, **typed: Any) -> Comment:
    """A post through the form, as a browser sends it."""
    typed.setdefault("headers", BROWSER)
    typed.setdefault("text", f"{WORDS} ({Comment.objects.count()})")
    answer = post(client, article or make_article(), **typed)
    assert answer.status_code == 303, answer.content.decode()
    return Comment.objects.latest("pk")


def trusted(client: Client, moderator: User) -> None:
    """The next comments of mina@example.org appear at once, if nothing is against them."""
    article = make_article()
    first = send(client, article, name="Mina")
    identity = trust.prove(first, timezone.now())
    second = send(client, article, name="Mina")
    Comment.objects.filter(pk=second.pk).update(identity=identity)
    moderation.approve([first, second], by=moderator)
    client.cookies[trust.COOKIE] = trust.cookie(identity)
    AkismetCheck.objects.all().delete()


def finding(comment: Comment) -> Finding:
    return Finding.objects.get(comment=comment, rule="akismet")


def later(**time: float) -> None:
    """Everything that is owed is owed so much earlier, and so is what was claimed or paused."""
    back = timedelta(**time)
    for kind in (AkismetCheck, AkismetFeedback):
        kind.objects.update(next_at=F("next_at") - back, claimed_at=F("claimed_at") - back)
    AkismetHealth.objects.update(paused_until=F("paused_until") - back)


def answered(comment: Comment) -> Comment:
    """As it is after the worker has asked whatever is due."""
    verdicts.work_all()
    comment.refresh_from_db()
    return comment
