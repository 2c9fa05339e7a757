"""Two bridges: one to swing from, one that does not meet itself."""

from publication.demo.canvas import Canvas
from publication.demo.figures import person
from publication.demo.pen import BLACK, WHITE, Palette, Pen, Point, mix, smooth


def duel(c: Canvas, p: Palette) -> None:
    """A bridge, fire on one side of it and water on the other, two men in the air between."""
    w, h = c.size
    c.gradient(mix(p.deep, BLACK, 0.4), p.dark, p.light)
    c.glow(w * 0.5, h * 0.56, h * 0.95, p.accent, 0.8)
    with c.shapes((mix(p.accent, WHITE, 0.45), p.accent), blur=0.8) as pen:
        pen.disc(w * 0.5, h * 0.50, h * 0.30)
    for number in range(26):
        x = w * (0.02 + 0.40 * c.random.random())
        size = h * c.random.uniform(0.06, 0.22) * (1.2 - x / w)
        with c.shapes(
            (mix(p.accent, p.light, 0.4), mix(p.dark, p.light, 0.5)), alpha=0.35, blur=5, light=True
        ) as pen:
            tongue: list[Point] = [
                (x - size * 0.3, h * 0.80),
                (x - size * 0.25, h * 0.80 - size),
                (x + size * (0.1 if number % 2 else -0.1), h * 0.80 - size * 2.2),
                (x + size * 0.28, h * 0.80 - size * 0.9),
                (x + size * 0.3, h * 0.80),
            ]
            pen.polygon(smooth(tongue, steps=6))
    for wave in range(5):
        near = wave / 4
        crest: list[Point] = [(w * 0.52, h * 0.86)]
        for step in range(9):
            x = w * (0.56 + 0.06 * step)
            crest.append(
                (x, h * (0.80 - 0.034 * step + 0.05 * near) + h * 0.035 * (-1) ** (step + wave))
            )
        with c.shapes(
            (mix(p.mid, WHITE, 0.25 - 0.2 * near), mix(p.mid, p.deep, 0.25 + 0.5 * near)),
            alpha=0.62,
        ) as pen:
            pen.polygon(
                [*smooth(crest, closed=False), (w * 1.1, h * 0.5), (w * 1.1, h), (w * 0.52, h)]
            )
    deck = h * 0.36
    dark = mix(p.deep, BLACK, 0.75)
    with c.shapes(dark) as pen:
        pen.rect(0, deck - h * 0.022, w, deck + h * 0.028)
        for x in (0.06, 0.30, 0.70, 0.94):
            pen.rect(w * x - w * 0.012, deck, w * x + w * 0.012, h)
        for post in range(41):
            pen.rect(w * post / 40, deck - h * 0.065, w * post / 40 + 3, deck)
        pen.rect(0, deck - h * 0.068, w, deck - h * 0.060)
    with c.shapes(dark) as pen:
        for side in (-1, 1):
            anchor, hands = (
                (w * 0.5 + side * w * 0.085, deck),
                (w * 0.5 + side * w * 0.040, h * 0.585),
            )
            pen.line([anchor, hands], 2.5)
            _swinging(pen, hands, h * 0.22, side)
    c.gradient(mix(p.dark, p.mid, 0.5), mix(p.deep, BLACK, 0.5), top=h * 0.80)
    c.reflect(h * 0.80, strength=0.9, smear=26)


def _swinging(pen: Pen, hands: Point, height: float, side: int) -> None:
    x, y = hands

    def at(across: float, down: float) -> Point:
        return x + side * across * height, y + down * height

    pen.line([at(0, 0), at(0.06, 0.20)], height * 0.075)
    pen.line([at(-0.16, 0.16), at(0.06, 0.22)], height * 0.07)
    pen.disc(*at(0.02, 0.11), height * 0.085)
    pen.polygon(smooth([at(-0.02, 0.18), at(0.16, 0.20), at(0.24, 0.52), at(0.08, 0.56)], steps=5))
    pen.line([at(0.16, 0.50), at(0.34, 0.66), at(0.52, 0.60)], height * 0.095)
    pen.line([at(0.14, 0.52), at(0.18, 0.78), at(0.36, 0.94)], height * 0.095)


def bridge(c: Canvas, p: Palette) -> None:
    """A girl with a satchel looks at a bridge that does not meet itself."""
    w, h = c.size
    water = h * 0.66
    c.gradient(p.deep, p.dark, p.light, bottom=water + 2)
    c.glow(w * 0.58, water - h * 0.2, h * 0.7, p.accent, 0.4)
    with c.shapes(mix(p.light, p.mid, 0.45), alpha=0.7) as pen:
        x = 0.0
        while x < w:
            width = c.random.uniform(0.012, 0.035) * w
            pen.rect(x, water - h * c.random.uniform(0.04, 0.15), x + width, water)
            x += width * 1.12
    c.mist(water - h * 0.03, h * 0.12, p.light, 0.7)
    deck = h * 0.47
    colour = mix(p.dark, p.deep, 0.3)
    with c.shapes((mix(colour, p.mid, 0.2), colour)) as pen:
        for start, end in ((-0.02, 0.50), (0.66, 1.02)):
            pen.rect(w * start, deck, w * end, deck + h * 0.03)
            pen.rect(w * start, deck - h * 0.115, w * end, deck - h * 0.105)
            panels = round((end - start) * 26)
            for panel in range(panels):
                x0, x1 = w * (start + panel / 26), w * min(start + (panel + 1) / 26, end)
                pen.line(
                    [(x0, deck), (x1, deck - h * 0.11)]
                    if panel % 2
                    else [(x0, deck - h * 0.11), (x1, deck)],
                    5,
                )
                pen.rect(x0 - 2, deck - h * 0.11, x0 + 2, deck)
        for pier in (0.10, 0.30, 0.47, 0.70, 0.90):
            pen.polygon(
                [
                    (w * pier - w * 0.012, deck),
                    (w * pier + w * 0.012, deck),
                    (w * pier + w * 0.019, water + 4),
                    (w * pier - w * 0.019, water + 4),
                ]
            )
    c.gradient(mix(p.light, p.mid, 0.35), mix(p.dark, p.deep, 0.5), top=water)
    c.reflect(water, strength=0.8, smear=22)
    c.mist(water + h * 0.01, h * 0.10, mix(p.light, WHITE, 0.25), 0.6)
    bank = smooth(
        [(-20, h * 0.90), (w * 0.3, h * 0.88), (w * 0.6, h * 0.95), (w + 20, h * 1.01)],
        closed=False,
    )
    with c.shapes(mix(p.deep, BLACK, 0.65)) as pen:
        pen.polygon([*bank, (w + 20, h + 5), (-20, h + 5)])
        for _ in range(260):
            x = c.random.uniform(0, w)
            foot = min(bank, key=lambda point: abs(point[0] - x))[1] + 4
            pen.line(
                [
                    (x, foot),
                    (x + c.random.uniform(-7, 9), foot - h * c.random.uniform(0.015, 0.05)),
                ],
                1.3,
            )
        person(pen, w * 0.285, h * 0.905, h * 0.37)
    with c.shapes(p.accent) as pen:
        pen.round_rect(w * 0.285 - h * 0.036, h * 0.607, w * 0.285 + h * 0.036, h * 0.70, 9)
