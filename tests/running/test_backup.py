"""A backup is of one moment, reads back whole, and comes back whole or not at all."""

import hashlib
import json
import shutil
import sqlite3
import threading
import zipfile
from collections.abc import Iterator
from contextlib import closing
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.db import connection
from pytest_django import Settings

from comments import intake
from publication.backups import databases, packing, restoring
from publication.backups.archive import MANIFEST
from reviews import library
from reviews.models import Article, Image
from tests.factories import make_article, make_image

from .processes import environment, manage, served

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor == "postgresql" and shutil.which("pg_dump") is None,
        reason="PostgreSQL's client tools are not installed",
    ),
]


def rows() -> dict[str, list[str]]:
    """Every row of every table."""
    return {
        model._meta.label: sorted(map(repr, model._base_manager.values_list()))
        for model in apps.get_models(include_auto_created=True)
    }


def files() -> dict[str, str]:
    """Every file that a row names, with its digest."""
    found = {}
    for image in Image.objects.all():
        for alias, name in [
            ("originals", image.file.name),
            *(("default", n) for n in library.files_of(image)),
        ]:
            with storages[alias].open(name) as file:
                found[name] = hashlib.sha256(file.read()).hexdigest()
    return found


def say(article: Article, number: int) -> int:
    return intake.submit(
        article,
        author_name="Mina",
        author_email=f"mina{number}@example.org",
        text=f"The last shot holds longer than it has to, {number} seconds.",
        address=f"192.0.2.{number % 250}",
    ).pk


@pytest.fixture
def article() -> Article:
    return make_article()


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The settings of a place where nothing is yet."""
    env = environment(tmp_path / "fresh")
    if connection.vendor == "sqlite":
        yield env | {"DATABASE_URL": f"sqlite:///{tmp_path}/fresh/var/new.sqlite3"}
        return
    name = "fresh_place"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name}")
        cursor.execute(f"CREATE DATABASE {name}")
    yield env | {"DATABASE_URL": env["DATABASE_URL"].rpartition("/")[0] + f"/{name}"}
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


def look_into(env: dict[str, str], *questions: str) -> list[list[tuple[object, ...]]]:
    """The rows of each SELECT, of another database than the test's."""
    if connection.vendor == "sqlite":
        opened = sqlite3.connect(env["DATABASE_URL"].removeprefix("sqlite:///"))
    else:
        import psycopg

        opened = psycopg.connect(env["DATABASE_URL"].replace("postgres://", "postgresql://"))
    with closing(opened) as database:
        return [database.execute(question).fetchall() for question in questions]


def test_made_while_others_write_it_is_of_one_moment_and_comes_back_in_a_fresh_place(
    article: Article, tmp_path: Path, fresh: dict[str, str]
) -> None:
    image = make_image(developed=True)
    before = {say(article, number) for number in range(5)}
    stop, said = threading.Event(), list[int]()

    def write() -> None:
        number = 100
        while not stop.is_set():
            number += 1
            said.append(say(article, number))
        connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    while len(said) < 3:
        stop.wait(0.01)
    try:
        call_command("backup", str(tmp_path / "one.zip"), stdout=StringIO())
    finally:
        stop.set()
        writer.join()
    told = manage(fresh, "restore", str(tmp_path / "one.zip"))
    assert told.returncode == 0, told.stderr
    assert "Restored what was here at " in told.stdout
    comments, decided, pictures = look_into(
        fresh,
        "SELECT id FROM comments_comment",
        "SELECT comment_id FROM comments_decision",
        "SELECT file FROM reviews_image",
    )
    here = {pk for (pk,) in comments}
    assert before < here <= before | set(said)
    assert sorted(decided) == sorted(comments)  # a comment and its first decision: both or neither
    assert pictures == [(image.file.name,)]
    with (Path(fresh["ORIGINALS_ROOT"]) / image.file.name).open("rb") as file:
        assert hashlib.sha256(file.read()).hexdigest() == image.sha256
    for name in library.files_of(image):
        assert digest_of(Path(fresh["MEDIA_ROOT"]) / name).startswith(Path(name).stem)


def digest_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_brought_back_every_row_and_every_file_is_as_it_was(
    article: Article, tmp_path: Path
) -> None:
    image = make_image(developed=True)
    say(article, 1)
    were, files_were = rows(), files()
    call_command("backup", str(tmp_path), stdout=StringIO())
    (path,) = tmp_path.glob("publication-*.zip")
    say(article, 2)
    Article.objects.update(headline="Overwritten")
    library.delete(image)
    with pytest.raises(CommandError, match=r"There is a publication here already \(1 articles"):
        call_command("restore", str(path))
    assert Article.objects.get().headline == "Overwritten"
    call_command("restore", str(path), replace=True, stdout=StringIO())
    assert rows() == were
    assert files() == files_were


def test_an_original_whose_name_was_taken_meanwhile_comes_beside_it(tmp_path: Path) -> None:
    image = make_image()
    call_command("backup", str(tmp_path / "one.zip"), stdout=StringIO())
    originals, name = storages["originals"], image.file.name
    originals.delete(name)
    assert originals.save(name, ContentFile(b"another's")) == name
    call_command("restore", str(tmp_path / "one.zip"), replace=True, stdout=StringIO())
    with originals.open(name) as file:
        assert file.read() == b"another's"
    image.refresh_from_db()
    assert image.file.name != name
    assert hashlib.sha256(image.file.read()).hexdigest() == image.sha256


def test_when_the_database_cannot_be_put_in_place_everything_is_as_it_was(
    article: Article, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    image = make_image()
    call_command("backup", str(tmp_path / "one.zip"), stdout=StringIO())
    names = [image.file.name, *library.files_of(image)]
    library.delete(image)
    were = rows()

    def fail(*_: object) -> None:
        raise databases.ToolFailed("psql failed: the disk is full")

    monkeypatch.setattr(databases, "put_in_place", fail)
    with pytest.raises(CommandError, match=r"The publication is as it was. psql failed"):
        call_command("restore", str(tmp_path / "one.zip"), replace=True)
    assert rows() == were
    assert not any(storages["originals"].exists(name) for name in names)


def test_storages_without_paths_are_backed_up_too(
    article: Article, tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    settings.STORAGES = settings.STORAGES | {"default": memory, "originals": memory}
    monkeypatch.setattr(Image._meta.get_field("file"), "storage", storages["originals"])
    image = make_image(developed=True)
    were = files()
    call_command("backup", str(tmp_path / "one.zip"), stdout=StringIO())
    library.delete(image)
    assert not storages["originals"].exists(image.file.name)
    call_command("restore", str(tmp_path / "one.zip"), replace=True, stdout=StringIO())
    assert files() == were


def test_a_restored_page_is_what_the_next_reader_sees(env: dict[str, str], tmp_path: Path) -> None:
    article = make_article(headline="As it was kept")
    path = article.get_absolute_url()
    with served(env, tmp_path / "log") as server:
        assert "As it was kept" in server.get(path)[1]
        call_command("backup", str(tmp_path / "one.zip"), stdout=StringIO())
        Article.objects.update(headline="As it was overwritten")
        for _ in range(8):  # in every process
            assert "As it was overwritten" in server.get(path)[1]
        call_command("restore", str(tmp_path / "one.zip"), replace=True, stdout=StringIO())
        for _ in range(8):
            assert "As it was kept" in server.get(path)[1]
        Article.objects.update(headline="As it is now")
        for _ in range(8):
            assert "As it is now" in server.get(path)[1]


def test_a_picture_that_the_storage_lost_is_named_and_the_command_fails(tmp_path: Path) -> None:
    image = make_image()
    storages["originals"].delete(image.file.name)
    with pytest.raises(CommandError, match=f"are in no storage.* originals/{image.file.name}"):
        call_command("backup", str(tmp_path / "one.zip"), stdout=StringIO())
    assert (tmp_path / "one.zip").exists()


def test_it_is_for_its_owner_alone_and_written_over_nothing(tmp_path: Path) -> None:
    path = tmp_path / "one.zip"
    call_command("backup", str(path), stdout=StringIO())
    assert path.stat().st_mode & 0o777 == 0o600
    data = path.read_bytes()
    with pytest.raises(CommandError, match="is there already; a backup is never written over"):
        call_command("backup", str(path))
    assert path.read_bytes() == data
    assert [one.name for one in tmp_path.iterdir()] == ["one.zip"]


def test_old_ones_go_only_once_the_new_one_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for day in range(1, 6):
        (tmp_path / f"publication-2020-01-0{day}T030000Z.zip").touch()
    (tmp_path / "mine.zip").touch()

    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as full:
        full.setattr(packing.archive, "write", fail)
        with pytest.raises(CommandError, match=r"No backup was made: .*No space left on device"):
            call_command("backup", str(tmp_path), keep=2)
    assert len(list(tmp_path.iterdir())) == 6
    call_command("backup", str(tmp_path), keep=2, stdout=StringIO())
    left = sorted(path.name for path in tmp_path.iterdir())
    assert left[:2] == ["mine.zip", "publication-2020-01-05T030000Z.zip"]
    assert len(left) == 3


def rewritten(source: Path, target: Path, **changed: object) -> Path:
    """The same archive with a manifest of which something is changed, or with other files."""
    more = changed.pop("more", {})
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == MANIFEST:
                data = json.dumps(json.loads(data) | changed).encode()
            new.writestr(name, data)
        for name, data in more.items():  # type: ignore[attr-defined]
            new.writestr(name, data)
    return target


def test_a_bad_archive_is_refused_in_a_sentence_and_nothing_is_touched(
    article: Article, tmp_path: Path
) -> None:
    image = make_image()
    good, bad = tmp_path / "good.zip", tmp_path / "bad.zip"
    call_command("backup", str(good), stdout=StringIO())
    data = good.read_bytes()
    with zipfile.ZipFile(good) as packed:
        said = json.loads(packed.read(MANIFEST))
        original = packed.getinfo(f"originals/{image.file.name}")
    library.delete(image)
    were = rows()

    def refused(data: bytes | None = None, **changed: object) -> str:
        bad.unlink(missing_ok=True)
        if data is None:
            rewritten(good, bad, **changed)
        else:
            bad.write_bytes(data)
        with pytest.raises(CommandError) as refusal:
            call_command("restore", str(bad), replace=True)
        return str(refusal.value)

    assert "damaged, or cut short" in refused(data[: len(data) // 2])
    assert "damaged, or cut short" in refused(b"")
    middle = original.header_offset + 200 + original.file_size // 2
    flipped = data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]
    assert "the archive is damaged or cut short" in refused(flipped)
    assert "Its format is 2; this version of the program reads 1." in refused(format=2)
    assert "Its manifest is damaged." in refused(files=7)
    assert "It holds no database" in refused(vendor="oracle")
    other = {"sqlite": "postgresql", "postgresql": "sqlite"}[connection.vendor]
    assert "It holds no database" in refused(vendor=other)
    ahead = [*said["migrations"], ["reviews", "9999_the_future"]]
    assert "does not know (reviews.9999_the_future)" in refused(migrations=ahead)
    entry = {"sha256": hashlib.sha256(b"!").hexdigest(), "bytes": 1}
    for name in (
        *("originals/../../evil", "/etc/evil", "originals//evil", "../evil", "evil"),
        *("originals/a\\..\\evil", "renditions/./x", "originals/a\nb"),
    ):
        told = refused(files=said["files"] | {name: entry}, more={name: b"!"})
        assert "It names a file outside its folders" in told
    assert "not what its manifest lists" in refused(more={"originals/more.jpg": b"!"})
    lie = said["files"] | {f"originals/{image.file.name}": {**entry}}
    assert "damaged or cut short" in refused(files=lie) or "is not" in refused(files=lie)
    swapped = {**said["files"][f"originals/{image.file.name}"], "sha256": "0" * 64}
    lie = said["files"] | {f"originals/{image.file.name}": swapped}
    assert "its SHA-256 differs" in refused(files=lie)
    with pytest.raises(CommandError, match="There is no file"):
        call_command("restore", str(tmp_path / "none.zip"))
    assert rows() == were
    assert not storages["originals"].exists(image.file.name)


def test_a_damaged_database_in_it_is_found_before_anything_is_touched(
    article: Article, tmp_path: Path
) -> None:
    good, bad = tmp_path / "good.zip", tmp_path / "bad.zip"
    call_command("backup", str(good), stdout=StringIO())
    with zipfile.ZipFile(good) as old, zipfile.ZipFile(bad, "w") as new:
        said = json.loads(old.read(MANIFEST))
        name = next(name for name in said["files"] if name.startswith("database."))
        data = b"no database at all" * 1000
        said["files"][name] = {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
        new.writestr(name, data)
        for other in set(said["files"]) - {name}:
            new.writestr(other, old.read(other))
        new.writestr(MANIFEST, json.dumps(said))
    with pytest.raises(CommandError, match=r"Nothing was touched. The database in it"):
        call_command("restore", str(bad), replace=True)
    assert Article.objects.count() == 1


def test_a_missing_tool_is_named_with_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(databases.shutil, "which", lambda tool: None)
    with pytest.raises(databases.ToolFailed, match="apt install postgresql-client"):
        databases._run("pg_dump")


def test_what_is_here_is_counted_in_words(article: Article) -> None:
    assert restoring.what_is_here() == "1 articles"
