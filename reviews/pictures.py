"""What an uploaded file is: its type by content, its size, its digest, what it says of itself."""

import hashlib
import importlib.util
import io
import re
import warnings
from dataclasses import dataclass
from itertools import pairwise
from pathlib import PurePath

from django.conf import settings
from django.core.files import File
from PIL import Image as Pillow
from PIL import ImageOps, UnidentifiedImageError

from . import rights
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

# Markup that a browser could be talked into running. Short words would occur by chance.
_MARKUP = re.compile(rb"<script|<!doctype|<iframe|<html[\s>]|<\?php\s", re.IGNORECASE)
_VECTOR = re.compile(
    rb"\s*(<\?xml[^>]{0,200}>\s*|<!--.{0,500}?-->\s*)*<(!doctype\s+)?svg", re.I | re.S
)
HASH_SIDE = 8  # the difference hash compares 8 × 8 pairs of neighbours: 64 bits

HEIC_IS_READ = importlib.util.find_spec("pillow_heif") is not None
if HEIC_IS_READ:
    import pillow_heif

    pillow_heif.register_heif_opener(thumbnails=False)
FORMATS = tuple(kind for kind in ENDINGS if kind != "HEIF" or HEIC_IS_READ)


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

    Holds the decoded picture once: about four bytes a pixel.
    """
    name = file.name or "The file"
    if not file.size:
        raise UnusablePicture(f"“{name}” is empty. Choose the picture again.")
    if file.size > settings.PICTURE_MAX_BYTES:
        allowed = settings.PICTURE_MAX_BYTES // (1024 * 1024)
        raise UnusablePicture(f"“{name}” is larger than {allowed} MB. Export a smaller copy.")
    file.seek(0)
    data = file.read()
    file.seek(0)
    try:
        return _decoded(data, name)
    except UnidentifiedImageError:
        raise UnusablePicture(f"“{name}” {_what_else(data)}") from None
    except Pillow.DecompressionBombError:
        allowed = settings.PICTURE_MAX_PIXELS // 1_000_000
        raise UnusablePicture(
            f"“{name}” has more than {allowed} megapixels. Export a smaller copy."
        ) from None
    except (OSError, SyntaxError, ValueError, MemoryError):
        raise UnusablePicture(
            f"“{name}” is damaged or cut short and cannot be read. Export or download it again."
        ) from None


def open_picture(file: File) -> Pillow.Image:  # type: ignore[type-arg]
    """An original, opened; its pixels are not decoded yet."""
    file.open("rb")
    return Pillow.open(file, formats=FORMATS)


def thumbnail(file: File, side: int) -> bytes:  # type: ignore[type-arg]
    """A WebP no wider or higher than `side` pixels, upright, for the desk's lists."""
    with open_picture(file) as picture:
        picture.draft("RGB", (side, side))  # lets a JPEG be decoded small
        small = ImageOps.exif_transpose(picture)
        small.thumbnail((side, side))
        out = io.BytesIO()
        small.convert("RGBA" if small.has_transparency_data else "RGB").save(out, "WEBP")
    return out.getvalue()


def distance(one: int, other: int) -> int:
    """How many of 64 bits differ between two difference hashes; up to about 10 is the same view."""
    return ((one ^ other) & 0xFFFFFFFFFFFFFFFF).bit_count()


def _decoded(data: bytes, name: str) -> PictureFacts:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Pillow.DecompressionBombWarning)  # our own limit is below
        with Pillow.open(io.BytesIO(data), formats=FORMATS) as picture:
            kind = picture.format or ""
            _require_honest(data, name, kind)
            if picture.width * picture.height > settings.PICTURE_MAX_PIXELS:
                raise Pillow.DecompressionBombError
            said = rights.read(picture)
            picture.load()  # every pixel: a file cut short fails here, not on a reader's screen
            turned = picture.getexif().get(0x0112, 1) in (5, 6, 7, 8)  # EXIF Orientation
            width, height = picture.size[::-1] if turned else picture.size
            looks = _difference_hash(picture)
    digest = hashlib.sha256(data).hexdigest()
    return PictureFacts(kind, width, height, len(data), digest, said, looks)


def _require_honest(data: bytes, name: str, kind: str) -> None:
    """Refuses a file that says it is another, or that is a page as well as a picture."""
    ending = PurePath(name).suffix.lower().removeprefix(".")
    claimed = _KNOWN_ENDINGS.get(ending)
    if claimed and claimed != kind:
        true, false = NAMES.get(kind, kind), NAMES.get(claimed, claimed)
        raise UnusablePicture(
            f"“{name}” is named as a {false} but is a {true}. Give it the ending "
            f"“.{ENDINGS[kind][0]}”, or export it again."
        )
    if _MARKUP.search(data):
        raise UnusablePicture(
            f"“{name}” has web page code hidden in it. Open it in a picture program and export a "
            "clean copy."
        )


def _what_else(data: bytes) -> str:
    if _VECTOR.match(data[:4096]):
        return "is an SVG drawing, which can carry scripts. Export it as PNG."
    if data[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypmsf1"):
        return "is a HEIC picture that cannot be read here. Export it as JPEG."
    return f"is not a {READABLE} picture. Export it as one of these."


def _difference_hash(picture: Pillow.Image) -> int:
    """Krawetz' dHash: is each of 8 × 8 cells brighter than the one to its right?"""
    upright = ImageOps.exif_transpose(picture)
    small = upright.convert("RGB").convert("L").resize((HASH_SIDE + 1, HASH_SIDE))
    cells = small.tobytes()
    bits = 0
    for row in range(HASH_SIDE):
        line = cells[row * (HASH_SIDE + 1) : (row + 1) * (HASH_SIDE + 1)]
        for left, right in pairwise(line):
            bits = bits << 1 | (left > right)
    return bits - (1 << 64) if bits >> 63 else bits
