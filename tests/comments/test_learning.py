"""The classifier learns what moderators decide, at once and only that."""

import logging
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from comments import moderation, privacy, writers
from comments.desk import seen, writing
from comments.learning import labels, learnt, lessons, rebuilding
from comments.models import Comment, Learnt
from comments.spam.classifier import Classifier
from tests.comments.teaching import ADVERT, HONEST, follow_all, judged, of_the_log, saved
from tests.factories import make_comment


@pytest.mark.django_db(transaction=True)
def test_a_press_teaches_and_screening_knows_it(moderator: User, moderator_client: Client) -> None:
    comment = make_comment(text=ADVERT)
    before = learnt.classifier().score(ADVERT)
    moderator_client.post(
        "/admin/comments/comment/decide/",
        {"comment": seen.said(comment), "verb": "spam"},
    )
    assert Comment.objects.get().is_spam()
    assert saved().labels == 1
    assert learnt.classifier().score(ADVERT) > before
    assert bytes(saved().weights) == of_the_log()


@pytest.mark.django_db(transaction=True)
def test_a_press_succeeds_when_nothing_can_be_learnt(
    moderator: User, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(self: Classifier, text: str, is_spam: bool) -> None:
        raise MemoryError

    monkeypatch.setattr(Classifier, "learn", fails)
    comment = judged(ADVERT, by=moderator, spam=True)
    comment.refresh_from_db()
    assert comment.is_spam()
    assert "Error calling" in caplog.text
    monkeypatch.undo()
    assert rebuilding.check()  # the log still has it
    assert bytes(saved().weights) == of_the_log() != b""


@pytest.mark.django_db
def test_only_what_people_approve_or_mark_as_spam_is_a_label(moderator: User) -> None:
    judged("Approved", by=moderator, spam=False)
    judged("Spam", by=moderator, spam=True)
    rejected, held, ruled, withdrawn = (make_comment(text=str(n)) for n in range(4))
    moderation.reject([rejected], by=moderator)
    moderation.approve([held], by=moderator)
    moderation.hold([held], by=moderator)
    moderation.move_by_rule(ruled, Comment.Status.SPAM, rule="some_rule")
    moderation.withdraw(withdrawn)
    moderation.publish_answer(make_comment(status="approved"), text="Ours", by=moderator)
    found = [(label.text, label.is_spam) for label in labels.read(labels.in_force())]
    assert found == [("Approved", False), ("Spam", True)]


@pytest.mark.django_db
def test_the_last_decision_about_a_comment_counts_and_an_undone_one_does_not(
    moderator: User,
) -> None:
    twice = judged("Twice", by=moderator, spam=False)
    moderation.mark_spam([twice], by=moderator)
    undone = judged("Undone", by=moderator, spam=True)
    moderation.undo(undone.decisions.get(), by=moderator)
    back = judged("Approved, marked, undone", by=moderator, spam=False)
    marked = moderation.mark_spam([back], by=moderator).decisions[0]
    moderation.undo(marked, by=moderator)
    found = {label.text: label.is_spam for label in labels.read(labels.in_force())}
    assert found == {"Twice": True, "Approved, marked, undone": False}


@pytest.mark.django_db
def test_what_was_judged_is_learnt_whatever_is_written_later(moderator: User) -> None:
    comment = make_comment(text="First words", submitted_at=timezone.now())
    writers.edit(comment, text="Second words")
    comment.refresh_from_db()
    moderation.approve([comment], by=moderator)
    writing.edit(comment, text="Third words", by=moderator)
    assert [label.text for label in labels.read(labels.in_force())] == ["Second words"]


@pytest.mark.django_db
def test_a_correction_is_as_if_the_wrong_label_had_never_been_learnt(moderator: User) -> None:
    judged(HONEST, by=moderator, spam=False)
    wrong = judged("Thank you, this was a lovely review", by=moderator, spam=True)
    judged(ADVERT, by=moderator, spam=True)
    follow_all()
    assert saved().labels == 3
    assert saved().wanted_at is None
    moderation.undo(wrong.decisions.get(), by=moderator)
    follow_all()
    assert saved().wanted_at is not None
    assert saved().labels == 3  # the old weights stay in use
    assert rebuilding.rebuild_next() == 2
    row = saved()
    assert (row.wanted_at, row.claimed_at, row.labels) == (None, None, 2)
    assert bytes(row.weights) == of_the_log()
    assert rebuilding.rebuild_next() is None


@pytest.mark.django_db
def test_erased_words_are_untaught(moderator: User) -> None:
    judged(HONEST, by=moderator, spam=False)
    private = make_comment(
        text="Her secret words, a telephone number", author_email="r@example.org"
    )
    moderation.approve([private], by=moderator)
    follow_all()
    taught = bytes(saved().weights)
    privacy.erase("r@example.org")
    assert saved().wanted_at is not None
    assert rebuilding.rebuild_next() == 1
    assert bytes(saved().weights) == Classifier.of([(HONEST, False)]).to_bytes() != taught


@pytest.mark.django_db
@pytest.mark.parametrize("damage", [b"", b"foreign", b"comments.spam/1\nxx"])
def test_damaged_weights_are_built_again_and_the_seed_screens_meanwhile(
    moderator: User, damage: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    judged(ADVERT, by=moderator, spam=True)
    follow_all()
    Learnt.objects.update(weights=damage, digest="0" * 64)
    assert learnt.classifier().score(ADVERT) == learnt.shipped().score(ADVERT)
    judged(HONEST, by=moderator, spam=False)
    follow_all()
    assert saved().wanted_at is not None
    rebuilding.check()
    assert rebuilding.rebuild_next() == 2
    assert bytes(saved().weights) == of_the_log()


@pytest.mark.django_db
def test_a_decision_that_a_crash_parted_from_its_lesson_is_learnt_by_the_worker(
    moderator: User,
) -> None:
    judged(HONEST, by=moderator, spam=False)
    judged(ADVERT, by=moderator, spam=True)
    assert not Learnt.objects.exists()  # no commit, so nobody has followed
    assert rebuilding.check()
    assert bytes(saved().weights) == of_the_log()


@pytest.mark.django_db
def test_a_log_that_is_long_already_is_left_to_the_worker(
    moderator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lessons, "MOST_AT_ONCE", 2)
    for number in range(4):
        judged(f"{HONEST} {number}", by=moderator, spam=False)
    follow_all()
    assert (saved().labels, saved().wanted_at is None) == (0, False)
    assert rebuilding.rebuild_next() == 4
    follow_all()
    assert (saved().labels, saved().wanted_at) == (4, None)


@pytest.mark.django_db
def test_a_claim_that_a_crash_left_is_taken_over(moderator: User) -> None:
    judged(ADVERT, by=moderator, spam=True)
    lessons.want()
    Learnt.objects.update(claimed_at=timezone.now())
    assert rebuilding.rebuild_next() is None
    Learnt.objects.update(claimed_at=timezone.now() - rebuilding.STALE - timedelta(seconds=1))
    assert rebuilding.rebuild_next() == 1
    assert bytes(saved().weights) == of_the_log()


@pytest.mark.django_db
def test_forgetting_begins_anew_and_can_be_taken_back(moderator: User) -> None:
    judged(ADVERT, by=moderator, spam=True)
    follow_all()
    lessons.forget(by=moderator)
    assert (saved().labels, saved().forgotten_by) == (0, moderator)
    assert rebuilding.check()
    assert learnt.classifier().score(ADVERT) == learnt.shipped().score(ADVERT)
    judged(HONEST, by=moderator, spam=False)
    follow_all()
    assert bytes(saved().weights) == Classifier.of([(HONEST, False)]).to_bytes()
    lessons.recall()
    assert rebuilding.rebuild_next() == 2
    assert bytes(saved().weights) == of_the_log()
