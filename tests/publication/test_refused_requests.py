"""Requests that Django turns away get a page of ours that says what to do."""

from urllib.parse import urlencode

import html5lib
import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from reviews.models.articles import BODY_LIMIT
from tests.reviews.desk import ADD, errors, form_data

pytestmark = pytest.mark.django_db

FORM = "application/x-www-form-urlencoded"


def test_a_body_far_too_long_is_an_error_at_its_field_and_every_word_is_kept(
    editor_client: Client,
) -> None:
    longest = "가" * (BODY_LIMIT + BODY_LIMIT // 2)  # nine bytes each on the way
    body = urlencode(form_data(body=f"<p>{longest}</p>"))
    response = editor_client.post(ADD, body, content_type=FORM)
    assert "200000 characters" in " ".join(errors(response)["body"])
    assert longest in response.content.decode()


def test_an_edition_of_a_large_festival_is_saved_in_one_form(editor_client: Client) -> None:
    many = {f"screenings-{row}-{name}": "" for row in range(400) for name in "abcde"}
    assert editor_client.post(ADD, form_data() | many).status_code == 302


def test_what_is_too_large_to_be_read_is_told_so(client: Client, settings: Settings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    response = client.post("/admin/login/", "username=" + "x" * 200, content_type=FORM)
    assert response.status_code == 413
    page = response.content.decode()
    html5lib.HTMLParser(strict=True).parse(page)
    assert "too large" in page
    assert "Go back" in page


def test_more_fields_than_can_be_read_are_told_so(client: Client, settings: Settings) -> None:
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 3
    response = client.post("/admin/login/", dict.fromkeys("abcd", "x"))
    assert response.status_code == 413


def test_a_request_that_cannot_be_understood_is_told_so(client: Client) -> None:
    response = client.post("/admin/login/", b"junk", content_type="multipart/form-data")
    assert response.status_code == 400
    page = response.content.decode()
    html5lib.HTMLParser(strict=True).parse(page)
    assert "could not be understood" in page
    assert 'href="/"' in page


def test_a_host_that_is_not_ours_is_answered_without_asking_the_database(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        assert client.get("/", headers={"host": "evil.example"}).status_code == 400


def test_a_form_that_is_no_longer_known_says_how_to_keep_the_text() -> None:
    response = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "editor"})
    assert response.status_code == 403
    page = response.content.decode()
    html5lib.HTMLParser(strict=True).parse(page)
    assert "Go back" in page
    assert "sessionid" not in response.cookies


def test_who_may_not_do_something_is_told_so_in_our_own_words(moderator_client: Client) -> None:
    response = moderator_client.get("/admin/reviews/review/")
    assert response.status_code == 403
    page = response.content.decode()
    html5lib.HTMLParser(strict=True).parse(page)
    assert "Your role does not reach here" in page
    assert 'href="/admin/"' in page


@pytest.mark.parametrize("nothing", ["%00", "a%00b"])
def test_a_key_that_no_row_can_have_is_not_found_in_the_newsroom(
    editor_client: Client, nothing: str
) -> None:
    for page in ("change", "history", "delete"):
        answer = editor_client.get(f"/admin/reviews/country/{nothing}/{page}/")
        assert answer.status_code == 404
