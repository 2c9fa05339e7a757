"""The desk's lists: what they say, how they narrow, and that they stay quick."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from reviews import publishing
from reviews.models import Article, Section, Tag
from tests.factories import (
    make_article,
    make_comment,
    make_draft,
    make_edition,
    make_film,
    make_person,
    make_reviewer,
    make_screening,
    make_section,
    make_user,
)

pytestmark = pytest.mark.django_db

REVIEWS = "/admin/reviews/review/"
ALL = "/admin/reviews/article/"
MOST_QUERIES = 12


def listed(client: Client, address: str, **query: Any) -> set[str]:
    response = client.get(address, query)
    assert response.status_code == 200, response.headers
    return {article.headline for article in response.context["cl"].result_list}


@pytest.mark.parametrize("address", [REVIEWS, ALL])
def test_a_list_asks_the_database_as_often_for_many_rows_as_for_few(
    editor_client: Client, address: str
) -> None:
    make_comment(make_article())
    editor_client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as few:
        editor_client.get(address)
    for _ in range(7):
        make_comment(make_article(by=make_reviewer(), film=make_film(original=("제목", "ko"))))
    with CaptureQueriesContext(connection) as many:
        editor_client.get(address)
    assert len(many) == len(few)
    assert len(many) <= MOST_QUERIES


def test_a_form_asks_the_database_as_often_for_many_rows_below_as_for_few(
    editor_client: Client,
) -> None:
    """A festival has two hundred screenings, and a film a hundred people."""
    film = make_film("Aloners", director="Hong Sung-eun")
    edition = make_screening(film).edition
    forms = [
        f"/admin/reviews/film/{film.pk}/change/",
        f"/admin/reviews/festivaledition/{edition.pk}/change/",
    ]

    def asked() -> list[int]:
        numbers = []
        for form in forms:
            with CaptureQueriesContext(connection) as queries:
                assert str(film) in editor_client.get(form).text
            numbers.append(len(queries))
        return numbers

    asked()
    few = asked()
    for number in range(5):
        film.credits.create(person=make_person(f"Person {number}"), role="cast")
        make_screening(make_film(f"Film {number}"), edition=edition)
    assert asked() == few


@pytest.mark.parametrize(("model", "field"), [("review", "screening"), ("screening", "edition")])
def test_what_is_found_by_typing_costs_as_many_queries_however_much_it_is(
    editor_client: Client, model: str, field: str
) -> None:
    chosen = {"app_label": "reviews", "model_name": model, "field_name": field, "term": "Korean"}

    def asked(many: int) -> int:
        with CaptureQueriesContext(connection) as queries:
            answer = editor_client.get("/admin/autocomplete/", chosen)
        assert len(answer.json()["results"]) == many
        return len(queries)

    make_screening(make_film())
    asked(1)
    few = asked(1)
    for year in (2022, 2023, 2024):
        make_screening(make_film(), edition=make_edition(year=year))
    assert asked(4) == few


def test_a_list_narrows_to_a_month_or_a_year(editor_client: Client) -> None:
    """Of the site's time zone; a scheduled piece has the month it is scheduled for."""
    moments = {
        "last of May": datetime(2024, 5, 31, 22, 59, tzinfo=UTC),
        "first of June": datetime(2024, 5, 31, 23, 0, tzinfo=UTC),
        "later": datetime(2025, 1, 2, tzinfo=UTC),
    }
    for headline, moment in moments.items():
        article = make_article(headline=headline)
        Article.objects.filter(pk=article.pk).update(first_published_at=moment)
    make_draft(headline="a draft")
    offered = editor_client.get(ALL).text
    for choice in ('<option value="2024-05">May 2024', '<option value="2025">All of 2025'):
        assert choice in offered
    for left_out in ("2024-04", "2025-02"):
        assert f'value="{left_out}"' not in offered
    assert listed(editor_client, ALL, month="2024-06") == {"first of June"}
    assert listed(editor_client, ALL, month="2024", q="May") == {"last of May"}
    assert listed(editor_client, REVIEWS, month="2024") == {"last of May", "first of June"}
    for no_month in ("2024-13", "0", "May"):
        assert not listed(editor_client, ALL, month=no_month)


def test_drafts_stand_first_on_every_database_and_last_when_the_oldest_do(
    editor_client: Client,
) -> None:
    for headline, days_ago in (("older", 9), ("newer", 1)):
        make_article(headline=headline, days_ago=days_ago)
    for headline in ("first draft", "second draft"):
        make_draft(headline=headline)
    columns = editor_client.get(ALL).context["cl"].list_display
    orders = {
        "": ["second draft", "first draft", "newer", "older"],
        f"-{columns.index('first_shown')}": ["second draft", "first draft", "newer", "older"],
        f"{columns.index('first_shown')}": ["older", "newer"],
    }
    for order, expected in orders.items():
        rows = editor_client.get(ALL, {"o": order} if order else {}).context["cl"].result_list
        assert [row.headline for row in rows][: len(expected)] == expected


def test_a_scheduled_piece_is_listed_by_what_readers_know(editor_client: Client) -> None:
    soon, due = make_draft(headline="soon"), make_draft(headline="due")
    moment = timezone.now() + timedelta(days=2)
    for article in (soon, due):
        publishing.schedule(article, moment, by=None)
    past = timezone.now() - timedelta(hours=1)
    Article.objects.filter(pk=due.pk).update(publish_at=past, first_published_at=past)
    assert listed(editor_client, REVIEWS, status="scheduled") == {"soon"}
    assert listed(editor_client, REVIEWS, status="published") == {"due"}
    words = f"Scheduled for {timezone.localtime(moment):%-d %B %Y, %H:%M}"
    assert words in editor_client.get(REVIEWS).content.decode()


def test_lists_narrow_by_status(editor_client: Client) -> None:
    make_draft(headline="a draft")
    submitted, withdrawn = make_draft(headline="submitted"), make_article(headline="withdrawn")
    editor = make_user("Editor")
    publishing.submit(submitted, by=editor)
    publishing.withdraw(withdrawn, by=editor)
    for status, headline in [
        ("draft", "a draft"),
        ("submitted", "submitted"),
        ("withdrawn", "withdrawn"),
    ]:
        assert listed(editor_client, REVIEWS, status=status) == {headline}


def test_lists_narrow_by_reviewer_film_festival_section_and_kind(editor_client: Client) -> None:
    reviewer, film, music = make_reviewer("Ana Ruiz"), make_film("Aloners"), make_section("Music")
    edition = make_edition()
    screening = make_screening(make_film(), edition=edition)
    make_draft(headline="other")
    make_draft(headline="by Ana", by=reviewer)
    make_draft(headline="on Aloners", film=film)
    make_draft(headline="shown there", screening=screening)
    make_draft(headline="music", section=music)
    make_draft(headline="news", kind="news")
    assert listed(editor_client, ALL, reviewer=reviewer.pk) == {"by Ana"}
    assert listed(editor_client, ALL, film=film.pk) == {"on Aloners"}
    assert listed(editor_client, ALL, edition=edition.pk) == {"shown there"}
    assert listed(editor_client, ALL, section__id__exact=music.pk) == {"music"}
    assert listed(editor_client, ALL, kind__exact="news") == {"news"}
    assert listed(editor_client, ALL, film="nonsense") == set()
    assert listed(editor_client, ALL, film=999999) == set()


def test_lists_are_searched_by_all_that_a_piece_belongs_to(editor_client: Client) -> None:
    film = make_film("Aloners", original=("혼자 사는 사람들", "ko"))
    director = make_person("Hong Sung-eun", native_name="홍성은", native_language="ko")
    film.credits.create(person=director, role="director")
    shown = make_screening(film, edition=make_edition("Busan", year=2021))
    draft = make_draft(headline="“Living” quietly", film=film, by=make_reviewer("Ana Ruiz"))
    Article.objects.filter(pk=draft.pk).update(screening=shown)
    draft.tags.add(Tag.objects.create(name="Solitude", slug="solitude"))
    make_draft(headline="Something else")
    terms = ("quietly", "혼자", "Aloners", "Ruiz", "sung-eun hong", "홍성은", "busan 2021", "solit")
    for term in (*terms, '"Living" Ruiz'):
        assert listed(editor_client, REVIEWS, q=term) == {"“Living” quietly"}, term
    assert listed(editor_client, REVIEWS, q="quietly nowhere") == set()


@pytest.mark.parametrize("term", ["living " * 3_000, "l i v n g q u e t y liv ing nowhere"])
def test_of_very_many_words_the_first_narrow_it_down(editor_client: Client, term: str) -> None:
    """Each asks eight tables: pasted text would keep the database busy for minutes."""
    make_draft(headline="Living quietly")
    make_draft(headline="Something else")
    with CaptureQueriesContext(connection) as asked:
        assert listed(editor_client, ALL, q=term) == {"Living quietly"}
    assert max(len(query["sql"]) for query in asked.captured_queries) < 60_000


def test_a_piece_is_found_by_who_made_the_films_it_mentions(editor_client: Client) -> None:
    film = make_film("Aloners")
    film.credits.create(person=make_person("Hong Sung-eun"), role="director")
    make_draft(kind="festival_report", headline="Nine days").related_films.add(film)
    assert listed(editor_client, ALL, q="Hong") == {"Nine days"}


def test_comments_waiting_are_counted_for_those_who_moderate(editor_client: Client) -> None:
    article = make_article()
    for status in ("pending", "pending", "approved"):
        make_comment(article, status=status)
    page = editor_client.get(REVIEWS).content.decode()
    desk = f"/admin/comments/comment/?article={article.pk}"
    assert f'<td class="field-waiting"><a href="{desk}">2</a></td>' in page
    assert editor_client.get(desk).status_code == 200
    contributor = Client()
    contributor.force_login(make_user("Contributor"))
    assert "field-waiting" not in contributor.get(REVIEWS).content.decode()


def test_the_form_of_a_piece_leads_to_its_replies(editor_client: Client) -> None:
    article = make_article()
    desk = f"/admin/comments/comment/?article={article.pk}"
    assert desk not in editor_client.get(f"{REVIEWS}{article.pk}/change/").text
    make_comment(article, status="approved")
    page = editor_client.get(f"{REVIEWS}{article.pk}/change/").text
    assert f'<a href="{desk}&amp;state=approved">1 reply</a>' in page
    make_comment(article, status="pending")
    page = editor_client.get(f"{REVIEWS}{article.pk}/change/").text
    assert f'<a href="{desk}">1 reply, 1 waiting</a>' in page


def test_the_rating_is_shown_as_stars_and_said_in_words(editor_client: Client) -> None:
    make_draft(rating=7)
    page = editor_client.get(REVIEWS).content.decode()
    assert "★★★½" in page
    assert "3½ stars" in page


@pytest.mark.parametrize("named", ["seven", "", "9" * 30, "\x00", "7\x00"])
def test_rows_named_by_what_is_no_key_are_refused(admin_client: Client, named: str) -> None:
    asked = {"_selected_action": [named, "1"]}
    for address in ("image", "article", "film", "country"):
        for action in ("delete_selected", "write_words", "say_the_same", "merge"):
            here = f"/admin/reviews/{address}/"
            answer = admin_client.post(here, asked | {"action": action, "write": "x", "say": "x"})
            assert answer.status_code in (200, 302, 400), (address, action)
            if address != "country":
                assert answer.status_code == 400
                assert "could not be understood" in answer.content.decode()


def test_a_new_section_stands_behind_the_others(editor_client: Client) -> None:
    Section.objects.create(name="Music", slug="music", position=4)
    page = editor_client.get("/admin/reviews/section/add/").text
    assert 'name="position" value="5"' in page
