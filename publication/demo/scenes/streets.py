"""Streets with somebody in them: an alley of signs, a road in a ruined city."""

from publication.demo.canvas import Canvas
from publication.demo.figures import person, umbrella
from publication.demo.pen import BLACK, WHITE, Palette, Point, mix


def alley(c: Canvas, p: Palette) -> None:
    """A narrow street of signs after rain, somebody under an umbrella at the end of it."""
    w, h = c.size
    ground, middle = h * 0.74, w * 0.5
    c.gradient(p.dark, p.mid, p.light, bottom=ground + 2)
    c.glow(middle, ground - h * 0.05, h * 0.8, p.light, 0.8)
    layers = 5
    for layer in range(layers):
        near = (layer + 1) / layers
        gap = w * (0.05 + 0.34 * near**1.6)
        wall = mix(mix(p.mid, p.dark, near), mix(p.deep, BLACK, 0.3), near)
        with c.shapes((mix(wall, p.dark, 0.35), wall)) as pen:
            pen.rect(0, 0, middle - gap, ground + 2)
            pen.rect(middle + gap, 0, w, ground + 2)
        with c.shapes(mix(p.light, p.mid, 0.4), alpha=0.5 * near) as pen:
            for side in (-1, 1):
                for _ in range(9):
                    x = middle + side * (gap + w * near * c.random.uniform(0.01, 0.16))
                    y = ground * c.random.uniform(0.05, 0.85)
                    pen.rect(
                        x, y, x + h * 0.022 * near, y + h * 0.035 * near, c.random.randint(60, 255)
                    )
        for side in (-1, 1):
            for sign in range(2):
                top = ground * (c.random.uniform(0.0, 0.2) + 0.38 * sign)
                _neon(c, p, (middle + side * gap, top), side, near)
        c.glow(middle, ground, h * 0.8, p.light, 0.10)
    with c.shapes(BLACK) as pen:
        umbrella(pen, middle - w * 0.012, ground + h * 0.012, h * 0.27)
    c.gradient(mix(p.dark, BLACK, 0.55), BLACK, top=ground)
    c.reflect(ground, strength=0.95, smear=30)
    c.rain(mix(p.light, WHITE, 0.5), drops=420, slant=0.05, alpha=0.28)


def _neon(c: Canvas, p: Palette, corner: Point, side: int, near: float) -> None:
    """A hanging sign: marks of light on a dark board, no letters of any script."""
    h = c.size[1]
    colour = c.random.choice(
        [p.accent, p.accent, p.light, mix(p.accent, WHITE, 0.4), mix(p.light, p.accent, 0.5)]
    )
    width, glyphs = h * 0.105 * near * c.random.uniform(0.7, 1.1), c.random.randint(2, 4)
    edge, top = corner
    left = edge - width * 1.15 if side > 0 else edge + width * 0.15
    height = width * (glyphs * 0.95 + 0.2)
    c.glow(left + width / 2, top + height / 2, height * 1.1, colour, 0.42)
    with c.shapes(mix(p.deep, BLACK, 0.5), alpha=0.88) as pen:
        pen.round_rect(left, top, left + width, top + height, 5 * near)
    with c.shapes(mix(colour, WHITE, 0.25), light=True) as pen:
        stroke = max(1.2, width * 0.055)
        corners = [
            (left, top),
            (left + width, top),
            (left + width, top + height),
            (left, top + height),
        ]
        pen.line([*corners, corners[0]], stroke * 0.7)
        for glyph in range(glyphs):
            y, size = top + width * (0.2 + glyph * 0.95), width * 0.6
            x = left + width * 0.2
            match c.random.randrange(4):
                case 0:
                    pen.disc(x + size / 2, y + size / 2, size * 0.42)
                    pen.disc(x + size / 2, y + size / 2, size * 0.42 - stroke, ink=0)
                case 1:
                    pen.disc(x + size / 2, y + size / 2, size * 0.24)
                case 2:
                    for bar in (0.2, 0.5, 0.8):
                        pen.line([(x, y + size * bar), (x + size, y + size * bar)], stroke)
                case _:
                    pen.line(
                        [
                            (x, y + size * 0.3),
                            (x + size / 2, y + size * 0.75),
                            (x + size, y + size * 0.3),
                        ],
                        stroke,
                    )


def headlights(c: Canvas, p: Palette) -> None:
    """A lorry's lamps come down a road nobody has swept for four years."""
    w, h = c.size
    horizon, middle = h * 0.58, w * 0.5
    c.gradient(p.deep, p.dark, p.mid, bottom=horizon + 2)
    c.glow(middle, horizon, h * 0.9, p.light, 0.45)
    for layer in range(3):
        near = (layer + 1) / 3
        colour = mix(mix(p.mid, p.dark, 0.4), mix(p.deep, BLACK, 0.45), near)
        with c.shapes((mix(colour, p.mid, 0.1), colour)) as pen:
            for side in (-1, 1):
                x = w * (0.05 + 0.07 * near)
                while x < w * 0.56:
                    width, tall = (
                        w * c.random.uniform(0.04, 0.09),
                        h * c.random.uniform(0.14, 0.50) * (0.5 + 0.55 * near),
                    )
                    left, right = sorted((middle + side * x, middle + side * (x + width)))
                    top = horizon - tall * min(1.0, 0.35 + x / (w * 0.4))
                    broken = [(left, top + c.random.uniform(0, h * 0.07))]
                    for step in range(1, 5):
                        broken.append(
                            (
                                left + (right - left) * step / 4,
                                top + c.random.uniform(-0.01, 0.06) * h,
                            )
                        )
                    pen.polygon([(left, horizon + h * 0.04), *broken, (right, horizon + h * 0.04)])
                    for row in range(6):
                        for column in range(3):
                            if c.random.random() < 0.4:
                                hole_x, hole_y = (
                                    left + (right - left) * (column + 0.3) / 3,
                                    top + h * (0.09 + 0.05 * row),
                                )
                                if hole_y < horizon - 8:
                                    pen.rect(
                                        hole_x,
                                        hole_y,
                                        hole_x + (right - left) * 0.14,
                                        hole_y + h * 0.02,
                                        120,
                                    )
                    x += width * c.random.uniform(1.0, 1.25)
        c.mist(horizon, h * 0.20, mix(p.mid, p.light, 0.4), 0.5 * (1 - near * 0.6))
    c.gradient(mix(p.mid, p.dark, 0.55), mix(p.deep, BLACK, 0.5), top=horizon)
    with c.shapes((mix(p.dark, p.mid, 0.4), mix(p.deep, BLACK, 0.3))) as pen:
        pen.polygon(
            [
                (middle - w * 0.03, horizon),
                (middle + w * 0.03, horizon),
                (w * 1.05, h),
                (-w * 0.05, h),
            ]
        )
    with c.shapes((mix(p.light, p.mid, 0.4), mix(p.light, p.dark, 0.4)), alpha=0.5) as pen:
        for dash in range(7):
            near, far = (dash / 7) ** 2, ((dash + 0.5) / 7) ** 2
            y0, y1 = horizon + (h - horizon) * near, horizon + (h - horizon) * far
            pen.polygon(
                [
                    (middle - 1 - 14 * near, y0),
                    (middle + 1 + 14 * near, y0),
                    (middle + 1 + 14 * far, y1),
                    (middle - 1 - 14 * far, y1),
                ]
            )
    _wrecks(c, p, horizon)
    lamp_y, gap = horizon + h * 0.035, w * 0.022
    with c.shapes(mix(p.deep, BLACK, 0.5)) as pen:
        pen.round_rect(
            middle - gap * 1.7, horizon - h * 0.10, middle + gap * 1.7, lamp_y + h * 0.03, 8
        )
    for side in (-1, 1):
        x = middle + side * gap
        with c.shapes(mix(p.accent, WHITE, 0.3), alpha=0.20, blur=22, light=True) as pen:
            pen.polygon(
                [
                    (x, lamp_y),
                    (x + side * w * 0.03 - w * 0.17, h * 1.05),
                    (x + side * w * 0.03 + w * 0.17, h * 1.05),
                ]
            )
        c.glow(x, lamp_y, h * 0.36, p.accent, 0.7)
        c.glow(x, lamp_y, h * 0.09, WHITE, 1)
    with c.shapes(BLACK, blur=0.5) as pen:
        person(pen, w * 0.385, h * 0.93, h * 0.40)
        person(pen, w * 0.445, h * 0.90, h * 0.27)
    c.texture((14, 8), p.mid, 0.10)


def _wrecks(c: Canvas, p: Palette, horizon: float) -> None:
    w, h = c.size
    for x, size in ((0.30, 0.05), (0.72, 0.07), (0.17, 0.11), (0.86, 0.13)):
        left, y, length = w * x, horizon + h * size * 1.5, h * size * 2.1
        with c.shapes(mix(p.deep, BLACK, 0.45)) as pen:
            body: list[Point] = [
                (-0.5, 0),
                (-0.48, -0.20),
                (-0.26, -0.24),
                (-0.14, -0.42),
                (0.2, -0.42),
                (0.34, -0.22),
                (0.5, -0.18),
                (0.5, 0),
            ]
            pen.polygon([(left + a * length, y + b * length) for a, b in body])
            for wheel in (-0.3, 0.3):
                pen.disc(left + wheel * length, y, length * 0.085)
