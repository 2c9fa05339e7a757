"""Where a picture's files are put: renditions where readers are served from, originals in a storage
of their own. What leaves them leaves through retired_files.py.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePath

from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage, default_storage
from django.db.models.fields.files import FieldFile

from . import renditions
from .models import Image, RetiredFile
from .retired_files import FOLDER, PREFIX

DIGITS = 8  # of a rendition's own digest in its name: a page names a hundred, and none compresses


class NotStored(Exception):
    """A storage took no file: its disk is full, or its bucket away."""


class NotRead(Exception):
    """A storage that is away gave no file; one that it does not have is a FileNotFoundError."""


@contextmanager
def as_not_stored() -> Iterator[None]:
    """Each storage has errors of its own."""
    try:
        yield
    except Exception as error:
        raise NotStored(f"{type(error).__name__}: {error}") from error


@contextmanager
def opened(file: FieldFile) -> Iterator[File]:  # type: ignore[type-arg]
    """A stored file with its bytes, which a bucket sends only when they are asked for.

    Raises `NotRead` and `FileNotFoundError`.
    """
    with as_not_read():
        whole = file.storage.open(str(file))
        whole.seek(0)
    with whole:
        yield whole


@contextmanager
def as_not_read() -> Iterator[None]:
    try:
        yield
    except FileNotFoundError:
        raise
    except Exception as error:
        raise NotRead(f"{type(error).__name__}: {error}") from error


def store(image: Image, made: renditions.Made) -> str:
    """Put a rendition into the storage, in its picture's own folder, named by its digest.

    One query. Raises `NotStored`.
    """
    ending = "jpg" if made.format == "jpeg" else made.format
    name = f"{FOLDER}/{image.sha256[:PREFIX]}/{made.sha256[:DIGITS]}.{ending}"
    name = apart_from_leaving(name, default_storage)
    with as_not_stored():
        if default_storage.exists(name):
            if default_storage.size(name) == len(made.data):
                return name
            default_storage.delete(name)  # cut short, where a disk was full
        return default_storage.save(name, ContentFile(made.data))


def apart_from_leaving(name: str, storage: Storage, *, is_original: bool = False) -> str:
    """This name; another one where a file of this name is to be deleted: whoever does that may have
    found it unused a moment ago. One query."""
    if not RetiredFile.objects.filter(name=name, is_original=is_original).exists():
        return name
    ending = PurePath(name).suffix
    return storage.get_alternative_name(name.removesuffix(ending), ending)
