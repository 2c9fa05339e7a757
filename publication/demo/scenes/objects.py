"""One thing or several of a kind: a record, a wall of prints, seven globes."""

import math

from publication.demo.canvas import Canvas
from publication.demo.figures import bust
from publication.demo.pen import BLACK, WHITE, Colour, Palette, Pen, Point, mix


def record(c: Canvas, p: Palette) -> None:
    """A record turning under one lamp."""
    w, h = c.size
    c.gradient(mix(p.dark, p.mid, 0.25), p.dark, mix(p.deep, BLACK, 0.2))
    x, y, radius = w * 0.44, h * 0.56, h * 0.62
    c.glow(x - radius * 0.7, y - radius, h * 1.1, p.light, 0.35)
    with c.shapes(BLACK, alpha=0.55, blur=24) as pen:
        pen.disc(x + 16, y + 22, radius)
    with c.shapes((mix(p.deep, BLACK, 0.5), BLACK)) as pen:
        pen.disc(x, y, radius)
    with c.shapes(mix(p.mid, p.light, 0.4), alpha=0.30) as pen:
        ring = radius * 0.97
        while ring > radius * 0.40:
            ink = c.random.choice((40, 70, 110, 150)) if c.random.random() > 0.05 else 255
            pen.disc(x, y, ring, ink=ink)
            pen.disc(x, y, ring - 1.1, ink=0)
            ring -= c.random.uniform(3.2, 5.4)
    for angle in (-2.25, 0.90):
        with c.shapes(mix(p.light, WHITE, 0.3), alpha=0.26, blur=17, light=True) as pen:
            for spread, ink in ((0.24, 110), (0.11, 255)):
                pen.polygon(
                    [
                        (x, y),
                        (
                            x + math.cos(angle - spread) * radius * 0.95,
                            y + math.sin(angle - spread) * radius * 0.95,
                        ),
                        (
                            x + math.cos(angle + spread) * radius * 0.95,
                            y + math.sin(angle + spread) * radius * 0.95,
                        ),
                    ],
                    ink,
                )
    with c.shapes((mix(p.accent, WHITE, 0.12), mix(p.accent, BLACK, 0.12))) as pen:
        pen.disc(x, y, radius * 0.335)
    with c.shapes(mix(p.accent, BLACK, 0.4), alpha=0.8) as pen:
        pen.disc(x, y, radius * 0.315)
        pen.disc(x, y, radius * 0.308, ink=0)
        for row, reach in enumerate((0.16, 0.11, 0.14)):
            yy = y + radius * (0.10 + row * 0.055)
            pen.round_rect(x - radius * reach, yy, x + radius * reach, yy + radius * 0.018, 4)
    with c.shapes(mix(p.light, WHITE, 0.6)) as pen:
        pen.disc(x, y, radius * 0.022)
    pivot = (w * 0.88, h * 0.17)
    arm = [pivot, (w * 0.865, h * 0.62), (w * 0.675, h * 0.80)]
    with c.shapes(BLACK, alpha=0.5, blur=9) as pen:
        pen.line([(ax + 14, ay + 20) for ax, ay in arm], 12)
    with c.shapes((mix(p.light, WHITE, 0.55), mix(p.light, p.dark, 0.3))) as pen:
        pen.disc(*pivot, h * 0.075)
        pen.line(arm, 11)
        pen.polygon(
            [
                (w * 0.690, h * 0.765),
                (w * 0.704, h * 0.800),
                (w * 0.652, h * 0.850),
                (w * 0.636, h * 0.815),
            ]
        )
    with c.shapes(mix(p.dark, BLACK, 0.4)) as pen:
        pen.disc(*pivot, h * 0.038)


def prints(c: Canvas, p: Palette) -> None:
    """Photographs pinned to a wall, each of the back of somebody's head."""
    w, h = c.size
    c.gradient(mix(p.light, WHITE, 0.25), p.light, mix(p.light, p.mid, 0.4))
    c.glow(w * 0.25, h * 0.1, h * 1.1, WHITE, 0.3)
    columns, rows = (5, 2) if w > h else (2, 3)
    cell_w, cell_h = w / columns, h / rows
    hairs = ["short", "bob", "bun", "short", "bob"]
    for row in range(rows):
        for column in range(columns):
            x = (column + 0.5) * cell_w + c.random.uniform(-0.03, 0.03) * cell_w
            y = (row + 0.5) * cell_h + c.random.uniform(-0.03, 0.03) * cell_h
            half_w, half_h = min(cell_w * 0.40, cell_h * 0.33), min(cell_h * 0.42, cell_w * 0.50)
            with c.shapes(BLACK, alpha=0.32, blur=9) as pen:
                pen.rect(x - half_w + 7, y - half_h + 11, x + half_w + 7, y + half_h + 11)
            with c.shapes((WHITE, (240, 236, 226))) as pen:
                pen.rect(x - half_w, y - half_h, x + half_w, y + half_h)
            tone = c.random.choice(
                [p.dark, p.mid, p.accent, mix(p.dark, p.accent, 0.5), mix(p.mid, p.light, 0.4)]
            )
            inner = half_w * 0.88
            box = x - inner, y - half_h * 0.91, x + inner, y + half_h * 0.70
            with c.shapes((mix(tone, WHITE, 0.35), tone)) as pen:
                pen.rect(*box)
            with c.shapes((mix(p.deep, p.dark, 0.25), mix(p.deep, BLACK, 0.4)), blur=0.5) as pen:
                bust(
                    pen,
                    x + c.random.uniform(-0.06, 0.06) * half_w,
                    box[3] + half_h * 0.10,
                    half_h * 1.45,
                    hair=hairs[(column * 2 + row * 3) % 5],
                )
                pen.rect(x - half_w * 1.2, box[3], x + half_w * 1.2, y + half_h * 1.3, 0)
            with c.shapes((mix(p.accent, BLACK, 0.1), mix(p.accent, BLACK, 0.4))) as pen:
                pen.disc(x, y - half_h * 0.96, h * 0.008)


def orbs(c: Canvas, p: Palette) -> None:
    """Seven amber globes on the sand, waiting for a better film."""
    w, h = c.size
    horizon = h * 0.60
    c.gradient(p.deep, p.dark, p.mid, p.light, bottom=horizon + 2)
    c.glow(w * 0.5, horizon, h * 0.9, p.accent, 0.45, squash=0.7)
    with c.shapes((mix(p.dark, p.mid, 0.5), mix(p.mid, p.light, 0.4))) as pen:
        for x, width, tall in (
            (0.04, 0.16, 0.23),
            (0.24, 0.07, 0.13),
            (0.76, 0.09, 0.18),
            (0.88, 0.20, 0.28),
        ):
            left, top = w * x, horizon - h * tall
            pen.polygon(
                [
                    (left - w * 0.02, horizon + 2),
                    (left, top),
                    (left + w * width * 0.8, top),
                    (left + w * width, horizon + 2),
                ]
            )
    c.gradient(mix(p.light, p.mid, 0.45), mix(p.dark, p.deep, 0.4), top=horizon)
    with c.shapes(mix(p.deep, p.dark, 0.5), alpha=0.3, blur=2) as pen:
        for _ in range(44):
            depth = c.random.random()
            pen.disc(
                c.random.uniform(0, w),
                horizon + depth * h * 0.4,
                60 + 220 * depth,
                1.5 + 4 * depth,
                c.random.randint(60, 255),
            )
    spots = [
        (0.17, 0.76, 0.055),
        (0.30, 0.88, 0.085),
        (0.42, 0.73, 0.050),
        (0.545, 0.86, 0.088),
        (0.655, 0.745, 0.052),
        (0.765, 0.88, 0.080),
        (0.885, 0.77, 0.057),
    ]
    for number, (x, y, size) in enumerate(sorted(spots, key=lambda spot: spot[1])):
        _orb(c, w * x, h * y, h * size, p.accent, stars=number + 1)


def _orb(c: Canvas, x: float, y: float, radius: float, colour: Colour, stars: int) -> None:
    with c.shapes(BLACK, alpha=0.5, blur=8) as pen:
        pen.disc(x + radius * 0.5, y + radius * 0.92, radius * 1.25, radius * 0.2)
    with c.shapes((mix(colour, WHITE, 0.22), mix(colour, (120, 30, 8), 0.62)), blur=0.5) as pen:
        pen.disc(x, y, radius)
    c.glow(x + radius * 0.2, y + radius * 0.45, radius * 1.0, mix(colour, WHITE, 0.3), 0.55)
    with c.shapes((178, 32, 20), alpha=0.85) as pen:
        for star in range(stars):
            angle = star * math.tau / max(stars - 1, 1)
            reach = 0.0 if star == 0 else radius * 0.44
            _star(pen, x + math.cos(angle) * reach, y + math.sin(angle) * reach, radius * 0.16)
    with c.shapes(WHITE, alpha=0.75, blur=2.4) as pen:
        pen.disc(x - radius * 0.38, y - radius * 0.46, radius * 0.19, radius * 0.12)


def _star(pen: Pen, x: float, y: float, radius: float) -> None:
    points: list[Point] = []
    for corner in range(10):
        reach = radius if corner % 2 == 0 else radius * 0.42
        angle = corner * math.tau / 10 - math.pi / 2
        points.append((x + math.cos(angle) * reach, y + math.sin(angle) * reach))
    pen.polygon(points)
