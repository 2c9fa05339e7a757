"""A follower hears of each new piece once: nothing is left out, and nothing is told twice."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from comments.following import links, news
from comments.models import Follower
from reviews import publishing
from reviews.models import Article
from tests.factories import make_article, make_draft, make_film, make_reviewer, make_user

from .followed import at, make_follower, next_morning, told
from .posting import OURS

pytestmark = pytest.mark.django_db


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


@pytest.mark.parametrize(
    ("rhythm", "now", "was"),
    [
        ("daily", "2026-03-29T07:30+01:00", "2026-03-29T07:00+01:00"),  # clocks went forward
        ("daily", "2026-10-25T06:30+00:00", "2026-10-24T07:00+01:00"),  # and back
        ("daily", "2026-10-26T07:00+00:00", "2026-10-26T07:00+00:00"),
        ("weekly", "2026-10-31T06:30+00:00", "2026-10-24T07:00+01:00"),
        ("weekly", "2026-10-31T07:00+00:00", "2026-10-31T07:00+00:00"),
    ],
)
def test_the_last_morning_is_one_of_the_same_clocks(
    settings: Settings, rhythm: str, now: str, was: str
) -> None:
    settings.TIME_ZONE = "Europe/London"
    with timezone.override("Europe/London"):
        assert news.last_time(rhythm, at(now)) == at(was)


def test_the_newsroom_knows_what_the_next_mail_tells() -> None:
    morning, noon = at("2026-11-27T07:00+00:00"), at("2026-11-27T12:00+00:00")
    hours = {"Told": -1, "As it went out": 0, "Since": 1, "Tonight": 15, "At seven": 24, "Late": 25}
    for headline, after in hours.items():
        article, since = make_article(headline=headline), morning + timedelta(hours=after)
        kept = Article.objects.filter(pk=article.pk)
        kept.update(status="scheduled", publish_at=since, first_published_at=since)
    make_draft(headline="No moment is set")
    with timezone.override("Europe/London"):
        coming = [piece.headline for piece in news.in_the_next_mail(noon)]
    assert coming == ["At seven", "Tonight", "Since"]
