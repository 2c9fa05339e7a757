"""Which colleagues have the same comments in front of them: a courtesy, never a lock."""

from collections.abc import Iterable
from datetime import timedelta

from django.contrib.auth.models import User
from django.utils import timezone

from reviews import names

from ..models import LOOK_LASTS, Comment, Look

WRITTEN_AGAIN_AFTER = timedelta(seconds=30)  # the same page opened again is not written again


def look(user: User, comments: Iterable[int]) -> dict[int, list[str]]:
    """Note that `user` looks at these; say who else does, by comment. Two queries at most."""
    now = timezone.now()
    wanted = sorted(comments)
    looks = list(Look.objects.filter(at__gte=now - LOOK_LASTS).select_related("user"))
    mine = next((one for one in looks if one.user_id == user.pk), None)
    if mine is None or mine.comments != wanted or now - mine.at > WRITTEN_AGAIN_AFTER:
        Look.objects.bulk_create(
            [Look(user=user, comments=wanted, at=now)],
            update_conflicts=True,
            unique_fields=["user"],
            update_fields=["comments", "at"],
        )
    others: dict[int, list[str]] = {}
    for one in looks:
        for pk in set(one.comments).intersection(wanted) if one is not mine else ():
            others.setdefault(pk, []).append(names.of_colleague(one.user))
    return others


def of_colleagues(user_id: int | None) -> set[int]:
    """The comments that others have in front of them. One query."""
    theirs = Look.objects.filter(at__gte=timezone.now() - LOOK_LASTS).exclude(user=user_id)
    return {pk for comments in theirs.values_list("comments", flat=True) for pk in comments}


def attach(user: User, comments: Iterable[Comment]) -> list[str]:
    """Give each comment `others`, who else looks at it; return all their names."""
    comments = list(comments)
    others = look(user, [comment.pk for comment in comments])
    for comment in comments:
        comment.others = others.get(comment.pk, [])  # type: ignore[attr-defined]
    return sorted({name for names in others.values() for name in names})
