"""Pictures in buckets, over a real connection: what a bucket does wrong loses nothing."""

from collections.abc import Iterator
from functools import cache
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.core.management import CommandError, call_command
from django.test import Client, override_settings
from django.utils import timezone

from comments import erasures
from publication import buckets, health, storage_trials
from publication.backups import databases
from reviews import darkroom, library, storing
from reviews.models import Image
from tests.bucket import Bucket
from tests.http_double import running
from tests.picture_files import FILES

pytest.importorskip("storages.backends.s3")
from botocore.loaders import create_loader

pytestmark = pytest.mark.django_db
what_services_take = cache(create_loader)  # each session of boto's would read it anew


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[Bucket]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "only-for-tests")
    monkeypatch.setattr("botocore.session.create_loader", what_services_take)
    monkeypatch.setattr(buckets, "ANSWER", 0.3)
    monkeypatch.setattr(storage_trials, "EVERY", 0)
    monkeypatch.setattr(storage_trials, "PATIENCE", 60)
    with running(Bucket()) as server:
        where: dict[str, Any] = {"endpoint": server.url, "region": "eu-west-2", "domain": None}
        both = {
            "default": buckets.storage("default", "served", **where),
            "originals": buckets.storage("originals", "private", **where),
        }
        with override_settings(STORAGES=settings.STORAGES | both):
            monkeypatch.setattr(Image._meta.get_field("file"), "storage", storages["originals"])
            yield server


def _add(kind: str = "jpeg-both.jpg") -> Image:
    return library.add(ContentFile(FILES[kind](), name="still.jpg"))


def _upload(client: Client) -> Any:
    still = ContentFile(FILES["jpeg-both.jpg"](), name="still.jpg")
    return client.post("/admin/reviews/image/upload/", {"files": still})


def test_a_picture_lives_its_whole_life_in_buckets(bucket: Bucket) -> None:
    image = _add()
    assert darkroom.develop_all() == 1
    image.refresh_from_db()
    assert image.renditions_state == "ready"
    names = set(library.files_of(image))
    assert {f"/served/{name}" for name in names} | {f"/private/{image.file.name}"} <= set(
        bucket.objects
    )
    name = next(iter(names))
    with default_storage.open(name) as file:
        assert file.read() == bucket.objects[f"/served/{name}"]


@pytest.mark.parametrize("fault", ["refuses", "hangs", "cuts"])
def test_an_upload_that_a_bucket_does_not_take_is_said_and_leaves_nothing(
    bucket: Bucket, editor_client: Client, fault: str
) -> None:
    setattr(bucket, fault, True)
    page = _upload(editor_client)
    assert page.status_code == 200
    assert "“still.jpg” could not be taken in. Try again in a while" in page.content.decode()
    assert not Image.objects.exists()
    assert not bucket.objects
    setattr(bucket, fault, False)
    _upload(editor_client)
    assert Image.objects.count() == 1


def test_a_bucket_that_hangs_is_asked_twice_and_said_to_the_monitor(bucket: Bucket) -> None:
    """boto's own patience is minutes, which would hold every thread of the web server."""
    bucket.hangs = True
    said = health.problems()
    assert "cannot be written, read and deleted (ReadTimeoutError)" in said["default"]
    assert "cannot be written, read and deleted (ReadTimeoutError)" in said["originals"]
    assert bucket.asked == 2 * buckets.ATTEMPTS


@pytest.mark.parametrize("fault", ["refuses", "hangs"])
def test_renditions_wait_for_a_bucket_that_comes_back(bucket: Bucket, fault: str) -> None:
    """However long it is away: in minutes every picture that waits had its turn several times."""
    image = _add()
    setattr(bucket, fault, True)
    for _ in range(darkroom.MOST_ATTEMPTS + 1):
        with pytest.raises(storing.NotRead):
            darkroom.develop_next()
        assert darkroom.develop_next() is None, "it keeps its turn for the others"
        Image.objects.update(renditions_claimed_at=timezone.now() - darkroom.STALE * 2)
    setattr(bucket, fault, False)
    assert darkroom.develop_next() == image
    image.refresh_from_db()
    assert image.renditions_state == "ready"


def test_a_picture_that_a_bucket_does_not_have_is_given_up(bucket: Bucket) -> None:
    image = _add()
    del bucket.objects[f"/private/{image.file.name}"]
    assert darkroom.develop_all() == darkroom.MOST_ATTEMPTS
    image.refresh_from_db()
    assert image.renditions_state == "failed"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("fault", ["refuses", "cuts"])
def test_a_backup_of_a_bucket_that_gives_nothing_says_so_and_leaves_nothing(
    bucket: Bucket, tmp_path: Path, fault: str
) -> None:
    _add()
    call_command("backup", str(tmp_path / "one.zip"), stdout=StringIO())
    setattr(bucket, fault, True)
    with pytest.raises(
        CommandError, match=r"No backup was made: .*cannot be read from its storage"
    ):
        call_command("backup", str(tmp_path / "two.zip"), stdout=StringIO())
    assert [path.name for path in tmp_path.iterdir()] == ["one.zip"]


@pytest.mark.django_db(transaction=True)
def test_pictures_come_into_a_bucket_by_a_backup_or_it_is_said_what_is_not_taken(
    bucket: Bucket, tmp_path: Path
) -> None:
    _add()
    call_command("backup", str(tmp_path / "one.zip"), stdout=StringIO())
    pictures = dict(bucket.objects)
    bucket.objects.clear()
    bucket.refuses = True
    with pytest.raises(
        CommandError, match=r"The publication is as it was. The storage does not take originals/"
    ):
        call_command("restore", str(tmp_path / "one.zip"), replace=True, stdout=StringIO())
    bucket.refuses = False
    call_command("restore", str(tmp_path / "one.zip"), replace=True, stdout=StringIO())
    assert bucket.objects == pictures


@pytest.mark.django_db(transaction=True)
def test_a_bucket_that_goes_away_half_way_is_said_too(
    bucket: Bucket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _add()
    call_command("backup", str(tmp_path / "one.zip"), stdout=StringIO())
    bucket.objects.clear()

    def away(*_: object, **__: object) -> None:
        bucket.refuses = True
        raise databases.ToolFailed("psql failed: the disk is full")

    monkeypatch.setattr(databases, "put_in_place", away)
    with pytest.raises(CommandError, match=r"The publication is as it was. psql failed"):
        call_command("restore", str(tmp_path / "one.zip"), replace=True, stdout=StringIO())


def test_notes_of_erasures_are_found_in_a_bucket(bucket: Bucket) -> None:
    erasures.note("mina@example.org", timezone.now())
    assert erasures.digest("mina@example.org") in erasures.noted()
