"""Every move a comment can make, in any order: the state and the log always tell one story."""

from django.contrib.auth.models import User
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from comments import acts, at_the_desk, moderation
from comments.acts import VERBS, Choice
from comments.models import Act, Comment, Decision
from comments.moderation import MOVES
from tests.factories import make_article, make_comment, make_user

TO = {
    "approve": Comment.Status.APPROVED,
    "reject": Comment.Status.REJECTED,
    "spam": Comment.Status.SPAM,
    "hold": Comment.Status.PENDING,
}


class Life(RuleBasedStateMachine):
    """One comment, a moderator who sees it as it is, and one whose page is old."""

    def __init__(self) -> None:
        super().__init__()
        self.user: User = make_user()
        self.pk = make_comment(make_article()).pk
        self.old = self.now()
        self.status: str = "pending"
        self.version = 1

    def now(self) -> Comment:
        return Comment.objects.select_related("article").get(pk=self.pk)

    @rule(verb=st.sampled_from(sorted(VERBS)))
    def decide(self, verb: str) -> None:
        allowed = self.status in MOVES[TO[verb]]
        outcome = acts.carry_out([Choice(self.now(), verb)], by=self.user)
        assert bool(outcome.decisions) is allowed
        assert bool(outcome.conflicts) is not allowed
        if allowed:
            self.status, self.version = TO[verb], self.version + 1

    @rule(verb=st.sampled_from(sorted(VERBS)))
    def decide_on_an_old_page(self, verb: str) -> None:
        if self.old.version != self.version:
            outcome = VERBS[verb]([self.old], by=self.user)
            assert not outcome.decisions
            assert "Nothing was changed" in outcome.conflicts[0].sentence or (
                "already" in outcome.conflicts[0].sentence
            )

    @rule()
    def load_the_page(self) -> None:
        self.old = self.now()

    @rule()
    def undo_the_last_act(self) -> None:
        act = Act.objects.filter(decisions__comment=self.pk).order_by("pk").last()
        last = act and act.decisions.last()
        if act is None or last is None:
            return
        undone = acts.undo(act, by=self.user).decisions
        assert bool(undone) is (last.version == self.version)
        if undone:
            self.status, self.version = last.from_status, self.version + 1

    @rule(text=st.sampled_from(["One", "Two", "Three"]))
    def edit(self, text: str) -> None:
        before = self.now()
        outcome = at_the_desk.edit(before, text=text, by=self.user)
        assert bool(outcome.conflicts) is (self.status not in at_the_desk.MAY_BE_EDITED)
        self.version = self.now().version

    @rule()
    def withdraw(self) -> None:
        if self.status in MOVES[Comment.Status.WITHDRAWN]:
            assert moderation.withdraw(self.now()).decisions
            self.status, self.version = Comment.Status.WITHDRAWN, self.version + 1

    @invariant()
    def the_log_tells_how_it_came_here(self) -> None:
        comment = self.now()
        assert (comment.status, comment.version) == (self.status, self.version)
        log = list(Decision.objects.filter(comment=comment).order_by("version"))
        assert len(log) + comment.edits.count() == comment.version - 1
        states = ["pending", *(decision.to_status for decision in log)]
        assert [decision.from_status for decision in log] == states[:-1]
        assert states[-1] == comment.status


class CommentsLive(TestCase):
    def test_every_order_of_moves_keeps_state_and_log_together(self) -> None:
        run_state_machine_as_test(
            Life, settings=settings(max_examples=15, stateful_step_count=20, deadline=None)
        )
