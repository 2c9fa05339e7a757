"""A rights complaint: one button takes a picture from everywhere; another brings it back."""

import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.storage import FileSystemStorage
from django.test import Client

from reviews import library
from reviews.models import Image, RetiredFile
from reviews.models.images import WITHDRAWN_NOTICE
from tests.factories import make_article, make_draft, make_film, make_image, make_user

pytestmark = pytest.mark.django_db


def address(image: Image, verb: str) -> str:
    return f"/admin/reviews/image/{image.pk}/{verb}/"


def test_the_page_that_asks_lists_every_place(editor_client: Client) -> None:
    image = make_image()
    make_article(headline="read now", lead_image=image)
    make_draft(headline="not yet", body=f'<figure data-image="{image.pk}"></figure>')
    film = make_film(poster=image)
    page = editor_client.get(address(image, "withdraw")).content.decode()
    assert "read now</a>, lead picture (published)" in page
    assert "not yet</a>, in the body (draft)" in page
    assert f"{film}</a>, poster" in page
    assert str(WITHDRAWN_NOTICE) in page
    image.refresh_from_db()
    assert not image.is_withdrawn()


def test_withdrawing_keeps_what_stands_in_its_place_and_is_in_the_history(
    editor_client: Client,
) -> None:
    image = make_image()
    editor_client.post(address(image, "withdraw"), {"notice": "Taken down for its owner."})
    image.refresh_from_db()
    assert image.is_withdrawn()
    assert image.notice() == "Taken down for its owner."
    assert "Withdrawn everywhere" in LogEntry.objects.get().change_message
    page = editor_client.get(address(image, "change")).content.decode()
    assert "Taken down for its owner." in page
    assert address(image, "restore") in page


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("verb", ["withdraw", "delete"])
def test_a_storage_that_fails_stops_neither_withdrawal_nor_deletion(
    client: Client, monkeypatch: pytest.MonkeyPatch, verb: str
) -> None:
    image = make_image()
    client.force_login(make_user("Administrator"))

    def refuse(*_: object) -> None:
        raise OSError("The bucket does not answer.")

    monkeypatch.setattr(FileSystemStorage, "delete", refuse)
    answer = client.post(address(image, verb), {"notice": "", "post": "yes"}, follow=True)
    assert answer.status_code == 200
    assert LogEntry.objects.count() == 1
    assert not Image.objects.exclude(rights_status=Image.Rights.WITHDRAWN).exists()
    assert RetiredFile.objects.exists(), "what is left is deleted later"


def test_the_usual_sentence_is_not_stored(editor_client: Client) -> None:
    image = make_image()
    editor_client.post(address(image, "withdraw"), {"notice": str(WITHDRAWN_NOTICE)})
    image.refresh_from_db()
    assert image.withdrawn_notice == ""


def test_too_long_a_sentence_is_refused_and_kept(editor_client: Client) -> None:
    image = make_image()
    response = editor_client.post(address(image, "withdraw"), {"notice": "x" * 301})
    assert response.status_code == 422
    assert "x" * 301 in response.content.decode()
    image.refresh_from_db()
    assert not image.is_withdrawn()


def test_a_second_editor_is_told_that_it_was_withdrawn_already(editor_client: Client) -> None:
    image = make_image()
    library.withdraw(image)
    response = editor_client.post(address(image, "withdraw"), {"notice": ""}, follow=True)
    assert "had been withdrawn already" in response.content.decode()


def test_a_restored_picture_is_unverified_and_waits_for_its_sizes(editor_client: Client) -> None:
    image = make_image()
    library.withdraw(image)
    assert "shown again" in editor_client.get(address(image, "restore")).content.decode()
    editor_client.post(address(image, "restore"))
    image.refresh_from_db()
    assert image.rights_status == Image.Rights.UNVERIFIED
    assert image.renditions_state == Image.Renditions.WAITING


def test_only_who_may_withdraw_reaches_the_buttons() -> None:
    image, client = make_image(), Client()
    client.force_login(make_user("Contributor"))
    assert "Withdraw everywhere" not in client.get(address(image, "change")).content.decode()
    for verb in ("withdraw", "restore"):
        assert client.get(address(image, verb)).status_code == 403
        assert client.post(address(image, verb)).status_code == 403
    image.refresh_from_db()
    assert not image.is_withdrawn()


def test_a_picture_that_is_not_there_is_not_found(editor_client: Client) -> None:
    for verb in ("withdraw", "restore", "make-again"):
        assert editor_client.post(f"/admin/reviews/image/999999/{verb}/").status_code == 404
