"""What a process that died left of an upload: a command finds it, and the worker deletes it."""

import os
import sys
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage
from django.core.management import CommandError, call_command
from django.test import override_settings
from django.utils import timezone

from reviews import library, unnamed
from reviews.models import Image
from reviews.models.images import originals
from tests.factories import make_image, picture_bytes

from .leaving import pruned_days_later

pytestmark = pytest.mark.django_db


@pytest.fixture
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Those of other tests have files of theirs."""
    folders = {
        alias: {"BACKEND": "publication.folders.Folder", "OPTIONS": {"location": tmp_path / alias}}
        for alias in ("default", "originals")
    }
    with override_settings(STORAGES=settings.STORAGES | folders):
        monkeypatch.setattr(Image._meta.get_field("file"), "storage", originals())
        yield


def _files(storage: Any) -> set[str]:
    top = Path(storage.location)
    return {str(path.relative_to(top)) for path in top.rglob("*") if path.is_file()}


def _command(*said: str) -> str:
    call_command("unnamed_files", *said, stdout=(out := StringIO()))
    return out.getvalue()


def _gone(_storage: object, name: str) -> int:
    raise FileNotFoundError(name)


def _made_long_ago(storage: Any, name: str) -> None:
    long_ago = (timezone.now() - timedelta(days=2)).timestamp()
    os.utime(storage.path(name), (long_ago, long_ago))


@pytest.mark.usefixtures("own_folders")
def test_what_a_process_that_died_left_of_an_upload_is_found_and_goes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kept = library.add(ContentFile(picture_bytes(), name="kept.jpg"))
    names = [str(kept.file.name), *library.files_of(kept)]
    with monkeypatch.context() as dying:
        dying.setattr(Image, "save", lambda *_, **__: sys.exit())  # as SIGKILL: nothing is put away
        with pytest.raises(SystemExit):
            library.add(ContentFile(picture_bytes(width=65), name="left.jpg"))
    listed = {*_files(originals()), *_files(default_storage)}
    assert _command().startswith("Every file"), "an upload may be under way"
    for storage in (originals(), default_storage):
        for name in _files(storage):
            _made_long_ago(storage, name)
    with monkeypatch.context() as away:
        away.setattr(FileSystemStorage, "listdir", lambda *_: 1 / 0)
        with pytest.raises(CommandError, match="does not answer"):
            _command()
    left = {name for name in listed if name in _command().splitlines()}
    assert len(left) == 2
    assert not left & set(names)
    both = (originals(), default_storage)
    sizes = [each.size(name) for each in both for name in left if each.exists(name)]
    assert unnamed.find().bytes == sum(sizes)
    with monkeypatch.context() as meanwhile:  # somebody else deletes one between list and look
        meanwhile.setattr(FileSystemStorage, "size", _gone)
        assert len(unnamed.find()) == 0
    with pytest.raises(CommandError, match="There are 2 now"):
        _command("--delete", "3")
    assert "The worker deletes 2 files in a day" in _command("--delete", "2")
    assert _command().startswith("Every file"), "they are on their way"
    pruned_days_later()
    assert {*_files(originals()), *_files(default_storage)} == listed - left


@pytest.mark.usefixtures("own_folders")
def test_a_file_that_a_picture_names_again_meanwhile_stays() -> None:
    image = make_image()
    name = str(image.file.name)
    _made_long_ago(originals(), name)
    Image.objects.filter(pk=image.pk).update(file="elsewhere.jpg")
    assert name in _command()
    found = unnamed.find()
    Image.objects.filter(pk=image.pk).update(file=name)
    unnamed.let_go(found)
    pruned_days_later()
    assert originals().exists(name)
