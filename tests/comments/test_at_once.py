"""Two people press at the same moment, or one presses twice."""

from concurrent.futures import Future, wait
from contextlib import suppress
from datetime import timedelta
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from comments import intake, moderation, notices, privacy, reports, trust, welcome, writers
from comments.models import Comment, Decision, Identity, Notice, Report, Subscription
from comments.moderation import Outcome
from tests.at_once import People
from tests.factories import make_article, make_comment, make_user

QUEUE = 60  # comments that two moderators decide about at the same time

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_at_once_one_decides_each_comment_and_the_other_is_told() -> None:
    article = make_article()
    queue = [make_comment(article).pk for _ in range(QUEUE)]
    users = [make_user("Moderator"), make_user("Moderator")]

    both_have_looked = Barrier(2, timeout=30)

    def press(number: int) -> Outcome:
        verb = (moderation.approve, moderation.reject)[number]
        comments = list(Comment.objects.select_related("article").filter(pk__in=queue))
        both_have_looked.wait()
        return verb(comments, by=users[number])

    with People(2) as pool:
        hers, his = pool.map(press, range(2))
    assert len(hers.done) + len(his.done) == QUEUE
    assert len(hers.conflicts) + len(his.conflicts) == QUEUE
    assert Decision.objects.count() == QUEUE
    assert not Comment.objects.exclude(version=2).exists()
    told = [conflict.sentence for conflict in hers.conflicts + his.conflicts]
    assert all("was approved by" in words or "was rejected by" in words for words in told)


def test_a_double_press_at_once_makes_one_comment(monkeypatch: pytest.MonkeyPatch) -> None:
    article, find_twin = make_article(), intake._twin
    both_have_looked = Barrier(2, timeout=0.5)  # which they cannot: one waits for the other

    def looks(*args: Any) -> Comment | None:
        found = find_twin(*args)
        with suppress(BrokenBarrierError):
            both_have_looked.wait()
        return found

    def press() -> int:
        said = {"author_name": "Mina", "author_email": "mina@example.org", "text": "Twice"}
        return intake.submit(article, **said).pk

    monkeypatch.setattr(intake, "_twin", looks)
    with People(2) as pool:
        presses = [pool.submit(press) for _ in range(2)]
        assert len({pressed.result() for pressed in presses}) == 1
    assert Comment.objects.count() == 1


def test_no_reply_comes_in_while_its_writer_changes_what_it_answers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    comment, why_closed = make_comment(status="approved"), writers.why_closed
    replies: list[Future[Comment]] = []

    def reply() -> Comment:
        said = {"author_name": "Jun", "author_email": "jun@example.org", "text": "So it is."}
        return intake.submit(comment.article, parent=comment, **said)

    def looks(*args: Any) -> str:
        said = why_closed(*args)
        replies.append(pool.submit(reply))
        wait(replies, timeout=0.5)
        return said

    monkeypatch.setattr(writers, "why_closed", looks)
    with People(1) as pool:
        writers.edit(comment, text="Said otherwise.")
    with pytest.raises(welcome.NoSuchParent):  # changed, it waits
        replies[0].result()


def test_nobody_is_mailed_more_links_because_posts_come_at_the_same_moment() -> None:
    articles = [make_article() for _ in range(8)]
    all_are_ready = Barrier(8, timeout=30)

    def press(number: int) -> None:
        said = {"author_name": f"Mina {number}", "author_email": "mina@example.org"}
        connection.ensure_connection()
        all_are_ready.wait()
        intake.submit(articles[number], **said, text=f"No. {number}", wants_replies=True)

    with People(8) as pool:
        list(pool.map(press, range(8)))
    assert Comment.objects.count() == 8
    assert Notice.objects.filter(kind="confirm").count() == notices.MOST_CONFIRMATIONS


def test_a_link_that_is_asked_for_twice_at_once_is_mailed_once() -> None:
    comment = make_comment(author_email="mina@example.org")
    both_are_ready = Barrier(2, timeout=30)

    def press(_: int) -> bool:
        connection.ensure_connection()
        both_are_ready.wait()
        return notices.ask_to_confirm(comment)

    with People(2) as pool:
        assert list(pool.map(press, range(2))) == [True, True]
    assert Notice.objects.filter(kind="confirm").count() == 1


def test_an_erasure_waits_for_the_post_of_its_writer_that_is_being_saved(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now, still = timezone.now(), trust.still
    identity = Identity.objects.create(email="mina@example.org", proven_at=now, used_at=now)
    erased: list[Future[int]] = []

    def held(found: Identity | None) -> Identity | None:
        kept = still(found)
        erased.append(pool.submit(privacy.erase, "mina@example.org"))
        wait(erased, timeout=0.5)
        return kept

    monkeypatch.setattr(trust, "still", held)
    said = {"author_name": "Mina", "author_email": "mina@example.org", "text": "Once more."}
    with People(1) as pool:
        intake.submit(make_article(), identity=identity, **said)
    assert erased[0].result() == 1
    assert Comment.objects.get().text == ""
    assert not Identity.objects.exists()


def test_a_mail_that_is_being_dropped_waits_for_the_approval_that_wants_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    by, parent, tell = (
        make_user("Moderator"),
        make_comment(status="approved"),
        notices.tell_of_reply,
    )
    Subscription.objects.create(comment=parent, confirmed_at=timezone.now())
    reply = make_comment(parent.article, parent=parent, author_email="jun@example.org")
    for verb in (moderation.approve, moderation.hold):
        verb([reply], by=by)
    notice = Notice.objects.get()
    dropped: list[Future[None]] = []

    def tells(*args: Any) -> None:
        tell(*args)
        dropped.append(pool.submit(notices._drop, notice))
        wait(dropped, timeout=0.5)

    monkeypatch.setattr(notices, "tell_of_reply", tells)
    with People(1) as pool:
        moderation.approve([reply], by=by)
    dropped[0].result()
    assert Notice.objects.get().dropped_at is None


def test_reports_at_the_same_moment_hold_a_comment_once() -> None:
    comment = make_comment(status="approved")

    def press(number: int) -> None:
        reports.take(comment, reason="abuse", address=f"192.0.2.{number}")

    with People(4) as pool:
        list(pool.map(press, range(8)))
    comment.refresh_from_db()
    assert comment.is_pending()
    assert Decision.objects.count() == 1
    assert comment.findings.count() == 8
    assert comment.score == sum(finding.points for finding in comment.findings.all())


def test_a_report_that_is_pressed_twice_at_once_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    comment, opened = make_comment(status="approved"), timezone.now()
    find_same = reports._same_reader
    both_have_looked = Barrier(2, timeout=0.5)  # which they cannot: one waits for the other

    def looks(*args: Any) -> Report | None:
        found = find_same(*args)
        with suppress(BrokenBarrierError):
            both_have_looked.wait()
        return found

    def press() -> Report:
        return reports.take(comment, reason="abuse", address="192.0.2.1", opened=opened)

    monkeypatch.setattr(reports, "_same_reader", looks)
    with People(2) as pool:
        presses = [pool.submit(press) for _ in range(2)]
        assert len({pressed.result() for pressed in presses}) == 1


def test_a_comment_is_not_kept_while_a_colleague_takes_it_down(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """One has looked whether it was kept, and the other keeps it in that moment."""
    comment, is_kept = make_comment(status="approved"), moderation._is_kept
    reports.take(comment, reason="abuse", address="192.0.2.1")
    seen = Comment.objects.with_reports_seen().get()
    hers, his = make_user("Moderator"), make_user("Moderator")
    keeps: list[Future[int]] = []

    def looks(row: Comment) -> bool:
        found = is_kept(row)
        keeps.append(pool.submit(reports.keep, seen, by=his))
        wait(keeps, timeout=0.5)  # which it is not: it waits for the decision
        return found

    monkeypatch.setattr(moderation, "_is_kept", looks)
    with People(1) as pool:
        assert moderation.reject([seen], by=hers).done
    assert keeps[0].result() == 0
    assert Report.objects.get().outcome == Report.Outcome.UPHELD


def test_nobody_approves_what_is_being_erased(monkeypatch: pytest.MonkeyPatch) -> None:
    by, comment, withdraw = make_user("Moderator"), make_comment(), moderation.withdraw
    approvals: list[Future[Outcome]] = []

    def approves(row: Comment, **facts: Any) -> Outcome:
        seen = Comment.objects.get(pk=row.pk)
        approvals.append(pool.submit(moderation.approve, [seen], by=by))
        wait(approvals, timeout=0.5)
        return withdraw(row, **facts)

    monkeypatch.setattr(moderation, "withdraw", approves)
    with People(1) as pool:
        privacy.erase(comment.author_email)
    assert approvals[0].result().conflicts
    assert Comment.objects.get().is_withdrawn()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one write at a time")
def test_an_identity_that_is_used_while_the_unused_are_dropped_stays() -> None:
    long_ago = timezone.now() - timedelta(days=500)
    identity = Identity.objects.create(
        email="mina@example.org", proven_at=long_ago, used_at=long_ago
    )

    with People(1) as pool:
        with transaction.atomic():
            held = trust.still(identity)
            assert held
            dropping = pool.submit(privacy.purge)
            until_somebody_waits()
            trust.use(held, timezone.now())
        dropping.result(timeout=30)
    assert Identity.objects.get() == identity


def until_somebody_waits() -> None:
    """For a lock that this connection holds."""
    waiting = "SELECT count(*), pg_sleep(0.01) FROM pg_locks WHERE NOT granted"
    with connection.cursor() as cursor:
        for _ in range(1_000):
            cursor.execute(waiting)
            if cursor.fetchone()[0]:
                return
    pytest.fail("Nobody waited.")
