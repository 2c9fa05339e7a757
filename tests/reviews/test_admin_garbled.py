"""Text whose bytes were not UTF-8 is refused at its field, and what can be read of it is kept."""

from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from publication.models import Masthead
from reviews.models import Article, Film, Tag
from tests.reviews.desk import ADD, errors, form_data

pytestmark = pytest.mark.django_db


def send(client: Client, address: str, data: dict[str, Any]) -> Any:
    """The data, with what is written as “¤” sent as a byte that no UTF-8 text has."""
    body = urlencode(data).replace("%C2%A4", "%FF")
    return client.post(address, body, content_type="application/x-www-form-urlencoded")


@pytest.mark.parametrize("field", ["headline", "standfirst", "body", "verdict", "content_note"])
def test_a_garbled_review_is_refused_and_its_words_kept(editor_client: Client, field: str) -> None:
    response = send(editor_client, ADD, form_data(**{field: "Words¤ that were typed"}))
    assert "could not be read" in " ".join(errors(response)[field])
    assert "Words\ufffd that were typed" in response.content.decode()
    assert not Article.objects.exists()


def test_what_turns_letters_round_is_left_out(editor_client: Client) -> None:
    """It comes in unseen with a paste, and turns round what stands beside it in a list or a mail;
    what Arabic or Hebrew needs stays."""
    editor_client.post(ADD, form_data(headline="Seen \u202ein\u202c \u200fBusan\u202d"))
    assert Article.objects.get().headline == "Seen in\u202c \u200fBusan"


def test_a_garbled_title_of_a_film_is_refused(editor_client: Client) -> None:
    rows = {"titles-TOTAL_FORMS": 1, "titles-INITIAL_FORMS": 0, "titles-0-text": "혼자¤"}
    rows |= {"titles-0-language": "ko", "titles-0-kind": "original"}
    film = {"title": "Aloners", "year": 2021, "credits-TOTAL_FORMS": 0, "credits-INITIAL_FORMS": 0}
    response = send(editor_client, "/admin/reviews/film/add/", film | rows)
    assert "could not be read" in response.content.decode()
    assert not Film.objects.exists()


def test_a_garbled_tag_and_a_garbled_masthead_are_refused(editor_client: Client) -> None:
    assert errors(send(editor_client, "/admin/reviews/tag/add/", {"name": "K¤"}))
    editor_client.get("/admin/publication/masthead/")  # makes it
    masthead = {"name": "Night¤", "comment_notice": "Comments are screened."}
    assert errors(send(editor_client, "/admin/publication/masthead/1/change/", masthead))
    assert not Tag.objects.exists()
    assert Masthead.objects.get().name == Masthead().name
