"""The sizes, crops and formats a picture is served in, made from its original.

Pure: an opened file, its rights and its focal point in, encoded bytes out. Nothing of the
original's metadata is carried over (no GPS, no serial numbers); the rights are written in anew.
"""

import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from PIL import Image as Pillow

from . import pixels
from .rights import Rights, iim_segment, xmp_packet

# CSS pixels of the layout's columns, once and twice; 720 for phones of 400 pixels, 1.75 times as
# dense, which would else take 960. The browser takes the smallest that serves.
WIDTHS = (320, 640, 720, 960, 1280, 1920)
# Cards show a part of the picture around its focal point: (width, height) and the widths made.
CROPS = {
    "16x9": ((16, 9), (480, 720, 960, 1440)),
    "4x3": ((4, 3), (320, 640)),
    "1x1": ((1, 1), (160, 320)),
}
WHOLE = ""  # the crop that cuts nothing off

# Chosen on the demo pictures with `make bench`; what was tried is in docs/performance.md.
AVIF_OPTIONS: dict[str, Any] = {"quality": 72, "speed": 8, "subsampling": "4:2:0"}
JPEG_OPTIONS: dict[str, Any] = {"quality": 80, "progressive": True, "optimize": True}


@dataclass(frozen=True)
class Made:
    """One encoded rendition: pixels, format (“avif” or “jpeg”), bytes and their SHA-256 in hex."""

    crop: str
    width: int
    height: int
    format: str
    data: bytes
    sha256: str


def make(picture: Pillow.Image, rights: Rights, focal: tuple[int, int]) -> Iterator[Made]:
    """Every rendition of an opened picture; never wider than the original. `focal` is in percent.

    Raises OSError for a damaged file. Peak memory is about the decoded original and two copies of
    the largest rendition.
    """
    base = upright_srgb(picture, at_least=max(WIDTHS))
    del picture
    for crop, widths in ((WHOLE, WIDTHS), *((name, sizes) for name, (_, sizes) in CROPS.items())):
        part = base if crop == WHOLE else cut(base, CROPS[crop][0], focal)
        for width in widths_for(part.width, widths):
            sized = _resized(part, width)
            yield _encoded(sized, crop, "avif", rights)
            yield _encoded(sized, crop, "jpeg", rights)
            part = sized if width == part.width else part


def small(picture: Pillow.Image, width: int = 960) -> Pillow.Image:
    """An opened picture, decoded no larger than for its first rendition."""
    base = upright_srgb(picture, at_least=width)
    return _resized(base, min(width, base.width)).copy()  # which outlives the opened file


def first(picture: Pillow.Image, rights: Rights) -> Made:
    """One JPEG of what was made small, so that a page has something to show while the rest is
    made."""
    return _encoded(picture, WHOLE, "jpeg", rights)


def widths_for(available: int, wanted: tuple[int, ...]) -> list[int]:
    """The widths to make, largest first: those not wider than the picture, or its own width."""
    fitting = [width for width in wanted if width <= available]
    if len(fitting) < len(wanted) and available not in fitting:
        fitting.append(available)
    return sorted(fitting, reverse=True)


def cut(picture: Pillow.Image, ratio: tuple[int, int], focal: tuple[int, int]) -> Pillow.Image:
    """The largest part of a shape with the focal point as near its middle as the edges allow."""
    width = min(picture.width, picture.height * ratio[0] // ratio[1])
    height = min(picture.height, picture.width * ratio[1] // ratio[0])
    left = _clamp(picture.width * focal[0] // 100 - width // 2, picture.width - width)
    top = _clamp(picture.height * focal[1] // 100 - height // 2, picture.height - height)
    return picture.crop((left, top, left + max(width, 1), top + max(height, 1)))


def upright_srgb(picture: Pillow.Image, *, at_least: int) -> Pillow.Image:
    """The picture as it is meant to be seen: first frame, turned upright, 8-bit sRGB, opaque,
    and no wider than `at_least` pixels allow for."""
    turn, profile = pixels.turn_of(picture), picture.info.get("icc_profile")
    lying = pixels.lies(turn)
    # The decoder of JPEG itself halves, quarters or eighths, where that still leaves enough.
    picture.draft(None, (1, at_least) if lying else (at_least, 1))
    picture.seek(0)
    picture.load()
    picture = pixels.eight_bit(picture)
    width = picture.height if lying else picture.width
    if width > at_least:
        scale = at_least / width
        size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
        picture = picture.resize(size, Pillow.Resampling.LANCZOS, reducing_gap=3.0)
    picture = pixels.upright(pixels.opaque(pixels.to_srgb(picture, profile)), turn)
    picture.info.clear()
    return picture


def _resized(picture: Pillow.Image, width: int) -> Pillow.Image:
    if width >= picture.width:
        return picture
    height = max(1, round(picture.height * width / picture.width))
    return picture.resize((width, height), Pillow.Resampling.LANCZOS)


def _encoded(picture: Pillow.Image, crop: str, kind: str, rights: Rights) -> Made:
    out = io.BytesIO()
    packet = xmp_packet(rights)
    if kind == "avif":
        picture.save(out, "AVIF", xmp=packet, **AVIF_OPTIONS)
    else:
        picture.save(out, "JPEG", xmp=packet, extra=iim_segment(rights), **JPEG_OPTIONS)
    data = out.getvalue()
    digest = hashlib.sha256(data).hexdigest()
    return Made(crop, picture.width, picture.height, kind, data, digest)


def _clamp(value: int, largest: int) -> int:
    return max(0, min(value, largest))
