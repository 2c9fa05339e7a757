"""What is kept of a writer is shown to its owner alone, and dropped in time."""

import time
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from comments import privacy, writers
from comments.models import (
    Attempt,
    Comment,
    Identity,
    Notice,
    Report,
    Sender,
    Subscription,
)
from reviews import batches
from tests.factories import make_article, make_comment

from .mailed import ASK, ask, mailed_link
from .posting import OURS, post

pytestmark = pytest.mark.django_db


def test_the_answer_is_the_same_whether_or_not_the_address_is_known(client: Client) -> None:
    make_comment()
    known, unknown = ask(client, "Mina@example.org"), ask(client, "nobody@example.org")
    assert known.content == unknown.content
    assert [sent.to for sent in mail.outbox] == [["mina@example.org"]]


def test_a_host_of_other_letters_is_the_same_in_capitals(client: Client) -> None:
    """Which SQLite does not know of by itself."""
    post(client, make_article(), email="anna@MÜLLER.example")
    ask(client, "Anna@Müller.example")
    assert [sent.to for sent in mail.outbox] == [["anna@müller.example"]]


def test_an_address_of_which_nothing_is_kept_costs_a_commit_too() -> None:
    """On the disk it takes milliseconds, which can be told over a network."""
    make_comment()
    written = []
    for email in ("mina@example.org", "mina@example.org", "nobody@example.org"):
        with CaptureQueriesContext(connection) as asked:
            privacy.ask(email)
        lines = [query["sql"] for query in asked]
        written.append(sum("comments_attempt" in line for line in lines))
        assert [line.split()[0] for line in lines][:: len(lines) - 1] == ["SAVEPOINT", "RELEASE"]
    assert written == [1, 1, 1]


def test_a_press_on_a_private_page_is_counted_and_said_to_be(client: Client) -> None:
    """It need not have been mailed: who sends a comment gets the address of such a page."""
    comment = make_comment(status=Comment.Status.PENDING)
    client.post(writers.yours_address(comment), {"withdraw": "yes"}, headers=OURS)
    assert Attempt.objects.filter(kind="private").count() == 1
    said = client.get("/privacy/comments/").content.decode()
    assert "When you press a button on a page that is private to you" in said


def test_one_mail_a_day_however_often_somebody_asks(client: Client) -> None:
    article = make_article()
    for number in range(4):
        make_comment(article, text=f"Number {number}")
        ask(client, "mina@example.org")
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("typed", ["", "x", "a@b\r\nBcc: c@d.example", "x" * 300 + "@example.org"])
def test_what_is_no_address_is_said(client: Client, typed: str) -> None:
    answer = ask(client, typed)
    assert answer.status_code == 422
    assert "e-mail" in answer.content.decode()


def test_the_link_shows_everything_of_that_address_and_of_no_other(client: Client) -> None:
    article = make_article()
    comment = make_comment(article, text="First words.", status="rejected")
    writers.edit(comment, text="Second words.")
    make_comment(article, text="Somebody else's.", author_email="other@example.org")
    ask(client, "mina@example.org")
    page = client.get(mailed_link())
    for said in ("First words.", "Second words.", "Readers do not see it."):
        assert said in page.content.decode()
    assert "Somebody else" not in page.content.decode()
    assert "no-store" in page["Cache-Control"]


def test_what_a_reader_noted_for_the_moderators_is_not_shown_to_whom_they_reported(
    client: Client,
) -> None:
    comment = make_comment(status="approved")
    said = {"reason": "private", "note": "It is my street. Jane"}
    page = client.post(f"/comments/{comment.pk}/report/", said, headers=OURS, follow=True)
    assert page.status_code == 200
    ask(client, "mina@example.org")
    shown = client.get(mailed_link()).content.decode()
    assert "Reported by a reader: it gives away somebody’s private details</p>" in shown
    assert "Jane" not in shown
    said = client.get("/privacy/comments/").content.decode()
    assert "can learn for what reason it was reported, and nothing else of your report" in said


def test_a_long_list_is_shown_by_the_page(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(privacy, "PAGE_LENGTH", 2)
    article = make_article()
    for number in range(3):
        make_comment(article, text=f"Number {number}.")
    ask(client, "mina@example.org")
    link = mailed_link()
    first = client.get(link).content.decode()
    assert "Number 1." in first
    assert "Number 2." not in first
    assert "Page 1 of 2" in first
    assert "Number 2." in client.get(f"{link}?page=2").content.decode()
    assert "of 3 comments were erased" in client.post(link, headers=OURS).content.decode()


def test_the_link_is_good_for_a_day(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    make_comment()
    ask(client, "mina@example.org")
    link, tomorrow = mailed_link(), time.time() + 86_401
    assert client.get(link).status_code == 200
    monkeypatch.setattr("django.core.signing.time.time", lambda: tomorrow)
    for answer in (client.get(link), client.post(link, headers=OURS)):
        assert answer.status_code == 404
        assert "mina" not in answer.content.decode().lower()
    assert Comment.objects.get().author_email


def test_the_link_is_of_its_address_should_another_comment_have_the_number_by_now(
    client: Client,
) -> None:
    """As after a copy of an earlier day was put back."""
    make_comment()
    ask(client, "mina@example.org")
    Comment.objects.update(author_email="jun@example.org")
    assert client.get(mailed_link()).status_code == 404


def test_a_forged_link_shows_nothing(client: Client) -> None:
    make_comment(author_email="")
    assert client.get(f"{ASK}x:y:z/").status_code == 404
    assert client.post(f"{ASK}x:y:z/", headers=OURS).status_code == 404


def test_hashes_of_addresses_are_dropped_after_thirty_days() -> None:
    now, article = timezone.now(), make_article()
    for days in (29, 31):
        sent = now - timedelta(days=days)
        make_comment(article, address_hash=str(days) * 32, submitted_at=sent)
    Report.objects.create(
        comment=Comment.objects.all()[0],
        reason="spam",
        points=1,
        address_hash="b" * 64,
        made_at=now - timedelta(days=31),
    )
    assert privacy.purge() == 2
    assert not Report.objects.get().address_hash
    assert sorted(c.address_hash[:2] for c in Comment.objects.all()) == ["", "29"]
    assert privacy.purge() == 0


def test_of_very_much_that_is_old_some_is_dropped_at_a_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in (("AT_ONCE", 2), ("MOST", 3), ("PAUSE", 0)):
        monkeypatch.setattr(batches, name, value)
    article, sent = make_article(), timezone.now() - timedelta(days=31)
    for number in range(9):
        make_comment(article, address_hash=f"{number}" * 64, submitted_at=sent)
    assert [privacy.purge() for _ in range(3)] == [6, 3, 0]
    with CaptureQueriesContext(connection) as asked:
        privacy.purge()
    about = [query["sql"] for query in asked if "address_hash" in query["sql"]]
    assert len(about) == 2
    assert all(sql.startswith("SELECT") for sql in about)  # no writer is kept waiting for nothing


def test_what_is_old_unconfirmed_unused_or_over_is_dropped(moderator: User) -> None:
    now = timezone.now()
    comment, other = (make_comment(submitted_at=now - timedelta(days=31)) for _ in range(2))
    Subscription.objects.create(comment=comment)
    Subscription.objects.create(comment=other, confirmed_at=now - timedelta(days=30))
    for days in (89, 91):
        for done in ("sent_at", "dropped_at"):
            facts = {"key": f"{done} {days}", done: now - timedelta(days=days)}
            Notice.objects.create(kind="confirm", writer_of=comment, **facts)
    for days in (399, 401):
        used, proven = now - timedelta(days=days), now - timedelta(days=500)
        facts = {"email": f"{days}@example.org", "used_at": used, "proven_at": proven}
        make_comment(identity=Identity.objects.create(**facts))
    for days in (29, 31):
        last = timezone.localdate(now - timedelta(days=days))
        Sender.objects.create(who=f"{days}@example.org", last_day=last, listed_by=moderator)
    privacy.purge()
    assert Subscription.objects.get().comment == other, "who confirmed hears of replies for good"
    assert set(Notice.objects.values_list("key", flat=True)) == {"sent_at 89", "dropped_at 89"}
    assert Identity.objects.get().email == "399@example.org"
    assert Sender.objects.get().who == "29@example.org"


def test_the_page_tells_the_settings_in_force(client: Client, settings: Settings) -> None:
    settings.COMMENTS_EDIT_WINDOW, settings.COMMENTS_TRUST_APPROVALS = 42, 7
    page = client.get("/privacy/comments/").content.decode()
    assert "For 42 minutes" in page
    assert "approved 7 of your comments" in page
    settings.COMMENTS_EDIT_WINDOW, settings.COMMENTS_TRUST = 0, False
    page = client.get("/privacy/comments/").content.decode()
    assert "you can change or withdraw it through" not in page
    assert "One is set when" not in page
