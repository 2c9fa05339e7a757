"""How long a piece takes to read is said in minutes, by words or by characters."""

import pytest
from django.test import Client

from reviews import reading_time
from tests.factories import make_article


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("", 0),
        ("One sentence is a minute.", 1),
        ("word " * 228 * 4, 4),
        ("映" * 300 * 3, 3),
        ("映画を観る。" * 300, 5),  # five characters are counted, the full stop is not
        ("혼자 사는 사람들 " * 76 * 2, 2),
        ("word " * 228 + "映" * 300, 2),
    ],
)
def test_minutes_are_of(text: str, minutes: int) -> None:
    assert reading_time.minutes(text) == minutes


@pytest.mark.django_db
def test_a_page_says_how_long_it_takes(client: Client) -> None:
    page = client.get(make_article(body=f"<p>{'word ' * 700}</p>").get_absolute_url())
    assert "3 minutes to read" in page.content.decode()
    page = client.get(make_article(body="<p>Short.</p>").get_absolute_url())
    assert "1 minute to read" in page.content.decode()
