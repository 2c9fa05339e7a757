"""Draws the demo pictures, so that none lies in the repository and nobody’s rights are touched."""

import io
from dataclasses import dataclass, field
from typing import Any

from PIL import Image

from publication.demo.canvas import Canvas
from publication.demo.pen import Palette, rgb
from publication.demo.scenes import SCENES

SHAPES = {
    "wide": (1600, 670),  # 2.39:1, anamorphic
    "still": (1600, 900),  # 16:9
    "photo": (1600, 1066),  # 3:2
    "poster": (1000, 1500),  # 2:3
    "portrait": (900, 900),
}
POSTER_MARGIN = 56  # pixels of paper around a poster's picture
PAPER = (243, 238, 226)
JPEG_QUALITY = 85


@dataclass(frozen=True)
class Drawing:
    """What to draw: a scene of `SCENES`, five colours as `#rrggbb`, a seed and one of `SHAPES`."""

    scene: str
    palette: tuple[str, ...]
    seed: int
    shape: str
    options: dict[str, Any] = field(default_factory=dict)


def draw(drawing: Drawing) -> bytes:
    """A JPEG file. The same drawing gives the same pixels."""
    width, height = SHAPES[drawing.shape]
    margin = POSTER_MARGIN if drawing.shape == "poster" else 0
    canvas = Canvas((width - 2 * margin, height - 2 * margin), drawing.seed)
    SCENES[drawing.scene](canvas, Palette(*map(rgb, drawing.palette)), **drawing.options)
    picture = canvas.finish()
    if margin:
        sheet = Image.new("RGB", (width, height), PAPER)
        sheet.paste(picture, (margin, margin))
        picture = sheet
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=JPEG_QUALITY, progressive=True, optimize=True)
    return out.getvalue()
