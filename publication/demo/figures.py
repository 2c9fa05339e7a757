"""Silhouettes for the demo pictures: people, a child and a cat, drawn with a pen at a place."""

from publication.demo.pen import Pen, Point, smooth

_COAT: list[Point] = [
    (-0.026, 0.105),
    (-0.055, 0.150),
    (-0.108, 0.178),
    (-0.124, 0.270),
    (-0.130, 0.400),
    (-0.126, 0.500),
    (-0.108, 0.520),
    (-0.104, 0.640),
    (0.0, 0.655),
    (0.104, 0.640),
    (0.106, 0.520),
    (0.126, 0.500),
    (0.132, 0.400),
    (0.122, 0.270),
    (0.106, 0.178),
    (0.055, 0.150),
    (0.026, 0.105),
]
_BUST: list[Point] = [
    (-0.53, 1.02),
    (-0.51, 0.84),
    (-0.40, 0.68),
    (-0.16, 0.575),
    (-0.11, 0.42),
    (0.11, 0.42),
    (0.16, 0.575),
    (0.40, 0.68),
    (0.51, 0.84),
    (0.53, 1.02),
]
_BOB: list[Point] = [
    (-0.23, 0.24),
    (-0.15, 0.06),
    (0.0, 0.005),
    (0.15, 0.06),
    (0.23, 0.24),
    (0.24, 0.42),
    (0.20, 0.55),
    (0.0, 0.575),
    (-0.20, 0.55),
    (-0.24, 0.42),
]
_CAT: list[Point] = [
    (-0.36, 1.0),
    (-0.42, 0.80),
    (-0.34, 0.58),
    (-0.16, 0.46),
    (0.00, 0.36),
    (0.04, 0.24),
    (0.06, 0.06),
    (0.13, 0.14),
    (0.22, 0.14),
    (0.29, 0.05),
    (0.32, 0.24),
    (0.28, 0.36),
    (0.24, 0.46),
    (0.27, 0.70),
    (0.28, 1.0),
]
_TAIL: list[Point] = [(-0.34, 0.92), (-0.58, 0.96), (-0.74, 0.82), (-0.72, 0.60), (-0.62, 0.52)]


def person(pen: Pen, x: float, foot: float, height: float, *, lean: float = 0) -> None:
    """Somebody in a coat, standing with their back to us or their face: nobody can tell."""
    top = foot - height

    def at(point: Point) -> Point:
        across, down = point
        return x + (across + lean * (1 - down)) * height, top + down * height

    head_x, head_y = at((0, 0.066))
    pen.disc(head_x, head_y, 0.050 * height, 0.064 * height)
    pen.polygon([at(p) for p in smooth(_COAT, steps=5)])
    pen.polygon([at(p) for p in ((-0.080, 0.62), (-0.006, 0.62), (-0.018, 0.985), (-0.066, 0.985))])
    pen.polygon([at(p) for p in ((0.006, 0.62), (0.080, 0.62), (0.066, 0.985), (0.018, 0.985))])
    for side in (-1, 1):
        shoe_x, shoe_y = at((side * 0.046, 0.985))
        pen.disc(shoe_x, shoe_y, 0.036 * height, 0.015 * height)


def umbrella(pen: Pen, x: float, foot: float, height: float) -> None:
    """A person under an umbrella."""
    person(pen, x, foot, height)
    middle, reach = x + 0.05 * height, 0.34 * height
    rim = foot - height * 0.90
    dome: list[Point] = [
        (middle - reach, rim),
        (middle - reach * 0.82, rim - reach * 0.32),
        (middle - reach * 0.4, rim - reach * 0.58),
        (middle, rim - reach * 0.66),
        (middle + reach * 0.4, rim - reach * 0.58),
        (middle + reach * 0.82, rim - reach * 0.32),
        (middle + reach, rim),
    ]
    scallops: list[Point] = []
    for rib in range(4, 0, -1):
        edge = middle - reach + reach * 2 * rib / 4
        scallops += [(edge, rim), (edge - reach / 4, rim - reach * 0.09)]
    pen.polygon([*smooth(dome, closed=False), *scallops])
    pen.line(
        [(middle, rim - reach * 0.72), (middle + 0.02 * height, foot - height * 0.6)],
        0.012 * height,
    )


def bust(pen: Pen, x: float, base: float, height: float, *, hair: str = "short") -> None:
    """Head and shoulders from behind; `hair` is short, bob, bun or headset."""
    top = base - height

    def at(point: Point) -> Point:
        return x + point[0] * height, top + point[1] * height

    pen.polygon([at(p) for p in smooth(_BUST, closed=False, steps=6)])
    head_x, head_y = at((0, 0.27))
    pen.disc(head_x, head_y, 0.185 * height, 0.235 * height)
    if hair == "bob":
        pen.polygon([at(p) for p in smooth(_BOB, steps=6)])
    elif hair == "bun":
        bun_x, bun_y = at((0.02, 0.02))
        pen.disc(bun_x, bun_y, 0.10 * height, 0.09 * height)
    elif hair == "headset":
        left, right = at((-0.205, 0.29)), at((0.205, 0.29))
        for ear_x, ear_y in (left, right):
            pen.disc(ear_x, ear_y, 0.045 * height, 0.075 * height)
        band = smooth(
            [(-0.205, 0.29), (-0.15, 0.07), (0, 0.01), (0.15, 0.07), (0.205, 0.29)], closed=False
        )
        pen.line([at(p) for p in band], 0.03 * height)


def runner(pen: Pen, x: float, foot: float, height: float) -> None:
    """A child running to the right, a satchel or exercise book under one arm."""
    top = foot - height

    def at(point: Point) -> Point:
        return x + point[0] * height, top + point[1] * height

    head_x, head_y = at((0.12, 0.12))
    pen.disc(head_x, head_y, 0.095 * height, 0.115 * height)
    torso: list[Point] = [
        (0.02, 0.23),
        (0.14, 0.24),
        (0.13, 0.42),
        (0.06, 0.62),
        (-0.11, 0.60),
        (-0.07, 0.38),
    ]
    pen.polygon([at(p) for p in smooth(torso, steps=4)])
    limbs: list[list[Point]] = [
        [(0.03, 0.58), (0.19, 0.70), (0.13, 0.97), (0.20, 0.99)],
        [(-0.05, 0.57), (-0.12, 0.75), (-0.36, 0.80), (-0.39, 0.74)],
        [(0.09, 0.29), (0.20, 0.44), (0.32, 0.38)],
        [(0.02, 0.28), (-0.13, 0.42), (-0.22, 0.34)],
    ]
    for number, limb in enumerate(limbs):
        pen.line([at(p) for p in limb], (0.085 if number < 2 else 0.065) * height)
    pen.polygon([at(p) for p in ((0.25, 0.26), (0.40, 0.30), (0.36, 0.45), (0.21, 0.41))])


def cat(pen: Pen, x: float, foot: float, height: float) -> None:
    """A sitting cat, its tail hanging to the left."""
    top = foot - height
    pen.polygon([(x + a * height, top + b * height) for a, b in smooth(_CAT, steps=6)])
    tail = smooth(_TAIL, closed=False)
    pen.line([(x + a * height, top + b * height) for a, b in tail], 0.075 * height)
