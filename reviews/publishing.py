"""The life of an article: the verbs that move its status, behind the checklist of readiness.py.

The only door to `Article.status`. Every verb is one conditional update on the version the caller
saw: of two people who act at once, one succeeds and the other is told (`Conflict`).
"""

from collections.abc import Sequence
from datetime import datetime
from itertools import chain
from typing import Any

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import F
from django.dispatch import Signal
from django.utils import timezone

from . import body, revisions, slugs
from .models import WAITS, Article, Image, Placement
from .readiness import Problem as Problem  # both are asked for at this door
from .readiness import checklist as checklist

Status = Article.Status
ROOM = 180  # characters of an address that leave room for a key

# Sent with `article` and `by` in the transaction in which a piece goes back that was handed in, or
# for which something is to be done.
returned = Signal()


class Conflict(Exception):
    """Somebody else changed the article since the caller read it."""


class NotAllowed(Exception):
    """The move makes no sense from the article's status; the message says what would."""


class NotReady(Exception):
    """The checklist has problems; `problems` holds them all."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(" ".join(problem.message for problem in problems))
        self.problems = list(problems)


def possible(article: Article) -> set[str]:
    """The names of the verbs below that make sense from where the article stands."""
    if article.is_live():
        return {"withdraw"}
    if article.status == Status.DELETED:
        return set()
    back_or_on = "submit" if article.status == Status.DRAFT else "return_to_draft"
    return {"publish", "schedule", back_or_on}


def submit(article: Article, *, by: User) -> None:
    """Hand a draft to the editors. Raises `NotAllowed`, `Conflict`."""
    _require(article, {Status.DRAFT}, "Only a draft can be submitted.")
    with transaction.atomic():
        _move(article, status=Status.SUBMITTED, submitted_by=by, submitted_at=timezone.now())
        revisions.answered(article)


def return_to_draft(article: Article, *, by: User, note: str = "") -> None:
    """Give a submitted, scheduled or withdrawn article back to its writer, with what they should
    do. Raises `NotAllowed`, `Conflict`."""
    _require(
        article,
        {Status.SUBMITTED, Status.SCHEDULED, Status.WITHDRAWN},
        "Withdraw a published article first.",
    )
    if article.is_live():
        raise NotAllowed("Its minute has come and readers see it: withdraw it first.")
    handed_in = article.status == Status.SUBMITTED
    times = _forget_unreached_times(article)
    with transaction.atomic():
        _move(article, status=Status.DRAFT, **times)
        if note:
            revisions.keep(article, by, revisions.words_of(article), note)
        if handed_in or note:
            returned.send(Article, article=article, by=by)


def publish(article: Article, *, by: User | None) -> None:
    """Show it to readers now. Raises `NotReady`, `NotAllowed`, `Conflict`."""
    if article.is_live():
        raise NotAllowed("It is published already.")
    _go_live(article, Status.PUBLISHED, timezone.now(), by)


def schedule(article: Article, at: datetime, *, by: User | None) -> None:
    """Let readers see it from a moment on. Raises `NotReady`, `NotAllowed`, `Conflict`."""
    if at <= timezone.now():
        raise NotAllowed("That moment has passed. Choose a later one, or publish it now.")
    if article.is_live():
        raise NotAllowed("It is published already. Withdraw it first to schedule it again.")
    _go_live(article, Status.SCHEDULED, at, by)


def is_moved(article: Article, at: datetime | None) -> bool:
    """Whether it was scheduled for another moment than this one, of which a form has the minute."""
    if at is None or article.publish_at is None or article.status != Status.SCHEDULED:
        return False
    return at != article.publish_at.replace(second=0, microsecond=0)


def withdraw(article: Article, *, by: User, reason: str = "") -> None:
    """Take it away from readers; everything is kept, and with it the newsroom's reason. Raises
    `NotAllowed`, `Conflict`."""
    _require(
        article, {Status.PUBLISHED, Status.SCHEDULED}, "Only a published article can be withdrawn."
    )
    times = _forget_unreached_times(article)
    with transaction.atomic():
        _move(article, status=Status.WITHDRAWN, **times)
        if reason:
            revisions.keep(article, by, revisions.words_of(article), reason, withdrawal=True)


def delete(article: Article, *, by: User) -> None:
    """Take it out of the newsroom too; for a while (trash.py) it can be brought back, whole. The
    address of what readers never had is free meanwhile. Raises `NotAllowed`, `Conflict`."""
    _require(
        article,
        {Status.DRAFT, Status.SUBMITTED, Status.WITHDRAWN},
        "Readers see it or soon will: withdraw it first.",
    )
    freed = (
        {} if article.first_published_at else {"slug": f"{article.slug[:ROOM]}{_aside(article)}"}
    )
    _move(article, status=Status.DELETED, deleted_at=timezone.now(), **freed)


def bring_back(article: Article, *, by: User) -> None:
    """Undo that: what readers had is withdrawn then, anything else a draft. Raises `NotAllowed`,
    `Conflict`."""
    _require(article, {Status.DELETED}, "It was brought back already.")
    if Article.objects.given_up().filter(pk=article.pk).exists():
        raise NotAllowed("Its time is over, and it is going for good.")
    status = Status.WITHDRAWN if article.first_published_at else Status.DRAFT
    slug = article.slug.removesuffix(_aside(article))
    wished = chain([slug], slugs.numbered(slug, Article))
    free = slugs.first_free(wished, Article, but=article.pk)
    try:
        with transaction.atomic():
            _move(article, status=status, deleted_at=None, slug=free)
    except IntegrityError:  # taken a moment ago
        raise Conflict("Its address was taken just now. Try again.") from None


def give_up(article: Article) -> None:
    """From now on nobody brings a deleted piece back: trash.py lets it go. Raises `NotAllowed`,
    `Conflict`."""
    _require(article, {Status.DELETED}, "It was brought back.")
    over = timezone.now() - WAITS
    _move(article, deleted_at=min(article.deleted_at or over, over))


def bring_in(
    article: Article, at: datetime | None, *, corrected_at: datetime | None = None, note: str = ""
) -> list[Problem]:
    """A piece that moves here stands as it stood where it was: before readers since, or from, `at`,
    or, without that moment, as a draft. Its words are kept.

    What its text lacks makes it a draft too, and is said. What its pictures lack does not: readers
    do not see those until somebody mends them (`figures.why_unseen`). Raises `Conflict`.
    """
    with transaction.atomic():
        place_pictures(article)
        lacks = [each for each in checklist(article, at=at) if each.image is None] if at else []
        status, shown = Status.DRAFT, None
        if at and not lacks:
            status = Status.SCHEDULED if at > timezone.now() else Status.PUBLISHED
            shown = at
        _move(
            article,
            status=status,
            publish_at=shown,
            first_published_at=shown,
            updated_at=corrected_at if shown else None,
        )
        if revisions.last_kept(article) != revisions.words_of(article):
            revisions.keep(article, None, revisions.words_of(article), note)
    return lacks


def record_edit(
    article: Article,
    *,
    by: User | None,
    substantive: bool,
    note: str = "",
    before: Sequence[str] = (),
) -> None:
    """After a form saved an article: keep its placements and its words, as they are now and, if no
    revision has them, as they were `before`. If readers see it and the change is substantive, move
    `updated_at`; the revision's `note` is for them, then."""
    place_pictures(article)
    last = revisions.last_kept(article)
    if before and last != tuple(before):
        revisions.keep(article, None, before)
    if article.is_live() and substantive:
        article.updated_at = timezone.now()
        Article.objects.filter(pk=article.pk).update(updated_at=article.updated_at)
        revisions.keep(article, by, revisions.words_of(article), note, public=True)
    elif revisions.words_of(article) != (tuple(before) or last):
        revisions.keep(article, by, revisions.words_of(article))
    revisions.forget_the_oldest(article)


def place_pictures(article: Article) -> None:
    """Make the `Placement` rows say what the body says. Pictures that do not exist are left out;
    the checklist names them. Held meanwhile, those that exist, and the one above it, cannot be
    deleted; nor withdrawn by somebody who does not see yet that readers will see them here."""
    placed = body.image_ids(article.body)
    shown = Image.objects.filter(pk__in=[*placed, article.lead_image_id]).order_by("pk")
    with transaction.atomic(savepoint=False):
        held = set(shown.select_for_update(no_key=True).values_list("pk", flat=True))
        wanted = held.intersection(placed)
        article.placements.exclude(image_id__in=wanted).delete()
        Placement.objects.bulk_create(
            (Placement(article=article, image_id=pk) for pk in wanted), ignore_conflicts=True
        )


def uses_on_live_pages(image: Image) -> list[Article]:
    """The live and scheduled articles that show a picture as lead or in the body."""
    shown = Article.objects.released()
    return list(
        shown.filter(lead_image=image) | shown.filter(pk__in=image.placements.values("article"))
    )


def is_on_pages(image: Image) -> bool:
    """Whether readers see it, or will: in an article, on a film's page or a reviewer's."""
    placed = image.poster_of.exists() or image.portrait_of.exists()
    return placed or bool(uses_on_live_pages(image))


def _go_live(article: Article, status: Status, at: datetime, by: User | None) -> None:
    _require(article, set(Status) - {Status.DELETED}, "It is deleted: bring it back first.")
    with transaction.atomic():
        place_pictures(article)
        problems = checklist(article, at=at)
        if problems:
            raise NotReady(problems)
        revisions.settled(article)
        before = article.first_published_at
        reached = before is not None and before <= timezone.now()
        _move(
            article,
            status=status,
            publish_at=at,
            first_published_at=before if reached else at,
        )
        if revisions.last_kept(article) != revisions.words_of(article):
            revisions.keep(article, by, revisions.words_of(article))


def _move(article: Article, **changes: Any) -> None:
    """One conditional update, mirrored on the object. Raises `Conflict`."""
    seen = Article.objects.filter(pk=article.pk, version=article.version)
    if not seen.update(version=F("version") + 1, **changes):
        raise Conflict(f"{article.headline} was changed by somebody else meanwhile. Look again.")
    article.version += 1
    for name, value in changes.items():
        setattr(article, name, value)


def _require(article: Article, allowed: set[Status], otherwise: str) -> None:
    if article.status not in allowed:
        raise NotAllowed(otherwise)


def _forget_unreached_times(article: Article) -> dict[str, None]:
    """A moment that never came is no publication date."""
    if article.first_published_at and article.first_published_at > timezone.now():
        return {"publish_at": None, "first_published_at": None}
    return {}


def _aside(article: Article) -> str:
    """What the address of a deleted piece ends in, so that another may have it."""
    return f"__{article.pk}"
