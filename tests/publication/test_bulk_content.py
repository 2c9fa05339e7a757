"""Content in bulk is only for a database that nobody publishes from."""

import io
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from comments.models import Comment, Decision
from publication.demo import bulk
from reviews.models import Article
from tests.factories import make_article

pytestmark = pytest.mark.django_db


def test_so_many_articles_and_comments_are_made_and_every_kind_of_page_shows_some() -> None:
    told = io.StringIO()
    call_command("make_bulk_content", articles=30, comments=200, stdout=told)
    assert (Article.objects.count(), Comment.objects.count()) == (30, 200)
    assert "30 of 30" in told.getvalue()
    assert "200 of 200" in told.getvalue()
    assert Comment.objects.exclude(parent=None).exists()
    client, article = Client(), Article.objects.reviews()[0]
    for address in ("/", "/reviews/", article.get_absolute_url(), article.film.get_absolute_url()):
        assert client.get(address).status_code == 200


def test_each_comment_was_screened_and_its_last_decision_says_how_it_stands() -> None:
    call_command("make_bulk_content", articles=5, comments=300, stdout=io.StringIO())
    for comment in Comment.objects.prefetch_related("decisions", "findings"):
        decisions = list(comment.decisions.all())
        assert [decision.version for decision in decisions] == [1, 2][: comment.version]
        assert (decisions[0].from_status, decisions[0].made_at) == ("", comment.submitted_at)
        assert decisions[-1].to_status == comment.status
        assert comment.findings.all()
    assert Decision.objects.filter(by__isnull=False).values("by").distinct().count() == 3
    assert Decision.objects.filter(by=None, from_status="pending").exists()
    assert not User.objects.filter(is_active=True).exists()


def test_a_million_comments_come_evenly_over_twenty_years() -> None:
    now, years = timezone.now(), timedelta(days=20 * 365)
    came = [bulk.evenly(n, 1_000_000, now, years) for n in (0, 500_000, 999_999)]
    assert came[:2] == [now - years, now - years / 2]
    assert timedelta(0) < now - came[2] < timedelta(minutes=11)


def test_a_publication_is_left_alone_unless_it_is_said_by_name() -> None:
    make_article()
    with pytest.raises(CommandError, match="beside-what-is-there"):
        call_command("make_bulk_content", articles=5, comments=0)
    assert Article.objects.count() == 1
    call_command(
        "make_bulk_content", articles=5, comments=0, beside_what_is_there=True, stdout=io.StringIO()
    )
    call_command(
        "make_bulk_content", articles=5, comments=0, beside_what_is_there=True, stdout=io.StringIO()
    )
    assert Article.objects.count() == 11


@pytest.mark.parametrize(("articles", "comments"), [(0, 5), (5, -1)])
def test_numbers_that_make_no_sense_are_refused_in_words(articles: int, comments: int) -> None:
    with pytest.raises(CommandError, match="At least one article"):
        call_command("make_bulk_content", articles=articles, comments=comments)
