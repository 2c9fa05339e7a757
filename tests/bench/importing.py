"""A press office's folder of 500 pictures, taken in by the command."""

import io
import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from django.core.management import call_command
from PIL import Image as Pillow

from reviews import renditions
from reviews.models import Image

from .demo_pictures import drawn
from .rows import Row, measured

PICTURES = 500
FIRST_WIDTH = 960  # pixels of the rendition that is made at once


@measured
def import_of_500_pictures() -> Iterator[Row]:
    call_command("migrate", verbosity=0)
    with tempfile.TemporaryDirectory() as name, Path(os.devnull).open("w") as nowhere:
        folder = Path(name)
        _fill(folder)
        started = time.monotonic()
        _plain(folder)
        plain = time.monotonic() - started
        started = time.monotonic()
        call_command("import_pictures", name, stdout=nowhere)
        ours = time.monotonic() - started
        started = time.monotonic()
        call_command("import_pictures", name, stdout=nowhere)
        again = time.monotonic() - started
    if Image.objects.count() != PICTURES:
        raise AssertionError(f"{Image.objects.count()} of {PICTURES} pictures came in.")
    beside = "plain Pillow: decode, and one JPEG each"
    yield Row(f"Import of {PICTURES} pictures", ours, "s", beside, plain)
    yield Row("… the same folder once more", again, "s", "the first time", ours)


def _fill(folder: Path) -> None:
    """Each demo picture several times over, told apart by a comment."""
    originals = drawn()
    for number in range(PICTURES):
        data = originals[number % len(originals)]
        with Pillow.open(io.BytesIO(data)) as picture:
            comment = f"Picture {number}"
            picture.save(folder / f"{number:03}.jpg", quality="keep", comment=comment)


def _plain(folder: Path) -> None:
    for path in sorted(folder.iterdir()):
        with Pillow.open(path) as picture:
            picture.thumbnail((FIRST_WIDTH, FIRST_WIDTH * 9))
            picture.save(io.BytesIO(), "JPEG", **renditions.JPEG_OPTIONS)
