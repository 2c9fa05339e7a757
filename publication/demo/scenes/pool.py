"""A hotel pool from above."""

import math

from publication.demo.canvas import Canvas
from publication.demo.pen import BLACK, WHITE, Palette, Pen, mix, smooth


def pool(c: Canvas, p: Palette) -> None:
    """A hotel pool from above at the hottest hour: two loungers, one towel."""
    w, h = c.size
    c.gradient(mix(p.light, WHITE, 0.4), p.light)
    with c.shapes(mix(p.light, p.deep, 0.18), alpha=0.6) as pen:
        step = h / 7
        for line in range(int(w / step) + 1):
            pen.rect(line * step, 0, line * step + 2, h)
        for line in range(8):
            pen.rect(0, line * step, w, line * step + 2)
    left, top = w * 0.40, -h * 0.1
    with c.shapes(mix(p.light, WHITE, 0.8)) as pen:
        pen.round_rect(left - 26, top, w * 1.1, h * 0.86 + 26, 90)
    with c.shapes((p.dark, mix(p.dark, p.deep, 0.55))) as pen:
        pen.round_rect(left, top, w * 1.1, h * 0.86, 70)
    clip = Pen(c.size)
    clip.round_rect(left, top, w * 1.1, h * 0.86, 70)
    before = c.image.copy()
    for size, alpha in ((118, 0.26), (74, 0.34)):
        with c.shapes(mix(p.dark, WHITE, 0.75), alpha=alpha, blur=1.6) as pen:
            y = -size * 0.5
            while y < h:
                x = left - size * (0.5 if int(y / size) % 2 else 0.0)
                while x < w + size:
                    ring = [
                        (
                            x + size * (0.5 + 0.56 * math.cos(a) * c.random.uniform(0.75, 1.05)),
                            y + size * (0.4 + 0.46 * math.sin(a) * c.random.uniform(0.7, 1.05)),
                        )
                        for a in [k * math.tau / 6 for k in range(6)]
                    ]
                    curve = smooth(ring, steps=4)
                    pen.line([*curve, curve[0]], 2.2)
                    x += size
                y += size * 0.8
    with c.shapes(mix(p.deep, BLACK, 0.1), alpha=0.26, blur=9) as pen:
        pen.polygon([(left, top), (w, top), (w, h * 0.06), (left + 40, h * 0.10)])
    before.paste(c.image, (0, 0), clip.mask.reduce(2))
    c.image = before
    for number, (x, y) in enumerate(((0.07, 0.16), (0.07, 0.40))):
        _lounger(c, w * x, h * y, h * 0.15, p, towel=number == 1)
    _parasol(c, w * 0.205, h * 0.70, h * 0.25, p)
    _parasol(c, w * 0.355, h * 1.02, h * 0.19, p)
    with c.shapes(mix(p.deep, BLACK, 0.2), alpha=0.3, blur=6) as pen:
        pen.disc(w * 0.722, h * 0.475, h * 0.075)
    with c.shapes((mix(p.accent, WHITE, 0.2), p.accent)) as pen:
        pen.disc(w * 0.715, h * 0.45, h * 0.075)
        pen.disc(w * 0.715, h * 0.45, h * 0.036, ink=0)


def _lounger(c: Canvas, x: float, y: float, size: float, p: Palette, *, towel: bool) -> None:
    with c.shapes(mix(p.deep, BLACK, 0.2), alpha=0.35, blur=5) as pen:
        pen.round_rect(x + 12, y + 16, x + size * 1.9 + 12, y + size * 0.78 + 16, 12)
    with c.shapes((WHITE, mix(WHITE, p.light, 0.4))) as pen:
        pen.round_rect(x, y, x + size * 1.9, y + size * 0.78, 12)
    with c.shapes(mix(p.light, p.mid, 0.4), alpha=0.6) as pen:
        for slat in range(1, 12):
            pen.rect(
                x + size * 1.9 * slat / 12,
                y + 8,
                x + size * 1.9 * slat / 12 + 3,
                y + size * 0.78 - 8,
            )
    if towel:
        with c.shapes((p.accent, mix(p.accent, p.mid, 0.3))) as pen:
            pen.round_rect(x + size * 0.45, y - 5, x + size * 1.45, y + size * 0.78 + 9, 5)
        with c.shapes(mix(p.accent, WHITE, 0.75)) as pen:
            for stripe in (0.60, 0.72, 1.20, 1.32):
                pen.rect(x + size * stripe, y - 5, x + size * stripe + 9, y + size * 0.78 + 9)


def _parasol(c: Canvas, x: float, y: float, radius: float, p: Palette) -> None:
    with c.shapes(mix(p.deep, BLACK, 0.3), alpha=0.38, blur=10) as pen:
        pen.disc(x + radius * 0.24, y + radius * 0.30, radius)
    sides = 10
    corners = [
        (x + math.cos(k * math.tau / sides) * radius, y + math.sin(k * math.tau / sides) * radius)
        for k in range(sides)
    ]
    for side in range(sides):
        base = p.mid if side % 2 else mix(p.light, WHITE, 0.75)
        shade = 0.16 * (1 + math.cos(side * math.tau / sides - 0.9)) / 2
        with c.shapes(mix(base, BLACK, shade)) as pen:
            pen.polygon([(x, y), corners[side], corners[(side + 1) % sides]])
    with c.shapes(WHITE) as pen:
        pen.disc(x, y, radius * 0.05)
