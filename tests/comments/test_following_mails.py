"""A follower hears of each new piece once: nothing is left out, and nothing is told twice."""

import re
import smtplib
import socket
from datetime import timedelta
from typing import Any
from unittest import mock

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from comments import claims
from comments.following import follows, letter, links, news, sending
from comments.models import Follower
from reviews import publishing
from reviews.models import Article
from tests.between import before_first
from tests.factories import make_article, make_draft, make_film, make_reviewer, make_user

from .followed import at, earlier, make_follower, next_morning
from .mail_server import mail_server
from .posting import OURS

pytestmark = pytest.mark.django_db


@pytest.fixture
def port(settings: Settings) -> int:
    """Where mail goes: nobody listens there yet."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        number = int(free.getsockname()[1])
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", number, 5
    return number


def told() -> list[str]:
    """The subjects of all mails so far."""
    return [sent.subject for sent in mail.outbox]


def test_a_mail_says_of_a_piece_what_its_card_says(client: Client) -> None:
    film = make_film("Aloners", original=("혼자 사는 사람들", "ko"))
    make_article(
        film=film,
        headline="“Aloners” Review & more",
        rating=7,
        standfirst="A quiet film about “living alone”.",
        by=make_reviewer("Ana O’Neil"),
        body='<p>Open.</p><div class="spoiler"><p>She leaves.</p></div>',
        contains_spoilers=True,
    )
    follower = make_follower()
    next_morning()
    sent = mail.outbox[0]
    assert sent.to == ["mina@example.org"]
    assert sent.subject == "“Aloners” Review & more"
    said = sent.body.split("\n")
    assert said[:4] == [
        "“Aloners” Review & more",
        "혼자 사는 사람들",
        "Review, 3½ stars. By Ana O’Neil",
        "This piece gives away the plot.",
    ]
    assert "A quiet film about “living alone”." in sent.body
    assert "She leaves" not in sent.body
    assert "Each morning there is something new" in sent.body
    assert "<" not in sent.body
    article = Article.objects.get()
    assert f"http://testserver{article.get_absolute_url()}" in sent.body
    assert client.get(links.page(follower)).status_code == 200
    head = sent.message()
    assert head["List-Id"] == "<new-pieces.testserver>"
    assert head["Auto-Submitted"] == "auto-generated"
    assert head["List-Unsubscribe"] == f"<http://testserver{links.stop(follower)}>"
    assert head.get_content_type() == "text/plain"


def test_the_subject_says_how_many_more(client: Client) -> None:
    for days in (1, 2, 3):
        make_article(headline=f"Number {days} " + "and on " * 25, days_ago=days)
    make_follower()
    next_morning()
    assert re.fullmatch(r"Number 1 and on .*…, and 2 more", told()[0])
    assert len(told()[0]) <= 150
    assert mail.outbox[0].body.index("Number 1") < mail.outbox[0].body.index("Number 3")


def test_each_piece_is_told_once_and_mornings_without_any_are_silent() -> None:
    make_article(headline="One")
    make_follower()
    assert next_morning() == 1
    next_morning()
    make_article(headline="Two", days_ago=0)
    next_morning()
    next_morning()
    assert told() == ["One", "Two"]
    assert Follower.objects.get().due_at > timezone.now()


def test_what_is_old_or_older_than_the_follow_is_no_news() -> None:
    make_follower(news_from=timezone.now() - timedelta(days=3))
    make_article(headline="Before they followed", days_ago=4)
    make_article(headline="After", days_ago=2)
    make_follower("jun@example.org", news_from=timezone.now() - timedelta(days=100))
    make_article(headline="Brought in from an archive", days_ago=20)
    next_morning()
    assert sorted(told()) == ["After", "After, and 1 more"]


def test_drafts_scheduled_withdrawn_and_deleted_pieces_are_not_told_of() -> None:
    editor = make_user("Editor")
    make_draft(headline="Draft")
    publishing.schedule(make_draft(headline="To come"), timezone.now() + timedelta(1), by=editor)
    publishing.withdraw(make_article(headline="Withdrawn"), by=editor)
    gone = make_article(headline="Deleted")
    publishing.withdraw(gone, by=editor)
    publishing.delete(gone, by=editor)
    make_follower()
    next_morning()
    assert told() == []


def test_what_was_told_is_not_told_again_when_it_comes_back() -> None:
    article, editor = make_article(headline="One"), make_user("Editor")
    make_follower()
    next_morning()
    publishing.withdraw(article, by=editor)
    next_morning()
    publishing.publish(article, by=editor)
    make_article(headline="Two")
    next_morning()
    Article.objects.update(first_published_at=timezone.now(), publish_at=timezone.now())
    next_morning()
    assert told() == ["One", "Two"]


def test_what_came_back_after_a_mail_is_told_then() -> None:
    article, editor = make_article(headline="One", days_ago=3), make_user("Editor")
    make_article(headline="Two", days_ago=2)
    publishing.withdraw(article, by=editor)
    make_follower()
    next_morning()
    publishing.publish(article, by=editor)
    next_morning()
    assert told() == ["Two", "One"]


def test_who_changes_how_often_hears_of_everything_once(client: Client) -> None:
    make_article(headline="One")
    page = links.page(make_follower())
    next_morning()
    client.post(page, {"rhythm": "weekly"}, headers=OURS)
    make_article(headline="Two")
    client.post(page, {"rhythm": "daily"}, headers=OURS)
    next_morning()
    assert told() == ["One", "Two"]


def test_a_crash_after_the_server_took_it_sends_the_same_mail_once_more(port: int) -> None:
    """Also when something was published and something withdrawn meanwhile."""
    make_article(headline="One")
    make_follower()
    with mail_server(port) as server:
        crash = mock.patch.object(sending, "_has_been_told", side_effect=KeyboardInterrupt)
        with crash, pytest.raises(KeyboardInterrupt):
            next_morning()
        make_article(headline="Two", days_ago=0)
        assert next_morning() == 0  # another process may still be at it
        earlier(minutes=11)
        assert sending.send_all() == 1
        next_morning()
        first, again, later = server.mails
        assert first["Message-ID"] == again["Message-ID"] != later["Message-ID"]
        assert first.get_content() == again.get_content()
        assert [sent["Subject"] for sent in server.mails] == ["One", "One", "Two"]


def test_a_crash_before_it_was_sent_leaves_nothing_out(port: int) -> None:
    make_article(headline="One")
    make_follower()
    with mail_server(port) as server:
        with (
            mock.patch.object(sending, "_send", side_effect=KeyboardInterrupt),
            pytest.raises(KeyboardInterrupt),
        ):
            next_morning()
        earlier(minutes=11)
        sending.send_all()
        assert [sent["Subject"] for sent in server.mails] == ["One"]


def test_with_the_server_down_everybody_waits_and_nothing_is_lost(port: int) -> None:
    make_article(headline="One")
    for name in ("mina", "jun", "ana"):
        make_follower(f"{name}@example.org")
    assert next_morning() == 1  # one knock on a closed door is enough
    assert Follower.objects.filter(due_at__lte=timezone.now()).count() == 0
    assert "@" not in Follower.objects.exclude(error="").get().error
    make_article(headline="Two", days_ago=0)
    with mail_server(port) as server:
        next_morning()
        assert [sent["Subject"] for sent in server.mails] == ["Two, and 1 more"] * 3
    assert not Follower.objects.exclude(error="").exists()


@pytest.mark.parametrize(
    ("answer", "left"),
    [("550 5.1.1 no such user", 0), ("550 5.7.1 your network is listed", 1), ("452 full", 1)],
)
def test_a_mailbox_that_is_no_more_ends_it_and_nothing_else_does(
    port: int, answer: str, left: int
) -> None:
    make_article(headline="One")
    make_follower()
    with mail_server(port) as server:
        server.refuse = answer
        for times in range(3):
            assert Follower.objects.count() == 1, times
            next_morning()
        assert Follower.objects.count() == left
        server.refuse = ""
        next_morning()
        assert len(server.mails) == left  # what was refused is told as soon as it is taken


def test_a_mailbox_that_is_there_again_counts_anew(port: int) -> None:
    make_follower(refused=2)
    make_article()
    with mail_server(port):
        next_morning()
    assert Follower.objects.get().refused == 0


def test_one_who_is_refused_keeps_nobody_else_waiting(port: int) -> None:
    make_article(headline="One")
    for number in range(3):
        make_follower(f"reader{number}@example.org")
    send = sending._send

    def refused(follower: Follower, *more: Any) -> None:
        if follower.email == "reader0@example.org":
            raise UnicodeError("an address that no mail program can write")
        send(follower, *more)

    with mail_server(port) as server, mock.patch.object(sending, "_send", refused):
        next_morning()
        assert sorted(server.recipients) == [["reader1@example.org"], ["reader2@example.org"]]


@pytest.mark.parametrize(
    "error",
    [
        smtplib.SMTPAuthenticationError(535, b"not with this password"),
        smtplib.SMTPSenderRefused(451, b"too many of yours today", "publication@localhost"),
    ],
)
def test_what_the_server_has_against_us_is_not_tried_with_everybody(error: Exception) -> None:
    make_article(headline="One")
    for number in range(3):
        make_follower(f"reader{number}@example.org")
    with mock.patch.object(sending, "_send", side_effect=error):
        assert next_morning() == 1
    assert not Follower.objects.filter(due_at__lte=timezone.now()).exists()
    next_morning()
    assert told() == ["One"] * 3


def test_two_workers_send_one_mail_each(port: int) -> None:
    make_article()
    make_follower()
    jun = make_follower("jun@example.org")

    def another() -> None:
        assert claims.first(Follower.objects.filter(pk=jun.pk - 1))

    with mail_server(port) as server, before_first("UPDATE", another):
        assert sending.send_all() == 1
    assert server.recipients == [["jun@example.org"]]


def test_who_was_overtaken_sends_nothing_and_says_nothing(port: int) -> None:
    make_article()
    make_follower()
    taken = timezone.now() + timedelta(seconds=1)
    pieces = letter.pieces

    def slow(keys: list[int]) -> list[Article]:
        Follower.objects.update(claimed_at=taken)
        return pieces(keys)

    with mail_server(port) as server, mock.patch.object(letter, "pieces", slow):
        sending.send_all()
        assert not server.mails
    assert Follower.objects.get().claimed_at == taken


def test_who_stops_while_their_mail_is_sent_is_not_brought_back() -> None:
    make_article()
    make_follower()

    def stopping(message: EmailMessage) -> None:
        follows.stop(Follower.objects.get())

    with mock.patch.object(EmailMessage, "send", stopping):
        sending.send_all()
    assert not Follower.objects.exists()


def test_who_changes_how_often_meanwhile_is_mailed_on_the_new_day() -> None:
    make_article()
    make_follower()

    def changing(message: EmailMessage) -> None:
        follows.choose(Follower.objects.get(), "weekly")

    with mock.patch.object(EmailMessage, "send", changing):
        sending.send_all()
    assert timezone.localtime(Follower.objects.get().due_at).strftime("%A") == "Saturday"


def test_a_morning_without_news_costs_few_statements(
    django_assert_max_num_queries: Any,
) -> None:
    make_article(headline="Old", days_ago=12)
    for number in range(60):
        make_follower(f"reader{number}@example.org", rhythm=["daily", "weekly"][number % 2])
    with django_assert_max_num_queries(20):
        assert sending.send_all() == 1
    assert not Follower.objects.filter(due_at__lte=timezone.now()).exists()
    assert not mail.outbox


def test_many_are_served_by_portions() -> None:
    make_article()
    for number in range(sending.PORTION + 3):
        make_follower(f"reader{number}@example.org")
    assert sending.send_some() == sending.PORTION
    assert sending.send_some() == 3
    assert sending.send_some() == 0
    assert len({sent.to[0] for sent in mail.outbox}) == sending.PORTION + 3


@pytest.mark.parametrize(
    ("rhythm", "now", "due"),
    [
        ("daily", "2026-03-28T09:00+00:00", "2026-03-29T07:00+01:00"),  # clocks go forward
        ("daily", "2026-10-24T09:00+01:00", "2026-10-25T07:00+00:00"),  # and back
        ("daily", "2026-10-25T06:59+00:00", "2026-10-25T07:00+00:00"),
        ("daily", "2026-10-25T07:00+00:00", "2026-10-26T07:00+00:00"),
        ("weekly", "2026-10-24T09:00+01:00", "2026-10-31T07:00+00:00"),
        ("weekly", "2026-10-23T09:00+01:00", "2026-10-24T07:00+01:00"),
    ],
)
def test_it_is_morning_by_the_clocks_of_the_site(
    settings: Settings, rhythm: str, now: str, due: str
) -> None:
    settings.TIME_ZONE = "Europe/London"
    with timezone.override("Europe/London"):
        assert news.next_time(rhythm, at(now)) == at(due)
