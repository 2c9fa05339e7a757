"""Several workers, and people beside them: each comment is asked about once, and nothing is
written over."""

from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Event
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from comments import moderation, writers
from comments.akismet import inquiries, sent_fields, verdicts
from comments.evidence import Said, kept
from comments.models import SENT_KEPT, AkismetCheck, Comment, Decision, Finding
from tests.at_once import People
from tests.between import before_first
from tests.factories import make_article, make_user

from .akismet_double import Double
from .asked import later, send

pytestmark = pytest.mark.django_db(transaction=True)
COMMENTS = 8


@pytest.fixture
def queue(service: Double, settings: Settings) -> list[int]:
    """Comments of a name that the service calls spam, half of them; the key is verified."""
    settings.AKISMET_TIMEOUT = 60
    client = verdicts.akismet.client()
    assert client is not None
    verdicts.verify(client)
    article = make_article()
    names = ["Mina", "viagra-test-123"] * (COMMENTS // 2)
    return [send(Client(), article, name=name).pk for name in names]


def at_once(*acts: Callable[[], object]) -> None:
    """All of them begin together, each with a connection of its own."""
    ready = Barrier(len(acts), timeout=30)

    def begin(act: Callable[[], object]) -> None:
        ready.wait()
        act()

    with People(len(acts)) as pool:
        list(pool.map(begin, acts))


def test_of_three_workers_one_asks_about_each_comment(service: Double, queue: list[int]) -> None:
    at_once(*[verdicts.work_all] * 3)
    assert len(service.asked("comment-check")) == COMMENTS
    assert Comment.objects.spam().count() == Comment.objects.pending().count() == COMMENTS // 2
    assert Decision.objects.filter(rule="akismet").count() == COMMENTS // 2


def test_of_three_workers_one_tells_what_a_person_decided(
    service: Double, queue: list[int]
) -> None:
    verdicts.work_all()
    honest = Comment.objects.pending()
    moderation.mark_spam(honest, by=make_user("Moderator"))
    later(hours=2)
    at_once(*[verdicts.work_all] * 3)
    assert len(service.asked("submit-spam")) == COMMENTS // 2


def test_a_moderator_beside_the_workers_has_the_last_word(
    service: Double, queue: list[int]
) -> None:
    user = make_user("Moderator")

    def approve() -> None:
        for pk in reversed(queue):  # from the other end: they meet half-way
            comment = Comment.objects.select_related("article").get(pk=pk)
            outcome = moderation.approve([comment], by=user)
            if outcome.conflicts:  # a verdict came in between; looked at again, it is approved
                comment.refresh_from_db()
                assert moderation.approve([comment], by=user).done

    at_once(approve, verdicts.work_all)
    assert Comment.objects.approved().count() == COMMENTS
    moves = Decision.objects.exclude(from_status="").filter(rule="akismet")
    approvals = dict(Decision.objects.filter(by=user).values_list("comment", "version"))
    assert all(move.version < approvals[move.comment_id] for move in moves)


def test_writers_who_change_their_words_meanwhile_are_asked_about_the_new_ones(
    service: Double, queue: list[int]
) -> None:
    def change() -> None:
        for pk in queue:
            comment = Comment.objects.select_related("article", "identity").get(pk=pk)
            try:
                writers.edit(comment, text=f"Changed words of {pk}.")
            except writers.Moved:  # set aside in between: its writer is asked to press again
                comment.refresh_from_db()
                writers.edit(comment, text=f"Changed words of {pk}.")

    at_once(change, verdicts.work_all)
    verdicts.work_all()
    last = {
        request.fields["comment_content"][0]: request for request in service.asked("comment-check")
    }
    for pk in queue:
        assert last[f"Changed words of {pk}."].fields["recheck_reason"] == ["edit"]
    assert not AkismetCheck.objects.filter(verdict="").exists()


def test_words_that_change_while_a_worker_takes_the_old_ones_in_hand_are_asked_about(
    service: Double, queue: list[int]
) -> None:
    pk = queue[0]
    begun = timezone.now()

    def change() -> None:
        """In a transaction that began before the worker looked, and ended after."""
        comment = Comment.objects.select_related("article", "identity").get(pk=pk)
        writers.edit(comment, text="Changed words.")
        AkismetCheck.objects.filter(comment=pk).update(next_at=begun)

    with before_first('UPDATE "comments_akismetcheck"', change):
        verdicts.work_all()
    asked = [request.fields["comment_content"][0] for request in service.asked("comment-check")]
    assert asked.count("Changed words.") == 1
    sealed = AkismetCheck.objects.get(comment=pk).sealed
    assert sent_fields.SEAL.open(sealed)["comment_content"] == "Changed words."


def test_the_worker_command_asks(service: Double, queue: list[int]) -> None:
    call_command("work", "--once")
    assert len(service.asked("comment-check")) == COMMENTS


def test_an_answer_that_comes_while_old_questions_are_dropped_is_kept(
    service: Double, queue: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The list of old ones was read before the answer was there."""
    checks, findings = AkismetCheck.objects.all(), Finding.objects.filter(rule="akismet")
    about_to, drop = Event(), inquiries._drop

    def dropping(*of: Any) -> int:
        about_to.set()
        return drop(*of)

    monkeypatch.setattr(inquiries, "_drop", dropping)
    with People(1) as pool:
        with transaction.atomic():
            list(Comment.objects.select_for_update().order_by("pk"))
            long_after = timezone.now() + SENT_KEPT + timedelta(days=1)
            dropped = pool.submit(inquiries.drop_old, long_after)
            assert about_to.wait(30)
            checks.update(verdict="true", answered_at=timezone.now(), next_at=None)
            findings.update(evidence=kept(Said("akismet_spam")))
        assert dropped.result(30) == COMMENTS
    assert not checks.exclude(sealed="").exists()
    assert {str(found.evidence) for found in findings} == {str(kept(Said("akismet_spam")))}
