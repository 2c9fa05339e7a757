"""Mails that the worker owes."""

from datetime import timedelta

from django.utils import timezone

from comments.models import Notice, Subscription
from tests.factories import make_comment, make_user

from .followed import make_follower


def one_of_each_kind() -> list[Notice]:
    """Every mail, due now, with all that it tells of; but for what an administrator is told of
    Akismet, which is English, like the newsroom."""
    parent = make_comment(status="approved")
    Subscription.objects.create(comment=parent, confirmed_at=timezone.now())
    reply = make_comment(parent.article, parent=parent, status="approved")
    make_comment(parent.article)  # for the digest
    kinds = {
        Notice.Kind.CONFIRM: {"writer_of": parent},
        Notice.Kind.REPLY: {"writer_of": parent, "about": reply},
        Notice.Kind.DIGEST: {"user": make_user("Moderator", email="m@example.org")},
        Notice.Kind.KEPT: {"writer_of": parent},
        Notice.Kind.FOLLOW: {
            "follower": make_follower(
                "reader@example.org", due_at=timezone.now() + timedelta(days=1)
            )
        },
    }
    return [
        Notice.objects.create(kind=kind, key=kind, due_at=timezone.now(), **facts)
        for kind, facts in kinds.items()
    ]
