"""A backup is of one moment, reads back whole, and is its owner's alone."""

import errno
import hashlib
import os
import signal
import sqlite3
import threading
import zipfile
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from comments import erasures
from publication.backups import archive, packing, restoring, tools, unfinished
from reviews import library
from reviews.models import Article, Image
from tests.factories import make_image

from .archives import needs_tools
from .kept import files, say
from .processes import environment, manage

pytestmark = [pytest.mark.django_db(transaction=True), needs_tools]


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The settings of a place where nothing is yet."""
    env = environment(tmp_path / "fresh")
    if connection.vendor == "sqlite":
        yield env | {"DATABASE_URL": f"sqlite:///{tmp_path}/fresh/var/new.sqlite3"}
        return
    name = f"{connection.settings_dict['NAME']}_fresh"  # other tests run beside this one
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
        assert writer.is_alive()
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
    for path in Path(fresh["DATABASE_URL"].removeprefix("sqlite:///")).parent.glob("new.sqlite3*"):
        assert path.stat().st_mode & 0o777 == 0o600  # as the archive is


def digest_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


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


def test_a_picture_that_the_storage_lost_is_named_and_the_command_fails(tmp_path: Path) -> None:
    image = make_image()
    storages["originals"].delete(image.file.name)
    with pytest.raises(CommandError, match=f"no storage has .* originals/{image.file.name}"):
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


def test_it_can_be_written_where_no_file_has_two_names(
    article: Article, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a memory stick: link(2) answers EPERM for a file system without hard links."""

    def no_links(*_: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    packed = packing.pack(tmp_path / "one.zip")
    assert [path.name for path in tmp_path.iterdir()] == ["one.zip"]
    assert packed.path.stat().st_mode & 0o777 == 0o600
    with archive.open_archive(packed.path) as written:
        archive.check(written, packed.manifest)
    part = tmp_path / "part"
    part.touch()
    with pytest.raises(FileExistsError):
        unfinished.put_in_place(part, packed.path)
    assert packed.path.stat().st_size


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


def test_the_one_just_made_stays_whatever_a_clock_that_was_ahead_called_others(
    tmp_path: Path,
) -> None:
    for day in range(1, 4):
        (tmp_path / f"publication-2099-01-0{day}T030000Z.zip").touch()
    call_command("backup", str(tmp_path), keep=2, stdout=StringIO())
    made, other = sorted(path.name for path in tmp_path.iterdir())
    assert not made.startswith("publication-2099")
    assert other == "publication-2099-01-03T030000Z.zip"


def test_a_missing_tool_is_named_with_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tools.shutil, "which", lambda tool: None)
    with pytest.raises(tools.ToolFailed, match="apt install postgresql-client"):
        tools.run("pg_dump")


def test_what_is_here_is_counted_in_words(article: Article) -> None:
    assert restoring.what_is_here() == "1 article"


def test_one_of_each_is_called_by_its_name() -> None:
    assert archive.in_words({"pictures": 1, "files": 2}) == "1 picture, 2 files"
    assert archive.in_words({"series": 1}) == "1 series", "also what another version counts"


def test_a_note_of_an_erasure_that_the_worker_deletes_meanwhile_is_in_the_backup(
    article: Article, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A newer one of the same address takes its place between the list and the look."""
    erasures.note("replaced@example.org", timezone.now() - timedelta(days=1))
    listed = erasures.files

    def list_and_prune() -> list[str]:
        names = listed()
        erasures.note("replaced@example.org", timezone.now())
        assert erasures.prune(timezone.now()) == 1
        return names

    monkeypatch.setattr(erasures, "files", list_and_prune)
    packed = packing.pack(tmp_path / "one.zip")
    theirs = erasures.digest("replaced@example.org")
    (note,) = (name for name in packed.manifest.files if name.endswith(theirs))
    with zipfile.ZipFile(packed.path) as archived:
        assert archived.read(note) == b"erased\n"
    assert not packed.manifest.missing


def _killed_at_work(path: Path) -> None:
    """A backup whose process ends while the database is copied."""
    child = os.fork()
    if not child:
        packing.databases.snapshot = lambda _: os.kill(os.getpid(), signal.SIGKILL)  # type: ignore
        try:
            packing.pack(path)
        finally:
            os._exit(1)
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL


def test_the_next_backup_deletes_what_a_killed_one_left(article: Article, tmp_path: Path) -> None:
    _killed_at_work(tmp_path / "one.zip")
    (left,) = tmp_path.iterdir()
    out = StringIO()
    with unfinished.workplace(tmp_path) as living:
        call_command("backup", str(tmp_path / "one.zip"), stdout=out)
        assert living.is_dir()
    assert f"Deleted {left}" in out.getvalue()
    assert [path.name for path in tmp_path.iterdir()] == ["one.zip"]
