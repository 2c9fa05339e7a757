"""The admin's front page shows how comments fare, to those who may see comments."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comments import intake, moderation, numbers
from comments.models import Decision
from comments.spam import FormFacts
from tests.factories import make_article, make_comment, make_user

pytestmark = pytest.mark.django_db


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
    assert found.waiting == 1
    assert (round(found.median or 0), round(found.slow or 0)) == (2, 9)
    assert (found.decided, found.by_rule, found.share) == (5, 2, 40)
    honeypot = found.rules[0]
    assert (honeypot.rule, honeypot.decided, honeypot.overturned) == ("filled_honeypot", 2, 1)
    assert (found.weeks[-1].caught, found.weeks[-1].missed) == (2, 1)
    assert len(found.weeks) == numbers.WEEKS


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
