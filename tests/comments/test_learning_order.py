"""However decisions, corrections, crashes and rebuilds are mixed: the weights are the log's."""

from threading import Barrier, Event

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from comments import moderation, privacy
from comments.desk import writing
from comments.learning import lessons, rebuilding
from comments.learning.lessons import Lessons
from comments.models import Comment, Decision, Learnt
from comments.spam.classifier import Classifier
from tests.at_once import People
from tests.comments.teaching import ADVERT, HONEST, follow_all, judged, of_the_log, saved
from tests.factories import make_article, make_comment, make_user

TEXTS = [
    HONEST,
    ADVERT,
    "Great review, thanks!",
    "영화가 조용한데 마음에 남네요",
    "Buy cheap shoes",
]
ACTS = ["approve", "spam", "reject", "hold", "undo", "edit", "erase", "rebuild", "forget"]
ACTS += ["approve", "spam", "follow", "follow", "follow"]
VERBS = {"approve": moderation.approve, "spam": moderation.mark_spam}
VERBS |= {"reject": moderation.reject, "hold": moderation.hold}


class WhatIsLearntFollowsFromTheLog(TestCase):
    """An act that is not followed is a crash between its commit and its lesson."""

    @hypothesis_settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 4)), min_size=3, max_size=14))
    def test_bit_for_bit(self, acts: list[tuple[str, int]]) -> None:
        Learnt.objects.all().delete()
        by, article = make_user("Moderator"), make_article()
        comments = [
            make_comment(article, text=text, author_email=f"r{n}@example.org")
            for n, text in enumerate(TEXTS)
        ]
        for act, number in acts:
            self.do(act, Comment.objects.select_related("article").get(pk=comments[number].pk), by)
        rebuilding.check()
        rebuilding.rebuild_next()
        row = saved()
        assert row.wanted_at is None
        known = bytes(row.weights) or Classifier().to_bytes()
        assert known == of_the_log(row.begins_after)
        assert rebuilding.check()

    def do(self, act: str, comment: Comment, by: User) -> None:
        if verb := VERBS.get(act):
            verb([comment], by=by)
        elif act == "undo" and (last := comment.decisions.last()):
            moderation.undo(last, by=by)
        elif act == "edit":
            writing.edit(comment, text=f"{comment.text}, edited", by=by)
        elif act == "erase":
            privacy.erase(comment.author_email)
        elif act == "follow":
            follow_all()
        elif act == "rebuild":
            lessons.want()
            rebuilding.rebuild_next()
        elif act == "forget" and comment.pk % 2:
            lessons.forget(by=by)
        elif act == "forget":
            lessons.recall()


@pytest.mark.django_db(transaction=True)
def test_two_moderators_at_once_teach_everything_in_the_order_of_the_log() -> None:
    article = make_article()
    users = [make_user("Moderator"), make_user("Moderator")]
    queues = [[make_comment(article, text=f"{t} {n}") for n in range(12)] for t in (HONEST, ADVERT)]
    both = Barrier(2, timeout=30)

    def press(number: int) -> None:
        both.wait()
        for comment in queues[number]:
            (moderation.approve, moderation.mark_spam)[number]([comment], by=users[number])

    with People(2) as pool:
        list(pool.map(press, range(2)))
    if not rebuilding.check():  # some were numbered in another order than they were committed
        rebuilding.rebuild_next()
    assert saved().labels == 24
    assert bytes(saved().weights) == of_the_log()


@pytest.mark.django_db(transaction=True)
def test_what_is_decided_while_it_is_built_again_is_not_lost(
    moderator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    comments = [judged(f"{HONEST} {number}", by=moderator, spam=False) for number in range(4)]
    lessons.want()
    has_read, may_go_on = Event(), Event()
    renewed = rebuilding._renewed

    def waits(claim: Learnt) -> bool:
        has_read.set()
        assert may_go_on.wait(30)
        return renewed(claim)

    monkeypatch.setattr(rebuilding, "_renewed", waits)

    with People(1) as pool:
        work = pool.submit(rebuilding.rebuild_next)
        assert has_read.wait(30)
        judged(ADVERT, by=moderator, spam=True)
        assert saved().labels == 5  # learnt at once by the old weights
        moderation.undo(comments[0].decisions.get(), by=moderator)
        may_go_on.set()
        work.result()
    assert saved().wanted_at is not None  # the undo came while its label was being learnt
    assert rebuilding.rebuild_next() == 4
    assert bytes(saved().weights) == of_the_log()
    assert saved().wanted_at is None


@pytest.mark.django_db(transaction=True)
def test_of_two_workers_one_builds_it(moderator: User) -> None:
    judged(HONEST, by=moderator, spam=False)
    lessons.want()
    both = Barrier(2, timeout=30)

    def work(_: int) -> int | None:
        both.wait()
        return rebuilding.rebuild_next()

    with People(2) as pool:
        assert sorted(pool.map(work, range(2)), key=str) == [1, None]


@pytest.mark.django_db
def test_who_was_overtaken_throws_the_work_away(
    moderator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged(HONEST, by=moderator, spam=False)
    lessons.want()
    learn = Lessons.learn

    def taken_over(self: Lessons, news: list[tuple[int, int]]) -> None:
        learn(self, news)
        Learnt.objects.update(claimed_at=saved().claimed_at + rebuilding.STALE)

    monkeypatch.setattr(Lessons, "learn", taken_over)
    assert rebuilding.rebuild_next() is None
    assert saved().labels == 0


@pytest.mark.django_db
def test_a_decision_that_is_committed_late_is_learnt_in_its_place(moderator: User) -> None:
    """On PostgreSQL two transactions may be numbered in one order and committed in the other."""
    first, second = make_comment(text=HONEST), make_comment(text=ADVERT)
    moderation.approve([first], by=moderator)
    late = Decision.objects.get()
    kept = {**Decision.objects.values().get()}
    late.delete()  # numbered, not committed yet
    moderation.mark_spam([second], by=moderator)
    follow_all()
    assert saved().labels == 1
    Decision.objects.create(**kept)
    lessons.follow(kept["id"])
    assert saved().wanted_at is not None
    assert rebuilding.rebuild_next() == 2
    assert bytes(saved().weights) == of_the_log()


@pytest.mark.django_db(transaction=True)
def test_nothing_is_learnt_from_what_is_rolled_back(moderator: User) -> None:
    comment = make_comment(text=ADVERT)

    def press() -> None:
        with transaction.atomic():
            moderation.mark_spam([comment], by=moderator)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        press()
    assert not Learnt.objects.exists()
