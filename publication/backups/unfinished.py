"""Where a backup or a restoration works: a folder for our eyes only, which no killed one leaves."""

import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .. import folders

PREFIX = ".publication-unfinished-"
_LOCK = "lock"
_BEGINNING = 60  # seconds in which a folder may be there without its lock


@contextmanager
def workplace(beside: Path) -> Iterator[Path]:
    """A folder in `beside`, on whose disk what is whole gets its name. Its lock ends with the
    process, however that ends."""
    with tempfile.TemporaryDirectory(prefix=PREFIX, dir=beside) as name:
        folder = Path(name)
        with (folder / _LOCK).open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield folder


def sweep(beside: Path) -> list[Path]:
    """Delete what killed ones left: it holds readers' addresses, and takes room. What was
    deleted."""
    left = [folder for folder in beside.glob(f"{PREFIX}*") if _is_left(folder)]
    for folder in left:
        shutil.rmtree(folder, ignore_errors=True)
    return left


def _is_left(folder: Path) -> bool:
    try:
        with (folder / _LOCK).open("r+") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        return folder.is_dir() and folder.stat().st_mtime < time.time() - _BEGINNING
    except OSError:  # somebody is at work, or it is not ours to open
        return False
    return True


def put_in_place(part: Path, path: Path) -> None:
    """Give a whole file its name, and wait for the disk. Raises FileExistsError, should another
    have come in the meantime."""
    with part.open("rb") as file:
        os.fsync(file.fileno())
    try:
        os.link(part, path)
    except FileExistsError:
        raise
    except OSError:  # a disk on which no file has two names: a memory stick's, many a share
        _put_over_an_empty_one(part, path)
    folders.wait_for_names(path.parent)


def _put_over_an_empty_one(part: Path, path: Path) -> None:
    path.touch(mode=0o600, exist_ok=False)
    try:
        part.replace(path)
    except OSError:
        path.unlink()
        raise
