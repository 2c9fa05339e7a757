"""Buildings under weather: roofs and a moon, an old office in the snow."""

import math

from publication.demo.canvas import Canvas
from publication.demo.figures import cat, person
from publication.demo.pen import BLACK, WHITE, Palette, Pen, Point, mix


def rooftops(c: Canvas, p: Palette, *, moon: float = 0.60, somebody: bool = True) -> None:
    """Chimney pots, a moon too large for the film, and one cat with better things to do."""
    w, h = c.size
    c.gradient(p.deep, p.dark, p.mid)
    moon_x, moon_y, radius = w * moon, h * 0.40, h * 0.27
    c.glow(moon_x, moon_y, radius * 3.4, p.light, 0.5)
    with c.shapes((mix(p.light, WHITE, 0.5), mix(p.light, p.accent, 0.25)), blur=0.8) as pen:
        pen.disc(moon_x, moon_y, radius)
    with c.shapes(mix(p.light, p.mid, 0.5), alpha=0.30, blur=9) as pen:
        for _ in range(9):
            angle, reach = c.random.uniform(0, math.tau), radius * 0.72 * c.random.random()
            pen.disc(
                moon_x + math.cos(angle) * reach,
                moon_y + math.sin(angle) * reach,
                radius * c.random.uniform(0.06, 0.2),
            )
    for layer in range(4):
        near = (layer + 1) / 4
        colour = mix(mix(p.dark, p.mid, 0.55), mix(p.deep, BLACK, 0.65), near)
        base, x = h * (0.56 + 0.115 * layer), -w * 0.05
        with c.shapes((mix(colour, p.mid, 0.12), colour)) as pen:
            while x < w:
                width, rise = (
                    w * c.random.uniform(0.10, 0.19) * (0.6 + near * 0.6),
                    h * c.random.uniform(0.05, 0.10),
                )
                pen.polygon(
                    [
                        (x, h),
                        (x, base),
                        (x + width * 0.5, base - rise),
                        (x + width, base),
                        (x + width, h),
                    ]
                )
                stack, stack_w = x + width * c.random.choice((0.14, 0.72)), width * 0.17
                top = base - rise * c.random.uniform(1.05, 1.5)
                pen.rect(stack, top, stack + stack_w, base)
                pen.rect(stack - stack_w * 0.1, top, stack + stack_w * 1.1, top + h * 0.012)
                for pot in range(3):
                    pot_x = stack + stack_w * (0.04 + pot * 0.34)
                    pen.polygon(
                        [
                            (pot_x, top),
                            (pot_x + stack_w * 0.04, top - h * 0.035),
                            (pot_x + stack_w * 0.2, top - h * 0.035),
                            (pot_x + stack_w * 0.24, top),
                        ]
                    )
                x += width * 0.94
        c.mist(base + h * 0.06, h * 0.10, p.mid, 0.42 * (1 - near))
    if not somebody:
        return
    with c.shapes(BLACK) as pen:
        pen.polygon([(w * 0.22, h * 1.02), (w * 0.52, h * 0.735), (w * 0.86, h * 1.02)])
        pen.polygon([(w * 0.505, h * 0.76), (w * 0.52, h * 0.722), (w * 0.535, h * 0.76)])
        cat(pen, w * 0.525, h * 0.745, h * 0.235)


def snow_house(c: Canvas, p: Palette) -> None:
    """An old office building in the snow, where people go to choose."""
    w, h = c.size
    c.gradient(mix(p.dark, p.deep, 0.4), p.dark, p.mid)
    ground, left, right, top = h * 0.80, w * 0.24, w * 0.80, h * 0.26
    c.mist(h * 0.62, h * 0.34, p.light, 0.4)
    wall = mix(p.dark, p.mid, 0.45)
    with c.shapes((mix(wall, p.deep, 0.35), wall)) as pen:
        pen.rect(left, top, right, ground)
        pen.rect(w * 0.48, top - h * 0.10, w * 0.56, top)
        pen.rect(left - w * 0.01, top - h * 0.015, right + w * 0.01, top + h * 0.015)
    with c.shapes(mix(p.light, WHITE, 0.5)) as pen:
        pen.round_rect(left - w * 0.012, top - h * 0.032, right + w * 0.012, top - h * 0.012, 7)
        pen.round_rect(w * 0.476, top - h * 0.115, w * 0.564, top - h * 0.097, 6)
    columns, rows = 8, 3
    for row in range(rows):
        for column in range(columns):
            x = left + (right - left) * (column + 0.5) / columns
            y = top + h * (0.10 + 0.155 * row)
            if row == 2 and column in (3, 4):
                continue
            lit = c.random.random() < 0.36
            with c.shapes(
                (mix(p.accent, WHITE, 0.2), p.accent)
                if lit
                else (mix(p.deep, p.dark, 0.5), mix(p.deep, p.dark, 0.2))
            ) as pen:
                pen.rect(x - w * 0.019, y - h * 0.045, x + w * 0.019, y + h * 0.045)
            with c.shapes(mix(p.deep, p.dark, 0.3)) as pen:
                pen.rect(x - 2, y - h * 0.045, x + 2, y + h * 0.045)
                pen.rect(x - w * 0.019, y - 2, x + w * 0.019, y + 2)
            if lit:
                c.glow(x, y, h * 0.14, p.accent, 0.35)
    door = (left + right) / 2
    with c.shapes((mix(p.accent, WHITE, 0.45), p.accent)) as pen:
        pen.rect(door - w * 0.028, ground - h * 0.165, door + w * 0.028, ground)
    c.glow(door, ground - h * 0.06, h * 0.34, p.accent, 0.5)
    c.gradient(mix(p.light, WHITE, 0.35), mix(p.mid, p.dark, 0.4), top=ground)
    c.glow(door, ground + h * 0.07, h * 0.42, p.accent, 0.5, squash=0.30)
    with c.shapes(mix(p.deep, BLACK, 0.55), blur=0.5) as pen:
        for x, size in ((0.475, 0.155), (0.43, 0.150), (0.39, 0.160)):
            person(pen, w * x, ground + h * (0.06 + (0.5 - x) * 0.3), min(h, w * 0.8) * size)
    for x, size in ((0.10, 0.62), (0.90, 0.70)):
        with c.shapes(mix(p.deep, BLACK, 0.45)) as pen:
            _bare_tree(c, pen, (w * x, ground + h * 0.07), -math.pi / 2, h * size * 0.30, 7)
    for size, count, alpha in ((1.6, 360, 0.55), (3.4, 120, 0.75), (6.5, 26, 0.5)):
        with c.shapes(WHITE, alpha=alpha, blur=size * 0.22) as pen:
            for _ in range(count):
                pen.disc(
                    c.random.uniform(0, w),
                    c.random.uniform(0, h),
                    size * c.random.uniform(0.6, 1.2),
                )


def _bare_tree(c: Canvas, pen: Pen, foot: Point, angle: float, length: float, depth: int) -> None:
    tip = foot[0] + math.cos(angle) * length, foot[1] + math.sin(angle) * length
    pen.line([foot, tip], 0.5 + 0.30 * depth**1.75 / 2)
    if depth == 0:
        return
    for turn in (-1, 1):
        bend = angle + turn * c.random.uniform(0.2, 0.55) + c.random.uniform(-0.1, 0.1)
        _bare_tree(c, pen, tip, bend, length * c.random.uniform(0.66, 0.84), depth - 1)
