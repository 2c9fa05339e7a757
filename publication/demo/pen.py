"""Colours, curves and the pen that the demo pictures are drawn with."""

from collections.abc import Sequence
from typing import NamedTuple

from PIL import Image, ImageDraw

Colour = tuple[int, int, int]
Point = tuple[float, float]
Fill = Colour | tuple[Colour, Colour]  # one colour, or a top and a bottom colour

BLACK: Colour = (4, 5, 9)  # never pure: film has no pure black
WHITE: Colour = (255, 255, 255)
SUPERSAMPLE = 2  # four samples a pixel; more was not visible at 1600 pixels under the grain


class Palette(NamedTuple):
    """The five colours of a picture, from the darkest to the one that catches the eye."""

    deep: Colour
    dark: Colour
    mid: Colour
    light: Colour
    accent: Colour


def rgb(text: str) -> Colour:
    """The colour written as `#rrggbb`."""
    value = int(text.removeprefix("#"), 16)
    return value >> 16, value >> 8 & 255, value & 255


def mix(one: Colour, other: Colour, share: float) -> Colour:
    """The colour that is `share` (0–1) of the way from one to the other."""
    first, second, third = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return first, second, third


def both_ends(fill: Fill) -> tuple[Colour, Colour]:
    """The top and bottom colour of a fill."""
    return fill if len(fill) == 2 else (fill, fill)


def smooth(points: Sequence[Point], *, closed: bool = True, steps: int = 8) -> list[Point]:
    """A curve through the points (a uniform Catmull–Rom spline)."""
    count = len(points)
    curve: list[Point] = []
    for i in range(count if closed else count - 1):
        before, start, end, after = (
            points[(i + offset) % count if closed else max(0, min(count - 1, i + offset))]
            for offset in (-1, 0, 1, 2)
        )
        for step in range(steps):
            t = step / steps
            curve.append(
                (
                    _spline(before[0], start[0], end[0], after[0], t),
                    _spline(before[1], start[1], end[1], after[1], t),
                )
            )
    if not closed:
        curve.append(points[-1])
    return curve


def _spline(a: float, b: float, c: float, d: float, t: float) -> float:
    return 0.5 * (
        2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3
    )


class Pen:
    """Draws shapes on a mask, in the picture's own pixels; `ink` 0 cuts a hole."""

    def __init__(self, size: tuple[int, int]) -> None:
        self.mask = Image.new("L", (size[0] * SUPERSAMPLE, size[1] * SUPERSAMPLE))
        self._draw = ImageDraw.Draw(self.mask)

    def polygon(self, points: Sequence[Point], ink: int = 255) -> None:
        self._draw.polygon([(x * SUPERSAMPLE, y * SUPERSAMPLE) for x, y in points], fill=ink)

    def disc(self, x: float, y: float, rx: float, ry: float | None = None, ink: int = 255) -> None:
        ry = rx if ry is None else ry
        if min(rx, ry) < 0:  # the hole of a ring that is all stroke
            return
        box = (x - rx, y - ry, x + rx, y + ry)
        self._draw.ellipse(tuple(v * SUPERSAMPLE for v in box), fill=ink)

    def rect(self, x0: float, y0: float, x1: float, y1: float, ink: int = 255) -> None:
        box = x0, y0, max(x0, x1 - 1 / SUPERSAMPLE), max(y0, y1 - 1 / SUPERSAMPLE)
        self._draw.rectangle(tuple(v * SUPERSAMPLE for v in box), fill=ink)

    def round_rect(
        self, x0: float, y0: float, x1: float, y1: float, radius: float, ink: int = 255
    ) -> None:
        box = tuple(v * SUPERSAMPLE for v in (x0, y0, x1, y1))
        self._draw.rounded_rectangle(box, radius * SUPERSAMPLE, fill=ink)

    def line(self, points: Sequence[Point], width: float = 1, ink: int = 255) -> None:
        scaled = [(x * SUPERSAMPLE, y * SUPERSAMPLE) for x, y in points]
        self._draw.line(scaled, fill=ink, width=max(1, round(width * SUPERSAMPLE)), joint="curve")
