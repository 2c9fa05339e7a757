"""Walls with windows in them: a block of flats, a bus shelter, an office in the snow."""

from publication.demo.canvas import Canvas
from publication.demo.figures import bust, person
from publication.demo.pen import BLACK, WHITE, Colour, Palette, mix
from publication.demo.scenes.skylines import skyline


def windows(c: Canvas, p: Palette) -> None:
    """A block of flats at night, most windows dark, one with somebody in it."""
    w, h = c.size
    columns, rows = (8, 5) if w > h else (4, 7)
    cell_w, cell_h = w / columns, h / rows
    chosen = (5, 2) if w > h else (2, 3)
    wall = mix(p.dark, p.mid, 0.30)
    c.gradient(mix(wall, p.mid, 0.25), wall, mix(p.deep, p.dark, 0.6))
    cells = [(column, row) for row in range(rows) for column in range(columns)]
    boxes = {
        (x, y): ((x + 0.17) * cell_w, (y + 0.18) * cell_h, (x + 0.83) * cell_w, (y + 0.80) * cell_h)
        for x, y in cells
    }
    with c.shapes((mix(p.deep, BLACK, 0.2), BLACK), alpha=0.85) as pen:
        for box in boxes.values():
            pen.rect(*box)
    with c.shapes(mix(p.dark, p.mid, 0.5), alpha=0.8) as pen:
        for left, top, right, bottom in boxes.values():
            drawn = (right - left) * c.random.choice((0.0, 0.2, 0.35, 0.5))
            pen.rect(left + 5, top + 5, left + 5 + drawn, bottom, c.random.randint(50, 120))
            pen.rect(left + 5, top + 5, right - 5, top + 9, 170)
    lit = [cell for cell in cells if cell != chosen and c.random.random() < 0.16]
    for number, cell in enumerate(lit):
        _lit_window(c, boxes[cell], mix(p.light, p.mid, (number % 3) * 0.28))
    with c.shapes(mix(p.deep, BLACK, 0.5)) as pen:
        for left, top, right, bottom in boxes.values():
            pen.rect((left + right) / 2 - 3, top, (left + right) / 2 + 3, bottom)
            pen.rect(left, bottom - 5, right, bottom)
        for x, y in cells:
            if c.random.random() < 0.3:
                left, top = (x + 0.86) * cell_w, (y + 0.56) * cell_h
                pen.round_rect(left, top, left + cell_w * 0.2, top + cell_h * 0.2, 3, 200)
    with c.shapes((mix(wall, p.light, 0.22), mix(p.deep, BLACK, 0.4))) as pen:
        for row in range(rows):
            pen.rect(0, (row + 0.88) * cell_h, w, (row + 1.02) * cell_h)
    with c.shapes(mix(p.deep, BLACK, 0.3), alpha=0.9) as pen:
        for row in range(rows):
            pen.rect(0, (row + 0.66) * cell_h, w, (row + 0.675) * cell_h)
            for bar in range(columns * 11):
                post = bar * cell_w / 11
                pen.rect(post, (row + 0.66) * cell_h, post + 2, (row + 0.9) * cell_h, 210)
    lamp = (chosen[0] + 0.5) * cell_w, (chosen[1] + 0.5) * cell_h
    c.glow(*lamp, cell_w * 3.2, mix(p.accent, p.light, 0.4), 0.45)
    _lit_window(c, boxes[chosen], p.accent, somebody=True)
    c.texture((9, 6), BLACK, 0.28)


def _lit_window(
    c: Canvas, box: tuple[float, float, float, float], light: Colour, *, somebody: bool = False
) -> None:
    left, top, right, bottom = box
    width, height = right - left, bottom - top
    with c.shapes((mix(light, WHITE, 0.2), mix(light, BLACK, 0.22))) as pen:
        pen.rect(left, top, right, bottom)
    if somebody:
        with c.shapes(mix(light, BLACK, 0.86), blur=0.7) as pen:
            bust(pen, left + width * 0.34, bottom, height * 0.72, hair="bob")
            pen.rect(left + width * 0.60, bottom - height * 0.14, right, bottom)
            pen.round_rect(
                left + width * 0.66,
                bottom - height * 0.34,
                left + width * 0.78,
                bottom - height * 0.14,
                2,
            )
    with c.shapes(mix(light, BLACK, 0.5), alpha=0.8) as pen:
        drawn = width * (0.12 if somebody else c.random.uniform(0.15, 0.6))
        pen.rect(right - drawn, top, right, bottom)
        pen.rect(left, top, left + width * 0.07, bottom)


def bus_stop(c: Canvas, p: Palette, *, people: int = 1) -> None:
    """Somebody waits for the last bus, in the rain; or two people do."""
    w, h = c.size
    ground = h * 0.80
    c.gradient(p.deep, mix(p.deep, p.dark, 0.6), p.dark, p.mid, bottom=ground + 2)
    skyline(c, ground, mix(p.dark, p.mid, 0.55), 0.30, 26)
    c.mist(ground - h * 0.10, h * 0.16, p.mid, 0.55)
    skyline(c, ground, mix(p.deep, p.dark, 0.7), 0.17, 18)
    left, right, roof = w * 0.40, w * 0.78, h * 0.34
    c.glow(w * 0.59, h * 0.60, h * 0.62, p.accent, 0.40)
    with c.shapes((mix(p.accent, WHITE, 0.35), p.accent)) as pen:
        pen.rect(right - w * 0.085, h * 0.42, right - w * 0.012, h * 0.74)
    with c.shapes(mix(p.mid, p.accent, 0.35), alpha=0.34) as pen:
        pen.rect(left, roof, right - w * 0.09, h * 0.745)
    dark = mix(p.deep, BLACK, 0.7)
    with c.shapes(dark) as pen:
        pen.rect(left - w * 0.03, roof - h * 0.022, right + w * 0.02, roof + h * 0.012)
        for x in (left, left + (right - left) * 0.38, right - w * 0.09, right - 8):
            pen.rect(x, roof, x + 8, ground)
        pen.rect(left + w * 0.02, h * 0.675, left + w * 0.13, h * 0.69)
        pen.rect(left + w * 0.03, h * 0.69, left + w * 0.036, ground)
        pen.rect(left + w * 0.12, h * 0.69, left + w * 0.126, ground)
        pen.rect(w * 0.30, h * 0.26, w * 0.304, ground)
        pen.round_rect(w * 0.284, h * 0.24, w * 0.32, h * 0.30, 5)
        person(pen, w * 0.605, ground + h * 0.006, h * 0.35)
        if people > 1:
            person(pen, w * 0.665, ground + h * 0.006, h * 0.33)
    with c.shapes(p.accent, light=True) as pen:
        pen.rect(left, roof + h * 0.012, right - w * 0.09, roof + h * 0.017)
    c.gradient(mix(p.deep, p.dark, 0.5), BLACK, top=ground)
    c.reflect(ground, strength=0.85, smear=26)
    with c.shapes(dark, alpha=0.7) as pen:
        pen.rect(0, ground - 1, w, ground + 4)
    c.glow(right - w * 0.05, ground + h * 0.08, h * 0.22, p.accent, 0.5, squash=0.5)
    c.rain(mix(p.light, WHITE, 0.4), drops=460, alpha=0.34)
