"""Files that no row names: what could not be deleted at once is deleted later, never one in use."""

from datetime import timedelta
from pathlib import Path, PurePath
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from reviews import darkroom, library, pictures, retired_files, storing
from reviews.admin.images import ImageAdmin
from reviews.models import Image, RetiredFile
from reviews.models.images import originals
from tests.factories import make_image, picture_bytes

from .leaving import pruned_days_later

pytestmark = pytest.mark.django_db


def _stored(image: Image) -> set[str]:
    """Renditions in the folder of the picture's own."""
    folder = Path(next(iter(library.files_of(image)))).parent
    return {f"{folder}/{name}" for name in default_storage.listdir(str(folder))[1]}


@pytest.fixture
def refusing(monkeypatch: pytest.MonkeyPatch) -> Any:
    def refuse(*_: object) -> None:
        raise OSError("The bucket does not answer.")

    with monkeypatch.context() as away:
        away.setattr(FileSystemStorage, "delete", refuse)
        yield away


def _again(data: bytes) -> library.InLibrary:
    """The file of a picture that is there, taken in by who did not see that it is."""
    file = ContentFile(data, name="again.jpg")
    image = Image(credit_line="Image © Somebody else")  # another rendition than the first's
    with pytest.raises(library.InLibrary) as there:
        library.take_in(image, file, pictures.inspect(file))
    return there.value


def test_the_small_rendition_of_a_file_that_is_there_already_goes_later() -> None:
    data = picture_bytes()
    first = library.add(ContentFile(data, name="first.jpg"))
    mine = set(library.files_of(first))
    _again(data)
    assert _stored(first) > mine
    pruned_days_later()
    assert _stored(first) == mine


def test_it_goes_too_where_the_form_of_one_picture_rolled_back(
    editor_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = picture_bytes()
    first = library.add(ContentFile(data, name="first.jpg"))
    mine, looked = set(library.files_of(first)), library.accept

    def too_early(file: Any) -> pictures.PictureFacts:
        monkeypatch.setattr(library, "accept", looked)
        return pictures.inspect(file)

    monkeypatch.setattr(library, "accept", too_early)
    words = {"credit_line": "Image © Another", "rights_status": "cleared"}
    file = {"file": SimpleUploadedFile("mine.jpg", data), "focal_x": 50, "focal_y": 50}
    assert editor_client.post("/admin/reviews/image/add/", words | file).status_code == 200
    assert _stored(first) > mine
    pruned_days_later()
    assert _stored(first) == mine


def test_that_a_file_is_there_is_said_while_the_storage_fails(
    refusing: pytest.MonkeyPatch,
) -> None:
    data = picture_bytes()
    first = library.add(ContentFile(data, name="first.jpg"))
    _, (left,) = _again(data).left
    assert originals().exists(left)
    refusing.undo()
    pruned_days_later()
    assert not originals().exists(left)
    assert originals().exists(first.file.name)


def test_an_original_that_could_not_be_deleted_is_deleted_later(
    refusing: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    image, other = make_image(), make_image()
    original = "pictures/2026/01/of-the-first-days.jpg"  # in the folder's name like a rendition
    originals().save(original, ContentFile(picture_bytes()))
    Image.objects.filter(pk=image.pk).update(file=original)
    with django_capture_on_commit_callbacks(execute=True):
        library.delete(image)
    assert originals().exists(original)
    refusing.undo()
    pruned_days_later()
    assert not originals().exists(original)
    assert originals().exists(other.file.name)


def test_one_file_that_cannot_be_deleted_keeps_no_other_and_is_tried_again_soon(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    image = make_image(developed=True)
    old = set(library.files_of(image))
    retired_files.retire(old)  # as words changed: pages that are open may show them for a day
    image.credit_line = "Image © Corrected"
    image.save()
    library.words_changed(image, ["credit_line"])
    darkroom.develop_all()
    names = sorted(old | set(library.files_of(Image.objects.get())))
    assert len(names) > len(old)
    kept, delete = names[len(names) // 2], FileSystemStorage.delete

    def all_but_one(storage: FileSystemStorage, name: str) -> None:
        if name == kept:
            raise PermissionError(13, "Permission denied")
        delete(storage, name)

    with monkeypatch.context() as patch:
        patch.setattr(FileSystemStorage, "delete", all_but_one)
        with django_capture_on_commit_callbacks(execute=True):
            library.withdraw(image)
        assert list(filter(default_storage.exists, names)) == [kept], "those of before, too"
        retired_files.retire(["pictures/0123456789abcdef/another.jpg"], now=True)
        with pytest.raises(retired_files.NotDeleted, match=f"“{kept}” could not be deleted.$"):
            retired_files.prune()
    assert RetiredFile.objects.get().name == kept
    retired_files.prune()
    assert not default_storage.exists(kept)


def test_files_that_cannot_be_deleted_let_others_have_their_turn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def all_but_the_last(_storage: FileSystemStorage, name: str) -> None:
        if not name.endswith("2.jpg"):
            raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(retired_files, "AT_ONCE", 2)
    monkeypatch.setattr(FileSystemStorage, "delete", all_but_the_last)
    for number in range(3):
        retired_files.retire([f"{retired_files.FOLDER}/0123456789abcdef/{number}.jpg"], now=True)
    for _ in range(2):
        with pytest.raises(retired_files.NotDeleted):
            retired_files.prune()
    assert not RetiredFile.objects.filter(name__endswith="2.jpg").exists()


def test_an_original_that_is_gone_frees_its_name(django_capture_on_commit_callbacks: Any) -> None:
    image = make_image()
    original = image.file.name
    with django_capture_on_commit_callbacks(execute=True):
        library.delete(image)
    assert not RetiredFile.objects.filter(name=original).exists()


def test_an_upload_under_a_retired_name_stays() -> None:
    image = make_image()
    retired_files.retire([], [image.file.name])
    pruned_days_later()
    assert originals().exists(image.file.name)


def test_an_upload_is_not_given_the_name_of_a_file_that_is_being_deleted() -> None:
    image = make_image()
    name = image.file.name
    originals().delete(name)
    Image.objects.all().delete()
    retired_files.retire([], [name], now=True)  # its process died between the two
    file = ContentFile(picture_bytes(), name=PurePath(name).name)
    assert library.add(file).file.name != name


def test_renditions_that_are_made_again_while_they_are_deleted_stay(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    image = make_image(width=90, height=40, developed=True)  # no crop is the whole
    first = image.credit_line
    _said(image, "Image © Corrected")
    RetiredFile.objects.update(retired_at=timezone.now() - timedelta(days=2))
    store = storing.store

    def store_beside_another(*told: Any) -> str:
        name = store(*told)
        retired_files.prune()
        return name

    monkeypatch.setattr(storing, "store", store_beside_another)
    _said(image, first)
    assert all(default_storage.exists(name) for name in library.files_of(image))


def test_a_file_that_is_retired_once_more_while_others_go_has_its_turn_later(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    image = make_image(developed=True)
    names, delete = [*library.files_of(image)], retired_files.delete_unused
    retired_files.retire(names, now=True)

    def retired_meanwhile(due: Any) -> list[str]:
        left = delete(due)
        retired_files.retire(names)
        return left

    monkeypatch.setattr(retired_files, "delete_unused", retired_meanwhile)
    retired_files.prune()
    assert {file.name for file in RetiredFile.objects.all()} == set(names)


def _said(image: Image, credit_line: str) -> None:
    image.credit_line = credit_line
    image.save()
    library.words_changed(image, ["credit_line"])
    darkroom.develop_all()
    image.refresh_from_db()


def test_what_was_taken_in_goes_where_the_form_fails_after_it(
    editor_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("The history cannot be written.")

    monkeypatch.setattr(ImageAdmin, "log_addition", fail)
    words = {"rights_status": "cleared", "focal_x": 50, "focal_y": 50}
    file = {"file": SimpleUploadedFile("left-behind.jpg", picture_bytes())}
    with pytest.raises(RuntimeError):
        editor_client.post("/admin/reviews/image/add/", words | file)
    assert not Image.objects.exists()
    assert not list(Path(originals().location).rglob("left-behind*"))  # type: ignore[attr-defined]


def test_a_storage_that_hangs_is_not_asked_for_every_file(
    refusing: pytest.MonkeyPatch,
) -> None:
    """Its worker would send no mail for hours."""
    now, asked = [0.0], []

    def hang(_storage: object, name: str) -> None:
        now[0] += 20
        asked.append(name)
        raise TimeoutError

    names = [f"{retired_files.FOLDER}/{number:016}/{number:016}.jpg" for number in range(30)]
    retired_files.retire(names, [f"2026/11/{number}.jpg" for number in range(30)], now=True)
    refusing.setattr(FileSystemStorage, "delete", hang)
    refusing.setattr(retired_files, "time", SimpleNamespace(monotonic=lambda: now[0]))
    with pytest.raises(retired_files.NotDeleted, match="nor 59 others"):
        retired_files.prune()
    assert len(asked) == 2, "one of renditions, one of originals"
    refusing.undo()
    pruned_days_later()
