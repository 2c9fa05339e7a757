"""Portraits of people who do not exist: flat shapes, no features, told apart by hair and colour."""

from publication.demo.canvas import Canvas
from publication.demo.pen import BLACK, WHITE, Palette, Point, mix, smooth

_SHOULDERS: list[Point] = [
    (-0.52, 1.10),
    (-0.47, 0.86),
    (-0.34, 0.76),
    (-0.12, 0.70),
    (0.12, 0.70),
    (0.34, 0.76),
    (0.47, 0.86),
    (0.52, 1.10),
]
_BACK_HAIR: dict[str, list[Point]] = {
    "bob": [
        (-0.25, 0.30),
        (-0.20, 0.12),
        (0, 0.05),
        (0.20, 0.12),
        (0.25, 0.30),
        (0.27, 0.54),
        (0.22, 0.60),
        (-0.22, 0.60),
        (-0.27, 0.54),
    ],
    "long": [
        (-0.23, 0.30),
        (-0.20, 0.12),
        (0, 0.06),
        (0.20, 0.12),
        (0.23, 0.30),
        (0.27, 0.62),
        (0.30, 0.88),
        (-0.30, 0.88),
        (-0.27, 0.62),
    ],
    "crop": [(-0.20, 0.34), (-0.20, 0.16), (-0.06, 0.07), (0.10, 0.07), (0.21, 0.17), (0.20, 0.34)],
    "bun": [
        (-0.21, 0.34),
        (-0.20, 0.16),
        (0, 0.09),
        (0.20, 0.16),
        (0.21, 0.34),
        (0.15, 0.46),
        (-0.15, 0.46),
    ],
    "curls": [],
}
_FRINGE: dict[str, list[Point]] = {
    "bob": [
        (-0.20, 0.33),
        (-0.17, 0.14),
        (0.02, 0.09),
        (0.18, 0.15),
        (0.20, 0.33),
        (0.10, 0.25),
        (-0.08, 0.26),
    ],
    "long": [
        (-0.19, 0.40),
        (-0.17, 0.15),
        (0.02, 0.09),
        (0.18, 0.16),
        (0.19, 0.42),
        (0.13, 0.26),
        (0.02, 0.17),
        (-0.12, 0.27),
    ],
    "crop": [
        (-0.19, 0.30),
        (-0.18, 0.14),
        (0.0, 0.08),
        (0.17, 0.13),
        (0.19, 0.29),
        (0.10, 0.20),
        (-0.06, 0.22),
    ],
    "bun": [
        (-0.19, 0.30),
        (-0.17, 0.14),
        (0.0, 0.10),
        (0.17, 0.14),
        (0.19, 0.30),
        (0.06, 0.19),
        (-0.06, 0.19),
    ],
    "curls": [],
}


def portrait(
    c: Canvas, p: Palette, *, hair: str = "bob", glasses: bool = False, beard: bool = False
) -> None:
    """Palette: ground, hair, coat, skin, accent."""
    ground, locks, coat, skin, accent = p
    w, h = c.size

    def at(point: Point) -> Point:
        return w * (0.5 + point[0]), h * point[1]

    c.gradient(mix(ground, WHITE, 0.12), mix(ground, BLACK, 0.12))
    with c.shapes(mix(ground, accent, 0.55), alpha=0.9) as pen:
        pen.disc(w * 0.66, h * 0.36, w * 0.34)
    shade = mix(skin, locks, 0.34)
    with c.shapes((mix(locks, WHITE, 0.06), mix(locks, BLACK, 0.2))) as pen:
        if hair == "curls":
            for _ in range(60):
                x, y = c.random.uniform(-0.21, 0.21), c.random.uniform(0.14, 0.36)
                pen.disc(*at((x, y)), w * 0.062)
        else:
            pen.polygon([at(point) for point in smooth(_BACK_HAIR[hair])])
        if hair == "bun":
            pen.disc(*at((0.05, 0.075)), w * 0.085)
    with c.shapes((coat, mix(coat, BLACK, 0.3))) as pen:
        pen.polygon([at(point) for point in smooth(_SHOULDERS, closed=False)])
    with c.shapes(shade) as pen:
        pen.polygon(
            [
                at(point)
                for point in (
                    (-0.085, 0.48),
                    (0.085, 0.48),
                    (0.10, 0.705),
                    (0, 0.80),
                    (-0.10, 0.705),
                )
            ]
        )
    with c.shapes(mix(coat, WHITE, 0.22)) as pen:
        for side in (-1, 1):
            pen.polygon(
                [
                    at((side * a, b))
                    for a, b in ((0.095, 0.675), (0.185, 0.715), (0.075, 0.88), (0.0, 0.795))
                ]
            )
    with c.shapes(mix(skin, WHITE, 0.05)) as pen:
        pen.disc(*at((0, 0.345)), w * 0.165, h * 0.205)
        for side in (-1, 1):
            pen.disc(*at((side * 0.165, 0.355)), w * 0.028, h * 0.042)
    with c.shapes(shade, alpha=0.75) as pen:
        half: list[Point] = [
            (0.02, 0.14),
            (0.12, 0.19),
            (0.165, 0.345),
            (0.12, 0.49),
            (0.02, 0.55),
            (0.055, 0.44),
            (0.015, 0.40),
            (0.05, 0.30),
        ]
        pen.polygon([at(point) for point in smooth(half)])
    with c.shapes((mix(locks, WHITE, 0.06), locks)) as pen:
        if hair == "curls":
            for _ in range(26):
                pen.disc(
                    *at((c.random.uniform(-0.16, 0.16), c.random.uniform(0.12, 0.19))), w * 0.052
                )
        else:
            pen.polygon([at(point) for point in smooth(_FRINGE[hair])])
        if beard:
            jaw: list[Point] = [
                (-0.168, 0.37),
                (-0.10, 0.425),
                (0, 0.415),
                (0.10, 0.425),
                (0.168, 0.37),
                (0.14, 0.51),
                (0, 0.585),
                (-0.14, 0.51),
            ]
            pen.polygon([at(point) for point in smooth(jaw)])
    if glasses:
        with c.shapes(mix(locks, BLACK, 0.35)) as pen:
            for side in (-1, 1):
                x, y = at((side * 0.075, 0.335))
                pen.disc(x, y, w * 0.058)
                pen.disc(x, y, w * 0.046, ink=0)
                pen.line([at((side * 0.13, 0.325)), at((side * 0.165, 0.33))], w * 0.010)
            pen.line([at((-0.02, 0.325)), at((0.02, 0.325))], w * 0.010)
