"""Readers report a comment: what is taken, what is refused, and what they are told."""

import re
from datetime import timedelta

import html5lib
import pytest
from django.db.models import F
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from comments import reports
from comments.models import Comment, Report
from comments.spam import sentences
from reviews.models import Article
from tests.factories import make_article, make_comment

from .reporting import approved, report, text_of

pytestmark = pytest.mark.django_db


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
    page = client.get(answer["Location"])
    made = Report.objects.get()
    assert "Thank you for your report" in text_of(page)
    assert reports.code_of(made) in text_of(page)
    back = f'<a href="{comment.article.get_absolute_url()}#replies">Back to the article</a>'
    assert back in page.content.decode()
    finding = comment.findings.get()
    assert finding.rule == "reported"
    assert "it attacks or insults somebody, “He insults the whole cast.”" in sentences.of(finding)
    assert not Report.objects.filter(address_hash__contains="192").exists()
    comment.refresh_from_db()
    assert comment.is_approved()
    assert comment.score == finding.points == made.points == reports.ONE_READER


def test_one_network_counts_once_for_a_comment_also_on_another_day(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    comment = approved()
    report(client, comment)
    answer = report(client, comment, reason="spam", note="Again!")
    assert answer.status_code == 409
    assert "already reported" in text_of(answer)
    assert "Reported already" in text_of(answer)
    assert "Not sent yet</h2>" not in text_of(answer)
    assert "Again!" in text_of(answer)
    later = timezone.now() + timedelta(days=12)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert report(client, comment, reason="spam").status_code == 409
    assert Report.objects.count() == 1


def form_of(client: Client, comment: Comment) -> str:
    """What the form carries that says when it was made."""
    page = client.get(f"/comments/{comment.pk}/report/").content.decode()
    found = re.search(r'name="opened" value="([^"]+)"', page)
    assert found
    return found[1]


def test_a_double_press_is_one_report_with_one_code(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    comment = approved()
    opened = form_of(client, comment)
    pressed = [report(client, comment, opened=opened)["Location"] for _ in range(2)]
    assert pressed[0] == pressed[1]
    assert Report.objects.count() == 1
    later = timezone.now() + reports.DOUBLE_PRESS
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert report(client, comment, opened=opened).status_code == 409


@pytest.mark.parametrize("opened", [None, "", "2026-11-26T21:00:00+00:00:forged"])
def test_a_neighbour_who_reports_for_the_same_reason_gets_nobodys_code(
    client: Client, opened: str | None
) -> None:
    comment = approved()
    code = report(client, comment, opened=form_of(client, comment))["Location"].split("code=")[1]
    if opened is None:
        opened = form_of(client, comment)
    answer = report(client, comment, opened=opened)
    assert answer.status_code == 409
    assert code.split("&")[0] not in text_of(answer)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"reason": ""}, "Choose what is wrong with it."),
        ({"reason": "taste"}, "Choose one of the reasons"),
        ({"note": "x" * 301}, "it may have 300 characters at most"),
        ({"note": "a\x00b"}, "Characters that cannot be shown"),
        ({"earlier": "1-AAAAA-AAAAA"}, "no report with this code"),
        ({"earlier": "9" * 39}, "no report with this code"),
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
    Report.objects.update(made_at=F("made_at") - timedelta(minutes=61))
    assert report(client, approved(article=article)).status_code == 303


def test_a_code_is_read_however_it_is_typed_and_nothing_else_is(settings: Settings) -> None:
    made = reports.take(approved(), reason="spam")
    code = reports.code_of(made)
    assert reports.by_code(f" {code.lower()} ") == made
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "y" * 50, [settings.SECRET_KEY]
    assert reports.by_code(code) == made, "the secret was changed since"
    for wrong in (code[:-1], code + "A", f"{made.pk + 1}{code[code.index('-') :]}", "", "²-A", "-"):
        assert reports.by_code(wrong) is None


def test_a_code_is_of_its_report_should_another_have_its_number_by_now(client: Client) -> None:
    """As after a copy of an earlier day was put back."""
    lost = reports.take(approved(), reason="spam")
    code, number = reports.code_of(lost), lost.pk
    lost.delete()
    later = timezone.now() + timedelta(seconds=2)
    facts = {"reason": "hate", "points": 2, "made_at": later}
    theirs = Report.objects.create(pk=number, comment=approved(), **facts)
    assert client.get(f"/comments/reports/?code={code}").status_code == 422
    assert client.get(f"/comments/reports/?code={reports.code_of(theirs)}").status_code == 200


def test_a_wrong_code_is_told_so_and_kept(client: Client) -> None:
    answer = client.get("/comments/reports/?code=12-nonsense")
    assert answer.status_code == 422
    assert "no report with this code" in text_of(answer)
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
