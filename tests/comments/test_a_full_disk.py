"""A disk that is full: readers go on reading, and who writes keeps every word."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client

from comments import writers
from comments.models import Comment
from tests.factories import make_article, make_comment

from .posting import OURS, post

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite can be told to be full"),
]
LONG = "Words that matter to me. " * 200
NO_LIMIT = 1_073_741_823  # pages, as SQLite has it


@pytest.fixture
def full() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA page_count")
        cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0]}")
        yield
        cursor.execute(f"PRAGMA max_page_count = {NO_LIMIT}")


def test_a_comment_that_cannot_be_saved_is_handed_back_with_its_words(
    client: Client, request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture
) -> None:
    article = make_article()
    request.getfixturevalue("full")
    answer = post(client, article, text=LONG)
    assert answer.status_code == 503
    page = answer.content.decode()
    assert "press the button again in a minute" in page
    assert LONG.strip() in page
    assert 'value="Mina"' in page
    assert not Comment.objects.exists()
    assert "A comment could not be saved" in caplog.text
    assert client.get(article.get_absolute_url()).status_code == 200


def test_a_change_that_cannot_be_saved_is_handed_back_with_its_words(
    client: Client, request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture
) -> None:
    comment = make_comment()
    address = writers.yours_address(comment)
    request.getfixturevalue("full")
    sent = {"text": LONG, "version": str(comment.version)}
    answer = client.post(address, sent, headers=OURS)
    assert answer.status_code == 503
    page = answer.content.decode()
    assert "press the button again in a minute" in page
    assert LONG.strip() in page
    assert f'name="version" value="{comment.version}"' in page
    assert "A change of a comment could not be saved" in caplog.text
    kept = Comment.objects.get(pk=comment.pk)
    assert (kept.text, kept.version) == (comment.text, comment.version)
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA max_page_count = {NO_LIMIT}")
    assert client.post(address, sent, headers=OURS).status_code == 303
    assert Comment.objects.get(pk=comment.pk).text == LONG.strip()
