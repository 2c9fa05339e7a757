"""The demo comments: sent in through the front door, screened by every rule, then decided."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.contrib.auth.models import User

from comments import intake, moderation
from comments.models import Comment, SavedAnswer
from comments.spam import FormFacts
from publication.demo import content
from reviews.models import Article

UNHURRIED = 140  # seconds on the form of everybody of whom nothing else is said
FIRST_LOOK = 25  # minutes until a moderator looks, and up to LONGEST_LOOK more
LONGEST_LOOK = 190


def fill(articles: Mapping[str, Article], *, by: User, now: datetime) -> None:
    """Every thread, and what moderators answer often. A comment that its file gives no state was
    approved by the moderator `by`."""
    written = content.read("comments")
    saved = [SavedAnswer(**facts) for facts in written["saved_answer"]]
    SavedAnswer.objects.bulk_create(saved, ignore_conflicts=True)  # somebody may have their own
    for thread in written["thread"]:
        article = articles[thread["article"]]
        made: dict[str, Comment] = {}
        for number, facts in enumerate(thread["comment"]):
            comment = _send(article, facts, made, now)
            wait = timedelta(minutes=FIRST_LOOK + number * 47 % LONGEST_LOOK)
            _decide(comment, facts, by=by, at=min(comment.submitted_at + wait, now))
            made[facts["key"]] = comment


def _send(
    article: Article, facts: content.Facts, made: Mapping[str, Comment], now: datetime
) -> Comment:
    parent = made[facts["answers"]] if "answers" in facts else None
    at = _moment(article, parent, facts, now)
    return intake.submit(
        article,
        parent=parent,
        author_name=facts["name"],
        author_email=facts["email"],
        author_url=facts.get("url", ""),
        text=facts["text"],
        address=facts.get("address", ""),
        form_facts=FormFacts(
            honeypot=facts.get("honeypot", ""),
            rendered_at=at - timedelta(seconds=facts.get("seconds_on_form", UNHURRIED)),
        ),
        at=at,
    )


def _moment(
    article: Article, parent: Comment | None, facts: content.Facts, now: datetime
) -> datetime:
    if "hours_ago" in facts:
        return now - timedelta(hours=facts["hours_ago"])
    since = parent.submitted_at if parent else article.first_published_at or now
    return min(since + timedelta(hours=facts["hours_after"]), now)


def _decide(comment: Comment, facts: content.Facts, *, by: User, at: datetime) -> None:
    """The verb that brings a comment to the state its file says, where screening has not."""
    state, reason = facts.get("state", "approved"), facts.get("reason", "")
    if comment.status == state:
        return
    match state:
        case "approved":
            moderation.approve([comment], by=by, reason=reason, at=at)
        case "rejected":
            moderation.reject([comment], by=by, reason=reason, at=at)
        case "spam":
            moderation.mark_spam([comment], by=by, reason=reason, at=at)
        case "withdrawn":
            moderation.withdraw(comment, at=at)
