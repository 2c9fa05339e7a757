"""A high-collared dress."""

import math
from collections.abc import Callable

from publication.demo.canvas import Canvas
from publication.demo.pen import BLACK, WHITE, Palette, Pen, Point, mix, smooth

_DRESS: list[Point] = [
    (0.052, 0.075),
    (0.058, 0.150),
    (0.110, 0.185),
    (0.158, 0.225),
    (0.150, 0.330),
    (0.148, 0.420),
    (0.122, 0.530),
    (0.112, 0.590),
    (0.140, 0.700),
    (0.172, 0.830),
    (0.170, 1.100),
]


def dress(c: Canvas, p: Palette) -> None:
    """A high-collared dress in a corridor of curtains; the face is out of the frame."""
    w, h = c.size
    c.gradient(p.deep, mix(p.deep, p.dark, 0.7), p.deep)
    folds = 26
    for fold in range(folds):
        x, width = w * fold / folds, w / folds
        tone = c.random.uniform(0.15, 0.75)
        with c.shapes((mix(p.deep, p.dark, tone), mix(p.deep, p.dark, tone * 0.6)), blur=5) as pen:
            pen.rect(x + width * 0.15, 0, x + width * 0.75, h)
    middle = w * 0.60
    c.glow(middle - w * 0.10, h * 0.40, h * 0.75, mix(p.dark, p.light, 0.3), 0.45)
    scale = h * 1.02
    half = smooth(_DRESS, closed=False)

    def outline(pen: Pen) -> None:
        right = [(middle + x * scale, y * scale) for x, y in half]
        left = [(middle - x * scale, y * scale) for x, y in half]
        pen.polygon([*right, *reversed(left)])

    skin = mix(p.light, p.dark, 0.35)
    with c.shapes((skin, mix(skin, p.deep, 0.45)), blur=0.6) as pen:
        pen.polygon(
            [
                (middle - 0.040 * scale, -10),
                (middle + 0.040 * scale, -10),
                (middle + 0.05 * scale, 0.16 * scale),
                (middle - 0.05 * scale, 0.16 * scale),
            ]
        )
        for side in (-1, 1):
            arm: list[Point] = [
                (0.1, 0.205),
                (0.148, 0.215),
                (0.172, 0.3),
                (0.184, 0.42),
                (0.193, 0.52),
                (0.19, 0.64),
                (0.182, 0.72),
                (0.172, 0.785),
                (0.158, 0.79),
                (0.152, 0.74),
                (0.156, 0.66),
                (0.158, 0.54),
                (0.146, 0.42),
                (0.13, 0.3),
            ]
            pen.polygon([(middle + side * x * scale, y * scale) for x, y in smooth(arm, steps=5)])
    with c.shapes((p.mid, mix(p.mid, p.deep, 0.55))) as pen:
        outline(pen)
    _blossom(c, p, outline, middle, scale)
    with c.shapes(BLACK, alpha=0.50, blur=26) as pen:
        pen.polygon(
            [
                (middle + 0.06 * scale, 0.16 * scale),
                (middle + 0.17 * scale, 0.22 * scale),
                (middle + 0.13 * scale, 0.58 * scale),
                (middle + 0.18 * scale, 1.05 * scale),
                (middle + 0.07 * scale, 1.05 * scale),
            ]
        )
    with c.shapes(mix(p.accent, WHITE, 0.2), alpha=0.9) as pen:
        pen.line(
            smooth(
                [
                    (middle, 0.155 * scale),
                    (middle + 0.06 * scale, 0.20 * scale),
                    (middle + 0.125 * scale, 0.305 * scale),
                ],
                closed=False,
            ),
            3,
        )
        pen.line(
            smooth(
                [
                    (middle - 0.052 * scale, 0.078 * scale),
                    (middle, 0.094 * scale),
                    (middle + 0.052 * scale, 0.078 * scale),
                ],
                closed=False,
            ),
            3,
        )


def _blossom(
    c: Canvas, p: Palette, outline: Callable[[Pen], None], middle: float, scale: float
) -> None:
    """Flowers printed on the cloth: drawn everywhere, kept inside the outline."""
    before = c.image.copy()
    step = 0.088
    spots = [
        (
            middle + ((column - 2 + row % 2 / 2) * step + c.random.uniform(-0.014, 0.014)) * scale,
            (0.05 + row * step * 0.86 + c.random.uniform(-0.014, 0.014)) * scale,
        )
        for row in range(13)
        for column in range(5)
    ]
    for colour, reach, share in ((p.accent, 0.030, 1.0), (mix(p.accent, WHITE, 0.5), 0.018, 0.8)):
        with c.shapes(colour, alpha=share) as pen:
            for x, y in spots:
                turn = (x * 7 + y) % 6
                for petal in range(5):
                    angle = turn + petal * math.tau / 5
                    pen.disc(
                        x + math.cos(angle) * scale * reach * 0.6,
                        y + math.sin(angle) * scale * reach * 0.6,
                        scale * reach * 0.42,
                    )
    with c.shapes(mix(p.light, p.accent, 0.2)) as pen:
        for x, y in spots:
            pen.disc(x, y, scale * 0.007)
    cloth = Pen(c.size)
    outline(cloth)
    before.paste(c.image, (0, 0), cloth.mask.reduce(2))
    c.image = before
