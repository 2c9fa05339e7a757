"""What a backup looks like: a ZIP file whose manifest names every file with its SHA-256.

manifest.json        format, time, database, migrations, what it counts, and `files`
database.sqlite3     a copy of the SQLite file, or
database.pgdump      what pg_dump wrote, in its custom format
originals/…          uploads as they came, by their names in the storage
renditions/…         what readers are served, by theirs
"""

import errno
import hashlib
import json
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Any

from comments import keyed

from ..progress import Tell, nobody

FORMAT = 1
MANIFEST = "manifest.json"
DATABASES = {"sqlite": "database.sqlite3", "postgresql": "database.pgdump"}
FOLDERS = {"originals": "originals", "renditions": "default"}  # to the alias of the storage
ONE_OF = {  # of what is counted
    "articles": "article",
    "pictures": "picture",
    "comments": "comment",
    "logins": "login",
    "files": "file",
}
CHUNK = 1024 * 1024  # bytes read at once
LARGEST_MANIFEST = 256 * 1024 * 1024  # bytes: some 1.5 million files
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
# RuntimeError: encrypted, or packed in a way that Python does not know; ValueError: a name that is
# no UTF-8.
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, OSError, EOFError),
    *(RuntimeError, ValueError),
)
_DIGEST = re.compile(r"[0-9a-f]{64}")


class BadArchive(Exception):
    """It cannot be brought back; the message says why, for the operator."""


@dataclass(frozen=True)
class Entry:
    """A file in the archive: SHA-256 in hexadecimal, and its size."""

    sha256: str
    bytes: int


@dataclass
class Manifest:
    """What the archive says of itself. `missing`: files that the storage no longer had; `key`: the
    mark of the SECRET_KEY of then, which is “” in those of before there was one."""

    made_at: str
    vendor: str
    migrations: list[tuple[str, str]]
    counts: dict[str, int]
    files: dict[str, Entry] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    key: str = ""
    format: int = FORMAT

    @property
    def database(self) -> str:
        return DATABASES[self.vendor]

    def to_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False, indent=1)


def marks_of_our_keys() -> list[str]:
    """That of SECRET_KEY, then those of former ones: they tell one from another, and none can be
    read from them."""
    return [each[:16] for each in keyed.digests("publication.backups", "SECRET_KEY")]


def member(folder: str, name: str) -> str:
    """The archive's name of a stored file."""
    return f"{folder}/{name}"


def stored_name(name: str) -> tuple[str, str]:
    """Folder and storage name of a member."""
    folder, _, stored = name.partition("/")
    return folder, stored


def read(archive: zipfile.ZipFile) -> Manifest:
    """The manifest, checked: every name in it is one we would have written. Raises `BadArchive`."""
    try:
        info = archive.getinfo(MANIFEST)
    except KeyError:
        raise BadArchive("It has no manifest: it is not a backup of this program.") from None
    if info.file_size > LARGEST_MANIFEST:
        raise BadArchive("Its manifest is too large to be one.")
    try:
        said = json.loads(archive.read(info))
    except _BROKEN:
        raise BadArchive("Its manifest cannot be read.") from None
    if not isinstance(said, dict) or said.get("format") != FORMAT:
        made = said.get("format") if isinstance(said, dict) else None
        raise BadArchive(f"Its format is {made!r}; this version of the program reads {FORMAT}.")
    try:
        manifest = _manifest(said)
    except (KeyError, TypeError, ValueError, ArithmeticError, AttributeError):
        raise BadArchive("Its manifest is damaged.") from None
    _require_safe(manifest)
    _require_same_names(archive, manifest)
    return manifest


def check(archive: zipfile.ZipFile, manifest: Manifest, tell: Tell = nobody) -> None:
    """Every file's size and digest. Raises `BadArchive`."""
    tell("Files read and compared", 0, len(manifest.files))
    for number, (name, entry) in enumerate(manifest.files.items(), 1):
        digest = hashlib.sha256()
        for chunk in chunks_of(archive, name, entry):
            digest.update(chunk)
        if digest.hexdigest() != entry.sha256:
            raise BadArchive(f"{name} is not what was backed up: its SHA-256 differs.")
        tell("Files read and compared", number, len(manifest.files))


def chunks_of(archive: zipfile.ZipFile, name: str, entry: Entry) -> Iterator[bytes]:
    """A member's bytes, and never more than it is said to have. Raises `BadArchive`."""
    left = entry.bytes
    try:
        with archive.open(name) as file:
            while chunk := file.read(min(CHUNK, left + 1)):
                left -= len(chunk)
                if left < 0:
                    break
                yield chunk
    except _BROKEN:
        raise BadArchive(f"{name} cannot be read: the archive is damaged or cut short.") from None
    if left:
        raise BadArchive(f"{name} is not as long as the manifest says.")


def open_archive(path: Path) -> zipfile.ZipFile:
    """Raises `BadArchive`."""
    try:
        return zipfile.ZipFile(path)
    except FileNotFoundError:
        raise BadArchive(f"There is no file {path}.") from None
    except IsADirectoryError:
        raise BadArchive(f"{path} is a folder: name one of the archives in it.") from None
    except PermissionError:
        raise BadArchive(f"{path} is not for this user to read.") from None
    except _BROKEN:
        raise BadArchive(f"{path} is not a whole backup: damaged, or cut short.") from None


@contextmanager
def asking_a_storage(otherwise: str) -> Iterator[None]:
    """OSError, whatever it raises, for a bucket's library has errors of its own; they follow what
    is said `otherwise`."""
    try:
        yield
    except OSError:
        raise
    except Exception as error:
        raise OSError(f"{otherwise}: {error}") from error


def in_words_of(error: Exception) -> str:
    """What went wrong, for the operator; of a file with its name."""
    if not isinstance(error, OSError) or not error.strerror:
        return str(error)
    where = f" ({error.filename})" if error.filename else ""
    more = " Make room, or name another place." if error.errno in _NO_ROOM else ""
    return f"{error.strerror}{where}.{more}"


def write(archive: zipfile.ZipFile, name: str, file: IO[bytes], *, squeeze: bool) -> Entry:
    """Put a stream into the archive. Pictures and pg_dump's files are compressed already."""
    info = zipfile.ZipInfo(name)
    info.compress_type = zipfile.ZIP_DEFLATED if squeeze else zipfile.ZIP_STORED
    info.external_attr = 0o600 << 16
    digest, size = hashlib.sha256(), 0
    with archive.open(info, "w", force_zip64=True) as out:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
            out.write(chunk)
    return Entry(digest.hexdigest(), size)


def _manifest(said: dict[str, Any]) -> Manifest:
    files = {str(name): Entry(**entry) for name, entry in said["files"].items()}
    for entry in files.values():
        if not _DIGEST.fullmatch(entry.sha256) or type(entry.bytes) is not int or entry.bytes < 0:
            raise ValueError
    return Manifest(
        made_at=_line(said["made_at"]),
        vendor=_line(said["vendor"]),
        migrations=[(_line(app), _line(name)) for app, name in said["migrations"]],
        counts={_line(name): int(number) for name, number in said["counts"].items()},
        files=files,
        missing=[str(name) for name in said["missing"]],
        key=_line(said.get("key", "")),
    )


def _line(said: object) -> str:
    """What a terminal shows as it stands, and does not obey."""
    text = str(said)
    if not text.isprintable():
        raise ValueError
    return text


def _require_safe(manifest: Manifest) -> None:
    if manifest.vendor not in DATABASES or manifest.database not in manifest.files:
        raise BadArchive("It holds no database that this program knows.")
    for name in manifest.files:
        if name != manifest.database and not _is_safe(name):
            raise BadArchive(f"It names a file outside its folders: {name!r}.")


def _is_safe(name: str) -> bool:
    folder, stored = stored_name(name)
    parts = stored.split("/")
    plain = str(PurePosixPath(stored)) == stored and "\\" not in stored and stored.isprintable()
    return folder in FOLDERS and bool(stored) and plain and not {"", ".", ".."} & set(parts)


def _require_same_names(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    inside = archive.namelist()
    if len(inside) != len(set(inside)) or set(inside) != {*manifest.files, MANIFEST}:
        raise BadArchive("What is in it is not what its manifest lists.")


def in_words(counts: Mapping[str, int]) -> str:
    """“1 article, 12 pictures”. A manifest may count what this version has no word for."""
    return ", ".join(
        f"{number:,} {ONE_OF.get(name, name) if number == 1 else name}"
        for name, number in counts.items()
    )
