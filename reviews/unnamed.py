"""Files of pictures that no row names: of uploads whose process died before their row was saved,
and of what came in after the backup from which the database was put back.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.files.storage import Storage, default_storage
from django.utils import timezone

from .models import Image, RetiredFile
from .models.images import originals
from .retired_files import FOLDER, PREFIX, files_of, retire
from .storing import as_not_read

YOUNG = timedelta(days=1)  # whose row may still come; the largest upload takes minutes
_YEAR, _MONTH, _OWN = re.compile(r"\d{4}"), re.compile(r"\d\d"), re.compile(rf"[\da-f]{{{PREFIX}}}")


@dataclass(frozen=True)
class Found:
    """Names in the storages of uploads and of renditions, and how many bytes they have together."""

    uploads: tuple[str, ...]
    renditions: tuple[str, ...]
    bytes: int

    def __len__(self) -> int:
        return len(self.uploads) + len(self.renditions)


def find(at: datetime | None = None) -> Found:
    """Those that are older than a day. Nothing but folders in which pictures are put is looked at.
    Two queries, and two questions to the storage for each file that no row names. Raises
    `storing.NotRead`."""
    until = (at or timezone.now()) - YOUNG
    here, there = list(_uploads(originals())), list(_renditions(default_storage))
    named = _named()  # after what there is: a row that came meanwhile names its file
    old_here = _old(originals(), here, named, until)
    old_there = _old(default_storage, there, named, until)
    size = sum(old_here.values()) + sum(old_there.values())
    return Found(tuple(old_here), tuple(old_there), size)


def let_go(found: Found) -> None:
    """They go when the worker comes by after a day, but for those that a row names by then."""
    retire(found.renditions, found.uploads)


def _old(
    storage: Storage, names: Iterable[str], named: set[str], until: datetime
) -> dict[str, int]:
    """The sizes of those that no row names and that were there before."""
    sizes = {}
    for name in names:
        with suppress(FileNotFoundError), as_not_read():  # gone meanwhile
            if name not in named and storage.get_modified_time(name) < until:
                sizes[name] = storage.size(name)
    return sizes


def _named() -> set[str]:
    names = set(RetiredFile.objects.values_list("name", flat=True))
    for image in Image.objects.only("file", "renditions").order_by("pk").iterator():
        names.update([str(image.file.name), *files_of(image)])
    return names


def _uploads(storage: Storage) -> Iterator[str]:
    for year in _folders(storage, "", _YEAR):
        for month in _folders(storage, year, _MONTH):
            yield from _files(storage, f"{year}/{month}")


def _renditions(storage: Storage) -> Iterator[str]:
    for own in _folders(storage, FOLDER, _OWN):
        yield from _files(storage, f"{FOLDER}/{own}")


def _folders(storage: Storage, folder: str, called: re.Pattern[str]) -> list[str]:
    return [name for name in _listed(storage, folder)[0] if called.fullmatch(name)]


def _files(storage: Storage, folder: str) -> list[str]:
    """What is being written has a name that begins with a dot."""
    return [f"{folder}/{name}" for name in _listed(storage, folder)[1] if name[:1] not in ("", ".")]


def _listed(storage: Storage, folder: str) -> tuple[list[str], list[str]]:
    try:
        with as_not_read():
            folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return [], []
    return sorted(folders), sorted(files)
