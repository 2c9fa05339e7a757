"""Akismet is told what people decided: once a direction, with what it was sent, and no name."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from comments import moderation, privacy
from comments.akismet import verdicts
from comments.desk import acts, writing
from comments.desk.acts import Choice
from comments.desk.seen import which
from comments.models import AkismetCheck, AkismetFeedback, Comment
from comments.spam import sentences

from .akismet_double import Double, Request
from .asked import answered, finding, later, send
from .pressing import DESK

pytestmark = pytest.mark.django_db
SPAM = {"name": "viagra-test-123"}


def told(service: Double, *, after: float = 2) -> list[Request]:
    """What it was told once the desk no longer offers to undo."""
    later(hours=after)
    verdicts.work_all()
    return [request for request in service.requests if "/submit-" in request.path]


def decide(comment: Comment, verb: str, by: User) -> None:
    comment.refresh_from_db()
    outcome = acts.carry_out([Choice(comment, verb)], by=by)
    assert outcome.done


def test_missed_spam_is_told_with_exactly_the_fields_that_were_sent(
    client: Client, service: Double, moderator: User
) -> None:
    User.objects.filter(pk=moderator.pk).update(email="mod@example.org", first_name="Modesta")
    comment = answered(send(client))
    decide(comment, "spam", moderator)
    Comment.objects.update(text="Edited since", author_name="Edited since")
    (feedback,) = told(service)
    (check,) = service.asked("comment-check")
    assert feedback.path == "/1.1/submit-spam"
    own = {"reporter": ["moderator"], "comment_check_response": ["false"]}
    assert feedback.fields == check.fields | own
    assert not [who for who in ("mod@example.org", "Modesta") if who in str(feedback.fields)]
    assert moderator.username not in set(map(str, feedback.fields)) - {"moderator"}


def test_honest_words_it_called_spam_are_told(
    client: Client, service: Double, moderator: User
) -> None:
    comment = answered(send(client, **SPAM))
    decide(comment, "approve", moderator)
    (feedback,) = told(service)
    (check,) = service.asked("comment-check")
    assert feedback.path == "/1.1/submit-ham"
    own = {"reporter": ["moderator"], "comment_check_response": ["true"]}
    assert feedback.fields == check.fields | own


def test_a_recheck_is_what_was_sent_last(client: Client, service: Double, moderator: User) -> None:
    verdicts.verify(verdicts.akismet.client())  # type: ignore[arg-type]
    service.does = "recheck"
    comment = answered(send(client))
    service.does = ""
    later(minutes=3)
    answered(comment)
    decide(comment, "spam", moderator)
    (feedback,) = told(service)
    sent = service.asked("comment-check")[-1].fields
    assert sent["recheck_reason"] == ["recheck"]
    assert {name: feedback.fields[name] for name in sent} == sent


def test_it_is_told_only_when_undo_is_no_longer_offered(
    client: Client, service: Double, moderator: User
) -> None:
    comment = answered(send(client))
    decide(comment, "spam", moderator)
    assert told(service, after=0.9) == []
    assert len(told(service, after=0.2)) == 1


def test_an_undo_before_that_cancels_it(client: Client, service: Double, moderator: User) -> None:
    comment = answered(send(client))
    outcome = moderation.mark_spam([comment], by=moderator)
    moderation.undo(outcome.decisions[0], by=moderator)
    assert told(service) == []
    assert not AkismetFeedback.objects.exists()
    decide(comment, "spam", moderator)  # and meant this time
    assert len(told(service)) == 1


@pytest.mark.parametrize(
    ("typed", "verbs", "hears"),
    [
        ({}, ["approve", "spam"], "/1.1/submit-ham"),  # which stands approved again
        (SPAM, ["spam", "approve"], "/1.1/submit-spam"),
        (SPAM, ["approve"], ""),  # which waits again: nobody has said what it is
        ({}, ["spam"], ""),
    ],
)
def test_an_undo_after_that_tells_it_otherwise_where_somebody_had_decided_otherwise(
    client: Client,
    service: Double,
    moderator: User,
    typed: dict[str, str],
    verbs: list[str],
    hears: str,
) -> None:
    comment = answered(send(client, **typed))
    if typed:
        decide(comment, "hold", moderator)
    for verb in verbs:
        decide(comment, verb, moderator)
    (before,) = told(service)
    client.force_login(moderator)
    undone = {"decision": which(comment.decisions.latest("pk"))}
    said = client.post(f"{DESK}undo/", undone, follow=True).content.decode()
    what, who = ("spam", "approves") if before.path.endswith("spam") else ("not spam", "marks")
    assert f"Akismet has been told that it is {what}, and is corrected " in said
    assert f" is corrected {'in an hour' if hears else f'once somebody {who} it'}" in said
    paths = [request.path for request in told(service)]
    assert paths == [before.path, hears] if hears else [before.path]
    if not hears:
        decide(comment, "approve" if before.path.endswith("spam") else "spam", moderator)
        assert len(told(service)) == 2


def test_an_undo_of_what_it_was_not_told_yet_tells_it_nothing(
    client: Client, service: Double, moderator: User
) -> None:
    comment = answered(send(client))
    decide(comment, "approve", moderator)
    decide(comment, "spam", moderator)
    moderation.undo(comment.decisions.latest("pk"), by=moderator)
    assert told(service) == []


def test_once_a_direction(client: Client, service: Double, moderator: User) -> None:
    comment = answered(send(client))
    for verb in ("spam", "approve", "spam", "approve"):
        decide(comment, verb, moderator)
        told(service)
    paths = [request.path for request in told(service)]
    assert paths == ["/1.1/submit-spam", "/1.1/submit-ham"]


@pytest.mark.parametrize(
    ("typed", "verbs"),
    [
        ({}, ["approve"]),  # as it said itself
        (SPAM, ["approve", "spam"]),  # the last word agrees with it
        ({}, ["spam", "reject"]),
        ({}, ["reject"]),  # unwelcome is not spam
        (SPAM, ["hold"]),
        (SPAM, ["reject"]),
    ],
)
def test_what_is_no_news_or_no_verdict_is_not_told(
    client: Client, service: Double, moderator: User, typed: dict[str, str], verbs: list[str]
) -> None:
    comment = answered(send(client, **typed))
    for verb in verbs:
        decide(comment, verb, moderator)
    assert told(service) == []
    assert not AkismetFeedback.objects.filter(next_at__isnull=False).exists()


def test_what_rules_decide_is_not_told(client: Client, service: Double) -> None:
    comment = answered(send(client))
    moderation.move_by_rule(comment, Comment.Status.SPAM, rule="a rule")
    assert told(service) == []


def test_what_it_was_never_sent_is_not_told(
    client: Client, service: Double, moderator: User
) -> None:
    decide(send(client), "spam", moderator)
    assert told(service) == []
    assert not service.asked("comment-check")


def test_after_fifteen_days_there_is_nothing_to_tell_with(
    client: Client, service: Double, moderator: User
) -> None:
    comment = answered(send(client))
    privacy.purge(timezone.now() + timedelta(days=16))
    decide(comment, "spam", moderator)
    assert told(service) == []


@pytest.mark.parametrize("failure", ["500", "429", "HTML", "break", "empty", "error"])
def test_feedback_is_tried_again(
    client: Client, service: Double, moderator: User, failure: str
) -> None:
    comment = answered(send(client))
    decide(comment, "spam", moderator)
    service.does = failure
    assert len(told(service)) == 1
    assert not AkismetFeedback.objects.get().sent_at
    service.does = ""
    assert len(told(service)) == 2
    assert AkismetFeedback.objects.get().sent_at
    assert len(told(service)) == 2


def test_feedback_that_meets_a_bad_key_waits_for_a_good_one(
    client: Client, service: Double, moderator: User
) -> None:
    comment = answered(send(client))
    decide(comment, "spam", moderator)
    service.does = "invalid"
    assert len(told(service)) == 1
    service.does = ""
    assert len(told(service)) == 1
    verdicts.verify(verdicts.akismet.client())  # type: ignore[arg-type]
    assert len(told(service)) == 2


def test_off_nothing_is_owed(
    client: Client, service: Double, moderator: User, settings: Settings
) -> None:
    comment = answered(send(client))
    settings.AKISMET_KEY = ""
    decide(comment, "spam", moderator)
    assert not AkismetFeedback.objects.exists()


def test_spam_it_could_not_judge_is_told(client: Client, service: Double, moderator: User) -> None:
    verdicts.verify(verdicts.akismet.client())  # type: ignore[arg-type]
    service.does = "500"
    comment = answered(send(client))
    assert "HTTP 500" in sentences.of(finding(comment))
    decide(comment, "spam", moderator)
    service.does = ""
    (feedback,) = told(service)
    assert feedback.path == "/1.1/submit-spam"
    assert "comment_check_response" not in feedback.fields


def test_an_erasure_cancels_it(client: Client, service: Double, moderator: User) -> None:
    comment = answered(send(client))
    decide(comment, "spam", moderator)
    privacy.erase("mina@example.org")
    assert told(service) == []
    assert not AkismetCheck.objects.exists()


def test_words_that_were_taken_away_for_good_are_not_told(
    client: Client, service: Double, moderator: User
) -> None:
    comment = answered(send(client))
    before = comment.text
    writing.edit(comment, text="Without the number.", by=moderator)
    assert writing.forget(comment, by=moderator)
    decide(comment, "spam", moderator)
    (feedback,) = told(service)
    assert feedback.fields["comment_content"] == ["Without the number."]
    assert before not in str(feedback.fields)
