"""What pages are made of, as `collectstatic` leaves it: under names that say what is in each file,
compressed by whitenoise. Imported by the settings."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from rcssmin import cssmin
from whitenoise.storage import CompressedManifestStaticFilesStorage

_SIZE = 4  # bytes at the end of a gzip file: what it unpacks to (RFC 1952, ISIZE)


class Collected(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Compresses the names that pages use, each of them once: compressing takes a hundred times as
    long as all the rest, and what has another content has another name. Under these names
    stylesheets are without what only those who write them read."""

    def post_process(
        self, paths: dict[str, tuple[Any, str]], *args: Any, **options: Any
    ) -> Iterator[Any]:
        written = {
            name: (_Styles(storage), path) if name.endswith(".css") else (storage, path)
            for name, (storage, path) in paths.items()
        }
        yield from super().post_process(written, *args, **options)

    def compress_files(self, paths: Iterable[str]) -> Iterator[Any]:
        used = set(self.hashed_files.values())
        anew = [name for name in paths if name in used and not self._is_compressed(name)]
        yield from super().compress_files(anew)

    def _is_compressed(self, name: str) -> bool:
        """Whole, and not as a kill left it: gzip's is written last."""
        file = Path(self.path(name))
        packed = file.with_name(f"{file.name}.gz")
        if not packed.is_file():
            return False
        with packed.open("rb") as stream:
            stream.seek(-min(_SIZE, packed.stat().st_size), 2)
            return int.from_bytes(stream.read(), "little") == file.stat().st_size


class _Styles:
    """Stylesheets of another storage, as they are named and compressed."""

    def __init__(self, storage: Any) -> None:
        self.storage = storage

    def open(self, path: str) -> "ContentFile[bytes]":
        with self.storage.open(path) as written:
            return ContentFile(cssmin(written.read(), keep_bang_comments=True))  # of licences
