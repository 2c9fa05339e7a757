"""What is the same of many pictures is said once: nobody opens thirteen forms for one credit."""

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client

from reviews import library
from reviews.models import Image
from tests.factories import make_article, make_film, make_image, make_person
from tests.safety.people import client_of

pytestmark = pytest.mark.django_db
LIST = "/admin/reviews/image/"


def say(client: Client, *images: Image, **words: Any) -> str:
    """Ticks them in the list, and answers the page that asks what to say of them."""
    ticked = {"action": "say_the_same", "_selected_action": [image.pk for image in images]}
    page = client.post(LIST, ticked).content.decode()
    assert f"Set it for {len(images)} pictures" in page
    answer = client.post(LIST, ticked | {"say": "Say it"} | words, follow=True)
    for image in images:
        image.refresh_from_db()
    return answer.content.decode()


def test_a_credit_line_goes_where_there_is_none_and_a_film_too(editor_client: Client) -> None:
    bare, other, credited = make_image(credit_line=""), make_image(credit_line=""), make_image()
    kept, film, person = credited.credit_line, make_film(), make_person()
    words = {"credit_line": "Image © A24", "film": film.pk, "people": [person.pk]}
    assert "Set for 3 pictures." in say(editor_client, bare, other, credited, **words)
    assert [i.credit_line for i in (bare, other, credited)] == ["Image © A24", "Image © A24", kept]
    assert all(image.film == film for image in (bare, other, credited))
    assert set(person.pictures.all()) == {bare, other, credited}
    assert bare.renditions_state == Image.Renditions.WAITING, "the credit is written into files"
    assert LogEntry.objects.filter(object_id=bare.pk).exists()


def test_a_credit_line_is_corrected_where_another_stands(editor_client: Client) -> None:
    """The history of each says what stood there."""
    wrong, bare = make_image(credit_line="Image © Finecutt"), make_image(credit_line="")
    right = {"credit_line": "Image © Finecut", "corrected": "on"}
    assert "Write the credit line" in say(editor_client, wrong, bare, corrected="on")
    assert "Set for 2 pictures." in say(editor_client, wrong, bare, **right)
    assert {wrong.credit_line, bare.credit_line} == {"Image © Finecut"}
    assert wrong.renditions_state == Image.Renditions.WAITING, "it is written into files"
    told = LogEntry.objects.get(object_id=wrong.pk).change_message
    assert "Credit line (before: Image © Finecutt)" in told


def test_the_rights_of_many_are_cleared_and_a_withdrawn_one_stays_withdrawn(
    editor_client: Client,
) -> None:
    one, gone = make_image(rights_status="unverified"), make_image(rights_status="unverified")
    library.withdraw(gone)
    assert "Set for 1 picture." in say(editor_client, one, gone, rights_status="cleared")
    assert one.rights_status == Image.Rights.CLEARED
    assert gone.is_withdrawn()


def test_nothing_said_is_nothing_done(editor_client: Client) -> None:
    assert "Fill something in" in say(editor_client, make_image(), make_image())


def test_a_contributor_says_it_of_what_no_reader_sees() -> None:
    seen, unseen = make_image(rights_status="unverified"), make_image(rights_status="unverified")
    make_article(lead_image=seen)
    page = say(client_of("contributor"), seen, unseen, rights_status="cleared")
    assert "Set for 1 picture. 1 had it already, or can be changed by an editor alone." in page
    assert (seen.rights_status, unseen.rights_status) == ("unverified", "cleared")
