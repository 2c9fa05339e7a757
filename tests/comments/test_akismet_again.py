"""What is asked once more: changed words, an answer that is not final, a worker that died."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from comments import writers
from comments.akismet import owed, verdicts
from comments.models import AkismetCheck, Comment
from comments.spam import sentences

from .akismet_double import Double
from .asked import SPAM, answered, finding, later, send, trusted

pytestmark = pytest.mark.django_db


def test_changed_words_are_checked_again_and_say_so(client: Client, service: Double) -> None:
    comment = answered(send(client))
    writers.edit(comment, text="Other words.")
    assert "Not checked yet" in sentences.of(finding(comment))
    answered(comment)
    first, second = service.asked("comment-check")
    assert "recheck_reason" not in first.fields
    assert second.fields["recheck_reason"] == ["edit"]
    assert second.fields["comment_content"] == ["Other words."]
    assert second.fields["user_ip"] == first.fields["user_ip"]
    assert sentences.of(finding(comment)) == "Akismet says that it is not spam."


def test_changed_words_are_asked_about_as_if_nothing_had_been(
    client: Client, service: Double
) -> None:
    comment = answered(send(client))
    long_ago = timezone.now() - timedelta(days=9)
    stale = {"attempts": 7, "rechecks": 3, "discard": True, "sealed_at": long_ago}
    AkismetCheck.objects.update(problem="timeout", claimed_at=timezone.now(), **stale)
    writers.edit(comment, text="Other words.")
    check = AkismetCheck.objects.get()
    assert (check.verdict, check.problem, check.answered_at) == ("", "", None)
    assert (check.attempts, check.rechecks, check.discard, check.claimed_at) == (0, 0, False, None)
    assert check.sealed_at > long_ago  # fifteen days from now on


def test_changed_words_that_cannot_be_asked_about_say_why(client: Client, service: Double) -> None:
    comment = answered(send(client))
    AkismetCheck.objects.update(sealed="")
    writers.edit(comment, text="Other words.")
    assert "no longer kept" in sentences.of(finding(comment))
    AkismetCheck.objects.all().delete()  # as where no network address was known
    writers.edit(comment, text="Still other words.")
    assert "has to know a network address" in sentences.of(finding(comment))


def test_off_meanwhile_an_answer_about_words_that_were_changed_counts_for_nothing_either(
    client: Client, service: Double, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    comment = send(client, **SPAM)
    check = verdicts.Client.check

    def meanwhile(self: verdicts.Client, fields: verdicts.Fields) -> verdicts.Answer:
        monkeypatch.undo()
        settings.AKISMET_KEY = ""
        writers.edit(Comment.objects.get(pk=comment.pk), text="Other words.")
        return check(self, fields)

    monkeypatch.setattr(verdicts.Client, "check", meanwhile)
    assert verdicts.work_next()
    assert AkismetCheck.objects.get().verdict == ""
    comment.refresh_from_db()
    assert comment.is_pending()


def test_an_answer_about_words_that_were_changed_meanwhile_counts_for_nothing(
    client: Client, service: Double, monkeypatch: pytest.MonkeyPatch
) -> None:
    comment = send(client, **SPAM)
    check = verdicts.Client.check

    def meanwhile(self: verdicts.Client, fields: verdicts.Fields) -> verdicts.Answer:
        monkeypatch.undo()
        writers.edit(Comment.objects.get(pk=comment.pk), text="Other words.")
        return check(self, fields)

    monkeypatch.setattr(verdicts.Client, "check", meanwhile)
    assert verdicts.work_next()
    comment.refresh_from_db()
    assert comment.is_pending()
    assert "Not checked yet" in sentences.of(finding(comment))
    assert answered(comment).status == "spam"
    assert len(service.asked("comment-check")) == 2


def test_it_is_asked_again_when_it_asks_for_that(
    client: Client, service: Double, moderator: User
) -> None:
    trusted(client, moderator)
    verdicts.verify(verdicts.akismet.client())  # type: ignore[arg-type]
    service.does = "recheck"
    comment = answered(send(client))
    assert comment.is_pending()  # not yet: it looks on
    assert "so far" in sentences.of(finding(comment))
    assert verdicts.work_all() == 0
    later(minutes=3)
    service.does = ""
    assert answered(comment).is_approved()
    assert service.asked("comment-check")[-1].fields["recheck_reason"] == ["recheck"]


def test_looking_on_has_an_end(client: Client, service: Double) -> None:
    verdicts.verify(verdicts.akismet.client())  # type: ignore[arg-type]
    service.does = "recheck"
    comment = send(client)
    for _ in range(9):
        answered(comment)
        later(minutes=3)
    assert len(service.asked("comment-check")) == 1 + verdicts.MOST_RECHECKS
    assert sentences.of(finding(comment)) == "Akismet says that it is not spam."


def test_a_claim_of_a_process_that_died_is_taken_over(client: Client, service: Double) -> None:
    comment = send(client)
    AkismetCheck.objects.update(claimed_at=timezone.now() - timedelta(seconds=30))
    assert verdicts.work_all() == 0  # it may still be at it
    later(minutes=5)
    assert "is not spam" in sentences.of(finding(answered(comment)))


def test_what_kills_every_worker_is_given_up(client: Client, service: Double) -> None:
    comment = send(client)
    AkismetCheck.objects.update(attempts=owed.MOST_ATTEMPTS)
    answered(comment)
    assert "never finished" in sentences.of(finding(comment))
    assert not service.asked("comment-check")
