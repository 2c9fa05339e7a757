"""No question of the list of reviews reads a table more than once, whatever is rare in it; nor a
thread what readers do not see of it.

PostgreSQL takes each value of a column to have as many rows as all others, but for the commonest.
Where one stands a thousand times and another once, it may go through the whole table for that one,
and again for the next.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from comments.models import Comment
from reviews.models import Article, Byline, Film, Screening
from tests.factories import make_article, make_comment, make_edition, make_reviewer, make_section

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL's plans"),
]
REVIEWS, GUESTS = 3_000, 20


@pytest.fixture
def reviews() -> None:
    """By two reviewers, of films of two years and two festivals; by each of twenty guests one, of a
    film from a year and a festival of its own, and these are the last in every table."""
    common, rare = REVIEWS - GUESTS, range(GUESTS)
    films = Film.objects.bulk_create(
        [
            *(Film(title=f"F {n}", slug=f"f-{n}", year=2024 + n % 2) for n in range(common)),
            *(Film(title=f"G {n}", slug=f"g-{n}", year=1950 + n) for n in rare),
        ]
    )
    editions = [make_edition(f"Festival {n}", 2024) for n in range(2 + GUESTS)]
    reviewers = [make_reviewer(f"Reviewer {n}") for n in range(2 + GUESTS)]
    whose = [*(n % 2 for n in range(common)), *(2 + n for n in rare)]
    shown = [
        Screening(film=film, edition=editions[n]) for film, n in zip(films, whose, strict=True)
    ]
    screenings = Screening.objects.bulk_create(shown)
    section, now = make_section(), timezone.now()
    articles = Article.objects.bulk_create(
        [
            Article(
                kind="review",
                headline=screening.film.title,
                slug=screening.film.slug,
                standfirst="Said.",
                section=section,
                film=screening.film,
                screening=screening,
                rating=1 + n % 10,
                status="published",
                publish_at=now - timedelta(hours=n),
                first_published_at=now - timedelta(hours=n),
            )
            for n, screening in enumerate(screenings)
        ]
    )
    Byline.objects.bulk_create(
        [Byline(article=a, reviewer=reviewers[n]) for a, n in zip(articles, whose, strict=True)]
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def test_nothing_is_compiled() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SHOW jit")
        assert cursor.fetchone() == ("off",)


def _read(plan: dict[str, Any]) -> Iterator[tuple[str, float]]:
    """What each table's scans went through, and how many rows that were."""
    if "Relation Name" in plan:
        rows = plan["Actual Rows"] + plan.get("Rows Removed by Filter", 0)
        yield f"{plan['Node Type']} of {plan['Relation Name']}", rows * plan["Actual Loops"]
    for part in plan.get("Plans", ()):
        yield from _read(part)


def _read_for(address: str) -> tuple[str, list[tuple[str, float]]]:
    """A page, and what its questions went through."""
    asked: list[tuple[str, Any]] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        page = Client().get(address).content.decode()
    read: list[tuple[str, float]] = []
    for sql, params in asked:
        if sql.startswith("SELECT"):
            with connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}", params)
                read += _read(cursor.fetchone()[0][0]["Plan"])
    return page, read


def test_no_question_of_the_list_reads_a_table_more_than_once(reviews: None) -> None:
    page, read = _read_for("/reviews/")
    for said in ("Reviewer 21", "Festival 21", ">1969<"):
        assert said in page
    assert len(read) > 10
    assert [(scan, rows) for scan, rows in read if rows > 1.1 * REVIEWS] == []


def test_a_thread_does_not_read_the_spam_under_its_article(db: None) -> None:
    article, others = make_article(), make_article()
    said = {"author_name": "A", "author_email": "a@example.org"}
    for each, number, status in ((article, 5_000, "spam"), (others, 2_000, "approved")):
        Comment.objects.bulk_create(
            Comment(article=each, text=f"Said {n}.", status=status, **said) for n in range(number)
        )
    seen = make_comment(article, text="Seen by all.", status="approved")
    make_comment(article, parent=seen, root=seen, status="approved")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    for address in (article.get_absolute_url(), f"/comments/on/{article.pk}/all/?sort=newest"):
        page, read = _read_for(address)
        assert "Seen by all." in page
        assert [(scan, rows) for scan, rows in read if rows > 100] == []
