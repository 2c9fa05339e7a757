"""A canvas for the demo pictures: soft light, hard edges and film grain, drawn with Pillow alone.

Hard shapes are drawn on a mask at twice the size and reduced, so edges are smooth; soft light is
made small and enlarged, so it is cheap. All randomness comes from one seeded generator: the same
seed draws the same picture.
"""

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from random import Random

from PIL import Image, ImageChops, ImageFilter

from publication.demo.pen import SUPERSAMPLE, Colour, Fill, Pen, both_ends, mix

GRAIN_TILE = (1600, 1600)  # at least as large as any picture
GRAIN = 5.5  # levels, of 256: how far it spreads
VIGNETTE = 0.35  # of its light, that a corner loses


class Canvas:
    """A picture being made: lay gradients, shapes, light and weather on it, then `finish`."""

    def __init__(self, size: tuple[int, int], seed: int) -> None:
        self.size = size
        self.random = Random(seed)  # noqa: S311 (for drawing; nothing is kept secret by it)
        self.image = Image.new("RGB", size)

    def gradient(self, *colours: Colour, top: float = 0, bottom: float | None = None) -> None:
        """Fill the band between two heights with a vertical gradient."""
        width, height = self.size
        bottom = height if bottom is None else bottom
        band = _gradient((width, max(1, round(bottom) - round(top))), colours)
        self.image.paste(band, (0, round(top)))

    @contextmanager
    def shapes(
        self, fill: Fill, *, alpha: float = 1, blur: float = 0, light: bool = False
    ) -> Iterator[Pen]:
        """Shapes of one fill; `light` adds to what is there, as a lamp does, and hides nothing."""
        pen = Pen(self.size)
        yield pen
        box = pen.mask.getbbox()
        if box is None:
            return
        margin = round(blur * 3) + SUPERSAMPLE
        left, top, right, bottom = (v // SUPERSAMPLE for v in box)
        left, top = max(0, left - margin), max(0, top - margin)
        right = min(self.size[0], right + margin + 1)
        bottom = min(self.size[1], bottom + margin + 1)
        big = left * SUPERSAMPLE, top * SUPERSAMPLE, right * SUPERSAMPLE, bottom * SUPERSAMPLE
        mask = _soften(pen.mask.crop(big).reduce(SUPERSAMPLE), blur)
        if alpha < 1:
            mask = mask.point([round(v * alpha) for v in range(256)])
        self._lay(fill, mask, (left, top, right, bottom), light=light)

    def _lay(
        self, fill: Fill, mask: Image.Image, box: tuple[int, int, int, int], *, light: bool
    ) -> None:
        size = box[2] - box[0], box[3] - box[1]
        top, bottom = both_ends(fill)
        paint = Image.new("RGB", size, top) if top == bottom else _gradient(size, (top, bottom))
        if light:
            lit = Image.new("RGB", size)
            lit.paste(paint, (0, 0), mask)
            paint, mask = ImageChops.screen(self.image.crop(box), lit), Image.new("L", size, 255)
        self.image.paste(paint, box[:2], mask)

    def glow(
        self,
        x: float,
        y: float,
        radius: float,
        colour: Colour,
        strength: float = 1,
        squash: float = 1,
    ) -> None:
        """Soft round light; `squash` below 1 flattens it."""
        size = max(2, round(radius * 2)), max(2, round(radius * 2 * squash))
        falloff = _FALLOFF.point([round(v * strength) for v in range(256)]).resize(
            size, Image.Resampling.BILINEAR
        )
        left, top = round(x - size[0] / 2), round(y - size[1] / 2)
        box = (
            max(0, left),
            max(0, top),
            min(self.size[0], left + size[0]),
            min(self.size[1], top + size[1]),
        )
        if box[0] >= box[2] or box[1] >= box[3]:
            return
        falloff = falloff.crop((box[0] - left, box[1] - top, box[2] - left, box[3] - top))
        self._lay(colour, falloff, box, light=True)

    def mist(self, y: float, depth: float, colour: Colour, strength: float = 0.6) -> None:
        """A bank of mist around one height, uneven as mist is."""
        width, height = self.size
        rows = 24
        cloud = self.cloud((12, rows))
        bank = Image.new("L", (1, rows))
        for row in range(rows):
            away = (row / (rows - 1) * 2 - 1) ** 2
            bank.putpixel((0, row), round(255 * strength * (1 - away) ** 2))
        bank = ImageChops.multiply(
            bank.resize((12, rows)), cloud.point(lambda v: 150 + v * 105 // 255)
        )
        top, bottom = round(y - depth), round(y + depth)
        bank = bank.resize((width, bottom - top), Image.Resampling.BICUBIC)
        box = 0, max(0, top), width, min(height, bottom)
        if box[1] < box[3]:
            self._lay(colour, bank.crop((0, box[1] - top, width, box[3] - top)), box, light=False)

    def cloud(self, size: tuple[int, int]) -> Image.Image:
        """Unblurred random greys, to be enlarged into cloud, water or cloth."""
        return Image.frombytes("L", size, self.random.randbytes(size[0] * size[1]))

    def texture(self, cells: tuple[int, int], colour: Colour, strength: float = 0.15) -> None:
        """Large uneven patches of a colour, laid thinly over everything."""
        mask = self.cloud(cells).resize(self.size, Image.Resampling.BICUBIC)
        mask = mask.point([round(v * strength) for v in range(256)])
        self.image.paste(colour, (0, 0), mask)

    def reflect(self, horizon: float, *, strength: float = 0.6, smear: float = 14) -> None:
        """What stands above the horizon, mirrored below it as wet ground or still water does."""
        width, height = self.size
        line = round(horizon)
        depth = min(line, height - line)
        mirror = self.image.crop((0, line - depth, width, line)).transpose(
            Image.Transpose.FLIP_TOP_BOTTOM
        )
        small = mirror.resize((width // 4, max(1, depth // 4)), Image.Resampling.BOX)
        small = small.filter(ImageFilter.GaussianBlur((1, smear / 4)))
        mirror = small.resize((width, depth), Image.Resampling.BICUBIC)
        fade = _gradient((width, depth), ((255,) * 3, (90,) * 3)).convert("L")
        fade = fade.point([round(v * strength) for v in range(256)])
        self.image.paste(mirror, (0, line), fade)

    def rain(
        self, colour: Colour, *, drops: int = 500, slant: float = 0.08, alpha: float = 0.3
    ) -> None:
        """Fine slanting streaks."""
        width, height = self.size
        with self.shapes(colour, alpha=alpha, light=True) as pen:
            for _ in range(drops):
                x, y = self.random.uniform(-50, width), self.random.uniform(-60, height)
                length = self.random.uniform(18, 70)
                ink = self.random.randint(60, 255)
                pen.line([(x, y), (x + length * slant, y + length)], 0.5, ink)

    def finish(self) -> Image.Image:
        """Darken the corners and lay film grain over all; the grain also hides banding."""
        edge = _FALLOFF_WIDE.resize(self.size, Image.Resampling.BICUBIC)
        edge = edge.point([round(255 - (255 - v) * VIGNETTE) for v in range(256)])
        self.image = ImageChops.multiply(self.image, Image.merge("RGB", (edge,) * 3))
        noise = _noise(self.random.randrange(64), self.size)
        low = [round(128 + (v - 128) * GRAIN / 37) for v in range(256)]
        noise = noise.point(low)
        return ImageChops.add(self.image, Image.merge("RGB", (noise,) * 3), 1, -128)


def _soften(mask: Image.Image, blur: float) -> Image.Image:
    """Gaussian blur, done small when it is wide: it looks the same and is far faster."""
    if blur <= 0:
        return mask
    scale = max(1, int(blur / 3))
    if scale == 1:
        return mask.filter(ImageFilter.GaussianBlur(blur))
    small = mask.resize(
        (max(1, mask.width // scale), max(1, mask.height // scale)), Image.Resampling.BOX
    )
    small = small.filter(ImageFilter.GaussianBlur(blur / scale))
    return small.resize(mask.size, Image.Resampling.BICUBIC)


def _gradient(size: tuple[int, int], colours: Sequence[Colour]) -> Image.Image:
    rows = 128
    strip = Image.new("RGB", (1, rows))
    for row in range(rows):
        place = row / (rows - 1) * (len(colours) - 1)
        first = min(int(place), len(colours) - 2) if len(colours) > 1 else 0
        last = min(first + 1, len(colours) - 1)
        strip.putpixel((0, row), mix(colours[first], colours[last], place - first))
    return strip.resize(size, Image.Resampling.BILINEAR)


def _noise(shift: int, size: tuple[int, int]) -> Image.Image:
    """Grain of about 37 levels' spread, cut from one tile so that it is made only once."""
    if not _GRAIN:
        maker = Random("film grain")  # noqa: S311
        count = GRAIN_TILE[0] * GRAIN_TILE[1]
        fine = Image.frombytes("L", GRAIN_TILE, maker.randbytes(count))
        _GRAIN.append(fine.filter(ImageFilter.GaussianBlur(0.6)))
    tile = ImageChops.offset(_GRAIN[0], shift * 23, shift * 17)
    return tile.crop((0, 0, *size))


def _falloff(power: float, reach: float) -> Image.Image:
    side = 128
    image = Image.new("L", (side, side))
    values = bytearray()
    for y in range(side):
        for x in range(side):
            distance = math.hypot(x - side / 2 + 0.5, y - side / 2 + 0.5) / (side / 2)
            values.append(round(255 * max(0.0, 1 - distance / reach) ** power))
    image.frombytes(bytes(values))
    return image


_GRAIN: list[Image.Image] = []
_FALLOFF = _falloff(2.2, 1)
_FALLOFF_WIDE = _falloff(0.5, 1.5)
