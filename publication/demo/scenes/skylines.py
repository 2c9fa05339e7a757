"""The city at a distance: lights out of focus, towers."""

from publication.demo.canvas import Canvas
from publication.demo.figures import person
from publication.demo.pen import BLACK, WHITE, Colour, Palette, mix


def skyline(c: Canvas, base: float, colour: Colour, height: float, blocks: int) -> None:
    w, h = c.size
    lights: list[tuple[float, float]] = []
    with c.shapes(colour) as pen:
        x = -20.0
        while x < w:
            width = c.random.uniform(0.5, 1.5) * w / blocks
            top = base - h * height * c.random.uniform(0.35, 1)
            pen.rect(x, top, x + width, base + 2)
            lights += [
                (c.random.uniform(x + 4, x + width - 4), c.random.uniform(top + 8, base))
                for _ in range(c.random.randint(0, 5))
            ]
            x += width * c.random.uniform(0.85, 1.1)
    with c.shapes((255, 226, 170), alpha=0.55) as pen:
        for light_x, light_y in lights:
            pen.rect(light_x, light_y, light_x + 3.5, light_y + 4.5)


def bokeh(c: Canvas, p: Palette, *, pair: bool = True) -> None:
    """City lights out of focus over water; two people who have stopped walking."""
    w, h = c.size
    ground = h * 0.66
    c.gradient(p.deep, p.dark, mix(p.dark, p.mid, 0.7), bottom=ground + 2)
    skyline(c, ground, mix(p.deep, p.dark, 0.55), 0.42, 20)
    c.image = c.image.resize((w // 8, h // 8)).resize((w, h))
    for _ in range(90):
        x = c.random.uniform(0, w)
        y = ground - abs(c.random.gauss(0, 0.16)) * h - h * 0.02
        size = h * c.random.uniform(0.012, 0.045)
        colour = c.random.choice([p.light, p.light, p.accent, p.mid, mix(p.light, WHITE, 0.5)])
        with c.shapes(colour, alpha=c.random.uniform(0.15, 0.6), light=True, blur=0.8) as pen:
            pen.disc(x, y, size)
            pen.disc(x, y, size * 0.88, ink=190)
    c.gradient(p.dark, mix(p.deep, BLACK, 0.6), top=ground)
    c.reflect(ground, strength=0.8, smear=34)
    rail, tall = h * 0.80, min(h * 0.54, w * 0.66)
    c.gradient(mix(p.deep, BLACK, 0.5), BLACK, top=h * 0.94)
    with c.shapes(BLACK, blur=0.6) as pen:
        pen.rect(0, rail, w, rail + 9)
        for x in range(0, w, 64):
            pen.rect(x, rail, x + 4, h * 0.95)
        if pair:
            person(pen, w * 0.5 - tall * 0.20, h * 0.965, tall * 0.93)
            person(pen, w * 0.5 + tall * 0.20, h * 0.97, tall)
        else:
            person(pen, w * 0.30, h * 0.97, tall)
    c.glow(w * 0.5, ground, h * 0.7, p.light, 0.20, squash=0.5)


def towers(c: Canvas, p: Palette) -> None:
    """A city of columns of light, and somebody on the edge of a roof."""
    w, h = c.size
    c.gradient(p.deep, p.dark, p.mid, mix(p.mid, p.light, 0.5))
    c.glow(w * 0.62, h * 0.75, h * 0.95, p.light, 0.5)
    for layer in range(5):
        near = (layer + 1) / 5
        colour = mix(mix(p.mid, p.light, 0.25), mix(p.deep, BLACK, 0.35), near**0.8)
        edges: list[tuple[float, float, float]] = []
        with c.shapes((colour, mix(colour, p.mid, 0.45 * (1 - near) + 0.12))) as pen:
            x = -w * 0.02
            while x < w:
                width = w * c.random.uniform(0.03, 0.075) * (0.7 + 0.5 * near)
                top = h * (c.random.uniform(0.10, 0.55) + 0.10 * near)
                pen.rect(x, top, x + width, h)
                pen.rect(x + width * 0.35, top - h * 0.05, x + width * 0.65, top)
                pen.rect(x + width * 0.48, top - h * 0.12, x + width * 0.52, top)
                edges.append((x, top, width))
                x += width * c.random.uniform(1.05, 1.5)
        with c.shapes(mix(p.light, WHITE, 0.4), alpha=0.25 + 0.3 * near) as pen:
            for x, top, width in edges:
                for _ in range(14):
                    y = top + (h - top) * c.random.random()
                    left = x + width * c.random.choice((0.12, 0.36, 0.60, 0.8))
                    pen.rect(
                        left, y, left + 3 + 3 * near, y + 4 + 6 * near, c.random.randint(60, 255)
                    )
        if layer in (1, 3):
            for x, top, width in edges[1::3]:
                colour = c.random.choice((p.accent, p.light))
                c.glow(x + width / 2, top + h * 0.18, h * 0.26, colour, 0.42)
                with c.shapes((mix(colour, WHITE, 0.4), colour), alpha=0.62, light=True) as pen:
                    pen.rect(x + width * 0.2, top + h * 0.04, x + width * 0.8, top + h * 0.30)
                with c.shapes(mix(p.deep, BLACK, 0.3), alpha=0.35) as pen:
                    for line in range(14):
                        y = top + h * (0.04 + 0.26 * line / 14)
                        pen.rect(x + width * 0.2, y, x + width * 0.8, y + 2)
        c.mist(
            h * (0.72 + 0.06 * layer), h * 0.22, mix(p.mid, p.light, 0.4), 0.38 * (1 - near * 0.7)
        )
    ledge = h * 0.87
    c.glow(w * 0.335, ledge - h * 0.22, h * 0.34, mix(p.light, WHITE, 0.2), 0.55)
    with c.shapes(BLACK) as pen:
        pen.rect(0, ledge, w * 0.40, h)
        pen.rect(0, ledge - h * 0.014, w * 0.408, ledge + h * 0.02)
        person(pen, w * 0.335, ledge - h * 0.008, h * 0.34)
    c.rain(mix(p.light, WHITE, 0.4), drops=260, slant=0.04, alpha=0.22)
