"""Two editors are at the library at the same moment."""

import fcntl
from concurrent.futures import Future, wait
from pathlib import Path
from threading import Barrier, BrokenBarrierError, Event
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client

from reviews import library, pictures, pixels, publishing
from reviews.models import Image
from tests.at_once import People
from tests.factories import make_draft, make_image, make_user, picture_bytes
from tests.reviews.desk import errors

pytestmark = pytest.mark.django_db

ADD, UPLOAD = "/admin/reviews/image/add/", "/admin/reviews/image/upload/"
WORDS = {"credit_line": "Image © Someone", "rights_status": "cleared", "focal_x": 50, "focal_y": 50}


def test_the_second_is_led_to_the_first_and_keeps_the_words(
    editor_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = picture_bytes()
    library.add(SimpleUploadedFile("theirs.jpg", data))
    looked = library.accept

    def too_early(file: Any) -> pictures.PictureFacts:
        """Looks as if a moment before the colleague's picture was there."""
        monkeypatch.setattr(library, "accept", looked)
        return pictures.inspect(file)

    monkeypatch.setattr(library, "accept", too_early)
    mine = {"file": SimpleUploadedFile("mine.jpg", data), "alt_text": "A kitchen at night"}
    response = editor_client.post(ADD, WORDS | mine)
    assert "in the library already" in " ".join(errors(response)["file"])
    assert "A kitchen at night" in response.content.decode()
    assert Image.objects.get().file.name.endswith("theirs.jpg")


def test_one_is_decoded_at_a_time_whoever_sends_it_and_in_whatever_process(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    both = Barrier(2, timeout=0.5)  # which they cannot reach: one waits for the other
    decode = pixels.eight_bit

    def decodes(picture: Any) -> Any:
        with pytest.raises(BrokenBarrierError):
            both.wait()
        return decode(picture)

    monkeypatch.setattr(pixels, "eight_bit", decodes)
    with People(2) as pool:
        asked = [
            pool.submit(pictures.inspect, SimpleUploadedFile("a.jpg", picture_bytes()))
            for _ in range(2)
        ]
    assert all(each.result() for each in asked)
    turns = Path(pictures.__file__)
    with pictures.alone(), turns.open() as another, pytest.raises(BlockingIOError):
        fcntl.flock(another, fcntl.LOCK_EX | fcntl.LOCK_NB)  # as another process would


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("data", [picture_bytes(), b"<html>"])
@pytest.mark.parametrize("way", ["add", "upload", "replace"])
def test_a_file_is_decoded_while_others_can_save(
    client: Client, monkeypatch: pytest.MonkeyPatch, way: str, data: bytes
) -> None:
    address, field, there = ADD, "file", None
    if way == "upload":
        address, field = UPLOAD, "files"
    elif way == "replace":
        there = library.add(SimpleUploadedFile("theirs.jpg", picture_bytes(300, 200)))
        address = f"/admin/reviews/image/{there.pk}/replace/"
    within: list[bool] = []
    for room, name in ((pictures, "_decoded"), (pixels, "to_srgb")):
        decode = getattr(room, name)

        def noted(*args: Any, decode: Any = decode) -> Any:
            within.append(connection.in_atomic_block)
            return decode(*args)

        monkeypatch.setattr(room, name, noted)
    client.force_login(make_user("Editor"))
    seen = {"seen": there.sha256, "all_the_same": "on"} if there else {}
    client.post(address, WORDS | seen | {field: SimpleUploadedFile("mine.jpg", data)})
    assert within
    assert not any(within)
    taken = Image.objects.filter(file__contains="mine")
    assert taken.count() == (data != b"<html>")


@pytest.mark.django_db(transaction=True)
def test_a_picture_that_is_being_deleted_is_not_placed() -> None:
    image, is_gone = make_image(), Event()
    article = make_draft(body=f'<p>Words.</p><figure data-image="{image.pk}"></figure>')
    article.placements.all().delete()

    def deletes() -> None:
        with transaction.atomic():
            library.delete(image)
            is_gone.set()
            wait([placing], timeout=0.5)  # which cannot be done: it waits for the commit

    placing: Future[None] = Future()
    with People(1) as pool:
        deleting = pool.submit(deletes)
        assert is_gone.wait(timeout=30)
        publishing.place_pictures(article)
        placing.set_result(None)
        deleting.result()
    assert not article.placements.exists()
