"""How a comment comes in: screened, and saved with what was found and the first decision.

What becomes of it from then on is in comments/moderation.py.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from reviews import body
from reviews.models import Article, written_once
from reviews.models.written_once import TEXT, key, moment

from . import moderation, network_addresses, notices, plain_text, spam, trust, welcome
from .akismet import inquiries
from .akismet.sent_fields import Browser
from .evidence import kept, said
from .models import IMPORT, SCREENING, TRUST, Comment, Decision, Finding, Identity
from .spam import FindingFacts, FormFacts, Submission, near_known_spam
from .spam.rules import FLOOD_WINDOW
from .spam.screening import said_of

Status = Comment.Status

DOUBLE_PRESS = timedelta(minutes=10)  # a slow page, an impatient finger, a reload


def submit(
    article: Article,
    *,
    author_name: str,
    author_email: str,
    text: str,
    author_url: str = "",
    parent: Comment | None = None,
    address: str = "",
    browser: Browser = Browser(),  # noqa: B008 (frozen)
    identity: Identity | None = None,
    wants_replies: bool = False,
    form_facts: FormFacts = FormFacts(),  # noqa: B008 (frozen)
    at: datetime | None = None,
) -> Comment:
    """Take a post: screen it, and save comment, findings, score and first decision together.

    The same post pressed twice is the same comment. `at` dates an import: whether the thread is
    open now is then not asked. Raises `welcome.Refused` or `TooMany`.
    """
    now = at or timezone.now()
    submission = Submission(
        author_name=plain_text.one_line(author_name),
        author_email=author_email,
        author_url=author_url,
        text=(text := plain_text.tidy(text)),
        text_digest=plain_text.digest(text),
        at=now,
        address_hashes=network_addresses.recent_hashes(address, now, FLOOD_WINDOW),
        form=form_facts,
    )
    with transaction.atomic():
        article = _held(article.pk)
        twin = _twin(article, parent, submission)
        if twin is not None:
            return twin
        if at is None:
            welcome.require(article, parent, submission)
        elif parent is not None and parent.article_id != article.pk:
            raise welcome.NoSuchParent
        address_hash = network_addresses.keyed_hash(address, now)
        comment = _save(article, parent, submission, address_hash, trust.still(identity))
        inquiries.ask(comment, address, browser, form_facts.honeypot, imported=at is not None)
        if wants_replies:
            notices.subscribe(comment)
        return comment


def bring_in(
    article: Article,
    *,
    status: Status,
    author_name: str,
    author_email: str,
    author_url: str,
    text: str,
    at: datetime,
    parent: Comment | None = None,
    written_by: User | None = None,
) -> Comment:
    """A comment that moves here in the state it had where it was: not screened, not told to
    anybody, and no decision that anything is learnt from. Of its sender's network address nothing
    is kept."""
    with transaction.atomic():
        comment = Comment.objects.write(
            article=article,
            parent=parent,
            author_name=author_name,
            author_email=author_email,
            author_url=author_url,
            text=text,
            status=status,
            submitted_at=at,
            written_by=written_by,
        )
        Decision.objects.create(
            comment=comment, to_status=status, rule=IMPORT, version=1, made_at=at
        )
        record_findings(comment, [FindingFacts(IMPORT, 0, said("moved_here"))], at)
    return comment


def _held(pk: int) -> Article:
    """The article, held until the transaction ends: of one article one post at a time, so that a
    double press finds its twin. Raises `Article.DoesNotExist`."""

    def write() -> Any:
        return Article.objects.order_by().select_for_update(no_key=True).filter(pk=key())

    found: list[Article] = written_once.rows("article of a post", write, {key(): pk})
    if not found:
        raise Article.DoesNotExist
    return found[0]


def _twin(article: Article, parent: Comment | None, post: Submission) -> Comment | None:
    """The comment that the same press made a moment ago, or while this one waited for its turn.
    One that was withdrawn since is none: its writer sends the words again."""
    said = {"text": f"{TEXT} 0", "name": f"{TEXT} 1", "email": f"{TEXT} 2"}

    def write() -> Any:
        theirs = Comment.objects.on(Article(pk=key(0))).saying(said["text"])
        return (
            theirs.between(moment(0), moment(1))
            .not_withdrawn()
            .filter(parent=parent and key(1))
            .filter(author_name=said["name"], author_email=said["email"])
            .oldest_first()[:1]
        )

    values: dict[Any, Any] = {
        key(0): article.pk,
        key(1): parent and parent.pk,
        said["text"]: post.text_digest,
        said["name"]: post.author_name,
        said["email"]: post.author_email,
        moment(0): post.at - DOUBLE_PRESS,
        moment(1): post.at + DOUBLE_PRESS,
    }
    found: list[Comment] = written_once.rows(("twin", parent is None), write, values)
    return found[0] if found else None


def _save(
    article: Article,
    parent: Comment | None,
    post: Submission,
    address_hash: str,
    identity: Identity | None,
) -> Comment:
    screening = spam.screen(replace(post, about=partial(talked_about, article, parent)))
    status = Status.SPAM if screening.is_spam else Status.PENDING
    comment = Comment.objects.write(
        article=article,
        parent=parent,
        author_name=post.author_name,
        author_email=post.author_email,
        author_url=post.author_url,
        text=post.text,
        address_hash=address_hash,
        identity=identity,
        status=status,
        score=screening.score,
        spam_probability=screening.spam_probability,
        submitted_at=post.at,
    )
    record_findings(comment, screening.findings, post.at)
    Decision.objects.create(
        comment=comment, to_status=status, rule=SCREENING, version=1, made_at=post.at
    )
    if comment.is_spam():
        near_known_spam.remember(comment)
    _publish_if_trusted(comment, screening)
    return comment


def _publish_if_trusted(comment: Comment, screening: spam.Screening) -> None:
    """What a proven writer has earned is a decision as any other, and can be undone as any."""
    if comment.identity is None:
        return
    trust.use(comment.identity, comment.submitted_at)
    if trust.may_publish(comment, screening.findings, comment.submitted_at):
        moderation.move_by_rule(comment, Status.APPROVED, rule=TRUST)


def talked_about(article: Article, parent: Comment | None) -> tuple[str, ...]:
    """What a reply may repeat without being anybody's copy."""
    said = body.plain_text(article.body, spoilers=True)
    words = f"{article.headline}\n{article.standfirst}\n{said}"
    return (words, parent.text) if parent else (words,)


def record_findings(comment: Comment, found: Sequence[FindingFacts], at: datetime) -> None:
    """Keep what was found in a comment; where nothing was, that is said."""
    Finding.objects.bulk_create(
        Finding(
            comment=comment,
            rule=facts.rule,
            points=facts.points,
            evidence=kept(facts.evidence),
            quotes=list(facts.quotes),
            against=list(facts.against),
            resembles_id=facts.resembles,
            counted=facts.counted,
            found_at=at,
        )
        for facts in said_of(found)
    )
