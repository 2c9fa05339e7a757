"""What becomes of reports: enough of them hold a comment, decisions settle them, records weigh."""

import re
from contextlib import nullcontext
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db.models import Sum
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from comments import moderation, reports
from comments.models import Comment, CommentEdit, Report
from tests.factories import make_comment, make_user

from .pressing import DESK
from .reporting import approved, text_of

pytestmark = pytest.mark.django_db


def by_strangers(comment: Comment, number: int, *, first: int = 1, reason: str = "abuse") -> None:
    for n in range(first, first + number):
        reports.take(comment, reason=reason, address=f"192.0.2.{n}")


def test_three_readers_send_a_comment_back_to_the_queue() -> None:
    comment = approved()
    by_strangers(comment, 2)
    comment.refresh_from_db()
    assert comment.is_approved()
    by_strangers(comment, 1, first=3)
    comment.refresh_from_db()
    assert comment.is_pending()
    decision = comment.decisions.get()
    assert (decision.rule, decision.to_status) == ("reports", "pending")
    assert comment.findings.filter(rule="reported").count() == 3
    assert comment.score == comment.findings.aggregate(sum=Sum("points"))["sum"]


def test_a_report_that_comes_after_it_was_held_is_kept_and_holds_nothing_again() -> None:
    comment = approved()
    by_strangers(comment, 5)
    assert comment.decisions.count() == 1
    assert Report.objects.open().count() == 5


@pytest.mark.parametrize(("number", "held"), [(1, True), (2, True), (0, False), (9, False)])
def test_how_many_it_takes_is_a_setting(settings: Settings, number: int, held: bool) -> None:
    settings.COMMENTS_REPORTS_TO_HOLD = number
    comment = approved()
    by_strangers(comment, max(1, min(number, 3)))
    comment.refresh_from_db()
    assert comment.is_pending() is held


@pytest.mark.parametrize(
    ("verb", "outcome", "says"),
    [
        (moderation.approve, "not_upheld", "let it stand"),
        (moderation.reject, "upheld", "agreed and took the comment down"),
        (moderation.mark_spam, "upheld", "agreed and took the comment down"),
    ],
)
def test_the_decision_is_the_outcome_and_an_undo_opens_it_again(
    client: Client, moderator: User, verb: Any, outcome: str, says: str
) -> None:
    comment = approved()
    by_strangers(comment, 3)
    comment.refresh_from_db()
    made = verb([comment], by=moderator).decisions[0]
    report = Report.objects.first()
    assert report is not None
    assert report.outcome == outcome
    assert says in text_of(client.get(f"/comments/reports/?code={reports.code_of(report)}"))
    moderation.undo(made, by=moderator)
    assert Report.objects.open().count() == 3
    assert "look at it" in text_of(client.get(f"/comments/reports/?code={reports.code_of(report)}"))


def test_a_comment_the_writer_withdrew_settles_its_reports_without_blame() -> None:
    comment = approved()
    by_strangers(comment, 1)
    moderation.withdraw(comment)
    assert Report.objects.get().outcome == "gone"


def test_undoing_what_reports_did_confirms_the_comment(moderator: User) -> None:
    comment = approved()
    by_strangers(comment, 3)
    moderation.undo(comment.decisions.get(), by=moderator)
    assert Report.objects.not_upheld().count() == 3


def test_a_confirmed_comment_does_not_come_back_for_the_same_reason(moderator: User) -> None:
    comment = approved()
    by_strangers(comment, 3)
    comment.refresh_from_db()
    moderation.approve([comment], by=moderator)
    by_strangers(comment, 4, first=10)
    comment.refresh_from_db()
    assert comment.is_approved()
    assert Report.objects.open().filter(points=0).count() == 4
    by_strangers(comment, 3, first=20, reason="spam")
    comment.refresh_from_db()
    assert comment.is_pending()


def test_what_its_writer_changed_after_it_was_confirmed_counts_again(moderator: User) -> None:
    comment = approved()
    by_strangers(comment, 1)
    reports.keep(comment, by=moderator)
    CommentEdit.objects.create(comment=comment, before="Ruder words.", version=2, by=moderator)
    by_strangers(comment, 3, first=5)
    comment.refresh_from_db()
    assert comment.is_approved()
    CommentEdit.objects.create(comment=comment, before="Milder words.", version=3)
    by_strangers(comment, 3, first=10)
    comment.refresh_from_db()
    assert comment.is_pending()


def test_reports_of_a_comment_that_stays_can_be_settled(moderator: User) -> None:
    comment = approved()
    by_strangers(comment, 2)
    assert reports.keep(comment, by=moderator) == 2
    by_strangers(comment, 3, first=10)
    comment.refresh_from_db()
    assert comment.is_approved()


def with_record(right: int, wrong: int, *, code_of_the_last: bool = False) -> Report:
    """The report whose code a reader entered when they reported the next comment, and has to enter
    now: the first that they ever made, or the last."""
    known: Report | None = None
    for number in range(right + wrong):
        made = reports.take(approved(), reason="spam", earlier=known)
        known = made if code_of_the_last else known or made
        outcome = "upheld" if number < right else "not_upheld"
        settled = {"outcome": outcome, "settled_at": timezone.now()}
        Report.objects.filter(pk=made.pk).update(**settled)
    assert known is not None
    return known


@pytest.mark.parametrize("code_of_the_last", [False, True])
@pytest.mark.parametrize(
    ("right", "wrong", "points"),
    [(2, 0, 2), (3, 0, 4), (2, 1, 4), (2, 2, 2), (1, 2, 1), (0, 3, 1)],
)
def test_a_reader_who_is_usually_right_weighs_more(
    right: int, wrong: int, points: int, code_of_the_last: bool
) -> None:
    known = with_record(right, wrong, code_of_the_last=code_of_the_last)
    assert reports.weight(known) == points


@pytest.mark.parametrize("needed", [2, 3])
def test_a_reader_with_a_good_record_needs_one_more_and_is_never_enough_alone(
    settings: Settings, needed: int
) -> None:
    settings.COMMENTS_REPORTS_TO_HOLD = needed
    trusted, comment = with_record(6, 0), approved()
    reports.take(comment, reason="abuse", earlier=trusted, address="192.0.2.1")
    comment.refresh_from_db()
    assert comment.is_approved()
    with pytest.raises(reports.AlreadyReported):
        reports.take(comment, reason="hate", earlier=trusted, address="192.0.2.2")
    by_strangers(comment, 1, first=3)
    comment.refresh_from_db()
    assert comment.is_pending()


def to_keep(client: Client, comment: Comment) -> str:
    """What the press that keeps it carries on its page."""
    page = client.get(f"{DESK}{comment.pk}/change/").content.decode()
    found = re.search(r'value="(keep:[^"]+)"', page)
    assert found
    return found[1]


def test_keeping_a_comment_leaves_a_report_that_came_after_the_page_open(
    moderator_client: Client,
) -> None:
    comment = approved()
    by_strangers(comment, 1)
    keeps = to_keep(moderator_client, comment)
    by_strangers(comment, 1, first=2, reason="private")
    answer = moderator_client.post(f"{DESK}mark/", {"mark": keeps}, follow=True)
    assert "reports settled: 1" in text_of(answer)
    assert "still open: 1" in text_of(answer)
    assert [report.outcome for report in Report.objects.all()] == ["not_upheld", "open"]
    keeps = to_keep(moderator_client, comment)
    moderator_client.post(f"{DESK}mark/", {"mark": keeps})
    assert not Report.objects.open().exists()


def test_what_a_colleague_said_stays_is_not_taken_down_from_a_page_made_before(
    moderator_client: Client,
) -> None:
    comment = approved(author_name="Rude One")
    reports.take(comment, reason="abuse", address="192.0.2.1")
    row = moderator_client.get(f"{DESK}?state=approved").content.decode()
    seen = re.search(r'name="comment" value="([^"]+)"', row)
    assert seen
    looked = Comment.objects.with_reports_seen().get(pk=comment.pk)
    reports.keep(looked, by=make_user("Moderator", username="ann", first_name="Ann"))
    press = {"verb": "reject", "comment": seen[1]}
    page = text_of(moderator_client.post(f"{DESK}decide/", press, follow=True))
    assert "Ann read its reports on" in page
    assert "said that it stays. Nothing was changed." in page
    assert Comment.objects.get().is_approved()
    again = text_of(moderator_client.post(f"{DESK}mark/", {"mark": f"keep:{seen[1]}"}, follow=True))
    assert "a colleague was quicker" in again
    row = moderator_client.get(f"{DESK}?state=approved").content.decode()
    assert "Its reports were read; it stays." in row
    seen = re.search(r'name="comment" value="([^"]+)"', row)
    assert seen
    moderator_client.post(f"{DESK}decide/", {"verb": "reject", "comment": seen[1]})
    assert not Comment.objects.get().is_approved()


@pytest.mark.parametrize(("verb", "later"), [("approve", "open"), ("reject", "upheld")])
def test_who_lets_a_comment_stand_answers_the_reports_that_were_on_the_page(
    moderator_client: Client, verb: str, later: str
) -> None:
    comment = approved()
    by_strangers(comment, 3)
    page = moderator_client.get(f"{DESK}?state=pending").content.decode()
    value = re.search(r'name="comment" value="([^"]+)"', page)
    assert value
    by_strangers(comment, 1, first=9, reason="private")
    moderator_client.post(f"{DESK}decide/", {"comment": value[1], "verb": verb})
    first, *_, last = Report.objects.all()
    assert first.outcome == {"approve": "not_upheld", "reject": "upheld"}[verb]
    assert last.outcome == later


def test_an_undo_answers_the_reports_that_were_on_the_page(moderator_client: Client) -> None:
    comment = approved()
    by_strangers(comment, 3)
    page = moderator_client.get(f"{DESK}{comment.pk}/change/").content.decode()
    undo = dict(re.findall(r'name="(decision|reports)" value="([0-9:]+)"', page))
    by_strangers(comment, 1, first=9, reason="private")
    moderator_client.post(f"{DESK}undo/", undo)
    assert [report.outcome for report in Report.objects.all()] == [*["not_upheld"] * 3, "open"]


def test_what_does_not_count_is_no_second_reader(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.COMMENTS_REPORTS_TO_HOLD = 2
    monkeypatch.setattr(reports, "weight", lambda earlier: reports.USUALLY_RIGHT)
    comment = make_comment(status="approved")
    reports.take(comment, reason="abuse", address="192.0.2.1", trapped=True)
    reports.take(comment, reason="abuse", address="192.0.2.2")
    assert Comment.objects.get().is_approved()
    reports.take(comment, reason="abuse", address="192.0.2.3")
    assert Comment.objects.get().is_pending()


@pytest.mark.parametrize(("days", "refused"), [(29, True), (30, False)])
def test_one_address_counts_once_within_thirty_days(
    monkeypatch: pytest.MonkeyPatch, days: int, refused: bool
) -> None:
    comment, then = make_comment(status="approved"), timezone.now()
    reports.take(comment, reason="abuse", address="192.0.2.1")
    monkeypatch.setattr(timezone, "now", lambda: then + timedelta(days=days))
    with pytest.raises(reports.AlreadyReported) if refused else nullcontext():
        reports.take(comment, reason="spam", address="192.0.2.1")
