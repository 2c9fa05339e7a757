"""A disk that is full: an editor is told so, and keeps every word."""

import pytest
from django.db import connection
from django.test import Client

from reviews.models import Article
from tests.factories import make_draft
from tests.full_disk import full_disk
from tests.reviews.desk import change_url, form_data

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite can be told to be full"),
]
LONG = "<p>" + "Words that matter to me. " * 800 + "</p>"


def test_who_saves_is_told_what_to_do_and_nothing_is_half_saved(
    editor_client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    review = make_draft()
    sent = form_data(review, body=LONG, headline="Another")
    with full_disk():
        answer = editor_client.post(change_url(review), sent)
    assert answer.status_code == 503
    page = answer.content.decode()
    assert "Everything you typed is still here." in page
    assert page.count("Words that matter to me.") == LONG.count("Words that matter to me.")
    assert "is saved" not in page
    assert "could not be saved" in caplog.text
    kept = Article.objects.get()
    assert (kept.headline, kept.version) == (review.headline, review.version)
    assert "is saved" not in editor_client.get("/admin/").content.decode()
    assert editor_client.post(change_url(review), sent).status_code == 302
    assert Article.objects.get().body == LONG
