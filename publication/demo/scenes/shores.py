"""Where land ends: a beach at moonrise, a road above the sea, lanterns on the tide."""

from publication.demo.canvas import Canvas
from publication.demo.figures import person
from publication.demo.pen import BLACK, WHITE, Colour, Palette, mix, smooth
from publication.demo.scenes.hills import disc_of_light, fill_below, ridge


def sea(c: Canvas, p: Palette, *, figure: bool = True, moon: float = 0.62) -> None:
    """A horizon, a low moon and its path on the water; somebody on the sand."""
    w, h = c.size
    horizon = h * 0.56
    c.gradient(p.deep, p.dark, p.mid, p.light, bottom=horizon + 2)
    x = w * moon
    c.glow(x, horizon, h * 0.9, p.accent, 0.28)
    disc_of_light(c, x, h * 0.30, min(w, h) * 0.065, p.accent)
    fill_below(
        c,
        ridge(c, horizon, h * 0.055, 4, 0.1),
        (mix(p.mid, p.dark, 0.6), mix(p.mid, p.dark, 0.4)),
        0.7,
    )
    c.gradient(mix(p.mid, p.light, 0.4), p.dark, mix(p.deep, BLACK, 0.35), top=horizon)
    for colour, share, count in (
        (mix(p.deep, BLACK, 0.3), 0.45, 420),
        (mix(p.light, WHITE, 0.2), 0.3, 260),
    ):
        with c.shapes(colour, alpha=share) as pen:
            for _ in range(count):
                depth = c.random.random() ** 1.6
                y = horizon + 3 + depth * (h - horizon)
                length = (10 + 90 * depth) * c.random.uniform(0.5, 1.5)
                start = c.random.uniform(-50, w)
                pen.disc(start, y, length / 2, 0.6 + 2.2 * depth, c.random.randint(60, 255))
    with c.shapes(mix(p.accent, WHITE, 0.4), light=True, alpha=0.9) as pen:
        for _ in range(420):
            depth = c.random.random() ** 1.3
            y = horizon + 2 + depth * (h - horizon) * 0.8
            spread = w * (0.012 + 0.075 * depth)
            at = c.random.gauss(x, spread)
            pen.disc(
                at,
                y,
                5 + 24 * depth * c.random.random(),
                0.7 + 1.9 * depth,
                c.random.randint(50, 255),
            )
    sand = smooth(
        [
            (-20, h * 0.84),
            (w * 0.25, h * 0.86),
            (w * 0.55, h * 0.93),
            (w * 0.8, h * 1.01),
            (w + 20, h * 1.05),
        ],
        closed=False,
    )
    with c.shapes(mix(p.light, WHITE, 0.5), alpha=0.35, blur=2) as pen:
        pen.line([(px, py - 5) for px, py in sand], 6)
    fill_below(c, sand, (mix(p.dark, BLACK, 0.55), mix(p.deep, BLACK, 0.8)))
    if figure:
        with c.shapes(BLACK, blur=0.5) as pen:
            person(pen, w * 0.235, h * 0.88, h * 0.30)


def coast_road(c: Canvas, p: Palette) -> None:
    """A van with its lights on takes a road above the sea at dusk."""
    w, h = c.size
    horizon = h * 0.44
    c.gradient(p.deep, p.dark, p.light, bottom=horizon + 2)
    c.glow(w * 0.25, horizon, h * 0.7, p.accent, 0.4)
    c.gradient(mix(p.light, p.mid, 0.4), p.mid, p.dark, top=horizon)
    with c.shapes(mix(p.light, WHITE, 0.3), alpha=0.4) as pen:
        for _ in range(260):
            depth = c.random.random() ** 1.5
            pen.disc(
                c.random.uniform(0, w),
                horizon + 3 + depth * h * 0.5,
                8 + 40 * depth,
                0.6 + 1.6 * depth,
                c.random.randint(40, 230),
            )
    for number in range(3):
        near = (number + 1) / 3
        line = smooth(
            [
                (w * (0.90 - 0.36 * near), h * 1.1),
                (w * (0.92 - 0.28 * near), h * (0.60 + 0.12 * near)),
                (w * (0.98 - 0.20 * near), h * (0.40 + 0.10 * near)),
                (w * 1.02, h * (0.24 + 0.14 * near)),
                (w * 1.3, h * 0.2),
            ],
            closed=False,
        )
        colour = mix(mix(p.dark, p.mid, 0.5), mix(p.deep, BLACK, 0.35), near)
        with c.shapes((mix(colour, p.light, 0.12), colour)) as pen:
            pen.polygon([*line, (w * 1.3, h * 1.1)])
        c.mist(h * 0.55, h * 0.2, p.light, 0.18)
    ground = smooth(
        [
            (-30, h * 0.70),
            (w * 0.25, h * 0.735),
            (w * 0.55, h * 0.80),
            (w * 0.8, h * 0.785),
            (w * 1.05, h * 0.70),
        ],
        closed=False,
    )
    fill_below(c, ground, (mix(p.deep, BLACK, 0.35), mix(p.deep, BLACK, 0.75)))
    road = smooth(
        [
            (w * 1.04, h * 0.73),
            (w * 0.80, h * 0.825),
            (w * 0.50, h * 0.875),
            (w * 0.2, h * 0.93),
            (-40, h * 1.02),
        ],
        closed=False,
        steps=14,
    )
    with c.shapes(mix(mix(p.deep, BLACK, 0.2), p.light, 0.20)) as pen:
        upper = [(x, y - h * 0.012 - 0.035 * (w - x) * 0.35) for x, y in road]
        lower = [(x, y + h * 0.012 + 0.035 * (w - x) * 0.35) for x, y in road]
        pen.polygon([*upper, *reversed(lower)])
    with c.shapes(mix(p.accent, WHITE, 0.4), alpha=0.75) as pen:
        for number in range(0, len(road) - 2, 4):
            pen.line([road[number], road[number + 1]], 2 + 3 * (1 - road[number][0] / w))
    van_x, van_y, size = w * 0.46, h * 0.875, h * 0.085
    for side in (0.45, 0.9):
        c.glow(
            van_x - size * (1.2 + side * 1.6),
            van_y + size * 0.12,
            size * 2.4 * side + size,
            p.accent,
            0.5,
            squash=0.34,
        )
    with c.shapes((mix(p.light, WHITE, 0.25), mix(p.mid, p.light, 0.4))) as pen:
        pen.polygon(
            [
                (van_x - size * 1.05, van_y),
                (van_x - size * 1.0, van_y - size * 0.52),
                (van_x - size * 0.66, van_y - size * 1.05),
                (van_x + size * 1.15, van_y - size * 1.12),
                (van_x + size * 1.2, van_y),
            ]
        )
    with c.shapes(mix(p.deep, BLACK, 0.4)) as pen:
        pen.polygon(
            [
                (van_x - size * 0.88, van_y - size * 0.55),
                (van_x - size * 0.60, van_y - size * 0.95),
                (van_x - size * 0.22, van_y - size * 0.97),
                (van_x - size * 0.22, van_y - size * 0.55),
            ]
        )
        pen.disc(van_x - size * 0.6, van_y, size * 0.24)
        pen.disc(van_x + size * 0.75, van_y, size * 0.24)
    c.glow(van_x - size * 1.05, van_y - size * 0.28, size * 0.8, (255, 244, 214), 0.95)


def lanterns(c: Canvas, p: Palette) -> None:
    """Paper lanterns on a dark tide, a harbour town behind."""
    w, h = c.size
    shore = h * 0.40
    c.gradient(p.deep, mix(p.deep, p.dark, 0.6), p.dark, mix(p.mid, p.dark, 0.3), bottom=shore + 2)
    with c.shapes(mix(p.deep, BLACK, 0.3)) as pen:
        x = -10.0
        while x < w:
            width, tall = w * c.random.uniform(0.02, 0.05), h * c.random.uniform(0.03, 0.10)
            pen.rect(x, shore - tall, x + width, shore + 2)
            pen.polygon(
                [
                    (x, shore - tall),
                    (x + width / 2, shore - tall - h * 0.025),
                    (x + width, shore - tall),
                ]
            )
            x += width
        pen.rect(w * 0.80, shore - h * 0.25, w * 0.815, shore)
        pen.rect(w * 0.794, shore - h * 0.27, w * 0.821, shore - h * 0.24)
    with c.shapes(mix(p.accent, WHITE, 0.2), alpha=0.9) as pen:
        for _ in range(60):
            x, y = c.random.uniform(0, w), shore - h * c.random.uniform(0.006, 0.06)
            pen.rect(x, y, x + 4, y + 5, c.random.randint(80, 255))
    c.glow(w * 0.807, shore - h * 0.255, h * 0.22, p.accent, 0.9)
    c.gradient(mix(p.mid, p.dark, 0.6), p.dark, mix(p.deep, BLACK, 0.5), top=shore)
    c.reflect(shore, strength=0.6, smear=24)
    with c.shapes(mix(p.deep, BLACK, 0.3), alpha=0.5) as pen:
        for _ in range(340):
            depth = c.random.random() ** 1.5
            pen.disc(
                c.random.uniform(0, w),
                shore + 4 + depth * (h - shore),
                10 + 70 * depth,
                0.7 + 2.6 * depth,
                c.random.randint(50, 220),
            )
    places = sorted((c.random.random() ** 1.25, c.random.random()) for _ in range(46))
    for depth, across in places:
        size = h * (0.010 + 0.075 * depth**1.4)
        x, y = w * (0.5 + (across - 0.5) * 1.1), shore + h * 0.015 + depth * (h - shore) * 0.88
        _lantern(c, x, y, size, mix(p.accent, p.light, c.random.random() * 0.7))


def _lantern(c: Canvas, x: float, y: float, size: float, colour: Colour) -> None:
    c.glow(x, y - size * 0.6, size * 3.4, colour, 0.5)
    c.glow(x, y + size * 1.1, size * 1.7, colour, 0.55, squash=1.5)
    with c.shapes((mix(colour, WHITE, 0.15), mix(colour, WHITE, 0.72))) as pen:
        pen.polygon(
            [
                (x - size * 0.52, y - size * 1.5),
                (x + size * 0.52, y - size * 1.5),
                (x + size * 0.46, y),
                (x - size * 0.46, y),
            ]
        )
    with c.shapes(mix(colour, BLACK, 0.55)) as pen:
        pen.polygon(
            [
                (x - size * 0.70, y - size * 0.02),
                (x + size * 0.70, y - size * 0.02),
                (x + size * 0.58, y + size * 0.16),
                (x - size * 0.58, y + size * 0.16),
            ]
        )
        pen.rect(x - size * 0.02, y - size * 1.5, x + size * 0.02, y, 120)
