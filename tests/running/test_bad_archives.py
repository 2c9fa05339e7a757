"""An archive that is damaged, or none of ours, is refused before anything is touched."""

import hashlib
import json
import os
import shutil
import zipfile
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.db import connection

from publication.backups import archive
from publication.backups.archive import MANIFEST
from reviews import library
from reviews.models import Article
from tests.factories import make_image

from .archives import needs_tools, rewritten
from .kept import rows

pytestmark = [pytest.mark.django_db(transaction=True), needs_tools]


@pytest.mark.filterwarnings("ignore:Duplicate name")  # as zipfile says of what we make
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
    listed = data.rindex(MANIFEST.encode()) - 46  # of a central directory header (APPNOTE, 4.3.12)
    for field, said_there in ((8, b"\x01\0"), (10, b"\x63\0")):  # encrypted; packed as nobody does
        other = data[: listed + field] + said_there + data[listed + field + 2 :]
        assert "Its manifest cannot be read." in refused(other)
    named = rewritten(good, bad, more={"originals/é.jpg": b"!"}).read_bytes()
    assert "damaged, or cut short" in refused(named.replace("é".encode(), b"\xff\xff"))
    assert "Its format is 2; this version of the program reads 1." in refused(format=2)
    assert "Its manifest is damaged." in refused(files=7)
    cleared = "\x1b[2J"  # by which a terminal forgets what was said before
    for changed in (
        *({"made_at": cleared}, {"counts": {cleared: 1}}),
        *({"migrations": [["reviews", cleared]]}, {"counts": {"articles": float("inf")}}),
    ):
        assert "Its manifest is damaged." in refused(**changed)
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
    for name in ("originals/more.jpg", f"originals/{image.file.name}"):  # one more, one twice
        assert "not what its manifest lists" in refused(more={name: b"!"})
    lie = said["files"] | {f"originals/{image.file.name}": {**entry}}
    assert "is not as long as the manifest says" in refused(files=lie)
    swapped = {**said["files"][f"originals/{image.file.name}"], "sha256": "0" * 64}
    lie = said["files"] | {f"originals/{image.file.name}": swapped}
    assert "its SHA-256 differs" in refused(files=lie)
    fewer = [each for each in said["migrations"] if each[0] != "comments"]
    told = "The database in it is not the one of which its manifest tells"
    assert told in refused(migrations=fewer)
    with pytest.raises(CommandError, match="There is no file"):
        call_command("restore", str(tmp_path / "none.zip"))
    assert rows() == were
    assert not storages["originals"].exists(image.file.name)


def test_a_manifest_that_fills_the_memory_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    call_command("backup", str(tmp_path / "one.zip"), stdout=StringIO())
    monkeypatch.setattr(archive, "LARGEST_MANIFEST", 100)
    with pytest.raises(CommandError, match="Its manifest is too large to be one"):
        call_command("restore", str(tmp_path / "one.zip"), replace=True)


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


def test_a_folder_or_a_file_of_somebody_else_is_not_called_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(CommandError, match=r"is a folder: name one of the archives in it\."):
        call_command("restore", str(tmp_path))

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("publication.backups.archive.zipfile.ZipFile", refuse)
    with pytest.raises(CommandError, match=r"b\.zip is not for this user to read\."):
        call_command("restore", str(tmp_path / "b.zip"))


@pytest.mark.skipif(connection.vendor == "sqlite", reason="a copy of SQLite is no script")
def test_no_archive_starts_a_program_through_psql(
    article: Article, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A line of psql's own in a dump runs as whoever restores. What pg_restore of before August
    2025 writes says nothing against it."""
    call_command("backup", str(tmp_path / "one.zip"), stdout=StringIO())
    were, real = rows(), shutil.which("pg_restore")
    old = tmp_path / "bin" / "pg_restore"
    old.parent.mkdir()
    old.write_text(
        f"""#!/bin/sh
for word; do case $word in --file=*) script=${{word#--file=}};; esac; done
{real} "$@" || exit
case "$script" in ""|-) exit;; esac
sed -i '/^.unrestrict/d; s|^.restrict .*|\\\\! touch {tmp_path}/started|' "$script"
"""
    )
    old.chmod(0o700)
    monkeypatch.setenv("PATH", f"{old.parent}:{os.environ['PATH']}")
    with pytest.raises(CommandError, match=r"The publication is as it was\. .* of August 2025 or"):
        call_command("restore", str(tmp_path / "one.zip"), replace=True)
    assert not (tmp_path / "started").exists()
    assert rows() == were
