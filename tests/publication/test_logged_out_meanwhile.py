"""Whose login ended while they wrote is told how to keep what they wrote."""

import html5lib
import pytest
from django.test import Client

from reviews.models import Article
from tests.reviews.desk import ADD, form_data

pytestmark = pytest.mark.django_db


def test_a_text_sent_after_the_login_ended_is_not_answered_with_an_empty_form() -> None:
    response = Client().post(ADD, form_data())
    assert response.status_code == 403
    page = response.content.decode()
    html5lib.HTMLParser(strict=True).parse(page)
    assert "Log in in a new tab" in page
    assert 'href="/admin/login/"' in page
    assert not Article.objects.exists()


def test_who_only_looks_is_sent_to_the_login_as_ever(client: Client) -> None:
    assert client.get(ADD).url == f"/admin/login/?next={ADD}"  # type: ignore[attr-defined]


def test_logging_out_twice_does_no_harm(client: Client) -> None:
    assert client.post("/admin/logout/").status_code == 302
