"""Readers report a comment; enough of them send it back to the queue."""

from datetime import timedelta
from typing import Any

import html5lib
import pytest
from django.contrib.auth.models import User
from django.db.models import Sum
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from comments import moderation, reports
from comments.models import Comment, Report
from reviews.models import Article
from tests.comments.posting import OURS
from tests.factories import make_article, make_comment

pytestmark = pytest.mark.django_db


def report(
    client: Client, comment: Comment, *, address: str = "192.0.2.1", **typed: Any
) -> HttpResponse:
    said = {"reason": "abuse", "note": "", "earlier": "", "subject": ""}
    headers = typed.pop("headers", OURS)
    return client.post(
        f"/comments/{comment.pk}/report/", said | typed, headers=headers, REMOTE_ADDR=address
    )


def by_strangers(comment: Comment, number: int, *, first: int = 1, reason: str = "abuse") -> None:
    for n in range(first, first + number):
        reports.take(comment, reason=reason, address=f"192.0.2.{n}")


def approved(**facts: Any) -> Comment:
    return make_comment(status="approved", **facts)


def text_of(answer: HttpResponse) -> str:
    return " ".join(answer.content.decode().split())


def test_every_approved_comment_links_to_its_report_form(client: Client) -> None:
    comment = approved()
    page = client.get(comment.article.get_absolute_url()).content.decode()
    assert f'href="/comments/{comment.pk}/report/" rel="nofollow"' in page
    answer = client.get(f"/comments/{comment.pk}/report/")
    assert answer.status_code == 200
    assert not answer.cookies
    assert comment.text in answer.content.decode()
    assert "csrf" not in answer.content.decode()


def test_a_closed_thread_can_still_be_reported(client: Client) -> None:
    comment = approved(article=make_article(comment_policy="closed"))
    assert "/report/" in client.get(comment.article.get_absolute_url()).content.decode()
    assert report(client, comment).status_code == 303


@pytest.mark.parametrize("status", ["pending", "rejected", "spam", "withdrawn"])
def test_what_readers_cannot_see_cannot_be_reported(client: Client, status: str) -> None:
    comment = make_comment(status=status)
    assert client.get(f"/comments/{comment.pk}/report/").status_code == 404
    answer = report(client, comment, note="Still rude.")
    assert answer.status_code == 409
    assert "Still rude." in text_of(answer)
    assert comment.text not in text_of(answer)
    assert not Report.objects.exists()


def test_a_comment_on_what_is_not_published_cannot_be_reported(client: Client) -> None:
    comment = approved()
    Article.objects.update(status="withdrawn")
    assert report(client, comment).status_code == 404


def test_a_report_is_kept_with_its_finding_and_thanked_for_with_a_code(client: Client) -> None:
    comment = approved()
    answer = report(client, comment, note="He insults the whole cast.")
    assert answer.status_code == 303
    page = text_of(client.get(answer["Location"]))
    made = Report.objects.get()
    assert "Thank you for your report" in page
    assert reports.code_of(made) in page
    finding = comment.findings.get()
    assert finding.rule == "reported"
    assert "it attacks or insults somebody, “He insults the whole cast.”" in finding.evidence
    assert not Report.objects.filter(address_hash__contains="192").exists()
    comment.refresh_from_db()
    assert comment.is_approved()
    assert comment.score == finding.points == made.points == reports.ONE_READER


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


def test_one_network_counts_once_for_a_comment_also_on_another_day(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    comment = approved()
    report(client, comment)
    answer = report(client, comment, reason="spam", note="Again!")
    assert answer.status_code == 409
    assert "already reported" in text_of(answer)
    assert "Again!" in text_of(answer)
    later = timezone.now() + timedelta(days=12)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert report(client, comment, reason="spam").status_code == 409
    assert Report.objects.count() == 1


def test_a_double_press_is_one_report_with_one_code(client: Client) -> None:
    comment = approved()
    assert report(client, comment)["Location"] == report(client, comment)["Location"]
    assert Report.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"reason": ""}, "Choose what is wrong with it."),
        ({"reason": "taste"}, "Choose one of the reasons"),
        ({"note": "x" * 301}, "it may have 300 characters at most"),
        ({"note": "a\x00b"}, "Characters that cannot be shown"),
        ({"earlier": "1-AAAAA-AAAAA"}, "not one of our codes"),
        ({"earlier": "9" * 39}, "not one of our codes"),
    ],
)
def test_what_is_not_well_formed_is_said_at_its_field(
    client: Client, typed: dict[str, str], says: str
) -> None:
    answer = report(client, approved(), **({"note": "My words"} | typed))
    assert answer.status_code == 422
    assert says in text_of(answer)
    if "note" not in typed:
        assert "My words" in text_of(answer)


def test_a_report_from_elsewhere_is_not_taken_and_its_words_are_kept(client: Client) -> None:
    answer = report(client, approved(), note="Kept", headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403
    assert "Kept" in text_of(answer)
    assert not Report.objects.exists()


def test_a_robot_gets_the_same_answer_and_does_not_count(client: Client) -> None:
    answer = report(client, approved(), subject="cheap watches")
    assert answer.status_code == 303
    assert Report.objects.get().points == 0


def test_an_address_may_send_so_many_in_an_hour(client: Client) -> None:
    article = make_article()
    for _ in range(reports.MOST_REPORTS):
        assert report(client, approved(article=article)).status_code == 303
    answer = report(client, approved(article=article), note="One more")
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 3600
    assert "One more" in text_of(answer)


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


def test_reports_of_a_comment_that_stays_can_be_settled(moderator: User) -> None:
    comment = approved()
    by_strangers(comment, 2)
    assert reports.keep(comment, by=moderator) == 2
    by_strangers(comment, 3, first=10)
    comment.refresh_from_db()
    assert comment.is_approved()


def with_record(right: int, wrong: int) -> Report:
    """The last report of a reader who entered the first code each time."""
    first: Report | None = None
    for number in range(right + wrong):
        made = reports.take(approved(), reason="spam", earlier=first)
        first = first or made
        outcome = "upheld" if number < right else "not_upheld"
        settled = {"outcome": outcome, "settled_at": timezone.now()}
        Report.objects.filter(pk=made.pk).update(**settled)
    assert first is not None
    return first


@pytest.mark.parametrize(
    ("right", "wrong", "points"),
    [(2, 0, 2), (3, 0, 4), (2, 1, 4), (2, 2, 2), (1, 2, 1), (0, 3, 1)],
)
def test_a_reader_who_is_usually_right_weighs_more(right: int, wrong: int, points: int) -> None:
    assert reports.weight(with_record(right, wrong)) == points


def test_a_reader_with_a_good_record_needs_one_more_and_is_never_enough_alone() -> None:
    trusted, comment = with_record(6, 0), approved()
    reports.take(comment, reason="abuse", earlier=trusted, address="192.0.2.1")
    comment.refresh_from_db()
    assert comment.is_approved()
    with pytest.raises(reports.AlreadyReported):
        reports.take(comment, reason="hate", earlier=trusted, address="192.0.2.2")
    by_strangers(comment, 1, first=3)
    comment.refresh_from_db()
    assert comment.is_pending()


def test_a_code_is_read_however_it_is_typed_and_nothing_else_is() -> None:
    made = reports.take(approved(), reason="spam")
    code = reports.code_of(made)
    assert reports.by_code(f" {code.lower()} ") == made
    for wrong in (code[:-1], code + "A", f"{made.pk + 1}{code[code.index('-') :]}", "", "²-A", "-"):
        assert reports.by_code(wrong) is None


def test_a_wrong_code_is_told_so_and_kept(client: Client) -> None:
    answer = client.get("/comments/reports/?code=12-nonsense")
    assert answer.status_code == 422
    assert "not one of our codes" in text_of(answer)
    assert 'value="12-nonsense"' in text_of(answer)
    assert "no-store" in answer["Cache-Control"]


def test_the_pages_are_valid_html(client: Client) -> None:
    comment = approved()
    made = report(client, comment)["Location"]
    pages = [client.get(made), client.get("/comments/reports/")]
    pages += [client.get(f"/comments/{comment.pk}/report/"), report(client, comment, reason="")]
    for page in pages:
        parser = html5lib.HTMLParser(strict=False)
        parser.parse(page.content.decode())
        assert parser.errors == []
