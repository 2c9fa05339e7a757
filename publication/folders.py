"""Pictures in folders of this machine: a file has its name once it is whole, and on the disk.

Django's own storage writes under the final name, and leaves there what a full disk or a power cut
made of it: a picture of no bytes, with a name that says otherwise.
"""

import os
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.files.storage import FileSystemStorage, storages

_PREFIX, _SUFFIX = ".", ".part"
_BEGUN_LONG_AGO = 86_400.0  # seconds; the largest upload takes minutes


class Folder(FileSystemStorage):
    """Writes beside the name, waits for the disk, then renames (rename(2)): whoever saves a row
    that names it is told so when a power cut can take neither away (docs/decisions/0013).

    Raises OSError with nothing left behind. What a power cut leaves, `sweep` finds.
    """

    def _save(self, name: str, content: "File[Any]") -> str:
        folder = Path(self.path(name)).parent
        folder.mkdir(parents=True, exist_ok=True)
        descriptor, begun = tempfile.mkstemp(prefix=_PREFIX, suffix=_SUFFIX, dir=folder)
        try:
            with os.fdopen(descriptor, "wb") as file:
                for chunk in content.chunks():
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            saved = str(super()._save(name, _Written(begun)))  # type: ignore[misc]
            wait_for_names(Path(self.path(saved)).parent)
            return saved
        except BaseException:
            Path(begun).unlink(missing_ok=True)
            raise

    def sweep(self, before: float) -> int:
        """Delete what was begun before that second and never got its name; how many files."""
        deleted = 0
        for path in Path(self.location).rglob(f"{_PREFIX}*{_SUFFIX}"):
            with suppress(FileNotFoundError):  # it has its name by now
                if path.stat().st_mtime < before:
                    path.unlink()
                    deleted += 1
        return deleted


def sweep() -> int:
    """Delete what was begun a day ago and never got its name; how many files."""
    long_ago = time.time() - _BEGUN_LONG_AGO
    every = (storages[alias] for alias in storages.backends)
    return sum(storage.sweep(long_ago) for storage in every if isinstance(storage, Folder))


def wait_for_names(folder: Path) -> None:
    """Until those of the files in it are on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class _Written(File):  # type: ignore[type-arg]
    """What Django takes for an upload on this disk: it renames that instead of copying."""

    def __init__(self, path: str) -> None:
        super().__init__(None, path)
        self._path = path

    def temporary_file_path(self) -> str:
        return self._path
