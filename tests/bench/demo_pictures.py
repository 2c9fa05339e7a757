"""The demo's pictures as files, drawn once a run."""

import io
from functools import cache

from PIL import Image as Pillow
from PIL import ImageChops

from publication.demo import content
from publication.demo.library import _file


def drawn() -> list[bytes]:
    """Every picture of the demo content, as JPEG files; about ten seconds, once."""
    return [_drawn(number) for number in range(len(content.read("pictures")["picture"]))]


def twenty_four_megapixels() -> bytes:
    """One of them at 6000 × 4000 with a sensor's grain: some ten megabytes, as a camera's are."""
    with Pillow.open(io.BytesIO(_drawn(3))) as picture:
        large = picture.convert("RGB").resize((6000, 4000), Pillow.Resampling.LANCZOS)
    grain = Pillow.merge("RGB", [Pillow.effect_noise(large.size, 12) for _ in range(3)])
    out = io.BytesIO()
    ImageChops.add(large, grain, 1, -128).save(out, "JPEG", quality=92)
    return out.getvalue()


@cache
def _drawn(number: int) -> bytes:
    return _file(content.read("pictures")["picture"][number]).read()
