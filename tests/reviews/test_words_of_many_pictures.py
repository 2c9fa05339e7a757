"""The words of many pictures are written on one page, each beside its picture."""

from typing import Any

import pytest
from django.test import Client

from reviews.models import Image
from tests.factories import make_article, make_image
from tests.opened import sent_by
from tests.safety.people import client_of

pytestmark = pytest.mark.django_db
LIST = "/admin/reviews/image/"


def opened(client: Client, *images: Image) -> dict[str, Any]:
    """What the page would send, for the pictures that are ticked."""
    ticked = {"action": "write_words", "_selected_action": [image.pk for image in images]}
    return sent_by(client.post(LIST, ticked)) | {"write": "Save"}


def typed(image: Image, **words: str) -> dict[str, str]:
    return {f"picture-{image.pk}-{name}": said for name, said in words.items()}


def bare(count: int) -> list[Image]:
    return [make_image(alt_text="", credit_line="") for _ in range(count)]


def test_each_gets_its_own_words_with_one_press(editor_client: Client) -> None:
    first, second, third = images = bare(3)
    data = opened(editor_client, *images)
    data |= typed(first, alt_text="A door.", credit_line="Image © A24")
    data |= typed(second, decorative="on")
    answer = editor_client.post(LIST, data, follow=True).content.decode()
    assert "The words of 2 pictures are saved." in answer
    for image in images:
        image.refresh_from_db()
    assert (first.alt_text, first.credit_line) == ("A door.", "Image © A24")
    assert first.renditions_state == Image.Renditions.WAITING
    assert second.decorative
    assert not third.is_described()


def test_a_colleagues_words_are_overwritten_by_no_first_press(editor_client: Client) -> None:
    first, second = images = bare(2)
    data = opened(editor_client, *images)
    Image.objects.filter(pk__in=[first.pk, second.pk]).update(alt_text="Theirs.")
    filtered = f"{LIST}?missing=alt"  # where both are not any more
    refused = editor_client.post(filtered, data | typed(first, alt_text="Mine."))
    assert refused.status_code == 422
    assert "A colleague wrote “Theirs.” here" in refused.content.decode()
    again = sent_by(refused) | {"write": "Save"}
    editor_client.post(LIST, again)
    for image in images:
        image.refresh_from_db()
    assert (first.alt_text, second.alt_text) == ("Mine.", "Theirs.")


def test_a_picture_that_readers_see_keeps_its_words(editor_client: Client) -> None:
    image = make_image()
    make_article(lead_image=image)
    data = opened(editor_client, image) | typed(image, credit_line="")
    assert "it keeps its credit line" in editor_client.post(LIST, data).content.decode()


def test_a_contributor_writes_those_that_no_reader_sees() -> None:
    seen, unseen = make_image(), make_image(alt_text="")
    make_article(lead_image=seen)
    contributor = client_of("contributor")
    data = opened(contributor, seen, unseen)
    assert f"picture-{seen.pk}-alt_text" not in data
    contributor.post(LIST, data | typed(unseen, alt_text="A door."))
    unseen.refresh_from_db()
    assert unseen.alt_text == "A door."
    ticked = {"action": "write_words", "_selected_action": [seen.pk]}
    answer = contributor.post(LIST, ticked, follow=True).content.decode()
    assert "Only an editor may change these pictures." in answer


def test_of_a_picture_that_was_deleted_meanwhile_the_words_are_shown_and_the_others_kept(
    editor_client: Client,
) -> None:
    gone, there = bare(2)
    data = opened(editor_client, gone, there)
    data |= typed(gone, alt_text="A door.") | typed(there, alt_text="A window.")
    Image.objects.filter(pk=gone.pk).delete()
    answer = editor_client.post(LIST, data, follow=True).content.decode()
    assert "Not saved: “A door.” The picture has been deleted" in answer
    assert "The words of 1 picture are saved." in answer
    there.refresh_from_db()
    assert there.alt_text == "A window."
    Image.objects.filter(pk=there.pk).delete()
    data |= typed(there, alt_text="A wall.")
    answer = editor_client.post(LIST, data, follow=True).content.decode()
    assert "A door." in answer
    assert "A wall." in answer


def test_of_a_picture_that_was_published_meanwhile_a_contributors_words_are_shown() -> None:
    contributor, seen = client_of("contributor"), make_image(alt_text="")
    data = opened(contributor, seen) | typed(seen, alt_text="A door.")
    Image.objects.filter(pk=seen.pk).update(alt_text="A gate.")
    make_article(lead_image=Image.objects.get(pk=seen.pk))
    answer = contributor.post(LIST, data, follow=True).content.decode()
    assert "Not saved: “A door.”" in answer
    seen.refresh_from_db()
    assert seen.alt_text == "A gate."
