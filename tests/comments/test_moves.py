"""The verbs of moderation: who may go where, what is recorded, and what a conflict says."""

from itertools import product

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import RestrictedError

from comments import moderation
from comments.desk import writing
from comments.models import Comment, Decision
from tests.factories import make_comment, make_user

pytestmark = pytest.mark.django_db

Status = Comment.Status
VERBS = {
    Status.APPROVED: moderation.approve,
    Status.REJECTED: moderation.reject,
    Status.SPAM: moderation.mark_spam,
    Status.PENDING: moderation.hold,
}
ALLOWED = {
    (Status.PENDING, Status.APPROVED),
    (Status.PENDING, Status.REJECTED),
    (Status.PENDING, Status.SPAM),
    (Status.APPROVED, Status.PENDING),
    (Status.APPROVED, Status.REJECTED),
    (Status.APPROVED, Status.SPAM),
    (Status.REJECTED, Status.PENDING),
    (Status.REJECTED, Status.APPROVED),
    (Status.REJECTED, Status.SPAM),
    (Status.SPAM, Status.PENDING),
    (Status.SPAM, Status.APPROVED),
    (Status.SPAM, Status.REJECTED),
}


@pytest.mark.parametrize(("start", "to"), list(product(Status, VERBS)))
def test_the_state_table_holds(start: Status, to: Status, moderator: User) -> None:
    comment = make_comment(status=start)
    outcome = VERBS[to]([comment], by=moderator, reason="because")
    kept = Comment.objects.get(pk=comment.pk)
    if (start, to) in ALLOWED:
        decision = outcome.decisions[0]
        assert (decision.from_status, decision.to_status) == (start, to)
        assert (decision.by, decision.reason) == (moderator, "because")
        assert (kept.status, kept.version) == (to, 2)
        assert outcome.done == [comment]
    else:
        assert "already" in outcome.conflicts[0].sentence
        assert (kept.status, kept.version) == (start, 1)
        assert not Decision.objects.exists()


def test_a_reason_is_one_line_of_three_hundred_characters(moderator: User) -> None:
    moderation.reject([make_comment()], by=moderator, reason="Rude,\nagain " + "x" * 300)
    assert Decision.objects.get().reason == "Rude, again " + "x" * 288


def test_the_second_of_two_moderators_is_told_who_decided_what(moderator: User) -> None:
    comment = make_comment()
    hers = Comment.objects.get(pk=comment.pk)
    ann = make_user("Moderator", username="ann", first_name="Ann", last_name="Lee")
    moderation.approve([hers], by=ann)
    outcome = moderation.reject([comment], by=moderator)
    assert not outcome.done
    assert "was approved by Ann Lee on" in outcome.conflicts[0].sentence
    assert Comment.objects.get().status == Status.APPROVED
    assert Decision.objects.count() == 1


def test_what_is_told_is_the_last_that_happened_since_the_page_was_made(moderator: User) -> None:
    seen = make_comment()
    moderation.approve([Comment.objects.get()], by=moderator)
    writing.edit(Comment.objects.get(), text="Put more mildly.", by=moderator)
    said = moderation.reject([seen], by=moderator).conflicts[0].sentence
    assert "was edited by moderator" in said
    said = moderation.approve([Comment.objects.get()], by=moderator).conflicts[0].sentence
    assert "it is approved already" in said, "nothing happened since"


def test_a_conflict_on_one_does_not_block_the_others(moderator: User) -> None:
    comments = [make_comment(), make_comment(), make_comment()]
    moderation.reject([Comment.objects.get(pk=comments[1].pk)], by=moderator)
    outcome = moderation.approve(comments, by=moderator)
    assert outcome.done == [comments[0], comments[2]]
    assert [conflict.comment for conflict in outcome.conflicts] == [comments[1]]


def test_a_version_that_nobody_was_shown_moves_nothing(moderator: User) -> None:
    """The desk takes it from what a press says it saw."""
    guessed = make_comment()
    moderation.approve([Comment.objects.get()], by=moderator)
    guessed.version += 1
    assert not moderation.mark_spam([guessed], by=moderator).done
    assert Comment.objects.get().is_approved()


def test_a_move_can_be_undone_once_and_the_second_is_told(moderator: User) -> None:
    comment = make_comment()
    decision = moderation.mark_spam([comment], by=moderator).decisions[0]
    again = Decision.objects.get(pk=decision.pk)
    undone = moderation.undo(decision, by=moderator)
    assert undone.decisions[0].undoes == decision
    assert Comment.objects.get().status == Status.PENDING
    second = moderation.undo(again, by=moderator)
    assert not second.done
    assert "put back to pending by moderator" in second.conflicts[0].sentence
    assert Decision.objects.count() == 2


def test_an_undo_after_somebody_elses_move_changes_nothing(moderator: User) -> None:
    comment = make_comment()
    decision = moderation.approve([comment], by=moderator).decisions[0]
    stale = Decision.objects.get(pk=decision.pk)
    moderation.reject([comment], by=make_user("Editor", username="ed"))
    outcome = moderation.undo(stale, by=moderator)
    assert "was rejected by ed" in outcome.conflicts[0].sentence
    assert Comment.objects.get().status == Status.REJECTED


def test_a_redecided_comment_can_be_undone_step_by_step(moderator: User) -> None:
    comment = make_comment()
    moderation.approve([comment], by=moderator)
    second = moderation.reject([comment], by=moderator).decisions[0]
    moderation.undo(second, by=moderator)
    assert Comment.objects.get().status == Status.APPROVED


def test_the_first_decision_is_not_undone(moderator: User) -> None:
    first = Decision.objects.create(
        comment=make_comment(), to_status="spam", rule="screening", version=1
    )
    assert "cannot be undone" in moderation.undo(first, by=moderator).conflicts[0].sentence


def test_a_writer_withdraws_and_no_moderator_brings_it_back(moderator: User) -> None:
    comment = make_comment(status=Status.APPROVED)
    decision = moderation.withdraw(comment).decisions[0]
    assert decision.who() == "its writer"
    assert (decision.by, decision.rule) == (None, "writer")
    for verb in VERBS.values():
        assert verb([comment], by=moderator).conflicts
    assert moderation.withdraw(comment).conflicts, "once is enough"
    assert (
        "withdrawn by its writer" in moderation.undo(decision, by=moderator).conflicts[0].sentence
    )
    assert Comment.objects.get().status == Status.WITHDRAWN


def test_two_decisions_cannot_follow_one_state(moderator: User) -> None:
    comment = make_comment()
    moderation.approve([comment], by=moderator)
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.create(comment=comment, to_status="spam", by=moderator, version=2)


def test_a_decision_is_somebodys(moderator: User) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.create(comment=make_comment(), to_status="spam", version=1)


def test_no_comment_goes_from_under_its_replies() -> None:
    comment = make_comment()
    make_comment(comment.article, parent=comment)
    with pytest.raises(RestrictedError):
        comment.delete()
