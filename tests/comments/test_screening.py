"""The rules, each alone and all together."""

from datetime import UTC, datetime, timedelta
from unittest import mock

import pytest
from django.core.checks import run_checks
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from comments import plain_text
from comments.spam import FindingFacts, FormFacts, Submission, rules, screen, sentences
from comments.spam.screening import SPAM_SCORE
from tests.factories import make_comment

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
LONG = "I really think that this website is a great resource for all."


def post(text: str = "A thought.", **facts: object) -> Submission:
    known = {"author_name": "Mina", "author_email": "m@example.org", "author_url": "", "at": NOW}
    return Submission(**known | {"text": text, "text_digest": plain_text.digest(text)} | facts)


def test_a_filled_honeypot_alone_makes_spam() -> None:
    found = rules.filled_honeypot(post(form=FormFacts(honeypot="x")))
    assert found is not None
    assert found.points >= SPAM_SCORE
    assert rules.filled_honeypot(post(form=FormFacts(honeypot="  "))) is None


@pytest.mark.parametrize(
    ("seconds", "found"), [(0, True), (3, True), (4, False), (600, False), (600_000, False)]
)
def test_haste_is_seen_and_a_cached_page_is_not_haste(seconds: int, found: bool) -> None:
    form = FormFacts(rendered_at=NOW - timedelta(seconds=seconds))
    assert bool(rules.written_too_fast(post(form=form))) is found


def test_a_form_that_came_back_says_nothing_about_haste() -> None:
    assert rules.written_too_fast(post(form=FormFacts())) is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("http://a.example and http://b.example", None),
        ("http://a.example www.b.example https://c.example", 2),
        ('<a href="http://a.example">a</a> ' * 3, 2),
        ("[url=http://a.example]a[/url] " * 4, 4),
        ("http://a.example " * 50, 8),
    ],
)
def test_more_links_than_a_reader_gives(text: str, points: int | None) -> None:
    found = rules.too_many_links(post(text))
    assert (found and found.points) == points


def test_links_alone_never_make_spam() -> None:
    assert rules.MOST_POINTS_FOR_LINKS < SPAM_SCORE


@pytest.mark.django_db
def test_the_text_of_known_spam_is_recognised_however_it_is_dressed() -> None:
    make_comment(status="spam", text=LONG, text_digest=plain_text.digest(LONG))
    assert rules.seen_in_spam(post(LONG.upper().replace(" ", "  ") + "\u200b"))
    assert not rules.seen_in_spam(post(LONG + " Or not."))


@pytest.mark.django_db
def test_short_praise_may_be_said_twice() -> None:
    for status in ("spam", "approved"):
        make_comment(
            status=status, text="Great!", text_digest=plain_text.digest("Great!"), submitted_at=NOW
        )
    assert rules.seen_in_spam(post("Great!")) is None
    assert rules.same_text_again(post("Great!")) is None


@pytest.mark.django_db
@pytest.mark.parametrize(("days", "found"), [(1, True), (29, True), (31, False)])
def test_the_same_text_within_a_month_is_seen(days: int, found: bool) -> None:
    then = NOW - timedelta(days=days)
    make_comment(text=LONG, text_digest=plain_text.digest(LONG), submitted_at=then)
    assert bool(rules.same_text_again(post(LONG))) is found


@pytest.mark.django_db
@pytest.mark.parametrize(("earlier", "found"), [(2, False), (3, True)])
def test_many_posts_from_one_address_are_seen(earlier: int, found: bool) -> None:
    for minutes in range(earlier):
        make_comment(address_hash="abc", submitted_at=NOW - timedelta(minutes=minutes))
    make_comment(address_hash="abc", submitted_at=NOW - timedelta(minutes=11))
    sender = frozenset({"abc"})
    assert bool(rules.flood_from_address(post(address_hashes=sender))) is found


def broken(_: Submission) -> FindingFacts | None:
    raise RuntimeError("no such thing")


def asks_badly(_: Submission) -> FindingFacts | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM no_such_table")
    return None


@pytest.mark.django_db
def test_a_rule_that_fails_is_said_and_the_others_still_run() -> None:
    here = __name__
    paths = [f"{here}.broken", f"{here}.asks_badly", "no.such.rule"]
    paths.append("comments.spam.rules.filled_honeypot")
    found = screen(post(form=FormFacts(honeypot="x")), paths)
    assert [(finding.rule, finding.points) for finding in found.findings] == [
        ("broken", 0),
        ("asks_badly", 0),
        ("rule", 0),
        ("filled_honeypot", 10),
    ]
    assert sentences.in_words(found.findings[0].evidence) == "Rule broken failed: not checked."
    assert make_comment().pk  # the transaction is still good


facts = st.builds(FindingFacts, st.text(), st.integers(-20, 20), st.text())


@pytest.mark.django_db
@given(st.lists(st.none() | facts, max_size=6))
def test_the_score_is_the_sum_of_the_points(found: list[FindingFacts | None]) -> None:
    asked = iter(found)
    with mock.patch("comments.spam.screening.import_string", return_value=lambda _: next(asked)):
        screening = screen(post(), ["some.rule"] * len(found))
    assert screening.findings == tuple(finding for finding in found if finding)
    assert screening.score == sum(finding.points for finding in found if finding)
    assert screening.is_spam is (screening.score >= SPAM_SCORE)


def test_a_rule_that_cannot_be_imported_is_said_at_start(settings: Settings) -> None:
    settings.COMMENTS_RULES = ["comments.spam.rules.no_such_rule", "comments.spam.rules.re"]
    settings.COMMENTS_RULES.append("comments.spam.rules.filled_honeypot")
    errors = run_checks(tags=["comments"])
    assert [error.id for error in errors] == ["comments.E001", "comments.E001"]
