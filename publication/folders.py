"""Pictures in folders of this machine: a file has its name once it is whole.

Django's own storage writes under the final name, and leaves there what a full disk or a power cut
made of it: a picture of no bytes, with a name that says otherwise.
"""

import os
import tempfile
from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.files.storage import FileSystemStorage


class Folder(FileSystemStorage):
    """Writes beside the name, then renames (rename(2)). Raises OSError with nothing left behind."""

    def _save(self, name: str, content: "File[Any]") -> str:
        folder = Path(self.path(name)).parent
        folder.mkdir(parents=True, exist_ok=True)
        descriptor, begun = tempfile.mkstemp(prefix=".", suffix=".part", dir=folder)
        try:
            with os.fdopen(descriptor, "wb") as file:
                for chunk in content.chunks():
                    file.write(chunk)
            return str(super()._save(name, _Written(begun)))  # type: ignore[misc]
        except BaseException:
            Path(begun).unlink(missing_ok=True)
            raise


class _Written(File):  # type: ignore[type-arg]
    """What Django takes for an upload on this disk: it renames that instead of copying."""

    def __init__(self, path: str) -> None:
        super().__init__(None, path)
        self._path = path

    def temporary_file_path(self) -> str:
        return self._path
