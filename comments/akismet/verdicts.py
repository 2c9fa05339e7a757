"""Asking Akismet, row by row, and what becomes of its answers.

A row is claimed by a conditional update, asked outside any transaction, and its answer counts only
while the claim is still ours. A verdict is a finding like any other: it may set a waiting comment
aside or let a trusted one appear, and never moves what a person has decided about.
"""

import logging
from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from .. import claims, moderation, notices, trust
from ..evidence import Said, kept
from ..models import (
    EDITED,
    SCREENING,
    TRUST,
    AkismetCheck,
    AkismetFeedback,
    Comment,
    Finding,
    Notice,
)
from ..spam import FindingFacts, akismet, second_opinion
from ..spam.akismet import Answer, Client, Verdict
from ..spam.screening import SPAM_SCORE
from ..spam.second_opinion import RULE
from . import health, inquiries, owed, sent_fields
from .owed import MOST_ATTEMPTS
from .sent_fields import REPORTER, Fields

log = logging.getLogger(__name__)
Status = Comment.Status

SOONEST_RECHECK = timedelta(minutes=1)
MOST_RECHECKS = 3  # of one comment, when the service says that it is not done; then it is
RECHECK = "recheck"  # the service's word for asking when it asked for that
FIRST_DECISIONS = (SCREENING, EDITED)  # rules after which nobody has had a say yet
USAGE_EVERY = timedelta(days=1)


def work_next() -> bool:
    """Ask or tell one thing; whether anything was done. One or two queries when nothing is due."""
    client, now = akismet.client(), timezone.now()
    if client is None or not (
        owed.due(AkismetCheck, now).exists() or owed.due(AkismetFeedback, now).exists()
    ):
        return False
    if not _is_ready(client, now):
        return False
    check = owed.claim(AkismetCheck)
    if check is not None:
        _check(client, check)
        return True
    feedback = owed.claim(AkismetFeedback)
    if feedback is not None:
        _tell(client, feedback)
    return feedback is not None


def work_all() -> int:
    """Everything that is due; how many requests there were. Ends at the first that shows that the
    service is down."""
    done = 0
    while work_next():
        done += 1
    return done


def verify(client: Client) -> Answer:
    """Ask whether key and site are good; if they are, what waits is asked again. While that is not
    known nothing else is of use, so an unclear answer is as good as none."""
    health.current()
    answer = client.verify()
    answer = replace(answer, is_down=answer.verdict is Verdict.UNKNOWN)
    _heard(answer)
    return answer


def refresh_usage() -> None:
    """Once a day: the calls of the month, for the page about Akismet."""
    client = akismet.client()
    if client is None or not second_opinion.is_on():
        return
    now, known = timezone.now(), health.current()
    stale = known.usage_at is None or known.usage_at < now - USAGE_EVERY
    if stale and known.verified_at and health.may_be_asked(known, now):
        health.counted(client.usage())


def _is_ready(client: Client, now: datetime) -> bool:
    """Switched on, not stopped or paused, and the key once verified, as the service asks."""
    known = health.current()
    if not second_opinion.is_on() or not health.may_be_asked(known, now):
        return False
    return known.verified_at is not None or verify(client).verdict is Verdict.VALID


def _check(client: Client, check: AkismetCheck) -> None:
    comment = check.comment
    if comment.is_withdrawn() or _is_decided(comment):
        asked = check.attempts - 1  # and this was none; what was never sent need not be kept
        sealed = check.sealed if asked or check.verdict else ""
        _give_up(check, second_opinion.DECIDED, attempts=asked, sealed=sealed)
        return
    fields = sent_fields.SEAL.open(check.sealed)
    if fields is None or check.attempts > MOST_ATTEMPTS:
        _give_up(check, second_opinion.TOO_OLD if fields is None else second_opinion.BROKEN)
        return
    if check.recheck_reason:
        fields["recheck_reason"] = check.recheck_reason
    answer = client.check(fields)
    _heard(answer)
    if answer.verdict in (Verdict.SPAM, Verdict.HAM):
        _take(check, answer, fields)
    elif answer.stops:
        _put_back(check, answer, second_opinion.told(_why(answer)))
    else:
        _later(check, answer)


def _take(check: AkismetCheck, answer: Answer, fields: Fields) -> None:
    """Keep a verdict, put its finding in the place of “not checked yet”, and act on it; unless the
    comment went with its piece while the service was asked."""
    now = timezone.now()
    again_at = _recheck_at(check, answer, now)
    with transaction.atomic():
        comments = Comment.objects.select_for_update(of=("self",))
        theirs = comments.filter(pk=check.comment_id).select_related("identity", "article")
        comment = theirs.first()
        closed = owed.close(
            check,
            next_at=again_at,
            sealed=sent_fields.SEAL.put_on(fields),
            recheck_reason=RECHECK if again_at else "",
            rechecks=check.rechecks + 1 if again_at else check.rechecks,
            verdict=answer.verdict.value,
            discard=answer.discard,
            guid=answer.guid,
            answered_at=now,
            attempts=0,
            problem="",
        )
        if comment is None or not closed:
            return
        counts = _find(comment, second_opinion.found(answer, again_at), now)
        if counts and again_at is None and comment.is_pending() and not _is_decided(comment):
            _act(comment, answer)


def _find(comment: Comment, facts: FindingFacts, now: datetime) -> bool:
    """Whether there was a finding to put it into, and it counts: not on dry run."""
    finding = comment.findings.filter(rule=RULE).first()
    if finding is None:
        return False
    evidence = kept(facts.evidence)
    same = Finding.objects.filter(pk=finding.pk)
    same.update(points=facts.points, evidence=evidence, found_at=now)
    if finding.counted:
        comment.score += facts.points - finding.points
        Comment.objects.filter(pk=comment.pk).update(
            score=F("score") + facts.points - finding.points
        )
    return finding.counted


def _act(comment: Comment, answer: Answer) -> None:
    """A conditional move of a comment that waits: if anybody was quicker, nothing."""
    if answer.verdict is Verdict.SPAM and comment.score >= SPAM_SCORE:
        moderation.move_by_rule(comment, Status.SPAM, rule=RULE)
        return
    last = comment.decisions.last()
    if answer.verdict is not Verdict.HAM or last is None or last.rule not in FIRST_DECISIONS:
        return
    others = comment.findings.exclude(rule=RULE)
    found = [FindingFacts(f.rule, f.points, (), counted=f.counted) for f in others]
    if trust.may_publish(comment, found, comment.submitted_at):
        moderation.move_by_rule(comment, Status.APPROVED, rule=TRUST)


def _is_decided(comment: Comment) -> bool:
    """Whether a person decided about it, or changed its words. Two queries."""
    by_people = {"by__isnull": False}
    return (
        comment.decisions.filter(**by_people).exists() or comment.edits.filter(**by_people).exists()
    )


def _recheck_at(check: AkismetCheck, answer: Answer, now: datetime) -> datetime | None:
    """When to ask again because the service is not done; spam is."""
    wait = answer.recheck_after
    if wait is None or answer.verdict is not Verdict.HAM or check.rechecks >= MOST_RECHECKS:
        return None
    return now + max(wait, SOONEST_RECHECK)


def _later(check: AkismetCheck, answer: Answer) -> None:
    pause = owed.pause(check, answer)
    if pause is None:
        _give_up(check, second_opinion.never(_why(answer)))
        return
    again_at = timezone.now() + pause
    _put_back(check, answer, second_opinion.again(_why(answer), again_at), again_at)


def _why(answer: Answer) -> Said:
    """A clear answer that cannot be had of this service any more has its alert alone."""
    return answer.why or Said("no_verdict")


def _put_back(
    check: AkismetCheck, answer: Answer, said: Said, again_at: datetime | None = None
) -> None:
    """To be asked again: at a time, or once key and site are good, when the attempt is none."""
    attempts = check.attempts if again_at else check.attempts - 1
    facts = {"next_at": again_at or check.next_at, "attempts": attempts, "problem": answer.problem}
    _close_saying(check, said, **facts)


def _give_up(check: AkismetCheck, said: Said, **facts: object) -> None:
    """Not to be asked again."""
    _close_saying(check, said, **facts)


def _close_saying(check: AkismetCheck, said: Said, **facts: object) -> None:
    """Say in the finding why there is no answer, unless there was an earlier one.

    The comment's row comes first, as wherever its rows are written, so that nobody waits in a ring.
    """
    with transaction.atomic():
        Comment.objects.select_for_update().filter(pk=check.comment_id).first()
        if owed.close(check, **facts) and not check.verdict:
            inquiries.say(check.comment, said)


def _tell(client: Client, feedback: AkismetFeedback) -> None:
    """Send what a person decided, if that still stands and is news to the service."""
    check = AkismetCheck.objects.filter(comment=feedback.comment_id).first()
    fields = sent_fields.SEAL.open(check.sealed) if check else None
    if check is None or fields is None or not _is_news(feedback, check):
        claims.ours(feedback).delete()
        return
    fields["reporter"] = REPORTER
    if check.verdict:
        fields["comment_check_response"] = check.verdict
    answer = client.submit(fields, is_spam=feedback.is_spam)
    _heard(answer)
    if answer.verdict is Verdict.TAKEN:
        owed.close(feedback, sent_at=timezone.now(), problem="")
    elif answer.stops:
        owed.close(feedback, next_at=feedback.next_at, attempts=feedback.attempts - 1)
    else:
        pause = owed.pause(feedback, answer)
        again_at = timezone.now() + pause if pause else None
        owed.close(feedback, next_at=again_at, problem=answer.problem)


def _is_news(feedback: AkismetFeedback, check: AkismetCheck) -> bool:
    """The decision was not undone, the comment is still what it says, and the service was asked and
    thinks otherwise: it said so, or was told so since."""
    comment = Comment.objects.get(pk=feedback.comment_id)
    stands = comment.is_spam() if feedback.is_spam else comment.is_approved()
    if not stands or hasattr(feedback.decision, "undone_by"):
        return False
    told = comment.akismet_feedback.filter(sent_at__isnull=False).order_by("sent_at").last()
    if told is not None:
        return told.is_spam != feedback.is_spam
    if feedback.is_spam:
        return check.verdict != Verdict.SPAM.value and _was_asked(check)
    return check.verdict == Verdict.SPAM.value


def _was_asked(check: AkismetCheck) -> bool:
    return bool(check.verdict) or check.attempts > 0


def _heard(answer: Answer) -> None:
    """Log it, keep it, and tell administrators when it means that nothing is asked any more."""
    if answer.problem:
        log.warning("Akismet %s", answer.problem)
    if health.heard(answer):
        notices.tell_administrators(Notice.Kind.AKISMET, timezone.now())
