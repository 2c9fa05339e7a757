"""What an editor's press does is told in the history, or it is not done."""

import pytest
from django.contrib.admin.models import LogEntryManager
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from reviews import library, publishing
from reviews.models import Article, Image
from tests.factories import make_draft, make_image, make_user, picture_bytes

pytestmark = pytest.mark.django_db


def _fails(*_: object, **__: object) -> None:
    raise RuntimeError("the process died")


@pytest.fixture
def desk(editor_client: Client, monkeypatch: pytest.MonkeyPatch) -> Client:
    """Of a process that dies before it can write the history."""
    monkeypatch.setattr(LogEntryManager, "log_actions", _fails)
    return editor_client


def test_a_piece_of_a_list_is_not_submitted(desk: Client) -> None:
    draft = make_draft()
    press = {"action": "submit", "_selected_action": [draft.pk]}
    with pytest.raises(RuntimeError):
        desk.post("/admin/reviews/article/", press)
    assert Article.objects.get(pk=draft.pk).status == "draft"


def test_a_deleted_piece_does_not_come_back(desk: Client) -> None:
    draft = make_draft()
    publishing.delete(draft, by=make_user("Editor"))
    with pytest.raises(RuntimeError):
        desk.post(f"/admin/reviews/deletedarticle/{draft.pk}/bring-back/")
    assert Article.objects.get(pk=draft.pk).status == "deleted"


def test_a_picture_is_neither_withdrawn_nor_restored(desk: Client) -> None:
    image = make_image()
    at = f"/admin/reviews/image/{image.pk}/"
    with pytest.raises(RuntimeError):
        desk.post(f"{at}withdraw/", {"notice": ""})
    assert not Image.objects.get(pk=image.pk).is_withdrawn()
    library.withdraw(image)
    with pytest.raises(RuntimeError):
        desk.post(f"{at}restore/")
    assert Image.objects.get(pk=image.pk).is_withdrawn()


def test_a_file_is_not_replaced(desk: Client) -> None:
    image = make_image()
    better = SimpleUploadedFile("better.jpg", picture_bytes(900, 600))
    press = {"file": better, "seen": image.sha256, "all_the_same": "on"}
    with pytest.raises(RuntimeError):
        desk.post(f"/admin/reviews/image/{image.pk}/replace/", press)
    assert Image.objects.get().sha256 == image.sha256


def test_what_is_uploaded_is_not_taken_in(desk: Client) -> None:
    files = [SimpleUploadedFile("still.jpg", picture_bytes())]
    page = desk.post("/admin/reviews/image/upload/", {"files": files})
    assert "“still.jpg” could not be taken in." in page.text
    assert not Image.objects.exists()
