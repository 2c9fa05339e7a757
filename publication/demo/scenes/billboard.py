"""A painted billboard, half finished."""

from publication.demo.canvas import Canvas
from publication.demo.figures import person
from publication.demo.pen import BLACK, WHITE, Palette, Pen, Point, mix, smooth


def billboard(c: Canvas, p: Palette) -> None:
    """A film star three storeys high, half painted, and the painter on the ladder."""
    w, h = c.size
    c.gradient(p.deep, mix(p.deep, p.dark, 0.6), p.dark)
    left, right, top, bottom = w * 0.16, w * 0.84, h * 0.06, h * 0.88
    with c.shapes(BLACK, alpha=0.5, blur=16) as pen:
        pen.rect(left + 12, top + 18, right + 12, bottom + 18)
    before = c.image.copy()
    with c.shapes((p.mid, mix(p.mid, p.accent, 0.45))) as pen:
        pen.rect(left, top, right, bottom)
    face_x, face_y, size = w * 0.42, h * 0.47, h * 0.36
    neck, coat = mix(p.light, p.accent, 0.35), mix(p.accent, p.deep, 0.2)
    with c.shapes((neck, mix(neck, p.accent, 0.5))) as pen:
        pen.rect(face_x - size * 0.20, face_y + size * 0.4, face_x + size * 0.26, bottom)
    with c.shapes((coat, mix(coat, p.deep, 0.4))) as pen:
        for side in (-1, 1):
            collar = [
                (0.10, 1.25),
                (0.34, 0.86),
                (0.62, 0.98),
                (1.25, 1.16),
                (1.3, 1.6),
                (0.1, 1.6),
            ]
            pen.polygon([(face_x + size * (0.03 + side * a), face_y + size * b) for a, b in collar])
    with c.shapes(mix(p.deep, BLACK, 0.35)) as pen:
        pen.polygon(
            [(face_x + a * size, face_y + b * size) for a, b in smooth(_HAIR_SHAPE, steps=8)]
        )
    with c.shapes((mix(p.light, WHITE, 0.2), p.light)) as pen:
        pen.polygon(
            [(face_x + a * size, face_y + b * size) for a, b in smooth(_FACE_SHAPE, steps=8)]
        )
    with c.shapes(mix(p.light, p.accent, 0.55)) as pen:
        pen.polygon(
            [(face_x + a * size, face_y + b * size) for a, b in smooth(_SHADOW_SHAPE, steps=8)]
        )
    fringe = [
        (-0.66, -0.20),
        (-0.58, -0.66),
        (-0.1, -0.94),
        (0.44, -0.80),
        (0.68, -0.20),
        (0.40, -0.38),
        (0.05, -0.44),
        (-0.30, -0.40),
    ]
    with c.shapes(mix(p.deep, BLACK, 0.35)) as pen:
        pen.polygon([(face_x + a * size, face_y + b * size) for a, b in smooth(fringe, steps=8)])
    _features(c, face_x, face_y, size, p)
    _unpainted(c, p, (left, top, right, bottom))
    clip = Pen(c.size)
    clip.rect(left, top, right, bottom)
    before.paste(c.image, (0, 0), clip.mask.reduce(2))
    c.image = before
    with c.shapes(mix(p.deep, BLACK, 0.7)) as pen:
        for x in (0.16, 0.385, 0.61, 0.84):
            pen.rect(w * x - 4, h * 0.02, w * x + 4, h)
        for y in (0.30, 0.60, 0.88):
            pen.rect(w * 0.145, h * y - 3, w * 0.855, h * y + 6)
    with c.shapes(BLACK) as pen:
        person(pen, w * 0.665, h * 0.60, h * 0.245)
        pen.line([(w * 0.668, h * 0.42), (w * 0.645, h * 0.39), (w * 0.622, h * 0.335)], 9)
        pen.rect(w * 0.700, h * 0.565, w * 0.722, h * 0.60)
        pen.rect(0, h * 0.965, w, h)


_HAIR_SHAPE: list[Point] = [
    (-0.50, 0.42),
    (-0.74, 0.40),
    (-0.76, -0.10),
    (-0.60, -0.66),
    (-0.10, -0.98),
    (0.46, -0.84),
    (0.76, -0.30),
    (0.76, 0.20),
    (0.80, 0.46),
    (0.50, 0.46),
    (0.0, 0.2),
]


_FACE_SHAPE: list[Point] = [
    (-0.48, -0.25),
    (-0.40, -0.58),
    (0.0, -0.72),
    (0.42, -0.52),
    (0.50, -0.1),
    (0.44, 0.36),
    (0.22, 0.70),
    (0.04, 0.78),
    (-0.16, 0.70),
    (-0.40, 0.34),
]


_SHADOW_SHAPE: list[Point] = [
    (0.06, -0.71),
    (0.42, -0.52),
    (0.50, -0.1),
    (0.44, 0.36),
    (0.22, 0.70),
    (0.04, 0.78),
    (0.16, 0.5),
    (0.10, 0.30),
    (0.16, 0.14),
    (0.06, -0.05),
    (0.12, -0.35),
]


def _features(c: Canvas, x: float, y: float, size: float, p: Palette) -> None:
    dark = mix(p.deep, BLACK, 0.45)
    with c.shapes(dark) as pen:
        for side in (-1, 1):
            brow = smooth(
                [
                    (x + side * size * 0.10, y - size * 0.27),
                    (x + side * size * 0.24, y - size * 0.33),
                    (x + side * size * 0.38, y - size * 0.25),
                ],
                closed=False,
            )
            pen.line(brow, size * 0.035)
            lid = [
                (x + side * size * 0.10, y - size * 0.10),
                (x + side * size * 0.23, y - size * 0.175),
                (x + side * size * 0.37, y - size * 0.12),
                (x + side * size * 0.23, y - size * 0.08),
            ]
            pen.polygon(smooth(lid, steps=5))
    with c.shapes(mix(p.accent, (170, 20, 30), 0.55)) as pen:
        pen.polygon(
            [
                (x + a * size, y + b * size)
                for a, b in smooth(
                    [
                        (-0.15, 0.43),
                        (-0.05, 0.375),
                        (0.02, 0.395),
                        (0.09, 0.375),
                        (0.19, 0.43),
                        (0.10, 0.50),
                        (0.02, 0.515),
                        (-0.07, 0.50),
                    ],
                    steps=5,
                )
            ]
        )


def _unpainted(c: Canvas, p: Palette, box: tuple[float, float, float, float]) -> None:
    """The right-hand part still white, the brush's edge ragged, the drawing showing."""
    left, top, right, bottom = box
    edge = left + (right - left) * 0.64
    blank = mix(p.light, WHITE, 0.6)
    strokes = 17
    with c.shapes((blank, mix(blank, p.light, 0.35))) as pen:
        pen.rect(edge + 60, top, right, bottom)
        for stroke in range(strokes):
            y, tall = top + (bottom - top) * stroke / strokes, (bottom - top) / strokes + 2
            pen.round_rect(edge + c.random.uniform(-70, 50), y, edge + 160, y + tall, tall * 0.4)
    with c.shapes(mix(p.mid, blank, 0.35), alpha=0.45) as pen:
        for line in range(1, 9):
            pen.rect(
                left + (right - left) * line / 9,
                top,
                left + (right - left) * line / 9 + 1.5,
                bottom,
                255 if line > 5 else 0,
            )
            pen.rect(
                edge + 50,
                top + (bottom - top) * line / 9,
                right,
                top + (bottom - top) * line / 9 + 1.5,
            )
