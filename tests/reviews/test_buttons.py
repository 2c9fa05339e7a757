"""The buttons under forms: one word for one thing, and the first of them is what is meant most."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from reviews import publishing
from tests.factories import make_article, make_draft, make_film, make_image
from tests.reviews.desk import change_url

pytestmark = pytest.mark.django_db


def buttons(client: Client, address: str) -> list[str]:
    """Their names and words, in the order of the page; what is marked as the first choice apart."""
    page = client.get(address).text
    return [
        f"{name}: {words}{'!' if marked else ''}"
        for words, name, marked in re.findall(
            r'<input type="submit" value="([^"]+)" name="([^"]+)"( class="default")?>', page
        )
    ]


def test_save_stays_and_what_closes_says_so_of_whatever_is_written(editor_client: Client) -> None:
    draft, film, image = make_draft(), make_film(), make_image()
    for address in (
        change_url(draft),
        f"/admin/reviews/film/{film.pk}/change/",
        f"/admin/reviews/image/{image.pk}/change/",
        "/admin/reviews/tag/add/",
    ):
        first, *others = buttons(editor_client, address)
        assert first.rstrip("!") == "_continue: Save"
        assert "_save: Save and close" in others


def test_a_window_that_closes_says_so(editor_client: Client) -> None:
    assert buttons(editor_client, "/admin/reviews/film/add/?_popup=1") == ["_save: Save and close!"]


def test_what_is_scheduled_or_seen_is_first_of_all_saved(editor_client: Client) -> None:
    waiting = make_draft()
    publishing.schedule(waiting, timezone.now() + timedelta(days=1), by=None)
    scheduled = buttons(editor_client, change_url(waiting))
    assert scheduled[0] == "_continue: Save!"
    assert "_publish: Save and publish now" in scheduled
    assert buttons(editor_client, change_url(make_article()))[0] == "_continue: Save!"
    assert "_publish: Save and publish!" in buttons(editor_client, change_url(make_draft()))
