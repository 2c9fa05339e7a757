"""Bringing a backup back: all of it is checked before anything is touched; then come the files,
then the database in one transaction. Stopped before that, the publication is as it was."""

import hashlib
import logging
import zipfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.files import File
from django.core.files.storage import Storage, storages
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from comments import erasures, privacy
from comments.models import Comment, Notice
from reviews import library, migrated
from reviews.finding import index
from reviews.models import Article, Image

from .. import health, heartbeat
from ..progress import Tell, nobody
from . import archive, databases, unfinished
from .archive import BadArchive, Manifest

log = logging.getLogger(__name__)

CONTENT: dict[str, Any] = {
    "articles": Article,
    "pictures": Image,
    "comments": Comment,
    "logins": User,
}

ENGINES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


class NotEmpty(Exception):
    """There is a publication here already; the message says what of."""


@dataclass(frozen=True)
class Restored:
    """`mails` that were owed and are given up; comments `erased` again as their owners had asked
    since. None: that is still to come, with `migrate`, or because of a `problem`."""

    manifest: Manifest
    mails: int | None = None
    erased: int | None = None
    problem: str = ""

    @property
    def unknown(self) -> bool:
        """Whether it may bring back what no note says was erased."""
        made_at = parse_datetime(self.manifest.made_at)
        return made_at is None or made_at < timezone.now() - erasures.KEPT


def restore(
    path: Path,
    *,
    replace: bool = False,
    send_owed: bool = False,
    another_key: bool = False,
    tell: Tell = nobody,
) -> Restored:
    """Bring it back; what is now here.

    Raises `BadArchive` and `NotEmpty`, with nothing touched, and whatever else fails until the
    database is in place, with the publication as it was; what fails later is a `problem`.
    """
    began = timezone.now().replace(microsecond=0)
    with archive.open_archive(path) as packed:
        manifest = archive.read(packed)
        _require_ours(manifest)
        if not another_key:
            _require_our_key(manifest)
        if not replace and (there := what_is_here()):
            raise NotEmpty(there)
        if not _crosses(manifest) and (said := databases.not_ours_to_move()):
            raise BadArchive(said)
        archive.check(packed, manifest, tell)
        _require_tables(manifest)
        with unfinished.workplace(path.parent) as folder:
            copy = folder / "database"
            tell("Database looked through", 0, 1)
            _unpack(packed, manifest, manifest.database, copy)
            databases.require_whole(copy, manifest.vendor)
            databases.require_same(copy, manifest.vendor, manifest.migrations)
            tell("Database looked through", 1, 1)
            _make_tables(manifest)
            new: list[tuple[Storage, str]] = []
            try:
                renamed = _put_files(packed, manifest, folder, new, tell)
                databases.put_in_place(copy, manifest.vendor, renamed, send_owed, tell)
            except BaseException:
                _take_back(new)
                raise
    try:
        return _finished(manifest, began, tell)
    except Exception as error:  # a bucket's library has errors of its own
        log.warning("A restored publication is not finished.", exc_info=True)
        return Restored(manifest, problem=archive.in_words_of(error) or type(error).__name__)


def _finished(manifest: Manifest, began: datetime, tell: Tell) -> Restored:
    """What comes once the database is in place."""
    _make_again(manifest)
    if health.unmigrated():  # `migrate` is still to come; the worker erases what is left
        return Restored(manifest)
    heartbeat.forget_all()
    index.install(told=tell)
    mails = Notice.objects.filter(error=databases.GIVEN_UP, dropped_at__gte=began).count()
    return Restored(manifest, mails, privacy.erase_again())


def what_is_here() -> str:
    """What a restored backup would take the place of, in words; “” in a fresh place."""
    databases.make_a_place()
    tables = set(connection.introspection.table_names())
    counts = {
        name: model._base_manager.count()
        for name, model in CONTENT.items()
        if model._meta.db_table in tables
    }
    return archive.in_words({name: number for name, number in counts.items() if number})


def _require_our_key(manifest: Manifest) -> None:
    if manifest.key and manifest.key not in archive.marks_of_our_keys():
        raise BadArchive(
            "It was made with another SECRET_KEY than the one here, without which nobody is known "
            "again who had comments erased since: they would be shown. Put that one into .env, as "
            "SECRET_KEY or after SECRET_KEY_FALLBACKS=. If it is lost, add --another-key: mailed "
            "links no longer work then, and what was erased since has to be erased again by hand."
        )


def _require_ours(manifest: Manifest) -> None:
    if ahead := migrated.ahead(manifest.migrations):
        raise BadArchive(
            "It was made by a version of the program that this one does not know "
            f"({'.'.join(ahead[0])}). Install that version or a newer one, then restore."
        )
    if _crosses(manifest) and (behind := migrated.behind(manifest.migrations)):
        raise BadArchive(
            f"It holds a {ENGINES[manifest.vendor]} database and DATABASE_URL names "
            f"{ENGINES[connection.vendor]}: that goes with a backup of this very version of the "
            f"program, and it is of an older one (before {'.'.join(min(behind))}). Restore it into "
            f"{ENGINES[manifest.vendor]}, run manage.py migrate there, and back that up."
        )


def _crosses(manifest: Manifest) -> bool:
    return manifest.vendor != connection.vendor


def _require_tables(manifest: Manifest) -> None:
    """A copy of the other engine goes into tables that are there."""
    if _crosses(manifest) and what_is_here() and (said := health.unmigrated()):
        raise BadArchive(f"The migrations of the database here: {said}")


def _make_tables(manifest: Manifest) -> None:
    if _crosses(manifest) and health.unmigrated():
        call_command("migrate", interactive=False, verbosity=0)


def _unpack(packed: zipfile.ZipFile, manifest: Manifest, name: str, target: Path) -> None:
    with target.open("wb") as out:
        for chunk in archive.chunks_of(packed, name, manifest.files[name]):
            out.write(chunk)


def _put_files(
    packed: zipfile.ZipFile,
    manifest: Manifest,
    folder: Path,
    new: list[tuple[Storage, str]],
    tell: Tell,
) -> dict[str, str]:
    """Every file into its storage, and its name onto `new`; the originals whose name was taken by
    another file, and what they are called now. No file that is there is written over."""
    renamed = {}
    for number, name in enumerate(manifest.files, 1):
        tell("Files in their place", number, len(manifest.files))
        if name == manifest.database:
            continue
        kind, stored = archive.stored_name(name)
        storage = storages[archive.FOLDERS[kind]]
        not_taken = f"The storage does not take {name}"
        with archive.asking_a_storage(not_taken):
            if storage.exists(stored):
                if _digest(storage, stored) == manifest.files[name].sha256:
                    continue
                if kind == "renditions":  # named by its content: what is there is damaged
                    storage.delete(stored)
        target = folder / "file"
        _unpack(packed, manifest, name, target)
        with archive.asking_a_storage(not_taken), target.open("rb") as file:
            now = storage.save(stored, File(file))
        new.append((storage, now))
        if now != stored:
            renamed[stored] = now
    return renamed


def _take_back(new: list[tuple[Storage, str]]) -> None:
    """What a restoration put there that did not come to its end."""
    for storage, name in new:
        try:
            storage.delete(name)
        except Exception:  # a bucket that went away meanwhile
            log.warning("%s came with the restoration and could not be deleted again.", name)


def _digest(storage: Storage, name: str) -> str:
    digest = hashlib.sha256()
    with storage.open(name) as file:
        while chunk := file.read(archive.CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _make_again(manifest: Manifest) -> None:
    """Renditions that were not in the archive are made by the worker."""
    lost = {archive.stored_name(name)[1] for name in manifest.missing}
    if not lost:
        return
    images: Any = Image._base_manager.exclude(rights_status=Image.Rights.WITHDRAWN)
    for image in images:
        if lost & set(library.files_of(image)):
            library.ask_for_renditions(image)
