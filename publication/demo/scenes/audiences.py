"""Rows of people from behind: a cinema, a call centre."""

from publication.demo.canvas import Canvas
from publication.demo.figures import bust
from publication.demo.pen import BLACK, WHITE, Palette, mix


def cinema(c: Canvas, p: Palette, *, people: int = 1, subtitle: bool = False) -> None:
    """Rows of seats before a lit screen; a few of them taken."""
    w, h = c.size
    c.gradient(mix(p.deep, BLACK, 0.4), p.deep, mix(p.deep, p.dark, 0.6))
    left, right, top, bottom = w * 0.17, w * 0.83, h * 0.12, h * 0.58
    c.glow(w / 2, (top + bottom) / 2, w * 0.52, p.light, 0.42, squash=0.75)
    with c.shapes((mix(p.light, WHITE, 0.45), mix(p.light, p.accent, 0.5))) as pen:
        pen.rect(left, top, right, bottom)
    with c.shapes(mix(p.accent, WHITE, 0.4), blur=1) as pen:
        pen.disc(w * 0.60, top + (bottom - top) * 0.45, h * 0.058)
    for number, share in enumerate((0.62, 0.76)):
        with c.shapes(mix(p.accent, p.dark, 0.35 + 0.3 * number), alpha=0.9) as pen:
            line = [(left, bottom)]
            steps = 9
            for step in range(steps + 1):
                line.append(
                    (
                        left + (right - left) * step / steps,
                        top + (bottom - top) * (share + c.random.uniform(-0.06, 0.06)),
                    )
                )
            pen.polygon([*line, (right, bottom)])
    if subtitle:
        with c.shapes(mix(p.light, WHITE, 0.8)) as pen:
            y = bottom - h * 0.052
            for x0, x1 in ((0.36, 0.43), (0.44, 0.53), (0.54, 0.57), (0.58, 0.64)):
                pen.round_rect(w * x0, y, w * x1, y + h * 0.013, h * 0.006)
    rows = 5
    for row in range(rows):
        near = row / (rows - 1)
        width = w * (0.047 + 0.075 * near**1.3)
        y = h * (0.655 + 0.275 * near**1.15)
        height = width * 0.92
        colour = mix(mix(p.dark, p.mid, 0.55), mix(p.deep, BLACK, 0.55), near**0.8)
        shift = (width * 0.55) if row % 2 else 0
        places = [x * width * 1.08 + shift - width for x in range(int(w / width) + 3)]
        taken = {round(w * share / (width * 1.08)) for share in _TAKEN.get(row, ())[:people]}
        with c.shapes(mix(p.deep, BLACK, 0.7), blur=0.5) as pen:
            for number, x in enumerate(places):
                if number in taken:
                    bust(
                        pen,
                        x + width / 2,
                        y + height * 0.62,
                        height * 1.35,
                        hair=_HAIR[(number + row) % 3],
                    )
        with c.shapes((mix(colour, p.accent, 0.18), mix(colour, BLACK, 0.5))) as pen:
            for x in places:
                pen.round_rect(x, y, x + width, y + height * 2, width * 0.24)
        with c.shapes(mix(p.light, WHITE, 0.2), alpha=0.34 * (1 - near * 0.55)) as pen:
            for x in places:
                pen.round_rect(x + width * 0.1, y, x + width * 0.9, y + 4, 2)
    c.glow(w * 0.5, h * 0.02, w * 0.5, p.light, 0.10, squash=0.5)


_TAKEN = {1: (0.42, 0.63, 0.30), 2: (0.70, 0.22, 0.50), 3: (0.36, 0.80)}


_HAIR = ("short", "bob", "bun")


def call_centre(c: Canvas, p: Palette) -> None:
    """Rows of backs, rows of screens; one of them is warm."""
    w, h = c.size
    c.gradient(mix(p.dark, p.mid, 0.3), mix(p.deep, BLACK, 0.3))
    with c.shapes(mix(p.light, WHITE, 0.3), alpha=0.8) as pen:
        for row in range(4):
            y, width = h * (0.035 + 0.048 * row), w * (0.12 - 0.020 * row)
            for lamp in range(-4, 5):
                x = w / 2 + lamp * width * 1.75
                pen.polygon(
                    [
                        (x - width / 2, y),
                        (x + width / 2, y),
                        (x + width * 0.42, y + h * 0.012),
                        (x - width * 0.42, y + h * 0.012),
                    ]
                )
    c.mist(h * 0.22, h * 0.22, p.mid, 0.35)
    rows = 4
    for row in range(rows):
        near = row / (rows - 1)
        size = w * (0.085 + 0.115 * near**1.2)
        y = h * (0.30 + 0.47 * near)
        shift = size * 0.75 if row % 2 else 0
        places = [x * size * 1.5 + shift - size for x in range(int(w / size) + 2)]
        warm = min(places, key=lambda x: abs(x - w * 0.60)) if row == 2 else None
        shade = mix(mix(p.dark, p.mid, 0.5), mix(p.deep, BLACK, 0.4), near)
        with c.shapes((mix(shade, p.light, 0.14), shade)) as pen:
            pen.rect(0, y - size * 0.12, w, h)
        for x in places:
            tint = p.accent if x == warm else p.light
            middle = x + size * 0.5
            c.glow(middle, y - size * 0.1, size * 0.95, tint, 0.30 if x != warm else 0.62)
            with c.shapes((mix(tint, WHITE, 0.35), mix(tint, p.mid, 0.3))) as pen:
                pen.round_rect(
                    x + size * 0.02, y - size * 0.42, x + size * 0.98, y + size * 0.16, 4
                )
        with c.shapes(mix(p.deep, BLACK, 0.55 + 0.3 * near), blur=0.5) as pen:
            for x in places:
                bust(pen, x + size * 0.5, y + size * 0.95, size * 1.06, hair="headset")
        with c.shapes((mix(shade, p.light, 0.05), mix(shade, BLACK, 0.6))) as pen:
            for x in places:
                pen.round_rect(
                    x + size * 0.12, y + size * 0.62, x + size * 0.88, y + size * 1.6, size * 0.10
                )
