"""What Django says in the newsroom is said in the newsroom's words."""

import re
from typing import Any

import pytest
from babel.messages.pofile import read_po
from django.conf import settings
from django.test import Client
from django.utils import translation

from reviews.models import Review
from tests.factories import make_article, make_draft, make_edition, make_section, make_user
from tests.reviews.desk import ADD, change_url, form_data, said

pytestmark = pytest.mark.django_db

PATH = settings.BASE_DIR / "publication/locale/en_GB/LC_MESSAGES/django.po"
with PATH.open("rb") as file:
    MESSAGES = [message for message in read_po(file) if message.id]
TWICE = re.compile("““|””|“<a[^>]*>“|”</a>”|[\"']“|”[\"']")


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(make_user("Editor"))
    return client


def _said(message: Any, language: str) -> tuple[str, str]:
    """What Django says in English, of many where it tells them apart, and what in a language."""
    with translation.override(language):
        if isinstance(message.id, tuple):
            return message.id[1], translation.ngettext(*message.id, 2)
        return message.id, translation.gettext(message.id)


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: str(message.id)[:40])
def test_django_still_says_what_is_said_otherwise_here(message: Any) -> None:
    english, here = _said(message, "en-gb")
    _, french = _said(message, "fr")  # which has all that Django says
    assert english not in (here, french)


@pytest.mark.parametrize("button", ["_continue", "_save", "_addanother"])
def test_a_headlines_quotation_marks_stand_once(desk: Client, button: str) -> None:
    data = form_data() | {button: "Save"}
    added = desk.post(ADD, data, follow=True)
    review = Review.objects.get()
    saved = desk.post(change_url(review), form_data(review) | {button: "Save"}, follow=True)
    for answer in (added, saved):
        assert "“Aloners” Review" in said(answer)
        assert not TWICE.search(said(answer))


def test_who_does_not_see_it_is_told_what_a_press_did(desk: Client) -> None:
    """A screen reader says an alert when the page comes, and leaves the rest for later."""
    page = desk.post(ADD, form_data() | {"_continue": "Save"}, follow=True).content.decode()
    assert re.search(r'<div role="alert">\s*<ul class="messagelist">', page)
    refused = desk.post(ADD, form_data() | {"headline": ""}).content.decode()
    assert '<div class="errornote wrong" role="alert" tabindex="-1" autofocus>' in refused


def test_nor_twice_where_it_is_deleted(desk: Client) -> None:
    draft = make_draft(headline="“Aloners” Review")
    address = f"/admin/reviews/review/{draft.pk}/delete/"
    assert not TWICE.search(desk.get(address).content.decode().partition("<main")[2])
    assert "The review “Aloners” Review is deleted." in said(
        desk.post(address, {"post": "yes"}, follow=True)
    )


def test_nor_twice_in_its_history(desk: Client) -> None:
    article = make_article(headline="“Aloners” Review")
    desk.post(change_url(article), form_data(article, verdict="Slow."))
    page = desk.get(f"/admin/reviews/review/{article.pk}/history/").content.decode()
    assert not TWICE.search(page)


def test_what_a_row_lacks_is_named_with_what_to_do(desk: Client) -> None:
    draft = make_draft()
    rows = {"bylines-TOTAL_FORMS": 2, "bylines-1-position": "3", "bylines-1-role": "words"}
    rows |= {"bylines-0-reviewer": ""}
    page = desk.post(change_url(draft), form_data(draft) | rows).content.decode()
    assert "Fill in the reviewer, or tick “Delete” in this row." in page
    assert "Fill in the reviewer, or leave the whole row empty." in page
    assert "This field is required" not in page


def test_a_field_that_is_needed_says_so(desk: Client) -> None:
    page = desk.post(ADD, form_data(headline="")).content.decode()
    assert '<a href="#id_headline">Headline</a>: Fill this in: it is needed.' in page


def test_a_number_beyond_its_limit_is_told_the_limit(desk: Client) -> None:
    rows = {f"{of}-{n}_FORMS": "0" for of in ("titles", "credits") for n in ("TOTAL", "INITIAL")}
    film = {"title": "Aloners", "year": "20211", "slug": ""} | rows
    page = desk.post("/admin/reviews/film/add/", film).content.decode()
    assert '<a href="#id_year">Year</a>: Write 2100 or less.' in page


def test_what_is_there_already_and_what_no_calendar_had_is_said_with_what_to_do(
    desk: Client,
) -> None:
    make_section("Music")
    page = desk.post("/admin/reviews/section/add/", {"name": "Music", "slug": "m", "position": 0})
    assert "there is one with this Name already. Change it" in page.content.decode()
    edition = make_edition()
    data = {"festival": edition.festival.pk, "year": "20211"}
    page = desk.post("/admin/reviews/festivaledition/add/", data)
    assert "Write 2100 or less." in page.content.decode()


def test_an_empty_phrase_is_told_once_what_to_do(desk: Client) -> None:
    page = desk.post("/admin/comments/phrase/add/", {"words": " ", "action": "hold"})
    assert page.context["adminform"].form.errors == {"words": ["Fill this in: it is needed."]}


def test_what_is_gone_leads_to_the_list_with_a_sentence(desk: Client) -> None:
    answer = desk.get("/admin/reviews/film/999/change/", follow=True)
    assert said(answer) == (
        "This film (number 999) is no longer here. A colleague may have deleted it."
    )
