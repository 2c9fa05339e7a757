"""A decoded picture as it is meant to be seen: upright, in 8 bits, in sRGB, opaque."""

import io
from typing import Any

from PIL import Image as Pillow
from PIL import ImageCms

PAPER = (255, 255, 255)  # what shows through a transparent picture
ORIENTATION = 0x0112  # EXIF's tag
_TURNS = {
    2: Pillow.Transpose.FLIP_LEFT_RIGHT,
    3: Pillow.Transpose.ROTATE_180,
    4: Pillow.Transpose.FLIP_TOP_BOTTOM,
    5: Pillow.Transpose.TRANSPOSE,
    6: Pillow.Transpose.ROTATE_270,
    7: Pillow.Transpose.TRANSVERSE,
    8: Pillow.Transpose.ROTATE_90,
}
_SRGB = ImageCms.createProfile("sRGB")


def turn_of(picture: Pillow.Image) -> int:
    """EXIF's orientation, 1 to 8; 1 where the file says nothing that makes sense."""
    try:
        said = picture.getexif().get(ORIENTATION, 1)
    except Exception:  # whatever a damaged block makes its parser raise
        return 1
    return said if said in _TURNS else 1


def lies(turn: int) -> bool:
    """Whether width and height change places when a picture of this orientation is turned."""
    return turn >= 5


def upright(picture: Pillow.Image, turn: int) -> Pillow.Image:
    """Turned as it was held; the metadata is left alone, which Pillow's own function rewrites."""
    return picture.transpose(_TURNS[turn]) if turn in _TURNS else picture


def eight_bit(picture: Pillow.Image) -> Pillow.Image:
    """In a mode of 8 bits a channel that can be resized smoothly."""
    if picture.mode.startswith("I;16"):
        return picture.point(lambda level: level / 256).convert("L")
    if picture.mode in ("P", "PA", "1", "I", "F") or (
        picture.mode == "L" and "transparency" in picture.info
    ):
        return picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    return picture


def to_srgb(picture: Pillow.Image, profile: Any) -> Pillow.Image:
    """Colours as sRGB shows them, by the file's own ICC profile where it has a readable one.

    What a file calls its profile may be anything at all: a text chunk of a PNG can have that name.
    """
    if isinstance(profile, bytes) and picture.mode in ("RGB", "RGBA", "CMYK", "L"):
        converted = _by_profile(picture, profile)
        if converted is not None:
            return converted
    target = "RGBA" if picture.mode in ("RGBA", "LA", "PA") else "RGB"
    return picture if picture.mode == target else picture.convert(target)


def _by_profile(picture: Pillow.Image, profile: bytes) -> Pillow.Image | None:
    target = "RGBA" if picture.mode == "RGBA" else "RGB"
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.profileToProfile(picture, source, _SRGB, outputMode=target)
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return None  # a profile that does not fit its picture; browsers ignore it too


def opaque(picture: Pillow.Image) -> Pillow.Image:
    """An RGB or RGBA picture on paper."""
    if picture.mode != "RGBA":
        return picture
    paper = Pillow.new("RGB", picture.size, PAPER)
    paper.paste(picture, mask=picture.getchannel("A"))
    return paper
