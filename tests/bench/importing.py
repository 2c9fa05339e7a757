"""A press office's folders of 200 pictures, taken in by the command."""

import io
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from django.core.management import call_command
from PIL import Image as Pillow

from reviews import renditions
from reviews.models import Image

from .demo_pictures import drawn
from .rows import Row, measured

PICTURES, FOLDERS = 200, 10
FIRST_WIDTH = 960  # pixels of the rendition that is made at once


@measured
def import_of_200_pictures() -> Iterator[Row]:
    """In ten folders, plain and ours in turn, so that a busy machine slows both."""
    call_command("migrate", verbosity=0)
    plain = ours = again = 0.0
    with tempfile.TemporaryDirectory() as name:
        folders = _filled(Path(name))
        for folder in folders:
            plain += _seconds(lambda folder=folder: _plain(folder))
            ours += _seconds(lambda folder=folder: _import(folder))
        again = _seconds(lambda: _import(Path(name)))
    if Image.objects.count() != PICTURES:
        raise AssertionError(f"{Image.objects.count()} of {PICTURES} pictures came in.")
    beside = "plain Pillow: decode, and one JPEG each"
    yield Row(f"Import of {PICTURES} pictures", ours, "s", beside, plain)
    yield Row("… all of them once more", again, "s", "the first time", ours)


def _seconds(work: Callable[[], None]) -> float:
    started = time.monotonic()
    work()
    return time.monotonic() - started


def _import(folder: Path) -> None:
    with Path(os.devnull).open("w") as nowhere:
        call_command("import_pictures", str(folder), stdout=nowhere)


def _filled(parent: Path) -> list[Path]:
    """Each demo picture several times over, told apart by a comment."""
    originals, folders = drawn(), [parent / f"{n}" for n in range(FOLDERS)]
    for folder in folders:
        folder.mkdir()
    for number in range(PICTURES):
        data = originals[number % len(originals)]
        file = folders[number % FOLDERS] / f"{number:03}.jpg"
        with Pillow.open(io.BytesIO(data)) as picture:
            picture.save(file, quality="keep", comment=f"Picture {number}")
    return folders


def _plain(folder: Path) -> None:
    for path in sorted(folder.iterdir()):
        with Pillow.open(path) as picture:
            picture.thumbnail((FIRST_WIDTH, FIRST_WIDTH * 9))
            picture.save(io.BytesIO(), "JPEG", **renditions.JPEG_OPTIONS)
