"""What the newsroom's front page shows: what waits, what is scheduled, what was corrected."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Case, Exists, OuterRef, Prefetch, Q, Subquery, When
from django.template.defaultfilters import pluralize
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.text import Truncator

from comments.following import follows, letter, news
from comments.models import Comment, Report
from reviews import readiness, revisions, saying
from reviews.models import Article, Byline, Image, Revision

# Before any correction. SQLite finds what is after it by its index; NOT NULL reads all pieces.
NEVER = datetime(1895, 12, 28, tzinfo=UTC)
SHOWN = 6  # lines of a part; the rest is a press away
ARTICLES = "admin:reviews_article_changelist"
IMAGES = "admin:reviews_image_changelist"
COMMENTS = "admin:comments_comment_changelist"


@dataclass(frozen=True)
class Line:
    """One thing to open: what it is called, when it was or will be, a few words more, and what is
    `wrong` with it."""

    title: str
    address: str
    at: datetime | None = None
    words: str = ""
    wrong: str = ""


@dataclass(frozen=True)
class Part:
    """Some lines under a heading; `none` is said where there are no lines, `more` leads to all.
    `total` is None where it asks for nothing: it would be counted for twenty years' pieces."""

    title: str
    lines: tuple[Line, ...]
    total: int | None
    none: str
    more: str


@dataclass(frozen=True)
class Today:
    """The two columns of the page: what asks for somebody, and what is on its way or done; and how
    many comments are `waiting`."""

    asks: tuple[Part, ...]
    moves: tuple[Part, ...]
    waiting: int


def today(user: User | AnonymousUser) -> Today:
    """What this user may see of the day. At most thirty queries."""
    asks: list[Callable[[], Part]] = []
    moves: list[Callable[[], Part]] = []
    waiting = 0
    if user.has_perm("comments.view_comment"):
        waiting = Comment.objects.number_pending()
        asks += [partial(_comments, waiting), _reported]
    if user.has_perm("reviews.view_article"):
        asks.append(_submitted)
    if user.has_perm("reviews.publish_article"):
        asks += [_pictures, _expiring]
    if user.has_perm("reviews.view_article"):
        asks.append(partial(_drafts, user))
        moves += [_scheduled, _published, _corrected]
    if user.has_perm("reviews.publish_article"):
        moves.insert(1, _by_mail)
    return Today(tuple(part() for part in asks), tuple(part() for part in moves), waiting)


def _comments(number: int) -> Part:
    waiting = Comment.objects.pending()
    lines = (
        _comment(comment, comment.submitted_at, Truncator(comment.text).words(18))
        for comment in waiting.select_related("article").oldest_first()[:SHOWN]
    )
    return Part(
        "Comments waiting",
        tuple(lines),
        number,
        "No comment waits for a moderator.",
        reverse(COMMENTS),
    )


def _reported() -> Part:
    """What readers see and reported, with their reasons; what was held for it waits anyway."""
    seen = Comment.objects.approved().reported()
    standing = Prefetch("reports", Report.objects.standing())
    shown = seen.select_related("article").prefetch_related(standing).oldest_first()[:SHOWN]
    lines = (
        _comment(
            comment,
            comment.reports.all()[0].made_at,
            " ".join(
                dict.fromkeys(f"{each.get_reason_display()}." for each in comment.reports.all())
            ),
        )
        for comment in shown
        if comment.reports.all()  # else they were settled between the two questions
    )
    return Part(
        "Reported by readers",
        tuple(lines),
        seen.count(),
        "No published comment has been reported.",
        reverse(COMMENTS, query={"state": "approved", "reported": "open"}),
    )


def _comment(comment: Comment, at: datetime, words: str) -> Line:
    headline = saying.in_its_language(comment.article.headline, comment.article.language)
    title = format_html("{} on {}", comment.author_name, headline)
    return Line(title, reverse("admin:comments_comment_change", args=[comment.pk]), at, words)


def _submitted() -> Part:
    """The one that waits longest first. SQLite finds them by status and when they were begun, which
    it asks for only where that is named."""
    return _articles(
        "Waiting for an editor",
        Article.objects.submitted().order_by("submitted_at", "created_at"),
        "Nothing was submitted.",
        "submitted",
        at="submitted_at",
    )


def _drafts(user: User | AnonymousUser) -> Part:
    """Those of who looks stand first: what was returned to them is not behind what others began."""
    by = Byline.objects.filter(article=OuterRef("pk"), reviewer__user=user.pk)
    mine = Case(When(Q(submitted_by=user.pk) | Exists(by), then=0), default=1)
    return _articles(
        "Drafts, yours first",
        Article.objects.drafts().order_by(mine, "-created_at"),
        "No drafts.",
        "draft",
        at="created_at",
        wrong=_returned,
    )


def _returned(articles: Sequence[Article]) -> dict[int, str]:
    notes = revisions.notes_to_writers(articles)
    return {pk: f"Returned: {each.note}" for pk, each in notes.items()}


def _scheduled() -> Part:
    """Each with what has come over it since: a picture was withdrawn, or will have expired."""
    return _articles(
        "Scheduled",
        Article.objects.scheduled().order_by("publish_at"),
        "Nothing is scheduled.",
        "scheduled",
        at="publish_at",
        wrong=_wrong,
    )


def _wrong(articles: Sequence[Article]) -> dict[int, str]:
    found = readiness.checklists(articles)
    said = {pk: " ".join(each.message for each in problems) for pk, problems in found.items()}
    return {pk: f"Before its minute comes: {problems}" for pk, problems in said.items() if problems}


def _by_mail() -> Part:
    """What followers who read every morning will be told next. Five queries."""
    followers, now = follows.number(), timezone.now()
    coming = news.in_the_next_mail(now)
    lines = (
        Line(
            saying.in_its_language(article.headline, article.language),
            reverse("admin:reviews_article_change", args=[article.pk]),
            article.publish_at,
            ". ".join(filter(None, [letter.about(article), article.standfirst])),
        )
        for article in coming.for_cards("publish_at")[:SHOWN]
    )
    when = date_format(timezone.localtime(news.next_time("daily", now)), "l, H:i")
    return Part(
        f"Next by mail: {followers:,} follower{pluralize(followers)}",
        tuple(lines),
        coming.count(),
        f"Nothing new yet for the mail on {when}.",
        reverse(ARTICLES, query={"status": "published"}),
    )


def _published() -> Part:
    return _articles(
        "Published lately",
        Article.objects.published().newest_first(),
        "Nothing has been published yet.",
        "published",
        at="first_published_at",
        counted=False,
    )


def _corrected() -> Part:
    notes = Revision.objects.filter(article=OuterRef("pk"), public=True).values("note")[:1]
    corrected = Article.objects.published().filter(updated_at__gt=NEVER)
    return _articles(
        "Corrected",
        corrected.annotate(said=Subquery(notes)).order_by("-updated_at"),
        "No piece has been corrected yet.",
        "published",
        at="updated_at",
    )


def _articles(
    title: str,
    articles: Any,
    none: str,
    status: str,
    *,
    at: str,
    counted: bool = True,
    wrong: Callable[[Sequence[Article]], dict[int, str]] = lambda _: {},
) -> Part:
    """Two queries with their bylines, one where they are counted, and those of `wrong`."""
    by = Prefetch("bylines", Byline.objects.select_related("reviewer"))
    shown = list(articles.prefetch_related(by)[:SHOWN])
    said = wrong(shown)
    lines = (
        Line(
            saying.in_its_language(article.headline, article.language),
            reverse("admin:reviews_article_change", args=[article.pk]),
            getattr(article, at),
            getattr(article, "said", "")
            or ", ".join(line.reviewer.name for line in article.bylines.all()),
            said.get(article.pk, ""),
        )
        for article in shown
    )
    more = reverse(ARTICLES, query={"status": status})
    return Part(title, tuple(lines), articles.count() if counted else None, none, more)


def _pictures() -> Part:
    uncredited = Image.objects.without_credit().order_by("-pk")
    lines = (
        Line(str(image), reverse("admin:reviews_image_change", args=[image.pk]))
        for image in uncredited[:SHOWN]
    )
    return Part(
        "Pictures without a credit line",
        tuple(lines),
        uncredited.count(),
        "Every picture has its credit.",
        reverse(IMAGES, query={"missing": "credit"}),
    )


def _expiring() -> Part:
    """One query, and one more where they are many."""
    expiring = Image.objects.expiring()
    found = list(expiring.order_by("expires_at", "pk")[: SHOWN + 1])
    lines = (
        Line(str(image), reverse("admin:reviews_image_change", args=[image.pk]), image.expires_at)
        for image in found[:SHOWN]
    )
    return Part(
        "Pictures that expire within 30 days",
        tuple(lines),
        len(found) if len(found) <= SHOWN else expiring.count(),
        "No picture expires soon.",
        reverse(IMAGES, query={"time": "expiring"}),
    )
