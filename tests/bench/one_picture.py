"""One picture's renditions, ours or plain Pillow's: a process of its own, told by its figures.

python -m tests.bench.one_picture ours|plain FILE
"""

import io
import json
import sys
import time
from pathlib import Path

from PIL import Image as Pillow
from PIL import ImageOps

from reviews import renditions
from reviews.rights import Rights

RIGHTS = Rights(
    credit_line="Image © Courtesy of London Korean Film Festival",
    creator="Ahn Ji-woo",
    copyright_notice="© 2021 A Film Company",
    alt_text="A woman eats alone at a counter, a phone propped before her.",
)


def ours(path: str) -> int:
    with Pillow.open(path) as picture:
        return sum(len(made.data) for made in renditions.make(picture, RIGHTS, (50, 50)))


def plain(path: str) -> int:
    """The same pictures by somebody who knows Pillow: the decoder's own halving, then resizes."""
    made = 0
    with Pillow.open(path) as picture:
        picture.draft("RGB", (max(renditions.WIDTHS), 1))
        picture.load()
        for width in renditions.WIDTHS:
            size = (width, round(picture.height * width / picture.width))
            made += _saved(picture.resize(size, Pillow.Resampling.LANCZOS))
        for (wide, high), widths in renditions.CROPS.values():
            for width in widths:
                size = (width, width * high // wide)
                made += _saved(ImageOps.fit(picture, size, Pillow.Resampling.LANCZOS))
    return made


def _saved(picture: Pillow.Image) -> int:
    out = io.BytesIO()
    picture.save(out, "AVIF", **renditions.AVIF_OPTIONS)
    picture.save(out, "JPEG", **renditions.JPEG_OPTIONS)
    return len(out.getvalue())


def _memory(key: str) -> int:
    """Kilobytes; VmHWM is the highest that resident memory has been (proc(5))."""
    return int(Path("/proc/self/status").read_text().split(key + ":")[1].split()[0])


if __name__ == "__main__":
    make = {"ours": ours, "plain": plain}[sys.argv[1]]
    before, started, used = _memory("VmRSS"), time.monotonic(), time.process_time()
    make(sys.argv[2])
    facts = {
        "seconds": time.monotonic() - started,
        "processor": time.process_time() - used,
        "megabytes": (_memory("VmHWM") - before) / 1024,
    }
    json.dump(facts, sys.stdout)
