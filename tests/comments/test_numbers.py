"""The admin's front page shows how comments fare, to those who may see comments."""

from datetime import datetime, time, timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comments import intake, moderation
from comments.desk import numbers
from comments.desk.numbers import RuleNumbers
from comments.evidence import kept
from comments.models import Comment, Decision, Finding
from comments.spam import FormFacts, dry_run
from comments.templatetags.numbers import in_words
from tests.factories import make_article, make_comment, make_user

pytestmark = pytest.mark.django_db


def rules() -> tuple[RuleNumbers, ...]:
    return numbers.collect().rules


def test_times_shares_and_spam_are_counted(moderator: User) -> None:
    now = timezone.now()
    article = make_article()
    for hours, verb in ((1, moderation.approve), (2, moderation.reject), (9, moderation.mark_spam)):
        verb([make_comment(article, submitted_at=now - timedelta(hours=hours))], by=moderator)
    robot = {"author_name": "Bot", "author_email": "b@example.org", "form_facts": FormFacts("x")}
    intake.submit(article, text="Kept aside", **robot)
    wrong = intake.submit(article, text="Not spam at all", **robot)
    moderation.approve([wrong], by=moderator)
    make_comment(article)
    with CaptureQueriesContext(connection) as queries:
        found = numbers.collect()
    assert len(queries) <= 6
    assert (round(found.median or 0), round(found.slow or 0)) == (2, 9)
    assert (found.decided, found.by_rule, found.share) == (5, 2, 40)
    honeypot = found.rules[0]
    assert honeypot == RuleNumbers("filled_honeypot", found=2, decided=1, overturned=1)
    assert (found.weeks[-1].caught, found.weeks[-1].missed) == (1, 1)
    assert len(found.weeks) == numbers.WEEKS


def test_every_rule_that_found_something_says_what_people_overturned(moderator: User) -> None:
    article = make_article()
    verbs = {
        "held_and_approved": [moderation.approve],
        "held_and_rejected": [moderation.reject],
        "approved_at_last": [moderation.reject, moderation.approve],
        "never_decided": [],
    }
    for rule, moves in verbs.items():
        comment = make_comment(article)
        Finding.objects.create(comment=comment, rule=rule, points=0, evidence=kept("x"))
        for move in moves:
            move([comment], by=moderator)
    undone = make_comment(article)
    Finding.objects.create(comment=undone, rule="undone", points=3, evidence=kept("x"))
    decision = moderation.approve([undone], by=moderator).decisions[0]
    moderation.undo(decision, by=moderator)
    Finding.objects.create(comment=undone, rule="dry", points=3, evidence=kept("x"), counted=False)
    for rule in ("nothing_found", "known_name"):
        Finding.objects.create(comment=undone, rule=rule, points=0, evidence=kept("x"))
    assert {line.rule: (line.found, line.decided, line.overturned) for line in rules()} == {
        "approved_at_last": (1, 1, 1),
        "held_and_approved": (1, 1, 1),
        "held_and_rejected": (1, 1, 0),
        "never_decided": (1, 0, 0),
        "undone": (1, 0, 0),
    }


def test_akismet_is_overturned_in_what_it_called_spam_alone(moderator: User) -> None:
    for points in (0, 0, 10):
        comment = make_comment()
        Finding.objects.create(comment=comment, rule="akismet", points=points, evidence=kept("x"))
        moderation.approve([comment], by=moderator)
    assert rules() == (RuleNumbers("akismet", found=1, decided=1, overturned=1),)
    Finding.objects.update(counted=False)
    assert dry_run.since(timezone.now() - timedelta(days=1))["akismet"].found == 1


def test_what_trust_published_and_a_person_refused_is_overturned_too(moderator: User) -> None:
    article = make_article()
    for refused in (False, True):
        comment = make_comment(article)
        moderation.move_by_rule(comment, Comment.Status.APPROVED, rule="trust")
        if refused:
            moderation.mark_spam([comment], by=moderator)
    assert rules() == (RuleNumbers("trust", found=2, decided=1, overturned=1),)


def test_spam_is_missed_once_and_not_when_that_was_undone(moderator: User) -> None:
    article = make_article()
    missed, undone, kept_aside = (make_comment(article) for _ in range(3))
    for verb in (moderation.mark_spam, moderation.hold, moderation.mark_spam):
        verb([missed], by=moderator)
    moderation.undo(moderation.mark_spam([undone], by=moderator).decisions[0], by=moderator)
    moderation.move_by_rule(kept_aside, Comment.Status.SPAM, rule="screening")
    for verb in (moderation.hold, moderation.mark_spam):
        verb([kept_aside], by=moderator)
    week = numbers.collect().weeks[-1]
    assert (week.caught, week.missed) == (1, 1)


@pytest.mark.parametrize("now", ["2026-11-25", "2026-11-01", "2026-11-02", "2026-04-01"])
def test_spam_counts_in_the_week_that_begins_on_its_monday_where_readers_are(now: str) -> None:
    at = timezone.make_aware(datetime.fromisoformat(now))
    first = numbers.collect(at).weeks[0].begins
    for day, times in ((first, 3), (first + timedelta(weeks=1), 2)):
        begins = timezone.make_aware(datetime.combine(day, time()))
        for moment in [begins - timedelta(seconds=1), *[begins + timedelta(seconds=1)] * times]:
            Decision.objects.create(
                comment=make_comment(), to_status="spam", rule="x", version=1, made_at=moment
            )
    assert [week.caught for week in numbers.collect(at).weeks][:3] == [4, 2, 0]


def test_times_to_a_decision_are_written_as_people_say_them(moderator: User) -> None:
    now = timezone.now()
    article = make_article()
    for hours in (0.6, 3.6):
        comment = make_comment(article, submitted_at=now - timedelta(hours=hours))
        moderation.approve([comment], by=moderator)
    client = Client()
    client.force_login(moderator)
    page = client.get("/admin/").content.decode()
    assert "<span>half within&nbsp;</span>36 minutes" in page
    assert "<span>95 in 100 within&nbsp;</span>3.6 hours" in page


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (0, "1 minute"),
        (0.5, "30 minutes"),
        (0.995, "1 hour"),
        (1.04, "1 hour"),
        (3.64, "3.6 hours"),
        (47.9, "47.9 hours"),
        (48, "2 days"),
        (60, "2.5 days"),
    ],
)
def test_a_time_names_its_unit(hours: float, words: str) -> None:
    assert in_words(hours) == words


def test_nothing_yet_is_no_error(moderator_client: Client) -> None:
    assert not Decision.objects.exists()
    page = moderator_client.get("/admin/").content.decode()
    assert "Comments in numbers" in page
    assert "0 caught, 0 missed" in page


def test_who_may_not_see_comments_sees_no_numbers(client: Client) -> None:
    client.force_login(make_user("Contributor"))
    assert "Comments in numbers" not in client.get("/admin/").content.decode()


@pytest.mark.parametrize(
    ("values", "percent", "found"), [([], 50, None), ([4, 1, 3, 2], 50, 2), ([1, 2], 95, 2)]
)
def test_percentiles_are_by_nearest_rank(
    values: list[float], percent: int, found: float | None
) -> None:
    assert numbers.percentile(values, percent) == found


@pytest.mark.parametrize("page", ["/admin/", "/admin/comments/"])
def test_how_many_wait_is_said_beside_the_numbers(moderator_client: Client, page: str) -> None:
    make_comment()
    said = moderator_client.get(page).content.decode()
    assert '<dt>waiting now</dt><dd><a href="/admin/comments/comment/">1</a></dd>' in said
