"""A database that takes nothing: who typed into a form of the newsroom has every word of it."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.test import Client

from comments.admin import PhraseAdmin
from comments.desk import seen
from comments.models import Mark, Phrase
from reviews.models import Article, Film
from tests.factories import make_comment, make_draft, make_user
from tests.opened import opened, sent_by
from tests.safety.people import client_of

from .test_forgotten_passwords import ask, mailed_link

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="refuses as SQLite does"),
]


@pytest.fixture
def mina() -> Client:
    return client_of("administrator")


@contextmanager
def nothing_is_written() -> Iterator[None]:
    """SQLite refuses every write, in the words it has for a file that may only be read."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA query_only = ON")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA query_only = OFF")


def test_a_piece_that_cannot_be_saved_comes_back_as_it_was_typed(mina: Client) -> None:
    draft = make_draft()
    address = f"/admin/reviews/review/{draft.pk}/change/"
    form = opened(mina, address) | {"standfirst": "Two nights of work, in one sentence."}
    with nothing_is_written():
        answer = mina.post(address, form)
    assert answer.status_code == 503
    assert "Everything you typed is still here." in answer.content.decode()
    assert sent_by(answer)["standfirst"] == "Two nights of work, in one sentence."
    assert mina.post(address, sent_by(answer)).status_code == 302
    assert Article.objects.get().standfirst == "Two nights of work, in one sentence."


def test_a_new_film_that_cannot_be_saved_comes_back_too(mina: Client) -> None:
    address = "/admin/reviews/film/add/"
    form = opened(mina, address) | {"title": "Aloners", "year": "2021", "slug": ""}
    with nothing_is_written():
        answer = mina.post(address, form)
    assert answer.status_code == 503
    assert mina.post(address, sent_by(answer)).status_code == 302
    assert Film.objects.get().year == 2021


def test_a_press_that_cannot_be_kept_leads_to_a_page_that_says_so(mina: Client) -> None:
    comment = make_comment(status="approved")
    press = {"mark": f"pick:{seen.said(comment)}"}
    with nothing_is_written():
        answer = mina.post("/admin/comments/comment/mark/", press)
    assert answer.status_code == 503
    assert "The server could not save it" in answer.content.decode()
    assert "Press the browser’s own “back” button." in answer.content.decode()
    assert not Mark.objects.exists()
    mina.post("/admin/comments/comment/mark/", press)
    assert Mark.objects.count() == 1


def told_what_to_do(answer: HttpResponse) -> bool:
    """At the door nothing was written that could be put back, or that was not saved."""
    page = answer.content.decode()
    assert answer.status_code == 503
    return "its disk is full" in page and "Put it back" not in page and "saved" not in page


def test_nothing_is_said_to_be_saved_that_was_not(
    mina: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(PhraseAdmin, "log_addition", full)  # the words of its trial are queued then
    said = {"words": "casino night", "action": "hold"}
    answer = mina.post("/admin/comments/phrase/add/", said)
    assert answer.status_code == 503
    assert not Phrase.objects.exists()
    for page in (answer, mina.get("/admin/")):
        assert "“casino night”" not in page.content.decode()


@pytest.mark.django_db(transaction=True)
def test_who_cannot_be_logged_in_is_told_why() -> None:
    said = {"username": "administrator", "password": "whatever it is"}
    with nothing_is_written():
        answer = Client().post("/admin/login/", said)
    assert told_what_to_do(answer)
    assert "whatever it is" not in answer.content.decode()


@pytest.mark.django_db(transaction=True)
def test_who_forgot_a_password_is_told_why_there_is_no_link_and_no_other_password() -> None:
    link = mailed_link(make_user("Editor", email="ada@example.org").email)
    browser = Client()
    form = browser.get(link).headers["Location"]
    said = {"new_password1": "a lantern on the stairs", "new_password2": "a lantern on the stairs"}
    with nothing_is_written():
        answers = [ask("ada@example.org"), browser.post(form, said)]
    assert all(map(told_what_to_do, answers))
    assert browser.post(form, said).status_code == 302
