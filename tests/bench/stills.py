"""What a reader's phone downloads for one still: bytes of 640 pixels, and how good they look."""

import io
from collections.abc import Iterator
from statistics import median

from PIL import Image as Pillow

from reviews import renditions

from .demo_pictures import drawn
from .one_picture import RIGHTS
from .rows import Row, measured
from .similarity import ssim

WIDTH = 640
MOST_KILOBYTES = 45


@measured
def stills_of_640_pixels() -> Iterator[Row]:
    sizes: dict[str, list[float]] = {"avif": [], "jpeg": []}
    likeness: dict[str, list[float]] = {"avif": [], "jpeg": []}
    for data in drawn():
        still = _uncompressed(data)
        for kind in sizes:
            made = renditions._encoded(still, renditions.WHOLE, kind, RIGHTS)
            sizes[kind].append(len(made.data) / 1000)
            with Pillow.open(io.BytesIO(made.data)) as picture:
                likeness[kind].append(ssim(still, picture))
    avif, jpeg = (median(sizes[kind]) for kind in ("avif", "jpeg"))
    yield Row(
        "Bytes of a 640-pixel AVIF, median of the demo pictures",
        avif,
        "kB",
        "the JPEG of the same",
        jpeg,
        f"at most {MOST_KILOBYTES} kB",
        avif <= MOST_KILOBYTES,
    )
    avif, jpeg = (median(likeness[kind]) for kind in ("avif", "jpeg"))
    yield Row(
        "… its likeness to the uncompressed (SSIM), median",
        avif,
        "",
        "the JPEG of the same",
        jpeg,
        "at least the JPEG's",
        avif >= jpeg,
    )
    avif, jpeg = (min(likeness[kind]) for kind in ("avif", "jpeg"))
    yield Row("… of the worst of them", avif, "", "the worst JPEG", jpeg)


def _uncompressed(data: bytes) -> Pillow.Image:
    with Pillow.open(io.BytesIO(data)) as picture:
        base = renditions.upright_srgb(picture, at_least=max(renditions.WIDTHS))
    return renditions._resized(base, WIDTH)
