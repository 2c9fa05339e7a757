"""What an uploaded file is: its type by content, its size, its digest, what it says of itself."""

import fcntl
import hashlib
import importlib.util
import io
import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path, PurePath

from django.conf import settings
from django.core.files import File
from django.db.models.fields.files import FieldFile
from PIL import Image as Pillow
from PIL import UnidentifiedImageError

from . import contents, pixels, rights
from .rights import Rights

# Pillow's name of a format, and the endings a file of it may have. HEIC needs the optional extra.
ENDINGS = {
    "JPEG": ("jpg", "jpeg", "jpe", "jfif"),
    "PNG": ("png", "apng"),
    "WEBP": ("webp",),
    "AVIF": ("avif",),
    "GIF": ("gif",),
    "HEIF": ("heic", "heif"),
}
_KNOWN_ENDINGS = {ending: kind for kind, endings in ENDINGS.items() for ending in endings}
NAMES = {"WEBP": "WebP", "HEIF": "HEIC"}
READABLE = "JPEG, PNG, WebP, AVIF, GIF or HEIC"

_SAME_AS = {"MPO": "JPEG"}  # a phone's JPEG with a second picture after it: the first counts
VIEW_SIDE = 160  # pixels that are enough to tell what a picture looks like
HASH_SIDE = 8  # the difference hash compares 8 × 8 pairs of neighbours: 64 bits

HEIC_IS_READ = importlib.util.find_spec("pillow_heif") is not None
if HEIC_IS_READ:
    import pillow_heif

    pillow_heif.register_heif_opener(thumbnails=False)
# Pillow refuses what is twice this, before it makes room for it; exactly this is checked below.
Pillow.MAX_IMAGE_PIXELS = settings.PICTURE_MAX_PIXELS
warnings.filterwarnings("ignore", category=Pillow.DecompressionBombWarning)
# Bytes in which Pillow asks for room: more than what malloc keeps for later (mallopt(3), at most
# 32 MiB), so that a large picture leaves none of its own behind, in whatever thread it was.
Pillow.core.set_block_size(64 << 20)  # type: ignore[attr-defined]

FORMATS = tuple(kind for kind in ENDINGS if kind != "HEIF" or HEIC_IS_READ)

log = logging.getLogger(__name__)


class UnusablePicture(Exception):
    """The file cannot be used; the message names it and says why and what to do."""


@dataclass(frozen=True)
class PictureFacts:
    """`width` and `height` in pixels, upright; SHA-256 of the bytes in hex, and their number;
    what the file says of its rights; 64 bits of what it looks like, as a signed integer."""

    format: str
    width: int
    height: int
    bytes: int
    sha256: str
    rights: Rights
    difference_hash: int

    def ending(self) -> str:
        """The file ending of its true type."""
        return ENDINGS[self.format][0]


def inspect(file: File) -> PictureFacts:  # type: ignore[type-arg]
    """Read a file's facts; leaves it rewound. Raises `UnusablePicture`.

    Holds about nine bytes a pixel, of a WebP 17; of a JPEG an eighth of each side.
    """
    name = file.name or "The file"
    if not file.size:
        raise UnusablePicture(f"“{name}” is empty. Choose the picture again.")
    if file.size > settings.PICTURE_MAX_BYTES:
        raise _too_large(name)
    file.seek(0)
    data = file.read(settings.PICTURE_MAX_BYTES + 1)  # whatever it says of its size
    file.seek(0)
    if len(data) > settings.PICTURE_MAX_BYTES:
        raise _too_large(name)
    try:
        with alone():
            return _decoded(data, name)
    except UnusablePicture:
        raise
    except UnidentifiedImageError:
        other = contents.what_else(data) or f"is not a {READABLE} picture. Export it as one."
        raise UnusablePicture(f"“{name}” {other}") from None
    except Pillow.DecompressionBombError:
        raise _too_many_pixels(name) from None
    except Exception as error:  # a file made to break its parser can make it raise anything
        log.info("A picture was refused: %s", type(error).__name__)
        raise UnusablePicture(
            f"“{name}” is damaged or cut short and cannot be read. Export or download it again."
        ) from None


@contextmanager
def alone() -> Iterator[None]:
    """One picture is decoded at a time: two of the largest are more than the web server is given.

    Whoever opens this file for itself, thread or process, takes turns by it; one that is killed
    leaves its turn (flock(2)). Nothing is written: a disk may be full.
    """
    with Path(__file__).open("rb") as turns:
        fcntl.flock(turns, fcntl.LOCK_EX)
        yield


@contextmanager
def open_picture(file: File) -> Iterator[Pillow.Image]:  # type: ignore[type-arg]
    """An original, opened; its pixels are not decoded yet. Works on any storage."""
    opened = file.storage.open(str(file)) if isinstance(file, FieldFile) else file.open("rb")
    with opened, Pillow.open(opened, formats=FORMATS) as picture:
        yield picture


@contextmanager
def open_upload(file: File) -> Iterator[Pillow.Image]:  # type: ignore[type-arg]
    """A file that just came, opened; it stays open itself, rewound."""
    file.seek(0)
    with alone(), Pillow.open(file, formats=FORMATS) as picture:
        yield picture
    file.seek(0)


def thumbnail(file: File, side: int) -> bytes:  # type: ignore[type-arg]
    """A WebP no wider or higher than `side` pixels, upright, for the desk's lists."""
    with alone(), open_picture(file) as picture:
        turn, profile = pixels.turn_of(picture), picture.info.get("icc_profile")
        picture.draft(None, (side, side))  # lets a JPEG be decoded small
        small = pixels.eight_bit(picture)
        small.thumbnail((side, side))
        small = pixels.upright(pixels.opaque(pixels.to_srgb(small, profile)), turn)
        small.info.clear()
        out = io.BytesIO()
        small.save(out, "WEBP")  # a small one may be the file itself, which is read only now
    return out.getvalue()


def distance(one: int, other: int) -> int:
    """How many of 64 bits differ between two difference hashes; up to about 10 is the same view."""
    return ((one ^ other) & 0xFFFFFFFFFFFFFFFF).bit_count()


def _decoded(data: bytes, name: str) -> PictureFacts:
    with Pillow.open(io.BytesIO(data), formats=FORMATS) as picture:
        kind = _SAME_AS.get(picture.format or "", picture.format or "")
        _require_honest(data, name, kind)
        width, height = picture.size
        if width * height > settings.PICTURE_MAX_PIXELS:
            raise _too_many_pixels(name)
        if kind == "WEBP" and width * height > settings.PICTURE_MAX_PIXELS // 2:
            raise _too_many_of_a_webp(name)
        said, turn = rights.read(picture), pixels.turn_of(picture)
        # To the last byte, so that a file cut short fails here and not on a reader's screen; a
        # JPEG's decoder reads it all and makes an eighth of it.
        picture.draft(None, (VIEW_SIDE, VIEW_SIDE))
        picture.load()
        looks = _difference_hash(picture, turn)
    if pixels.lies(turn):
        width, height = height, width
    digest = hashlib.sha256(data).hexdigest()
    return PictureFacts(kind, width, height, len(data), digest, said, looks)


def _require_honest(data: bytes, name: str, kind: str) -> None:
    """Refuses a file that says it is another, or that is something else as well as a picture."""
    ending = PurePath(name).suffix.lower().removeprefix(".")
    claimed = _KNOWN_ENDINGS.get(ending)
    if claimed and claimed != kind:
        true, false = NAMES.get(kind, kind), NAMES.get(claimed, claimed)
        raise UnusablePicture(
            f"“{name}” is named as a {false} but is a {true}. Give it the ending "
            f"“.{ENDINGS[kind][0]}”, or export it again."
        )
    hidden = contents.stowaway(data)
    if hidden:
        raise UnusablePicture(
            f"“{name}” has {hidden} hidden in it. Open it in a picture program and export a "
            "clean copy."
        )
    if kind == "JPEG" and contents.has_too_many_scans(data):
        raise UnusablePicture(
            f"“{name}” is made to keep a computer busy: it draws itself more than "
            f"{contents.MOST_SCANS} times over. Export it again."
        )


def _too_large(name: str) -> UnusablePicture:
    allowed = settings.PICTURE_MAX_BYTES // (1024 * 1024)
    return UnusablePicture(f"“{name}” is larger than {allowed} MB. Export a smaller copy.")


def _too_many_pixels(name: str) -> UnusablePicture:
    allowed = settings.PICTURE_MAX_PIXELS // 1_000_000
    return UnusablePicture(f"“{name}” has more than {allowed} megapixels. Export a smaller copy.")


def _too_many_of_a_webp(name: str) -> UnusablePicture:
    """Its decoder holds two frames beside ours: 17 bytes a pixel, where a PNG takes 9."""
    allowed = settings.PICTURE_MAX_PIXELS // 2_000_000
    return UnusablePicture(
        f"“{name}” has more than {allowed} megapixels, the most of a WebP. Export a smaller copy, "
        "or a JPEG."
    )


def _difference_hash(picture: Pillow.Image, turn: int) -> int:
    """Krawetz' dHash: is each of 8 × 8 cells brighter than the one to its right?"""
    small = pixels.eight_bit(picture)
    small.thumbnail((VIEW_SIDE, VIEW_SIDE))
    small = pixels.upright(small.convert("RGB").convert("L"), turn)
    cells = small.resize((HASH_SIDE + 1, HASH_SIDE)).tobytes()
    bits = 0
    for row in range(HASH_SIDE):
        line = cells[row * (HASH_SIDE + 1) : (row + 1) * (HASH_SIDE + 1)]
        for left, right in pairwise(line):
            bits = bits << 1 | (left > right)
    return bits - (1 << 64) if bits >> 63 else bits
