"""Things that grow: a forest at night, a field of autumn grass."""

import math

from publication.demo.canvas import Canvas
from publication.demo.figures import person
from publication.demo.pen import BLACK, WHITE, Colour, Palette, Pen, Point, mix, smooth


def jungle(c: Canvas, p: Palette, *, eyes: int = 1) -> None:
    """Leaves in front of leaves, moonlight behind them, and something looking back."""
    w, h = c.size
    c.gradient(mix(p.mid, p.light, 0.5), p.mid, p.dark)
    c.glow(w * 0.56, h * 0.30, h * 0.8, p.light, 0.75)
    depth = 5
    for layer in range(depth):
        near = (layer + 1) / depth
        colour = mix(mix(p.mid, p.light, 0.25), mix(p.deep, BLACK, 0.72), near**0.8)
        with c.shapes(colour, blur=max(0.0, 2.2 - near * 2)) as pen:
            for _ in range(6 - layer // 2):
                trunk = c.random.uniform(0, w)
                if abs(trunk - w * 0.56) > w * 0.13 * near:
                    width = w * (0.006 + 0.016 * near * c.random.random())
                    pen.rect(trunk, 0, trunk + width, h)
            for _ in range(150 - layer * 8):
                x = c.random.uniform(-40, w + 40)
                opening = math.exp(-(((x - w * 0.56) / (w * 0.2)) ** 2))
                high = c.random.random() < 0.5
                edge = (
                    h * (0.30 - 0.34 * opening * (1.15 - near * 0.4))
                    if high
                    else h * (0.62 + 0.26 * opening + 0.06 * (1 - near))
                )
                y = c.random.uniform(-40, edge) if high else c.random.uniform(edge, h + 40)
                _leaf(c, pen, x, y, h * (0.05 + 0.10 * near) * c.random.uniform(0.6, 1.3))
        c.mist(h * 0.62, h * 0.24, p.light, 0.20 * (1 - near))
        if layer == depth - 2:
            for number in range(eyes):
                _eyes(
                    c,
                    w * (0.56 - 0.22 * number),
                    h * (0.56 + 0.04 * number),
                    h * (0.34 - 0.08 * number),
                    p.accent,
                )


def _leaf(c: Canvas, pen: Pen, x: float, y: float, length: float) -> None:
    angle = c.random.uniform(-0.5, 0.5) + c.random.choice((0.3, math.pi - 0.3))
    along, across = (math.cos(angle), math.sin(angle)), (-math.sin(angle), math.cos(angle))
    shape = ((0.0, 0.0), (0.3, 0.17), (0.65, 0.14), (1.0, 0.0), (0.65, -0.14), (0.3, -0.17))
    pen.polygon(
        [
            (
                x + (a * along[0] + b * across[0]) * length,
                y + (a * along[1] + b * across[1]) * length,
            )
            for a, b in shape
        ]
    )


def _eyes(c: Canvas, x: float, y: float, height: float, colour: Colour) -> None:
    with c.shapes(BLACK, blur=2.5) as pen:
        person(pen, x, y + height, height * 1.25)
    head = y - height * 0.17
    for side in (-1, 1):
        eye = x + side * height * 0.028
        c.glow(eye, head, height * 0.22, colour, 0.85)
        with c.shapes(mix(colour, WHITE, 0.35)) as pen:
            pen.disc(eye, head, height * 0.0125)


def reeds(c: Canvas, p: Palette) -> None:
    """White autumn grass taller than the two children in it; a train on the horizon."""
    w, h = c.size
    horizon = h * 0.60
    c.gradient(p.dark, p.light, mix(p.light, WHITE, 0.4), bottom=horizon + 2)
    c.gradient(mix(p.mid, p.light, 0.4), p.dark, top=horizon)
    train = mix(p.deep, p.dark, 0.2)
    with c.shapes(train) as pen:
        for car in range(6):
            left = w * (0.50 + 0.075 * car)
            pen.rect(left, horizon - h * 0.045, left + w * 0.070, horizon - h * 0.004)
        pen.rect(w * 0.415, horizon - h * 0.036, w * 0.492, horizon - h * 0.004)
        pen.rect(w * 0.424, horizon - h * 0.066, w * 0.433, horizon - h * 0.03)
        pen.rect(w * 0.468, horizon - h * 0.056, w * 0.492, horizon - h * 0.03)
        pen.rect(0, horizon - 4, w, horizon)
    for puff in range(26):
        share = puff / 25
        with c.shapes(
            mix(p.deep, p.mid, 0.2 + 0.5 * share), alpha=0.42 - 0.3 * share, blur=5 + 12 * share
        ) as pen:
            pen.disc(
                w * (0.43 + 0.42 * share),
                horizon - h * (0.085 + 0.17 * share**0.7 + 0.02 * c.random.random()),
                h * (0.016 + 0.055 * share),
                h * (0.014 + 0.04 * share),
            )
    for layer in range(4):
        _plumes(c, p, (layer + 1) / 4, count=190 - layer * 30)
    with c.shapes(mix(p.deep, BLACK, 0.5), blur=0.5) as pen:
        person(pen, w * 0.235, h * 1.09, h * 0.50)
        person(pen, w * 0.325, h * 1.09, h * 0.42)
    _plumes(c, p, 0.78, count=110, drop=0.20)


def _plumes(c: Canvas, p: Palette, near: float, *, count: int, drop: float = 0) -> None:
    """One row of kash grass: thin stems that lean with the wind, soft white heads."""
    w, h = c.size
    foot = h * (0.64 + 0.40 * near**1.3 + drop)
    stems: list[list[Point]] = []
    for _ in range(count):
        x, length = c.random.uniform(-40, w), h * (0.05 + 0.29 * near) * c.random.uniform(0.55, 1)
        lean = length * c.random.uniform(0.12, 0.36)
        stems.append(
            smooth(
                [(x, foot), (x + lean * 0.25, foot - length * 0.55), (x + lean, foot - length)],
                closed=False,
                steps=5,
            )
        )
    with c.shapes(mix(mix(p.mid, p.light, 0.3), mix(p.deep, p.dark, 0.4), near), alpha=0.85) as pen:
        for stem in stems:
            pen.line(stem, 0.8 + 1.1 * near)
    with c.shapes(
        (WHITE, mix(p.light, WHITE, 0.4)), alpha=0.55 + 0.3 * near, blur=0.4 + 0.8 * near
    ) as pen:
        for stem in stems:
            for share, (x, y) in enumerate(reversed(stem[6:])):
                size = h * 0.0085 * near * (0.35 + 0.25 * share)
                pen.disc(x, y, size, size * 2.2, 255 - share * 30)
