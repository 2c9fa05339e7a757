"""A better file in the place of a picture's: shown wherever it is used, and no word lost."""

from pathlib import PurePath
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from reviews import darkroom, library, pictures, replacing, retired_files
from reviews.models import Image, RetiredFile
from reviews.models.images import originals
from reviews.rights import Rights, xmp_packet
from tests.factories import make_article, make_image, make_user, picture_bytes
from tests.picture_files import file_of, scene
from tests.reviews.desk import said

pytestmark = pytest.mark.django_db


def address(image: Image) -> str:
    return f"/admin/reviews/image/{image.pk}/replace/"


def figure(image: Image) -> str:
    return f'<figure data-image="{image.pk}"></figure>'


def still(width: int, *, turned: bool = False, **says: str) -> bytes:
    """The same view at any size, or upside down."""
    picture = scene(size=(width, width * 2 // 3)).rotate(180 if turned else 0)
    return file_of(picture, "JPEG", xmp=xmp_packet(Rights(**says)))


def in_library(data: bytes | None = None, **words: Any) -> Image:
    words = {"credit_line": "Image © Park Circus", "rights_status": "cleared"} | words
    file = SimpleUploadedFile("small.jpg", data or still(300))
    return library.add(file, {"alt_text": "Four colours", "focal_x": 20} | words)


def send(client: Client, image: Image, data: bytes, **more: Any) -> Any:
    file = SimpleUploadedFile("large.jpg", data, "image/jpeg")
    return client.post(address(image), {"file": file, "seen": image.sha256} | more)


def test_the_new_file_is_shown_with_the_words_that_were_there(
    editor_client: Client, client: Client
) -> None:
    image = in_library(caption="The quarters.")
    piece = make_article(lead_image=image, body=f"<p>Look.</p>{figure(image)}")
    former = set(library.files_of(image))
    assert any(name in client.get(piece.get_absolute_url()).content.decode() for name in former)
    page = editor_client.get(address(image)).content.decode()
    assert "lead picture (published)" in page
    assert send(editor_client, image, still(900)).status_code == 302
    image.refresh_from_db()
    assert (image.width, image.height) == (900, 600)
    assert (image.credit_line, image.caption) == ("Image © Park Circus", "The quarters.")
    assert (image.alt_text, image.focal_x) == ("Four colours", 20)
    assert image.rights_status == Image.Rights.CLEARED
    read = client.get(piece.get_absolute_url()).content.decode()
    assert not any(name in read for name in former)
    assert all(name in read for name in library.files_of(image))
    darkroom.develop_all()
    image.refresh_from_db()
    assert [size[0] for size in image.sizes()][-1] == 900
    assert "small" in LogEntry.objects.get().change_message
    assert "900 × 600" in LogEntry.objects.get().change_message


def test_what_was_served_and_kept_of_the_former_file_goes_a_day_later() -> None:
    image = in_library()
    former, original = set(library.files_of(image)), image.file.name
    replaced(image, still(900))
    assert all(default_storage.exists(name) for name in former)  # pages are open
    for_good = RetiredFile.objects.all()
    for_good.update(retired_at=for_good[0].retired_at - retired_files.KEPT_AFTER_RETIREMENT)
    retired_files.prune()
    assert not any(default_storage.exists(name) for name in former)
    assert not originals().exists(original)
    assert all(default_storage.exists(name) for name in library.files_of(image))
    assert originals().exists(image.file.name)


def all_originals() -> set[str]:
    folders = originals().listdir("")[0]
    months = {f"{year}/{month}" for year in folders for month in originals().listdir(year)[0]}
    return {f"{month}/{name}" for month in months for name in originals().listdir(month)[1]}


def replaced(image: Image, data: bytes) -> replacing.Replaced:
    file = SimpleUploadedFile("large.jpg", data)
    return replacing.replace(image, file, pictures.inspect(file))


def test_for_a_day_the_former_file_can_be_put_back(editor_client: Client) -> None:
    image, other = in_library(), make_image()
    assert "Put it back" not in editor_client.get(address(image)).text
    first, name = image.sha256, image.file.name
    replaced(image, still(900))
    assert "Put it back" in editor_client.get(address(image)).text
    assert "Put it back" not in editor_client.get(address(other)).text
    put_back = {"seen": image.sha256, "put_back": "on"}
    assert editor_client.post(address(image), put_back).status_code == 302
    image.refresh_from_db()
    assert (image.sha256, image.width) == (first, 300)
    assert image.file.name != name
    assert "Put it back" in editor_client.get(address(image)).text  # the other one, now
    RetiredFile.objects.update(retired_at=timezone.now() - retired_files.KEPT_AFTER_RETIREMENT)
    assert "Put it back" not in editor_client.get(address(image)).text
    retired_files.prune()
    assert originals().exists(image.file.name)
    assert "Put it back" not in editor_client.get(address(image)).text
    late = editor_client.post(address(image), {"seen": first, "put_back": "on"})
    assert late.status_code == 422


def test_what_the_file_says_otherwise_is_told_and_changes_nothing(editor_client: Client) -> None:
    image = in_library()
    data = still(900, credit_line="© BFI National Archive", creator="Kim Ji-yeon")
    answer = editor_client.post(
        address(image),
        {"file": SimpleUploadedFile("large.jpg", data), "seen": image.sha256},
        follow=True,
    )
    image.refresh_from_db()
    assert (image.credit_line, image.creator) == ("Image © Park Circus", "Kim Ji-yeon")
    assert image.rights_status == Image.Rights.UNVERIFIED
    assert "© BFI National Archive" in said(answer)
    assert answer.context["read"] == ["creator"]
    assert "© BFI National Archive" in LogEntry.objects.get().change_message


def test_a_file_that_says_the_same_leaves_the_rights_as_they_are() -> None:
    image = in_library()
    outcome = replaced(image, still(900, credit_line="Image ©  Park Circus"))
    assert (outcome.otherwise, image.rights_status) == ([], Image.Rights.CLEARED)


def test_a_decorative_picture_gets_no_description_from_the_new_file() -> None:
    image = in_library(alt_text="", decorative=True)
    assert "alt_text" not in replaced(image, still(900, alt_text="Four colours")).filled
    assert image.alt_text == ""


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (still(150), "It is smaller: 150 × 100 pixels"),
        (still(900, turned=True), "It does not look like the one that is there."),
    ],
)
def test_a_file_that_is_perhaps_no_better_is_asked_about(
    editor_client: Client, data: bytes, why: str
) -> None:
    image = in_library()
    answer = send(editor_client, image, data)
    assert answer.status_code == 422
    assert why in answer.content.decode()
    assert Image.objects.get().sha256 == image.sha256
    assert send(editor_client, image, data, all_the_same="on").status_code == 302
    assert Image.objects.get().sha256 != image.sha256


def test_a_file_of_another_shape_asks_to_look_at_the_crops(editor_client: Client) -> None:
    image = in_library()
    wide = file_of(scene(size=(1600, 900)), "JPEG")
    file = {"file": SimpleUploadedFile("wide.jpg", wide), "seen": image.sha256}
    answer = editor_client.post(address(image), file, follow=True)
    assert "look below at what must stay in view" in said(answer)


def test_a_pixel_at_an_edge_is_no_other_shape() -> None:
    assert not replaced(in_library(), file_of(scene(size=(900, 601)), "JPEG")).other_shape


def test_a_file_that_is_in_the_library_and_one_that_is_none_are_refused(
    editor_client: Client,
) -> None:
    image, other = in_library(), make_image()
    with other.file.open() as file:
        there = send(editor_client, image, file.read())
    assert f"/admin/reviews/image/{other.pk}/change/" in there.content.decode()
    none = send(editor_client, image, b"<html>")
    assert "large.jpg" in none.content.decode()
    assert (there.status_code, none.status_code) == (422, 422)


def test_of_two_editors_the_second_looks_first(editor_client: Client) -> None:
    image = in_library()
    seen = image.sha256
    replaced(image, still(900))
    file = {"file": SimpleUploadedFile("mine.jpg", still(1200)), "seen": seen}
    answer = editor_client.post(address(image), file, follow=True)
    assert "A colleague put another file there a moment ago" in said(answer)
    assert Image.objects.get().width == 900


def test_what_a_colleague_did_while_the_file_was_stored_leaves_no_file_behind(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    image, before = in_library(), all_originals()
    make_small = library.renditions.first

    def a_colleague_is_faster(*args: Any) -> Any:
        monkeypatch.setattr(library.renditions, "first", make_small)
        replaced(Image.objects.get(), still(1200))
        return make_small(*args)

    monkeypatch.setattr(library.renditions, "first", a_colleague_is_faster)
    with pytest.raises(replacing.ReplacedMeanwhile):
        replaced(image, still(900))
    theirs = Image.objects.get()
    assert theirs.width == 1200
    assert all_originals() - before == {theirs.file.name}


def test_renditions_of_the_former_file_that_come_late_are_never_shown() -> None:
    image = in_library(still(307))  # no other test's: their files stay in these folders
    claimed = darkroom._claim()
    assert claimed is not None
    replaced(image, still(900))
    darkroom._develop(claimed)
    image.refresh_from_db()
    assert image.renditions_state == Image.Renditions.WAITING
    assert image.sizes()[-1][0] == 900
    late = default_storage.listdir(
        f"{retired_files.FOLDER}/{claimed.sha256[: retired_files.PREFIX]}"
    )[1]
    assert len(late) > 1
    of_it = RetiredFile.objects.filter(image=image, is_original=False)
    assert {*late} <= {PurePath(file.name).name for file in of_it}


def test_a_new_file_is_begun_anew_where_the_former_was_given_up() -> None:
    image = in_library()
    given_up = {"renditions_state": "failed", "renditions_attempts": 3, "renditions_error": "No."}
    Image.objects.update(**given_up)
    replaced(image, still(900))
    darkroom.develop_all()
    image.refresh_from_db()
    assert (image.renditions_state, image.renditions_error) == (Image.Renditions.READY, "")


def test_a_withdrawal_takes_what_is_left_of_the_former_file_too(
    django_capture_on_commit_callbacks: Any,
) -> None:
    image = in_library()
    former = set(library.files_of(image))
    Image.objects.update(credit_line="Image © Somebody else")
    library.words_changed(image, ["credit_line"])
    darkroom.develop_all()  # whereupon those are retired
    image.refresh_from_db()
    former |= set(library.files_of(image))
    replaced(image, still(900))
    with django_capture_on_commit_callbacks(execute=True):
        library.withdraw(image)
    assert not any(default_storage.exists(name) for name in former)


def test_deleted_it_leaves_nothing_of_the_former_file(
    editor_client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    image = in_library()
    former, at = set(library.files_of(image)), f"/admin/reviews/image/{image.pk}/delete/"
    replaced(image, still(900))
    assert editor_client.get(at).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        assert editor_client.post(at, {"post": "yes"}).status_code == 302
    assert not any(default_storage.exists(name) for name in former)


def test_a_withdrawn_picture_gets_its_file_and_stays_withdrawn() -> None:
    image = in_library()
    library.withdraw(image)
    replaced(image, still(900, credit_line="© BFI National Archive"))
    assert (image.is_withdrawn(), image.width, image.renditions) == (True, 900, {})
    library.restore(image)
    darkroom.develop_all()
    image.refresh_from_db()
    assert image.sizes()[-1][0] == 900


def test_nothing_of_a_withdrawn_picture_can_be_fetched_for_having_a_new_file() -> None:
    image = in_library(still(303))  # no other test's
    was, original = image.sha256, image.file.name
    library.withdraw(image)  # what follows the commit is not carried out in this test
    replaced(image, still(903))
    retired_files.prune()
    for digest in (was, image.sha256):
        assert (
            default_storage.listdir(f"{retired_files.FOLDER}/{digest[: retired_files.PREFIX]}")[1]
            == []
        )
    assert not originals().exists(original)


def test_contributors_replace_what_no_reader_sees_and_nothing_else() -> None:
    seen, unseen, client = in_library(), in_library(picture_bytes()), Client()
    make_article(lead_image=seen)
    client.force_login(make_user("Contributor"))
    assert send(client, seen, still(900)).status_code == 403
    assert "Replace the file" not in client.get(f"/admin/reviews/image/{seen.pk}/change/").text
    assert send(client, unseen, still(900), all_the_same="on").status_code == 302
