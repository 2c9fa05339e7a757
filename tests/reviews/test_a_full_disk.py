"""A disk that is full leaves no half files, and pictures are made when there is room again."""

import errno
import os
import resource
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from publication.folders import Folder
from reviews import darkroom, library, picture_words, retired_files, storing
from reviews.models import Image
from reviews.models.images import originals
from tests.factories import make_image, picture_bytes

pytestmark = pytest.mark.django_db

State = Image.Renditions


@contextmanager
def no_file_above(size: int) -> Iterator[None]:
    """The kernel takes no more bytes than so many into one file: a write ends in the middle."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    made = Folder(tmp_path / "media", "/media/")
    monkeypatch.setattr("reviews.storing.default_storage", made)
    return made


def _files(folder: Folder) -> list[Path]:
    return [path for path in Path(folder.location).rglob("*") if path.is_file()]


def test_the_folders_of_the_settings_are_such() -> None:
    from publication import settings as live

    assert {live.STORAGES[alias]["BACKEND"] for alias in ("default", "originals")} == {
        "publication.folders.Folder"
    }


def test_a_file_that_does_not_fit_leaves_nothing_behind(folder: Folder) -> None:
    with no_file_above(4096), pytest.raises(OSError, match="too large"):
        folder.save("originals/whole.jpg", ContentFile(b"x" * 100_000))
    assert _files(folder) == []


def test_a_file_comes_with_its_bytes_its_permissions_and_a_free_name(folder: Folder) -> None:
    names = [folder.save("a/b.jpg", ContentFile(text)) for text in (b"one", b"two")]
    assert names[0] == "a/b.jpg" != names[1]
    assert [folder.open(name).read() for name in names] == [b"one", b"two"]
    assert {path.stat().st_mode & 0o777 for path in _files(folder)} == {0o644}


def test_a_file_is_on_the_disk_before_it_has_its_name_and_so_is_the_name(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited, fsync = list[tuple[bool, bool]](), os.fsync

    def noted(descriptor: int) -> None:
        is_folder = stat.S_ISDIR(os.fstat(descriptor).st_mode)
        waited.append((is_folder, folder.exists("a/b.jpg")))
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", noted)
    folder.save("a/b.jpg", ContentFile(b"whole"))
    assert waited == [(False, False), (True, True)]


def test_what_a_power_cut_left_is_swept_a_day_later(tmp_path: Path, settings: Settings) -> None:
    kind = {"BACKEND": "publication.folders.Folder"}
    places = {alias: tmp_path / alias for alias in ("default", "originals")}
    settings.STORAGES = settings.STORAGES | {
        alias: kind | {"OPTIONS": {"location": place}} for alias, place in places.items()
    }
    long_ago = timezone.now() - timedelta(days=2)
    for place in places.values():
        for name in (".begun.part", ".now.part", "whole.part", "whole.jpg"):
            path = place / "2026/11" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(b"some")
            if name != ".now.part":
                os.utime(path, (long_ago.timestamp(), long_ago.timestamp()))
    call_command("work", "--once", stdout=StringIO())
    left = {".now.part", "whole.part", "whole.jpg"}
    for place in places.values():
        assert {path.name for path in (place / "2026/11").iterdir()} == left


def test_a_rendition_that_was_cut_short_is_made_whole(folder: Folder) -> None:
    image = make_image()
    made = next(iter(_renditions_of(image)))
    name = storing.store(image, made)
    Path(folder.path(name)).write_bytes(b"")  # as a full disk left it
    assert storing.store(image, made) == name
    assert folder.size(name) == len(made.data)


def test_a_picture_whose_files_are_not_taken_is_not_given_up(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    image = make_image()
    before = _files(folder)
    for _ in range(darkroom.MOST_ATTEMPTS + 2):
        with no_file_above(512), pytest.raises(storing.NotStored):
            darkroom.develop_next()
        image.refresh_from_db()
        assert image.renditions_state == State.WORKING
        assert darkroom.develop_next() is None, "it keeps its turn for the others"
        _an_hour_passes()
    assert _files(folder) == before
    assert darkroom.develop_next() == image
    image.refresh_from_db()
    assert image.renditions_state == State.READY
    assert all(folder.size(name) for name in library.files_of(image))


def _an_hour_passes() -> None:
    Image.objects.update(renditions_claimed_at=timezone.now() - timedelta(hours=1))


def _renditions_of(image: Image) -> Iterator[library.renditions.Made]:
    with library.pictures.open_picture(image.file) as picture:
        yield from library.renditions.make(picture, picture_words.rights_of(image), (50, 50))


def test_who_uploads_one_picture_is_told_that_the_disk_of_pictures_is_full(
    editor_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    save = FileSystemStorage._save

    def full(storage: FileSystemStorage, name: str, content: object) -> str:
        if name.startswith(f"{retired_files.FOLDER}/"):
            raise OSError(errno.ENOSPC, "No space left on device")
        return str(save(storage, name, content))  # type: ignore[attr-defined]

    words = {"credit_line": "Image © Another", "rights_status": "cleared"}
    file = {"file": SimpleUploadedFile("mine.jpg", picture_bytes()), "focal_x": 50, "focal_y": 50}
    with monkeypatch.context() as patch:
        patch.setattr(FileSystemStorage, "_save", full)
        answer = editor_client.post("/admin/reviews/image/add/", words | file)
    assert answer.status_code == 503
    assert '<h1 class="heading__title">The server could not save it</h1>' in answer.content.decode()
    assert not Image.objects.exists()
    assert not list(Path(originals().location).rglob("mine*"))  # type: ignore[attr-defined]


def test_the_program_starts_where_no_temporary_file_can_be_made() -> None:
    """Python finds no folder for any on a full disk: who began before it was full serves on, and so
    must who begins now."""
    full = "import tempfile; tempfile._get_default_tempdir = lambda: 1 / 0"
    said = f"{full}; import publication.wsgi, reviews.pictures; print('begun')"
    env = os.environ | {"DJANGO_SETTINGS_MODULE": "publication.settings"}
    words, at = [sys.executable, "-c", said], settings.BASE_DIR
    done = subprocess.run(words, cwd=at, env=env, capture_output=True, text=True)
    assert done.stdout == "begun\n", done.stderr
