"""All renditions of a 24-megapixel JPEG, beside plain Pillow making the same pictures.

Each is made in a process of its own, ours and the plain one in turn, so that a busy machine slows
both.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from statistics import median

from .demo_pictures import twenty_four_megapixels
from .rows import Row, measured

PAIRS = 5
MOST = 1.15  # times what plain Pillow takes: the price of credits, colours and names


@measured
def renditions_of_24_megapixels() -> Iterator[Row]:
    with tempfile.NamedTemporaryFile(suffix=".jpg") as file:
        file.write(twenty_four_megapixels())
        file.flush()
        pairs = [(_told("ours", file.name), _told("plain", file.name)) for _ in range(PAIRS)]
    for key, what, unit, goal in (
        ("seconds", "All renditions of a 24-megapixel JPEG", "s", MOST),
        ("processor", "… processor time", "s", None),
        ("megabytes", "… peak memory over the idle process", "MB", None),
    ):
        ratio = median(ours[key] / plain[key] for ours, plain in pairs)
        figure = median(ours[key] for ours, _ in pairs)
        yield Row(
            what,
            figure,
            unit,
            "plain Pillow, same sizes, formats and options",
            figure / ratio,
            f"at most {goal} ×" if goal else "",
            ratio <= goal if goal else None,
        )


def _told(who: str, path: str) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.bench.one_picture", who, path]
    told: dict[str, float] = json.loads(subprocess.run(command, stdout=-1, check=True).stdout)
    return told
