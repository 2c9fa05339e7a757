"""A colleague deletes a picture in the moment in which it is deleted, withdrawn or placed."""

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client

from reviews import library
from reviews.models import Image
from tests.factories import make_image
from tests.safety.people import client_of

pytestmark = pytest.mark.django_db

LIST = "/admin/reviews/image/"


@pytest.fixture
def mina() -> Client:
    return client_of("administrator")


def _a_moment_later(monkeypatch: pytest.MonkeyPatch, verb: str) -> None:
    """The verb is called after a colleague's deletion of the same picture."""
    carry_out = getattr(library, verb)

    def late(image: Image, *args: Any) -> Any:
        Image.objects.filter(pk=image.pk).delete()
        return carry_out(image, *args)

    monkeypatch.setattr(library, verb, late)


@pytest.mark.parametrize("verb", ["delete", "withdraw"])
def test_it_is_said_and_the_list_is_shown(
    mina: Client, monkeypatch: pytest.MonkeyPatch, verb: str
) -> None:
    image = make_image()
    _a_moment_later(monkeypatch, verb)
    answer = mina.post(f"{LIST}{image.pk}/{verb}/", {"post": "yes", "notice": ""}, follow=True)
    assert answer.redirect_chain[-1][0] == LIST
    page = answer.content.decode()
    assert "A colleague deleted this picture a moment ago" in page
    assert "successfully" not in page
    assert not LogEntry.objects.exists(), "the history says who did it, the colleague"


def test_among_many_the_others_are_deleted(mina: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    both = [make_image().pk, make_image().pk]
    _a_moment_later(monkeypatch, "delete")
    action = {"action": "delete_selected", "post": "yes", "_selected_action": both}
    assert mina.post(LIST, action).status_code == 302
    assert not Image.objects.exists()
