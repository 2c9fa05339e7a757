"""What a full list of phrases costs a comment, also one that was written to make it cost much."""

import time
from collections.abc import Callable, Iterator
from itertools import islice, product
from string import ascii_lowercase

from .rows import Row, measured

LONGEST = 10_000  # characters of a comment
FULL = 500  # phrases of a list
ROUNDS = 9


@measured
def listed_phrases() -> Iterator[Row]:
    """500 phrases in the longest comment beside folding that comment: the best of ROUNDS."""
    from comments.spam import phrases

    words = ["".join(letters) for letters in islice(product(ascii_lowercase, repeat=3), 2_000)]
    text = " ".join(f"aa{word}" for word in words)[:LONGEST]
    folded = phrases.fold(text)
    baseline = _best(lambda: phrases.fold(text))
    lists = {
        "ordinary ones": [f"zz{word} casino" for word in words[:FULL]],
        "one beginning, 500 endings": [f"aa*zz{word}" for word in words[:FULL]],
        "wildcards in front": [f"*zz{word}" for word in words[:FULL]],
        "all of them found": [f"aa*{word}" for word in words[:FULL]],
    }
    for name, listed in lists.items():
        phrases.find(listed, folded)  # compiled once a process
        figure = _best(lambda listed=listed: phrases.find(listed, folded))  # type: ignore[misc]
        what = f"500 listed phrases, {name}"
        yield Row(what, figure, "ms", "folding the comment", baseline, "250 ms", figure <= 250)


def _best(run: Callable[[], object]) -> float:
    """Milliseconds of processor time, the least of ROUNDS."""
    times = []
    for _ in range(ROUNDS):
        started = time.process_time()
        run()
        times.append(time.process_time() - started)
    return 1000 * min(times)
