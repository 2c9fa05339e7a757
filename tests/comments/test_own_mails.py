"""Whoever works here chooses which mails they get, and stops those of a sort from a mail itself."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client
from pytest_django import Settings

from comments import notices
from reviews import publishing
from tests.factories import make_comment, make_draft, make_user

pytestmark = pytest.mark.django_db
PAGE = "/admin/mails/"
MORNING = datetime(2026, 3, 2, 8, 1, tzinfo=ZoneInfo("Europe/London"))


@pytest.fixture
def ann() -> User:
    return make_user("Moderator", email="ann@example.org")


def mailed(days: int = 0) -> list[str]:
    """Who gets a list that morning."""
    mail.outbox.clear()
    notices.owe_digests(MORNING + timedelta(days=days))
    notices.send_due()
    return [sent.to[0] for sent in mail.outbox]


def page_of(user: User) -> str:
    client = Client()
    client.force_login(user)
    return client.get(PAGE).text


def boxes(page: str) -> list[tuple[str, str]]:
    return re.findall(r'name="wanted" value="(\w+)"( checked)?', page)


def choose(user: User, *wanted: str) -> None:
    client = Client()
    client.force_login(user)
    assert client.post(PAGE, {"wanted": wanted}).status_code == 302


def test_who_wants_no_daily_mail_says_so_without_an_administrator(ann: User) -> None:
    jun = make_user("Moderator", email="jun@example.org")
    make_comment()
    assert mailed() == ["ann@example.org", "jun@example.org"]
    choose(ann)
    assert mailed(1) == ["jun@example.org"]
    choose(ann, "daily")
    choose(jun, "urgent")
    assert mailed(2) == ["ann@example.org"]


def test_the_urgent_mail_and_the_daily_one_are_two_choices(ann: User, settings: Settings) -> None:
    settings.COMMENTS_URGENT_FROM = 1
    make_comment()
    choose(ann, "daily")
    assert mailed() == ["ann@example.org"]
    assert "more than usual" not in mail.outbox[0].body
    choose(ann, "urgent")
    assert mailed(1) == ["ann@example.org"]
    assert "more than usual" in mail.outbox[0].body
    assert mailed(1) == []


def test_what_was_owed_before_it_was_stopped_is_not_sent(ann: User) -> None:
    make_comment()
    notices.owe_digests(MORNING)
    choose(ann)
    notices.send_due()
    assert not mail.outbox


def test_an_urgent_mail_that_is_stopped_before_it_goes_takes_no_daily_one_along(
    ann: User, settings: Settings
) -> None:
    settings.COMMENTS_URGENT_FROM = 1
    make_comment()
    notices.owe_digests(MORNING)
    choose(ann, "daily")
    notices.owe_digests(MORNING + timedelta(minutes=10))
    notices.send_due()
    assert [sent.to for sent in mail.outbox] == [["ann@example.org"]]
    assert "more than usual" not in mail.outbox[0].body


def test_the_page_offers_what_somebody_may_be_sent_and_says_what_was_chosen(ann: User) -> None:
    writer, nobody = make_user("Contributor", email="kim@example.org"), make_user("Moderator")
    pages = [page_of(user) for user in (ann, writer, nobody)]
    assert boxes(pages[0]) == [("daily", " checked"), ("urgent", " checked")]
    assert boxes(pages[1]) == [("returned", " checked")]
    assert "Mails go to ann@example.org" in pages[0]
    assert "has no e-mail address" in pages[2]
    choose(ann, "urgent", "returned")
    assert boxes(page_of(ann)) == [("daily", ""), ("urgent", " checked")]


def test_when_every_moderator_has_stopped_the_daily_mail_their_first_page_says_so(
    ann: User,
) -> None:
    jun, kim = make_user("Editor", email="jun@example.org"), make_user("Contributor")
    make_user("Moderator")  # without an address
    said = "every moderator has stopped the daily mail"

    def told(user: User) -> bool:
        client = Client()
        client.force_login(user)
        return said in client.get("/admin/").text

    choose(ann, "urgent")
    assert not told(ann)
    choose(jun)
    assert [told(user) for user in (ann, jun, kim)] == [True, True, False]


def test_one_press_in_a_mail_program_stops_all_mails_of_its_sort(
    ann: User, settings: Settings
) -> None:
    make_comment()
    mailed()
    head = mail.outbox[0].message()
    assert head["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = head["List-Unsubscribe"].strip("<>")
    assert f"\n  {address}\n" in mail.outbox[0].body
    stranger = Client(enforce_csrf_checks=True)
    path = address.removeprefix("http://testserver")
    assert "Stop the mails about comments that wait?" in stranger.get(path).text
    assert mailed(1) == ["ann@example.org"]  # a program that opens every link stops nothing
    told = stranger.post(path, {"List-Unsubscribe": "One-Click"})
    assert "You will get no more of these mails" in told.text
    assert told["Cache-Control"] == "private, no-store"
    assert mailed(2) == []
    settings.COMMENTS_URGENT_FROM = 1
    assert mailed(3) == []
    assert stranger.post(path).status_code == 200  # once more, by a mail program that was not sure


def test_a_returned_piece_is_not_mailed_to_who_stopped_that(editor: User) -> None:
    kim = make_user("Contributor", email="kim@example.org")
    for told in (True, False):
        mail.outbox.clear()
        draft = make_draft()
        publishing.submit(draft, by=kim)
        publishing.return_to_draft(draft, by=editor)
        notices.send_due()
        assert bool(mail.outbox) is told
        if told:
            address = mail.outbox[0].message()["List-Unsubscribe"].strip("<>")
            page = Client().post(address.removeprefix("http://testserver"))
            assert "when a piece is returned to you" in page.text


def test_the_link_of_who_works_here_no_more_stops_nothing(ann: User) -> None:
    make_comment()
    mailed()
    path = (
        mail.outbox[0].message()["List-Unsubscribe"].strip("<>").removeprefix("http://testserver")
    )
    for changed in (path[:-2] + "x/", path.replace(f"/{ann.pk}:", "/0:")):
        assert Client().post(changed).status_code == 404
    User.objects.filter(pk=ann.pk).update(is_staff=False)
    page = Client().post(path)
    assert page.status_code == 404
    assert "This link does not work" in page.text
