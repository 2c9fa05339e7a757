"""The files of a media library, as a folder or in the tar that WordPress.com gives: found by the
path that their address has after “uploads/”, and read where they are."""

import re
import tarfile
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from urllib.parse import unquote, urlsplit

_AFTER = re.compile(r"(?:/uploads/(?:sites/\d+/)?|/files/)(.+)$")
UPLOADS = "wp-content/uploads/"
WORDPRESS_FILES = ".files.wordpress.com"
# As WordPress names what it scales.
_SMALLER = re.compile(r"-(?:\d{1,5}x\d{1,5}|scaled)(?=\.[A-Za-z0-9]+$)")
_MONTHLY = re.compile(r"(?:^|/)(\d{4}/\d{2}/[^/]+\.[A-Za-z0-9]{2,5})$")
_PHOTON = re.compile(r"i\d\.wp\.com")  # Jetpack's copies, which name the host of the file first


class BadMedia(Exception):
    """The folder or tar cannot be read; the message says why and what to do."""


def path_of(url: str) -> str:
    """“2019/05/still.jpg” of the address of a file; “” of one that is no upload."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    host, path = parts.netloc.lower(), unquote(parts.path)
    if _PHOTON.fullmatch(host):
        host, _, path = path.lstrip("/").partition("/")
        path = f"/{path}"
    found = _AFTER.search(path)
    if found:
        return found[1]
    if host.lower().endswith(WORDPRESS_FILES):
        return path.lstrip("/")
    monthly = _MONTHLY.search(path)
    return monthly[1] if monthly else ""


def place(path: str) -> str:
    """Where a file had its address on the site itself."""
    return f"{UPLOADS}{path}"


def places(asked: str) -> list[str]:
    """What may have been at a path that somebody asks for: it, or what it is a smaller one of."""
    path = path_of(f"/{asked}")
    return [place(path), place(unscaled(path))] if path else []


def unscaled(path: str) -> str:
    """The path of a file of which this is a smaller one."""
    return _SMALLER.sub("", path)


class Media:
    """Nothing, a folder, or a tar."""

    def __init__(self, given: Path | None) -> None:
        self.given = given
        self.tar: tarfile.TarFile | None = None
        self._by_path: dict[str, str] = {}
        if given is None:
            return
        if given.is_dir():
            names: Iterator[str] = (
                str(path.relative_to(given))
                for path in given.rglob("*")
                if path.is_file() and not path.is_symlink()
            )
        else:
            names = self._opened(given)
        for name in names:
            for path in _paths(name):
                self._by_path.setdefault(_key(path), name)

    def has(self, path: str) -> bool:
        return bool(path) and _key(path) in self._by_path

    @contextmanager
    def open(self, path: str) -> Iterator[IO[bytes]]:
        """Raises `OSError` where it is gone since."""
        name = self._by_path[_key(path)]
        if self.tar is not None:
            file = self.tar.extractfile(name)
            if file is None:
                raise FileNotFoundError(name)
        else:
            assert self.given is not None  # noqa: S101 (what has no folder has no paths)
            file = (self.given / name).open("rb")
        with file:
            yield file

    def _opened(self, given: Path) -> Iterator[str]:
        try:
            self.tar = tarfile.open(given, "r:")  # noqa: SIM115 (read until the import ends)
            return (member.name for member in self.tar.getmembers() if member.isfile())
        except OSError as error:
            raise BadMedia(f"“{given}” cannot be opened ({error.strerror}).") from None
        except tarfile.TarError:
            raise BadMedia(
                f"“{given}” is no folder and no plain tar. Unpack it, and give the folder."
            ) from None


def _paths(name: str) -> Iterator[str]:
    """What a file may be asked for by: its path in the folder, after “uploads/”, and by month."""
    yield name
    found = _AFTER.search(f"/{name}")
    if found:
        yield found[1]
    monthly = _MONTHLY.search(name)
    if monthly:
        yield monthly[1]


def _key(path: str) -> str:
    return unicodedata.normalize("NFC", path).casefold().removeprefix("./")
