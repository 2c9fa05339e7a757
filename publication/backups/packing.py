"""Writing a backup: the database at one moment, every file that it names, the notes of what was
erased, and all of it read back."""

import json
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from django.core.files.storage import storages
from django.db import connection
from django.utils import timezone

from comments import erasures
from comments.models import Comment
from reviews import library
from reviews.models import Article, Image

from ..progress import Tell, nobody
from . import archive, databases, unfinished
from .archive import Manifest
from .databases import Ask

COUNTED = {
    "articles": Article._meta.db_table,
    "pictures": Image._meta.db_table,
    "comments": Comment._meta.db_table,
}
_COUNT = "SELECT count(*) FROM {}"
_MIGRATIONS = "SELECT app, name FROM django_migrations ORDER BY app, name"
_PICTURES = f"SELECT file, renditions FROM {Image._meta.db_table}"  # noqa: S608 (our own words)


@dataclass(frozen=True)
class Packed:
    """A backup that was read back whole. `lost`: files that a row names and no storage has."""

    path: Path
    manifest: Manifest
    lost: list[str]


def pack(path: Path, tell: Tell = nobody) -> Packed:
    """Write a backup to `path`, which must not be there yet; nothing is left of one that failed.

    Others may write meanwhile: the copy is of one moment, and the files are those it names.
    Raises FileExistsError, OSError, `ToolFailed`, `BadArchive` when it does not read back.
    """
    if path.exists():
        raise FileExistsError(f"{path} is there already; a backup is never written over.")
    with unfinished.workplace(path.parent) as folder:
        part, copy = folder / "archive", folder / "database"
        part.touch(mode=0o600)  # it holds readers' addresses
        tell("Database packed", 0, 1)
        with zipfile.ZipFile(part, "w", allowZip64=True) as packed:
            with databases.snapshot(copy) as ask:
                manifest = _described(ask)
                names = _files(ask)
            with copy.open("rb") as file:
                entry = archive.write(
                    packed, manifest.database, file, squeeze=manifest.vendor == "sqlite"
                )
            manifest.files[manifest.database] = entry
            tell("Database packed", 1, 1)
            _add_files(packed, manifest, names, tell)
            _add_notes(packed, manifest)
            packed.writestr(archive.MANIFEST, manifest.to_json(), zipfile.ZIP_DEFLATED)
        with archive.open_archive(part) as written:
            archive.check(written, archive.read(written), tell)
        unfinished.put_in_place(part, path)
    return Packed(path, manifest, [name for name in manifest.missing if _is_still_named(name)])


def _described(ask: Ask) -> Manifest:
    return Manifest(
        made_at=timezone.now().isoformat(timespec="seconds"),
        vendor=connection.vendor,
        migrations=[(app, name) for app, name in ask(_MIGRATIONS)],
        counts={name: ask(_COUNT.format(table))[0][0] for name, table in COUNTED.items()},
        key=archive.marks_of_our_keys()[0],
    )


def _files(ask: Ask) -> list[str]:
    """What the rows of that moment name, by the archive's names."""
    names = set()
    for original, renditions in ask(_PICTURES):
        names.add(archive.member("originals", original))
        made = json.loads(renditions) if isinstance(renditions, str) else renditions
        named = library.files_of(Image(renditions=made))
        names |= {archive.member("renditions", name) for name in named}
    return sorted(names)


def _add_files(packed: zipfile.ZipFile, manifest: Manifest, names: list[str], tell: Tell) -> None:
    for number, name in enumerate(names, 1):
        tell("Files packed", number, len(names))
        folder, stored = archive.stored_name(name)
        with archive.asking_a_storage(f"{name} cannot be read from its storage"):
            try:
                file = storages[archive.FOLDERS[folder]].open(stored)
            except FileNotFoundError:  # deleted meanwhile, or lost
                manifest.missing.append(name)
                continue
            with file:  # of which a bucket sends the bytes only now
                manifest.files[name] = archive.write(packed, name, file, squeeze=False)


def _add_notes(packed: zipfile.ZipFile, manifest: Manifest) -> None:
    """What was erased until now. Its name is all that a note says: one that the worker deletes
    meanwhile, as too old or for a newer one, is there all the same."""
    with archive.asking_a_storage("The notes of erasures cannot be read from their storage"):
        names = erasures.files()
    for name in names:
        member = archive.member("originals", name)
        note = BytesIO(erasures.CONTENT)
        manifest.files[member] = archive.write(packed, member, note, squeeze=False)


def _is_still_named(name: str) -> bool:
    """Whether a row names it now: then it was not deleted while the backup ran, but is lost."""
    folder, stored = archive.stored_name(name)
    if folder == "originals":
        return Image._base_manager.filter(file=stored).exists()
    digest = stored.split("/")[1] if stored.count("/") == 2 else ""
    images = Image._base_manager.filter(sha256__startswith=digest)
    return any(stored in library.files_of(image) for image in images)
