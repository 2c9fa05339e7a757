"""A press over many comments is one act, and is undone as one."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User

from comments import moderation
from comments.desk import acts
from comments.desk.acts import Choice
from comments.models import Act, Comment, Decision
from tests.factories import make_article, make_comment, make_user

pytestmark = pytest.mark.django_db


def test_each_comment_gets_its_own_verb_under_one_act(moderator: User) -> None:
    article = make_article()
    one, two, three = (make_comment(article) for _ in range(3))
    choices = [Choice(three, "spam"), Choice(one, "approve"), Choice(two, "reject", "Rude")]
    outcome = acts.carry_out(choices, by=moderator)
    assert [c.status for c in Comment.objects.order_by("pk")] == ["approved", "rejected", "spam"]
    assert {decision.act for decision in outcome.decisions} == {Act.objects.get()}
    assert Decision.objects.get(comment=two).reason == "Rude"


def test_an_act_is_undone_whole_but_for_what_somebody_changed_since(moderator: User) -> None:
    article = make_article()
    comments = [make_comment(article) for _ in range(acts.BATCH + 5)]
    acts.carry_out([Choice(comment, "spam") for comment in comments], by=moderator)
    changed = Comment.objects.get(pk=comments[3].pk)
    moderation.approve([changed], by=make_user("Moderator", username="ann"))
    outcome = acts.undo(Act.objects.get(), by=moderator)
    assert Comment.objects.pending().count() == len(comments) - 1
    assert "was approved by ann" in outcome.conflicts[0].sentence
    assert not acts.undo(Act.objects.get(), by=moderator).decisions


def test_only_acts_with_something_left_are_offered(moderator: User) -> None:
    comment = make_comment()
    acts.carry_out([Choice(comment, "reject")], by=moderator)
    since = Act.objects.get().made_at
    offered = Act.objects.undoable(moderator.pk, since).get()
    assert (offered.left, offered.author_name, offered.to_status) == (1, "Mina", "rejected")
    assert not Act.objects.undoable(moderator.pk, since + timedelta(seconds=1)).exists()
    assert not Act.objects.undoable(make_user("Moderator").pk, since).exists(), "nobody else's"
    acts.undo(offered, by=moderator)
    assert not Act.objects.undoable(moderator.pk, since).exists()
