"""How much a video more is worth to a seed: the blind set's has read three, those of
tests/bench/cross_fitting.py two.

Each of the three videos is scored by three seeds: by that of the cross-fitting, which has read the
two others, and by two that have read one other each. In all else they read the same texts, and
what is scored is the same. The share of wrong verdicts is that of all texts of the three videos.
"""

import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context

from .cross_fitting import VIDEOS, Round, Scored, of_one_seed, right, rounds
from .rows import Row
from .rows import measured as on_the_list
from .spam import FOLDER, Files


def of_videos(files: Files) -> list[Round]:
    """The rounds of the cross-fitting that score a video, with that video alone to score."""
    return [
        replace(part, unseen=[row for row in part.unseen if row.part == video])
        for video, part in zip(VIDEOS, rounds(files), strict=False)
    ]


def without_one(parts: list[Round]) -> Iterator[Round]:
    """Each round twice: without the one and without the other video that its seed reads."""
    for video, part in zip(VIDEOS, parts, strict=True):
        for other in VIDEOS:
            if other != video:
                yield replace(part, learnt=[row for row in part.learnt if row.part != other])


def wrong_by_videos_read(files: Files) -> dict[int, list[Scored]]:
    """The scores by how many other videos the seeds had read: two, and one."""
    two = of_videos(files)
    one = list(without_one(two))
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as processes:
        found = list(processes.map(of_one_seed, [*two, *one]))
    return {
        2: [score for part in found[: len(two)] for score in part],
        1: [score for part in found[len(two) :] for score in part],
    }


@on_the_list
def spam_more_videos() -> Iterator[Row]:
    """Wrong verdicts on the videos; nothing where the development data is not."""
    if not FOLDER.is_dir():
        sys.stderr.write(f"spam_more_videos: no development data in {FOLDER}.\n")
        return
    found = wrong_by_videos_read(Files())
    two, one = (100 * (1 - right(found[read])) for read in (2, 1))
    what = f"wrong on {len(found[2])} comments of videos, by seeds of two others"
    yield Row(what, two, "%", "by seeds of one other", one)
