"""Every move a comment can make, in any order, by everybody who may make one: the state, the log,
the findings and the page always tell one story."""

from itertools import count

import pytest
from django.contrib.auth.models import User
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from comments import intake, privacy, reports, writers
from comments.desk import acts, picks, writing
from comments.desk.acts import VERBS, Choice
from comments.models import Act, Comment, Decision, Mark, Report
from comments.moderation import MOVES
from comments.reading import pages
from comments.writers import TooLate
from tests.factories import make_article, make_user

TO = {
    "approve": Comment.Status.APPROVED,
    "reject": Comment.Status.REJECTED,
    "spam": Comment.Status.SPAM,
    "hold": Comment.Status.PENDING,
}
TEXTS = st.sampled_from(["One thought.", "Two thoughts.", "Three thoughts."])
EMAIL = "mina@example.org"
# A failure is told as it was found: with a database, making it shorter takes many minutes.
QUICKLY = settings(max_examples=12, stateful_step_count=25, phases=[Phase.explicit, Phase.generate])


class Life(RuleBasedStateMachine):
    """One comment; its writer, readers who report it, a moderator who sees it as it is, and one
    whose page is old. `status` and `version` are what has to be true after every step."""

    def __init__(self) -> None:
        super().__init__()
        self.user: User = make_user()
        said = {"author_name": "Mina", "author_email": EMAIL, "text": "A first thought."}
        self.pk = intake.submit(make_article(), **said).pk
        self.old = self.now()
        self.status: str = "pending"
        self.version = 1
        self.erased = False
        self.readers = count(1)

    def now(self) -> Comment:
        return Comment.objects.select_related("article").get(pk=self.pk)

    def moved(self, to: str, by: int = 1) -> None:
        self.status, self.version = to, self.version + by

    @rule(verb=st.sampled_from(sorted(VERBS)))
    def decide(self, verb: str) -> None:
        allowed = self.status in MOVES[TO[verb]]
        outcome = acts.carry_out([Choice(self.now(), verb)], by=self.user)
        assert bool(outcome.decisions) is allowed
        assert bool(outcome.conflicts) is not allowed
        if allowed:
            self.moved(TO[verb])

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
            self.moved(last.from_status)

    @rule(text=TEXTS)
    def edit(self, text: str) -> None:
        before = self.now().text
        outcome = writing.edit(self.now(), text=text, by=self.user)
        may = self.status in writing.MAY_BE_EDITED
        assert bool(outcome.conflicts) is not may
        self.version += may and before != self.now().text

    @rule(text=TEXTS)
    def answer(self, text: str) -> None:
        may = self.status in writing.MAY_BE_EDITED
        waited = self.status == "pending"
        outcome = writing.answer(self.now(), text=text, by=self.user)
        assert bool(outcome.decisions) is may
        if may and waited:
            self.moved("approved")

    @rule(text=TEXTS)
    def its_writer_changes_it(self, text: str) -> None:
        comment = self.now()
        if writers.why_closed(comment):
            with pytest.raises(TooLate):
                writers.edit(comment, text=text)
        elif comment.text == text:
            writers.edit(comment, text=text)
        else:
            writers.edit(comment, text=text)
            stays = self.status in ("pending", "spam")
            self.moved(self.status if stays else "pending", by=1 if stays else 2)

    @rule()
    def its_writer_withdraws_it(self) -> None:
        comment = self.now()
        if comment.is_withdrawn():
            writers.withdraw(comment)
        elif writers.why_closed(comment):
            with pytest.raises(TooLate):
                writers.withdraw(comment)
        else:
            writers.withdraw(comment)
            self.moved("withdrawn")

    @rule(reason=st.sampled_from(["abuse", "spam"]))
    def a_reader_reports_it(self, reason: str) -> None:
        comment, was = self.now(), self.status
        try:
            reports.take(comment, reason=reason, address=f"192.0.2.{next(self.readers)}")
        except reports.NothingThere:
            assert was != "approved"
        if was == "approved" and self.now().is_pending():
            assert Decision.objects.filter(comment=comment).latest("version").rule == "reports"
            counted = Report.objects.open().filter(comment=comment, points__gt=0)
            assert counted.count() >= 3
            self.moved("pending")

    @rule(what=st.sampled_from([picks.pick, picks.unpick, reports.keep]))
    def mark(self, what: object) -> None:
        before = Mark.objects.count()
        done = what(self.now(), by=self.user)  # type: ignore[operator]
        assert Mark.objects.count() - before == bool(done)

    @rule(sure=st.integers(0, 9))
    def its_writer_has_it_erased(self, sure: int) -> None:
        if sure or self.erased:
            return  # seldom: little can happen to it afterwards
        privacy.erase(EMAIL)
        self.erased = True
        if self.status != "withdrawn":
            self.moved("withdrawn")

    @invariant()
    def the_log_tells_how_it_came_here(self) -> None:
        comment = self.now()
        assert (comment.status, comment.version) == (self.status, self.version)
        log = list(Decision.objects.filter(comment=comment).order_by("version"))
        if not self.erased:
            assert len(log) + comment.edits.count() == comment.version
        states = ["", *(decision.to_status for decision in log)]
        assert [decision.from_status for decision in log] == states[:-1]
        assert states[-1] == comment.status

    @invariant()
    def it_says_why_and_its_points_add_up(self) -> None:
        comment = self.now()
        found = list(comment.findings.all())
        assert found
        assert comment.score == sum(finding.points for finding in found if finding.counted)

    @invariant()
    def readers_see_it_just_when_it_is_approved(self) -> None:
        places = pages.read(self.now().article).thread.places
        seen = {place.comment.pk for place in places if not place.removed}
        assert (self.pk in seen) is (self.status == "approved")
        assert not self.erased or not any("thought" in p.comment.text for p in places[:1])

    @invariant()
    def settled_reports_say_who_settled_them(self) -> None:
        open_ones = Report.objects.open().filter(comment=self.pk)
        assert not (self.status in ("rejected", "spam", "withdrawn") and open_ones.exists())


class CommentsLive(TestCase):
    def test_every_order_of_moves_keeps_state_and_log_together(self) -> None:
        run_state_machine_as_test(Life, settings=QUICKLY)
