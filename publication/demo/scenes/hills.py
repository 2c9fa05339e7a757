"""High ground: ranges in mist, a gorge, a hill with a winding path."""

import math
from itertools import pairwise

from publication.demo.canvas import Canvas
from publication.demo.figures import person, runner
from publication.demo.pen import BLACK, WHITE, Colour, Palette, Point, mix, smooth


def ridge(c: Canvas, base: float, height: float, bumps: int, rough: float = 0.25) -> list[Point]:
    """The line of a range of hills, left to right, `height` above and about `base`."""
    w, _ = c.size
    points: list[Point] = []
    for step in range(bumps + 3):
        x = (step - 1) * w / bumps
        points.append((x, base - height * c.random.random()))
    line = smooth(points, closed=False, steps=14)
    return [(x, y + c.random.uniform(-rough, rough) * height * 0.05) for x, y in line]


def fill_below(
    c: Canvas, line: list[Point], colours: tuple[Colour, Colour], alpha: float = 1
) -> None:
    w, h = c.size
    with c.shapes(colours, alpha=alpha) as pen:
        pen.polygon([*line, (w + 20, h + 5), (-20, h + 5)])


def disc_of_light(c: Canvas, x: float, y: float, radius: float, colour: Colour) -> None:
    c.glow(x, y, radius * 7, colour, 0.5)
    with c.shapes(mix(colour, WHITE, 0.35), blur=0.8) as pen:
        pen.disc(x, y, radius)


def hills(c: Canvas, p: Palette, *, river: bool = False, moon: float = 0.68) -> None:
    """Ranges behind ranges in mist; with a river, a small boat."""
    w, h = c.size
    c.gradient(p.deep, p.dark, p.light, bottom=h * 0.78)
    c.gradient(p.light, p.light, top=h * 0.78 - 1)
    disc_of_light(c, w * moon, h * 0.27, min(w, h) * 0.055, p.accent)
    ranges = 6
    for number in range(ranges):
        near = (number + 1) / ranges
        base = h * (0.42 + 0.44 * near)
        colour = mix(p.light, mix(p.deep, BLACK, 0.35), near**0.9)
        line = ridge(c, base, h * (0.13 + 0.13 * near), 5 + number)
        if river:
            gap = w * (0.06 + 0.10 * near)
            line = [(x, y + h * 0.9 * math.exp(-(((x - w * 0.46) / gap) ** 2))) for x, y in line]
        fill_below(c, line, (mix(colour, p.mid, 0.25), colour))
        c.mist(base + h * 0.03, h * 0.13, mix(p.light, p.mid, near * 0.5), 0.62 * (1 - near * 0.75))
    if river:
        water = h * 0.80
        c.gradient(mix(p.light, p.mid, 0.3), mix(p.deep, BLACK, 0.2), top=water)
        c.reflect(water, strength=0.75, smear=20)
        _boat(c, w * 0.46, h * 0.86, w * 0.05)
        return
    with c.shapes(mix(p.deep, BLACK, 0.8)) as pen:
        ground = smooth(
            [(-20, h * 0.93), (w * 0.3, h * 0.885), (w * 0.6, h * 0.93), (w + 20, h * 0.90)],
            closed=False,
        )
        pen.polygon([*ground, (w + 20, h + 5), (-20, h + 5)])
        person(pen, w * 0.30, h * 0.895, h * 0.19)


def _boat(c: Canvas, x: float, y: float, half: float) -> None:
    with c.shapes(BLACK, alpha=0.92) as pen:
        hull = [
            (x - half, y - half * 0.12),
            (x - half * 0.7, y + half * 0.1),
            (x + half * 0.7, y + half * 0.1),
            (x + half, y - half * 0.16),
        ]
        pen.polygon(hull)
        pen.rect(x - half * 0.45, y - half * 0.36, x + half * 0.35, y)
        person(pen, x + half * 0.62, y, half * 0.62)
    with c.shapes(BLACK, alpha=0.35, blur=4) as pen:
        pen.disc(x, y + half * 0.16, half, half * 0.08)
    c.glow(x - half * 0.05, y - half * 0.2, half * 0.9, (255, 214, 140), 0.6)


def zigzag(c: Canvas, p: Palette) -> None:
    """A bare hill, a path that climbs it the long way, one tree, a child running."""
    w, h = c.size
    c.gradient(p.deep, p.dark, bottom=h * 0.8)
    c.mist(h * 0.42, h * 0.3, mix(p.dark, WHITE, 0.3), 0.4)
    fill_below(
        c, ridge(c, h * 0.62, h * 0.12, 4), (mix(p.mid, p.dark, 0.55), mix(p.mid, p.dark, 0.3))
    )
    top_x, top_y = w * 0.60, h * 0.28
    hill = smooth(
        [
            (-40, h * 0.90),
            (w * 0.12, h * 0.80),
            (w * 0.32, h * 0.53),
            (w * 0.50, h * 0.315),
            (top_x, top_y),
            (w * 0.70, h * 0.32),
            (w * 0.86, h * 0.58),
            (w + 40, h * 0.76),
        ],
        closed=False,
        steps=16,
    )
    fill_below(c, hill, (mix(p.mid, p.accent, 0.18), mix(p.mid, p.light, 0.55)))
    with c.shapes(mix(p.light, BLACK, 0.25), alpha=0.35) as pen:
        for _ in range(900):
            x, y = c.random.uniform(0, w), h * (0.32 + 0.68 * c.random.random() ** 0.7)
            if y > _height_at(hill, x) + 6:
                size = 3 + 9 * (y / h)
                pen.line(
                    [(x, y), (x + c.random.uniform(-3, 3), y - size)],
                    0.8,
                    c.random.randint(50, 255),
                )
    path: list[Point] = [(w * 0.30, h * 1.02)]
    turns = 6
    for turn in range(turns):
        share = (turn + 0.5) / turns
        reach = w * 0.175 * (1 - share) ** 0.8 + w * 0.02
        side = 1 if turn % 2 == 0 else -1
        path.append(
            (
                w * 0.50 + (top_x - w * 0.50) * share + side * reach,
                h * 0.93 - (h * 0.93 - top_y) * share,
            )
        )
    path.append((top_x, top_y + 4))
    with c.shapes((mix(p.accent, WHITE, 0.25), mix(p.accent, WHITE, 0.45)), blur=0.5) as pen:
        for number, (start, end) in enumerate(pairwise(path)):
            width = h * 0.026 * (1 - number / (turns + 2)) + 2
            pen.line([start, end], width)
            pen.disc(*end, width / 2)
    _tree(c, top_x + w * 0.012, top_y + 8, h * 0.19, mix(p.light, BLACK, 0.62))
    foot_x, foot_y = path[1][0] - w * 0.055, path[1][1] + h * 0.012
    with c.shapes(BLACK, alpha=0.3, blur=2) as pen:
        pen.disc(foot_x - 14, foot_y + 2, 34, 5)
    with c.shapes(mix(p.light, BLACK, 0.8)) as pen:
        runner(pen, foot_x, foot_y, h * 0.115)


def _height_at(line: list[Point], x: float) -> float:
    return min(line, key=lambda point: abs(point[0] - x))[1]


def _tree(c: Canvas, x: float, foot: float, height: float, colour: Colour) -> None:
    with c.shapes(colour) as pen:
        pen.polygon(
            [
                (x - height * 0.035, foot),
                (x + height * 0.035, foot),
                (x + height * 0.012, foot - height * 0.6),
                (x - height * 0.012, foot - height * 0.6),
            ]
        )
        for _ in range(46):
            angle, reach = (
                c.random.uniform(0, math.tau),
                height * 0.34 * math.sqrt(c.random.random()),
            )
            pen.disc(
                x + math.cos(angle) * reach * 1.15,
                foot - height * 0.68 + math.sin(angle) * reach * 0.8,
                height * c.random.uniform(0.04, 0.10),
            )
