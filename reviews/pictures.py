"""What an uploaded file is: its type by content, its size, its digest."""

import hashlib
import io
import warnings
from dataclasses import dataclass

from django.conf import settings
from django.core.files import File
from PIL import Image as Pillow
from PIL import ImageOps, UnidentifiedImageError

FORMATS = ("JPEG", "PNG", "WEBP")  # what every browser shows


class UnusablePicture(Exception):
    """The file cannot be used; the message names it and says why and what to do."""


@dataclass(frozen=True)
class PictureFacts:
    """Pixels as stored, and the SHA-256 of the file's bytes in hex."""

    format: str
    width: int
    height: int
    sha256: str


def inspect(file: File) -> PictureFacts:  # type: ignore[type-arg]
    """Read a file's facts; leaves it rewound. Raises `UnusablePicture`."""
    name = file.name or "The file"
    if not file.size:
        raise UnusablePicture(f"“{name}” is empty. Choose the picture again.")
    if file.size > settings.PICTURE_MAX_BYTES:
        allowed = settings.PICTURE_MAX_BYTES // (1024 * 1024)
        raise UnusablePicture(f"“{name}” is larger than {allowed} MB. Export a smaller copy.")
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    try:
        return _decode(file, digest.hexdigest())
    except UnidentifiedImageError:
        raise UnusablePicture(
            f"“{name}” is not a JPEG, PNG or WebP picture. Export it as one of these."
        ) from None
    except Pillow.DecompressionBombError:
        allowed = settings.PICTURE_MAX_PIXELS // 1_000_000
        raise UnusablePicture(
            f"“{name}” has more than {allowed} megapixels. Export a smaller copy."
        ) from None
    except (OSError, SyntaxError, ValueError):
        raise UnusablePicture(
            f"“{name}” is damaged or cut short and cannot be read. Export or download it again."
        ) from None
    finally:
        file.seek(0)


def thumbnail(file: File, side: int) -> bytes:  # type: ignore[type-arg]
    """A WebP no wider or higher than `side` pixels, upright, for the desk's lists."""
    with file.open("rb") as stored, Pillow.open(stored, formats=FORMATS) as picture:
        picture.draft("RGB", (side, side))  # lets a JPEG be decoded small
        small = ImageOps.exif_transpose(picture)
        small.thumbnail((side, side))
        out = io.BytesIO()
        small.convert("RGBA" if small.has_transparency_data else "RGB").save(out, "WEBP")
    return out.getvalue()


def _decode(file: File, digest: str) -> PictureFacts:  # type: ignore[type-arg]
    file.seek(0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Pillow.DecompressionBombWarning)  # our own limit is below
        picture = Pillow.open(file, formats=FORMATS)
        width, height = picture.size
        if width * height > settings.PICTURE_MAX_PIXELS:
            raise Pillow.DecompressionBombError
        picture.load()  # every pixel: a file cut short fails here, not on a reader's screen
    return PictureFacts(picture.format or "", width, height, digest)
