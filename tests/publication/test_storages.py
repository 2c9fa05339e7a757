"""Pictures live in Django's storages: on a disk, in memory or in a bucket, by settings alone."""

import json
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage, default_storage, storages
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.test import Client, override_settings
from django.urls import reverse

from publication.folders import Folder
from reviews import darkroom, library, pictures
from reviews.models import Image
from tests.picture_files import FILES, RIGHTS

MEMORY = {"BACKEND": "django.core.files.storage.InMemoryStorage"}


@pytest.fixture
def in_memory(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    both = settings.STORAGES | {"default": MEMORY, "originals": MEMORY}
    with override_settings(STORAGES=both):
        field = Image._meta.get_field("file")
        monkeypatch.setattr(field, "storage", storages["originals"])
        yield


def uploaded(kind: str) -> SimpleUploadedFile | TemporaryUploadedFile:
    """As Django hands over what was uploaded: small in memory, large in a temporary file."""
    data = FILES["jpeg-both.jpg"]()
    if kind == "small":
        return SimpleUploadedFile("still.jpg", data)
    file = TemporaryUploadedFile("still.jpg", "image/jpeg", len(data), None)
    file.write(data)
    return file


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["small", "large"])
def test_a_storage_without_paths_serves_the_whole_life_of_a_picture(
    in_memory: None,
    kind: str,
    client: Client,
    editor_client: Client,
    django_capture_on_commit_callbacks: object,
) -> None:
    image = library.add(uploaded(kind))
    assert isinstance(image.file.storage, InMemoryStorage)
    assert isinstance(default_storage._wrapped, InMemoryStorage)
    assert not Path(image.file.path).exists()  # Django's storage in memory makes a path up
    assert pictures.thumbnail(image.file, 100)
    thumbnail = reverse("admin:reviews_image_thumbnail", args=[image.pk])
    assert editor_client.get(thumbnail, follow=True).status_code == 200
    assert darkroom.develop_all() == 1
    image.refresh_from_db()
    assert image.renditions_state == Image.Renditions.READY
    names = list(library.files_of(image))
    assert len(names) > 10
    assert all(client.get(default_storage.url(name)).status_code == 200 for name in names)
    with default_storage.open(names[0]) as file, pictures.open_picture(file) as picture:
        assert pictures.rights.read(picture).credit_line == RIGHTS.credit_line
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        library.withdraw(image)
    assert not any(default_storage.exists(name) for name in names)
    assert client.get(default_storage.url(names[0])).status_code == 404
    library.restore(image)
    assert darkroom.develop_all() == 1
    image.refresh_from_db()
    assert all(default_storage.exists(name) for name in library.files_of(image))
    with pytest.raises(library.InLibrary):
        library.add(ContentFile(FILES["jpeg-both.jpg"](), name="again.jpg"))


ASK = """
import json, socket, django
def refuse(*_):
    raise AssertionError("the network was asked")
socket.socket.connect = refuse
django.setup()
from django.core.files.storage import storages
from publication.security import SecurityHeadersMiddleware
from reviews.models import Image
default, originals = storages["default"], Image._meta.get_field("file").storage
print(json.dumps({
    "kinds": [type(default).__name__, type(originals).__name__],
    "buckets": [default.bucket_name, getattr(originals, "bucket_name", "")],
    "address": default.url("pictures/a.jpg"),
    "signed": [default.querystring_auth, getattr(originals, "querystring_auth", None)],
    "policy": SecurityHeadersMiddleware(lambda request: None).public_policy,
}))
"""


def told_with(**said: str) -> dict[str, object]:
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "publication.settings",
        "SECRET_KEY": "only-for-the-tests-" + "x" * 40,
        "AWS_EC2_METADATA_DISABLED": "true",
        **said,
    }
    ran = subprocess.run(
        [sys.executable, "-c", ASK],
        env=environment,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    told: dict[str, object] = json.loads(ran.stdout)
    return told


def test_two_names_put_renditions_and_originals_into_buckets() -> None:
    told = told_with(
        S3_BUCKET="pictures", S3_ORIGINALS_BUCKET="private", S3_CUSTOM_DOMAIN="pictures.example"
    )
    assert told["kinds"] == ["S3Storage", "S3Storage"]
    assert told["buckets"] == ["pictures", "private"]
    assert told["signed"] == [False, True]
    assert told["address"] == "https://pictures.example/pictures/a.jpg"
    assert "img-src 'self' data: https://pictures.example;" in str(told["policy"])


def test_one_bucket_leaves_the_originals_on_the_disk() -> None:
    told = told_with(
        S3_BUCKET="pictures", S3_REGION="eu-west-2", S3_ENDPOINT_URL="https://s3.example"
    )
    assert told["kinds"] == ["S3Storage", "Folder"]
    assert str(told["address"]).startswith("https://")
    assert "s3.example" in str(told["policy"])


def test_a_file_has_its_name_once_it_is_on_the_disk_and_then_the_name_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A power cut leaves no picture of no bytes, and no row that names what is not there."""
    waited, fsync = [], os.fsync

    def waits(descriptor: int) -> None:
        is_folder = stat.S_ISDIR(os.fstat(descriptor).st_mode)
        waited.append((is_folder, [path.name for path in tmp_path.glob("still*")]))
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", waits)
    Folder(location=tmp_path).save("still.jpg", ContentFile(b"as it came"))
    assert waited == [(False, []), (True, ["still.jpg"])]
