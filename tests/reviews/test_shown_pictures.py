"""What is said of a picture that readers see is for editors to say, as is withdrawing it."""

import pytest
from django.test import Client

from reviews.models import Image, Reviewer
from tests.factories import make_article, make_draft, make_film, make_image
from tests.opened import opened
from tests.safety.people import client_of

pytestmark = pytest.mark.django_db

MAY_BE_SHOWN = {
    "rights_status": "unverified",
    "embargo_until_0": "",
    "embargo_until_1": "",
    "expires_at_0": "2021-01-01",
    "expires_at_1": "10:00",
}


def address(image: Image) -> str:
    return f"/admin/reviews/image/{image.pk}/change/"


def press(client: Client, image: Image) -> None:
    """Its whole form, with another caption, and an end that has come."""
    said = opened(client, address(image)) | {"caption": "At the stop"} | MAY_BE_SHOWN
    client.post(address(image), said)
    image.refresh_from_db()


def taken(image: Image) -> tuple[str, bool]:
    return image.caption, image.expires_at is not None


def test_a_contributor_changes_no_picture_that_readers_see() -> None:
    lead, poster, portrait = make_image(), make_image(), make_image()
    make_article(lead_image=lead)
    make_film(poster=poster)
    Reviewer.objects.create(name="Wren", slug="wren", portrait=portrait)
    contributor = client_of("contributor")
    for image in (lead, poster, portrait):
        before = taken(image)
        press(contributor, image)
        assert taken(image) == before
        page = contributor.get(address(image)).content.decode()
        assert "only an editor may change it" in page


def test_an_editor_does() -> None:
    image = make_image()
    make_article(lead_image=image)
    editor = client_of("editor")
    press(editor, image)
    assert taken(image) == ("At the stop", True)
    assert "only an editor may change it" not in editor.get(address(image)).content.decode()


def test_of_a_picture_that_no_reader_sees_a_contributor_says_it() -> None:
    image = make_image()
    make_draft(lead_image=image)
    press(client_of("contributor"), image)
    assert taken(image) == ("At the stop", True)
