"""A railway carriage, seen down its length."""

from collections.abc import Callable

from publication.demo.canvas import Canvas
from publication.demo.figures import person
from publication.demo.pen import BLACK, WHITE, Palette, Point, mix


def carriage(c: Canvas, p: Palette, *, passenger: bool = True) -> None:
    """An empty train carriage, seen down its length."""
    w, h = c.size
    vanish = (w * 0.5, h * 0.47)

    def at(x: float, y: float, depth: float) -> Point:
        """`x`, `y` from -1 to 1 across the carriage; `depth` 0 (here) to 1 (the far door)."""
        scale = 1 / (1 + depth * 5.2)
        return vanish[0] + x * w * 0.62 * scale, vanish[1] + y * h * 0.72 * scale

    wall = mix(p.dark, p.mid, 0.35)
    c.gradient(mix(p.mid, p.light, 0.25), p.dark)
    with c.shapes((mix(p.mid, p.dark, 0.3), mix(p.deep, BLACK, 0.3))) as pen:
        pen.polygon([at(-1, 1, 0), at(1, 1, 0), at(1, 1, 1), at(-1, 1, 1)])
    with c.shapes((mix(p.light, p.mid, 0.45), mix(p.mid, p.dark, 0.4))) as pen:
        pen.polygon([at(-1, -1, 0), at(1, -1, 0), at(1, -1, 1), at(-1, -1, 1)])
    with c.shapes((mix(wall, p.light, 0.15), mix(wall, BLACK, 0.45))) as pen:
        for side in (-1, 1):
            pen.polygon([at(side, -1, -0.2), at(side, 1, -0.2), at(side, 1, 1), at(side, -1, 1)])
    with c.shapes((mix(p.dark, p.mid, 0.6), p.dark)) as pen:
        pen.polygon([at(-1, -1, 1), at(1, -1, 1), at(1, 1, 1), at(-1, 1, 1)])
    _carriage_glass(c, p, at)
    with c.shapes(mix(p.accent, WHITE, 0.55)) as pen:
        for x in (-0.42, 0.42):
            pen.polygon(
                [
                    at(x - 0.07, -0.99, 0),
                    at(x + 0.07, -0.99, 0),
                    at(x + 0.07, -0.99, 1),
                    at(x - 0.07, -0.99, 1),
                ]
            )
    for x in (-0.42, 0.42):
        for depth in (0.1, 0.4, 0.8):
            lamp = at(x, -0.99, depth)
            c.glow(*lamp, h * 0.5 / (1 + depth * 4), p.accent, 0.30)
    seat = mix(p.accent, p.dark, 0.62)
    with c.shapes((seat, mix(seat, BLACK, 0.6))) as pen:
        for side in (-1, 1):
            for bench in range(4):
                near, far = bench * 0.26 - 0.06, bench * 0.26 + 0.13
                pen.polygon(
                    [
                        at(side, 0.16, near),
                        at(side, 0.62, near),
                        at(side * 0.62, 0.62, near),
                        at(side * 0.62, 0.62, far),
                        at(side * 0.62, 0.50, far),
                        at(side, 0.10, far),
                    ]
                )
                pen.polygon(
                    [
                        at(side * 0.62, 0.62, near),
                        at(side * 0.62, 0.80, near),
                        at(side * 0.62, 0.80, far),
                        at(side * 0.62, 0.62, far),
                    ],
                    150,
                )
    with c.shapes(mix(p.light, WHITE, 0.2)) as pen:
        for bench in range(4):
            for side in (-1, 1):
                depth = bench * 0.26 + 0.17
                top, foot = at(side * 0.60, -0.98, depth), at(side * 0.60, 0.98, depth)
                pen.line([top, foot], max(1.2, 9 / (1 + depth * 5)))
        for side in (-1, 1):
            pen.line([at(side * 0.5, -0.78, 0), at(side * 0.5, -0.78, 1)], 2)
    with c.shapes(mix(p.deep, BLACK, 0.4)) as pen:
        for step in range(1, 9):
            depth = step * 0.11
            scale = 1 / (1 + depth * 5.2)
            for side in (-1, 1):
                x, y = at(side * 0.5, -0.78, depth)
                pen.line([(x, y), (x, y + h * 0.06 * scale)], 4 * scale + 0.6)
                pen.disc(x, y + h * 0.09 * scale, h * 0.032 * scale)
                pen.disc(x, y + h * 0.09 * scale, h * 0.022 * scale, ink=0)
    if passenger:
        foot_x, foot_y = at(0.10, 1, 0.46)
        with c.shapes(BLACK, alpha=0.4, blur=5) as pen:
            pen.disc(foot_x, foot_y, h * 0.07, h * 0.012)
        with c.shapes(mix(p.deep, BLACK, 0.75), blur=0.5) as pen:
            person(pen, foot_x, foot_y, h * 0.36)


def _carriage_glass(c: Canvas, p: Palette, at: Callable[[float, float, float], Point]) -> None:
    frames = [(step * 0.26 - 0.06, step * 0.26 + 0.13) for step in range(4)]
    with c.shapes((mix(p.light, WHITE, 0.25), p.accent)) as pen:
        for side in (-1, 1):
            for near, far in frames:
                pen.polygon(
                    [
                        at(side, -0.55, near),
                        at(side, 0.05, near),
                        at(side, 0.05, far),
                        at(side, -0.55, far),
                    ]
                )
        pen.polygon(
            [at(-0.26, -0.55, 1), at(0.26, -0.55, 1), at(0.26, 0.15, 1), at(-0.26, 0.15, 1)]
        )
    with c.shapes(mix(p.mid, p.dark, 0.4), alpha=0.65) as pen:
        for side in (-1, 1):
            for near, far in frames:
                middle = (near + far) / 2
                high = c.random.uniform(-0.35, -0.1)
                pen.polygon(
                    [
                        at(side, high, near),
                        at(side, 0.05, near),
                        at(side, 0.05, middle),
                        at(side, high + 0.1, middle),
                    ]
                )
                pen.polygon(
                    [
                        at(side, high + 0.18, middle),
                        at(side, 0.05, middle),
                        at(side, 0.05, far),
                        at(side, high + 0.2, far),
                    ]
                )
    for side in (-1, 1):
        for near, _ in frames[:2]:
            x, y = at(side * 0.9, -0.25, near + 0.08)
            c.glow(x, y, c.size[1] * 0.30, p.accent, 0.28)
