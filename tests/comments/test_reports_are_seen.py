"""A report of what readers still see is in front of the moderators before it is enough to hold."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.db import connection
from django.test import Client
from pytest_django import Settings

from comments import reports
from comments.models import Comment, Report
from reviews.models import Article
from tests.comments.reporting import approved, text_of
from tests.factories import make_comment, make_user

from .pressing import DESK
from .test_digest import MORNING, at

pytestmark = pytest.mark.django_db


def found_in(client: Client, comment: Comment) -> list[str]:
    """What the comment's own page says was found, a line each."""
    page = text_of(client.get(f"{DESK}{comment.pk}/change/"))
    found = page.split('<ul class="desk-findings"')[1].partition(">")[2].split("</ul>")[0]
    return [" ".join(re.sub("<[^>]+>", "", line).split()) for line in found.split("</li>")][:-1]


def test_the_desk_says_that_something_was_reported_and_one_press_shows_it(
    moderator_client: Client,
) -> None:
    make_comment(author_name="Waits")
    comment = approved(author_name="Rude One")
    approved(author_name="Nobody minds")
    assert "reported" not in text_of(moderator_client.get(DESK)).split("Narrow the list")[1][:400]
    reports.take(comment, reason="private", address="192.0.2.1")
    page = moderator_client.get(DESK).content.decode()
    found = re.search(r'href="([^"]+)"[^>]*>1 comment that readers see was reported', page)
    assert found
    shown = text_of(moderator_client.get(DESK + found[1].replace("&amp;", "&")))
    assert "Rude One" in shown
    assert "Nobody minds" not in shown
    assert "that readers see was reported" not in shown
    assert "Reported by readers (1)" in shown


def test_it_is_kept_from_the_list_and_the_moderator_stays_there(moderator_client: Client) -> None:
    comment = approved()
    reports.take(comment, reason="abuse", address="192.0.2.1")
    query = "state=approved&reported=open"
    page = moderator_client.get(f"{DESK}?{query}").content.decode()
    assert "Its reports were read" not in page
    keeps = re.search(r'value="(keep:[^"]+)"', page)
    assert keeps
    press = {"mark": keeps[1], "query": query}
    answer = moderator_client.post(f"{DESK}mark/", press)
    assert answer["Location"] == f"{DESK}?{query}"
    assert Report.objects.get().outcome == "not_upheld"
    page = moderator_client.get(f"{DESK}?state=approved").content.decode()
    assert "keep:" not in page
    assert "Its reports were read; it stays." in page


@pytest.mark.parametrize("facts", [{"trapped": True}, {"reason": "abuse"}])
def test_what_does_not_count_calls_nobody(
    moderator: User, moderator_client: Client, facts: dict[str, object]
) -> None:
    comment = approved()
    reports.take(comment, reason="abuse", address="192.0.2.1")
    reports.keep(comment, by=moderator)
    reports.take(comment, **{"reason": "spam", "address": "192.0.2.2"} | facts)  # type: ignore[arg-type]
    assert Report.objects.open().count() == 1
    page = text_of(moderator_client.get(DESK))
    assert "was reported" not in page
    assert "No published comment has been reported." in text_of(moderator_client.get("/admin/"))


def test_the_front_page_names_what_was_reported_and_for_what(
    moderator_client: Client, settings: Settings
) -> None:
    settings.COMMENTS_REPORTS_TO_HOLD = 4
    comment = approved(author_name="Rude One")
    for address, reason in (("192.0.2.1", "abuse"), ("192.0.2.2", "hate"), ("192.0.2.3", "abuse")):
        reports.take(comment, reason=reason, address=address)
    page = text_of(moderator_client.get("/admin/"))
    assert f"Rude One on {comment.article.headline}" in page
    assert "It attacks or insults somebody. It is hateful." in page
    assert page.count("insults somebody") == 1


def test_the_daily_mail_says_it_also_where_nothing_waits() -> None:
    make_user("Moderator", email="ann@example.org")
    comment = approved(text="Unseen words")
    reports.take(comment, reason="private", address="192.0.2.1")
    at(MORNING)
    [sent] = mail.outbox
    assert sent.subject == "1 comment was reported by readers"
    assert "state=approved&reported=open" in sent.body
    assert "Unseen words" not in sent.body
    assert "waits" not in sent.body


def test_the_daily_mail_tells_of_both(moderator: User) -> None:
    make_user("Moderator", email="ann@example.org")
    make_comment()
    reports.take(approved(), reason="private", address="192.0.2.1")
    at(MORNING)
    [sent] = mail.outbox
    assert sent.subject == "1 comment waits for a moderator"
    assert "1 comment that readers see was reported" in sent.body


def test_a_withdrawn_article_calls_nobody_until_readers_see_it_again(
    moderator_client: Client,
) -> None:
    make_user("Moderator", email="ann@example.org")
    comment = approved(author_name="Rude One")
    reports.take(comment, reason="abuse", address="192.0.2.1")
    Article.objects.update(status="withdrawn")
    page = text_of(moderator_client.get(f"{DESK}?state=approved&reported=open"))
    assert "Comment by Rude One" not in page
    assert "Reported by readers (0)" in page
    assert "No published comment has been reported." in text_of(moderator_client.get("/admin/"))
    at(MORNING)
    assert not mail.outbox
    Article.objects.update(status="published")
    assert "1 comment that readers see was reported" in text_of(moderator_client.get(DESK))
    at(MORNING)
    assert len(mail.outbox) == 1


def test_what_was_settled_meanwhile_is_not_mailed(moderator: User) -> None:
    make_user("Moderator", email="ann@example.org")
    comment = approved()
    reports.take(comment, reason="private", address="192.0.2.1")
    reports.keep(comment, by=moderator)
    at(MORNING)
    assert not mail.outbox


def test_a_report_that_goes_while_the_newsroom_is_made_is_no_trouble(
    moderator_client: Client,
) -> None:
    reports.take(approved(author_name="Rude One"), reason="abuse", address="192.0.2.1")

    def meanwhile(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        found = execute(sql, params, many, context)
        if "comments_report" in sql and "headline" in sql:
            connection.connection.cursor().execute("DELETE FROM comments_report")
        return found

    with connection.execute_wrapper(meanwhile):
        page = moderator_client.get("/admin/")
    assert page.status_code == 200
    assert not Report.objects.exists()


def test_all_who_report_for_one_reason_stand_on_one_line_with_what_they_noted(
    moderator_client: Client,
) -> None:
    comment = approved()
    for number, (reason, note) in enumerate(
        [
            ("abuse", "Go away"),
            ("abuse", ""),
            ("private", ""),
            ("abuse", "My <b>"),
            ("abuse", "Go away"),
        ]
    ):
        facts = {"reason": reason, "note": note, "address": f"192.0.2.{number}"}
        reports.take(Comment.objects.get(), **facts)
    reports.take(Comment.objects.get(), reason="abuse", address="192.0.2.9", trapped=True)
    said = found_in(moderator_client, comment)
    assert said[:3] == [
        "+8 Reported by 4 readers: it attacks or insults somebody, “Go away” (2 times), "
        "“My &lt;b&gt;” Reported",
        "+2 Reported by a reader: it gives away somebody’s private details Reported",
        "+0 Reported by a reader: it attacks or insults somebody (does not count) Reported",
    ]


def test_what_a_moderator_has_read_stands_apart_from_what_was_reported_since(
    moderator: User, moderator_client: Client
) -> None:
    comment = approved()
    for number in range(2):
        reports.take(comment, reason="hate", address=f"192.0.2.{number}")
    read = "+4 Reported by 2 readers: it is hateful Reported"
    assert found_in(moderator_client, comment) == [read]
    reports.keep(comment, by=moderator)
    assert found_in(moderator_client, comment) == [f"{read}, read by a moderator"]
    reports.take(comment, reason="private", address="192.0.2.7")
    assert found_in(moderator_client, comment) == [
        "+2 Reported by a reader: it gives away somebody’s private details Reported",
        f"{read}, read by a moderator",
    ]
