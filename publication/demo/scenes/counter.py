"""A late-night counter with one customer left."""

from publication.demo.canvas import Canvas
from publication.demo.figures import bust, person
from publication.demo.pen import BLACK, WHITE, Palette, mix


def counter(c: Canvas, p: Palette) -> None:
    """A snack bar seen from across the street: lamps, a menu, a customer, a girl with a radio."""
    w, h = c.size
    c.gradient(mix(p.deep, BLACK, 0.3), p.deep, mix(p.deep, p.dark, 0.5))
    left, right, top, bottom = w * 0.14, w * 0.86, h * 0.22, h * 0.72
    with c.shapes((mix(p.mid, p.light, 0.35), mix(p.light, p.mid, 0.25))) as pen:
        pen.rect(left, top, right, bottom)
    _tiles(c, p, (left, top, right, bottom))
    _menu(c, p, (left, top, right))
    for share in (0.28, 0.50, 0.72):
        c.glow(w * share, top + h * 0.13, h * 0.42, p.light, 0.5)
    with c.shapes(mix(p.deep, BLACK, 0.45), blur=0.6) as pen:
        bust(pen, w * 0.63, bottom - h * 0.05, h * 0.25, hair="short")
        pen.round_rect(w * 0.335, bottom - h * 0.20, w * 0.375, bottom - h * 0.05, 6)
        pen.round_rect(w * 0.385, bottom - h * 0.16, w * 0.425, bottom - h * 0.05, 6)
        pen.round_rect(w * 0.755, bottom - h * 0.15, w * 0.815, bottom - h * 0.05, 8)
    with c.shapes(p.accent) as pen:
        pen.disc(w * 0.772, bottom - h * 0.10, h * 0.020)
        pen.disc(w * 0.798, bottom - h * 0.10, h * 0.020)
    with c.shapes(mix(p.deep, BLACK, 0.55)) as pen:
        for share in (0.28, 0.50, 0.72):
            x = w * share
            pen.line([(x, top), (x, top + h * 0.07)], 3)
            pen.polygon(
                [
                    (x - h * 0.022, top + h * 0.07),
                    (x + h * 0.022, top + h * 0.07),
                    (x + h * 0.065, top + h * 0.125),
                    (x - h * 0.065, top + h * 0.125),
                ]
            )
    with c.shapes(mix(p.light, WHITE, 0.6)) as pen:
        for share in (0.28, 0.50, 0.72):
            pen.disc(w * share, top + h * 0.127, h * 0.060, h * 0.012)
    _front(c, p, (left, top, right, bottom))
    with c.shapes(BLACK, blur=0.5) as pen:
        person(pen, w * 0.455, h * 0.925, h * 0.52)
    c.glow(w * 0.5, bottom, h * 0.8, p.light, 0.16, squash=0.5)
    c.rain(mix(p.light, WHITE, 0.4), drops=220, slant=0.05, alpha=0.22)


def _tiles(c: Canvas, p: Palette, box: tuple[float, float, float, float]) -> None:
    left, top, right, bottom = box
    size = c.size[1] * 0.036
    with c.shapes(mix(p.mid, p.dark, 0.5), alpha=0.35) as pen:
        x = left
        while x < right:
            pen.rect(x, top, x + 2, bottom)
            x += size
        y = top
        while y < bottom:
            pen.rect(left, y, right, y + 2)
            y += size


def _menu(c: Canvas, p: Palette, box: tuple[float, float, float]) -> None:
    """The board over the counter: rows of marks, prices at the end, no letters of any script."""
    left, top, right = box
    h = c.size[1]
    with c.shapes((mix(p.accent, WHITE, 0.12), p.accent)) as pen:
        pen.rect(left, top - h * 0.10, right, top)
    with c.shapes(mix(p.accent, WHITE, 0.8), alpha=0.9) as pen:
        for column in range(6):
            x = left + (right - left) * (column + 0.12) / 6
            for row in range(3):
                y = top - h * (0.078 - 0.026 * row)
                pen.rect(x, y, x + h * c.random.uniform(0.05, 0.11), y + h * 0.010)
                pen.disc(x + h * 0.155, y + h * 0.005, h * 0.006)


def _front(c: Canvas, p: Palette, box: tuple[float, float, float, float]) -> None:
    left, top, right, bottom = box
    w, h = c.size
    with c.shapes((mix(p.accent, p.deep, 0.25), mix(p.deep, BLACK, 0.3))) as pen:
        pen.rect(left, bottom - h * 0.05, right, h * 0.90)
    with c.shapes(mix(p.light, WHITE, 0.45)) as pen:
        pen.rect(left - w * 0.01, bottom - h * 0.058, right + w * 0.01, bottom - h * 0.034)
    with c.shapes(mix(p.deep, BLACK, 0.6)) as pen:
        pen.rect(0, top - h * 0.12, left, h * 0.90)
        pen.rect(right, top - h * 0.12, w, h * 0.90)
        pen.rect(0, 0, w, top - h * 0.10)
        for share in (0.26, 0.36, 0.58, 0.70):
            pen.rect(w * share - 3, h * 0.80, w * share + 3, h * 0.91)
            pen.disc(w * share, h * 0.80, h * 0.036, h * 0.012)
    c.gradient(mix(p.deep, p.dark, 0.4), BLACK, top=h * 0.90)
    c.reflect(h * 0.90, strength=0.8, smear=18)
