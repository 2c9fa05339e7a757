"""Rooms somebody lives in: tatami and morning, a table and a telephone."""

from publication.demo.canvas import Canvas
from publication.demo.figures import bust
from publication.demo.pen import BLACK, WHITE, Palette, Pen, Point, mix, smooth


def tatami(c: Canvas, p: Palette) -> None:
    """Two old people sit side by side on the matting and look at the morning."""
    w, h = c.size
    c.gradient(mix(p.dark, BLACK, 0.1), p.dark)
    floor = h * 0.66
    left, right, top = w * 0.30, w * 0.70, h * 0.13
    with c.shapes((mix(p.light, WHITE, 0.55), mix(p.light, p.mid, 0.25))) as pen:
        pen.rect(left, top, right, floor)
    with c.shapes(mix(p.mid, p.light, 0.45), blur=1.5) as pen:
        pen.polygon(
            [
                (left, floor - h * 0.15),
                (left + w * 0.12, floor - h * 0.19),
                (left + w * 0.24, floor - h * 0.15),
                (right, floor - h * 0.18),
                (right, floor),
                (left, floor),
            ]
        )
    with c.shapes(mix(p.dark, p.mid, 0.5), blur=0.8) as pen:
        pen.rect(left, floor - h * 0.07, right, floor)
        for bush in range(7):
            pen.disc(
                left + (right - left) * (bush + 0.4) / 7, floor - h * 0.075, w * 0.026, h * 0.028
            )
    paper = mix(p.light, p.mid, 0.25)
    with c.shapes((mix(paper, WHITE, 0.18), paper)) as pen:
        pen.rect(w * 0.045, top, left, floor)
        pen.rect(right, top, w * 0.955, floor)
    frame = mix(p.deep, BLACK, 0.25)
    with c.shapes(frame) as pen:
        pen.rect(0, 0, w, top - h * 0.05)
        pen.rect(0, top - h * 0.015, w, top + h * 0.012)
        for x in (w * 0.045, left, right, w * 0.955):
            pen.rect(x - 7, 0, x + 7, floor)
        for start, end in ((w * 0.045, left), (right, w * 0.955)):
            for column in range(1, 4):
                x = start + (end - start) * column / 4
                pen.rect(x - 1.5, top, x + 1.5, floor)
            for row in range(1, 6):
                y = top + (floor - top) * row / 6
                pen.rect(start, y - 1.5, end, y + 1.5)
            pen.rect(start, floor - h * 0.09, end, floor)
    with c.shapes(frame) as pen:
        pen.rect(0, 0, w * 0.045, floor)
        pen.rect(w * 0.955, 0, w, floor)
    c.gradient(mix(p.mid, p.light, 0.2), mix(p.dark, p.deep, 0.5), top=floor)
    with c.shapes(mix(p.deep, BLACK, 0.2), alpha=0.85) as pen:
        for seam in (-0.9, -0.32, 0.32, 0.9):
            near, far = w / 2 + seam * w * 0.95, w / 2 + seam * w * 0.52
            pen.polygon([(far - 2, floor), (far + 2, floor), (near + 8, h), (near - 8, h)])
        pen.rect(0, floor - 3, w, floor + 5)
        pen.rect(0, h * 0.80, w, h * 0.80 + 7)
    c.glow(w / 2, floor + h * 0.06, w * 0.26, WHITE, 0.26, squash=0.35)
    with c.shapes(BLACK, alpha=0.45, blur=9) as pen:
        pen.disc(w * 0.5, h * 0.865, w * 0.17, h * 0.028)
    tall = min(h * 0.36, w * 0.40)
    with c.shapes((mix(p.deep, BLACK, 0.35), BLACK), blur=0.6) as pen:
        _kneeling(pen, w * 0.495 - tall * 0.38, h * 0.87, tall)
        _kneeling(pen, w * 0.495 + tall * 0.38, h * 0.87, tall * 0.93, bun=True)


def _kneeling(pen: Pen, x: float, foot: float, height: float, *, bun: bool = False) -> None:
    """Somebody kneeling on the floor, from behind."""
    half: list[Point] = [
        (0.055, 0.27),
        (0.17, 0.33),
        (0.235, 0.43),
        (0.27, 0.62),
        (0.29, 0.76),
        (0.40, 0.88),
        (0.38, 0.98),
    ]
    outline = [*((-a, b) for a, b in reversed(half)), *half]
    pen.polygon([(x + a * height, foot - height * (1 - b)) for a, b in smooth(outline, steps=6)])
    pen.rect(x - height * 0.05, foot - height * 0.80, x + height * 0.05, foot - height * 0.6)
    pen.disc(x, foot - height * 0.87, height * 0.095, height * 0.125)
    if bun:
        pen.disc(x, foot - height * 0.985, height * 0.055, height * 0.048)


def table(c: Canvas, p: Palette) -> None:
    """Supper for one, in front of a telephone; the window does the rest."""
    w, h = c.size
    c.gradient(mix(p.dark, p.mid, 0.25), p.dark, mix(p.deep, p.dark, 0.4))
    left, right, top, bottom = w * 0.60, w * 0.90, h * 0.09, h * 0.54
    with c.shapes((mix(p.mid, p.light, 0.25), mix(p.light, p.accent, 0.35))) as pen:
        pen.rect(left, top, right, bottom)
    with c.shapes(mix(p.dark, p.mid, 0.6), alpha=0.9) as pen:
        x = left
        while x < right:
            width = c.random.uniform(0.03, 0.055) * w
            pen.rect(x, bottom - h * c.random.uniform(0.08, 0.27), min(x + width, right), bottom)
            x += width
    with c.shapes((255, 226, 170), alpha=0.8) as pen:
        for _ in range(26):
            x, y = c.random.uniform(left, right - 5), bottom - h * c.random.uniform(0.01, 0.12)
            pen.rect(x, y, x + 4, y + 5)
    with c.shapes(mix(p.deep, BLACK, 0.35)) as pen:
        for x in (left, (left + right) / 2, right):
            pen.rect(x - 5, top - 5, x + 5, bottom + 5)
        for y in (top, bottom):
            pen.rect(left - 5, y - 5, right + 5, y + 7)
    c.glow((left + right) / 2, h * 0.4, h * 0.8, p.light, 0.22)
    with c.shapes((mix(p.mid, p.light, 0.3), mix(p.dark, BLACK, 0.2)), alpha=0.75) as pen:
        pen.polygon(
            [
                (left - w * 0.035, top - h * 0.02),
                (left + w * 0.045, top - h * 0.02),
                (left + w * 0.03, h * 0.60),
                (left - w * 0.05, h * 0.62),
            ]
        )
    edge = h * 0.70
    with c.shapes((mix(p.mid, p.accent, 0.35), mix(p.deep, BLACK, 0.25))) as pen:
        pen.polygon([(w * 0.06, edge), (w * 0.97, edge), (w * 1.1, h * 1.02), (-w * 0.1, h * 1.02)])
    with c.shapes(mix(p.light, WHITE, 0.2), alpha=0.45) as pen:
        pen.rect(w * 0.06, edge - 2, w * 0.97, edge + 2)
    c.glow(w * 0.575, h * 0.72, h * 0.52, p.accent, 0.5)
    _telephone(c, w * 0.575, h * 0.83, h * 0.26, p)
    _bowl(c, w * 0.70, h * 0.90, h * 0.115, p)
    tall = min(h * 0.70, w * 0.5)
    with c.shapes(mix(p.accent, p.dark, 0.35), blur=1) as pen:
        bust(pen, w * 0.325 + 5, h * 1.02, tall, hair="bob")
    with c.shapes((mix(p.deep, BLACK, 0.6), mix(p.deep, BLACK, 0.8)), blur=1.5) as pen:
        bust(pen, w * 0.325, h * 1.02, tall, hair="bob")


def _telephone(c: Canvas, x: float, foot: float, height: float, p: Palette) -> None:
    """Propped up, its screen the brightest thing in the room."""
    half, lean = height * 0.25, height * 0.05
    with c.shapes(BLACK, alpha=0.35, blur=7) as pen:
        pen.disc(x, foot, half * 1.5, height * 0.05)
    with c.shapes(mix(p.deep, BLACK, 0.5)) as pen:
        case = [(x - half - lean, foot - height), (x + half - lean, foot - height)]
        pen.polygon([*case, (x + half + lean, foot), (x - half + lean, foot)])
    with c.shapes((mix(p.accent, WHITE, 0.85), mix(p.accent, WHITE, 0.2))) as pen:
        top, bottom, inner = foot - height * 0.95, foot - height * 0.06, half * 0.88
        pen.polygon(
            [
                (x - inner - lean * 0.9, top),
                (x + inner - lean * 0.9, top),
                (x + inner + lean * 0.9, bottom),
                (x - inner + lean * 0.9, bottom),
            ]
        )


def _bowl(c: Canvas, x: float, foot: float, size: float, p: Palette) -> None:
    with c.shapes(BLACK, alpha=0.4, blur=6) as pen:
        pen.disc(x, foot, size * 1.1, size * 0.2)
    with c.shapes((mix(p.light, WHITE, 0.55), mix(p.light, p.dark, 0.45))) as pen:
        pen.polygon(
            [
                (x - size, foot - size * 0.72),
                (x + size, foot - size * 0.72),
                (x + size * 0.5, foot),
                (x - size * 0.5, foot),
            ]
        )
        pen.disc(x, foot - size * 0.72, size, size * 0.17)
    with c.shapes(mix(p.accent, p.deep, 0.35)) as pen:
        pen.disc(x, foot - size * 0.70, size * 0.86, size * 0.11)
    with c.shapes(mix(p.accent, p.deep, 0.55)) as pen:
        for shift in (0, 0.14):
            pen.line(
                [
                    (x + size * (0.2 + shift), foot - size * 0.7),
                    (x + size * (1.35 + shift), foot - size * 1.25),
                ],
                size * 0.06,
            )
    with c.shapes(WHITE, alpha=0.16, blur=7) as pen:
        for shift in (-0.3, 0.1):
            pen.line(
                [
                    (x + size * shift, foot - size),
                    (x + size * (shift + 0.15), foot - size * 1.5),
                    (x + size * (shift - 0.05), foot - size * 2.1),
                ],
                size * 0.14,
            )
