"""How many posts a process takes a second, so that a botnet's spam keeps no reader waiting.

Limits per address do nothing against a post from each of ten thousand. What comes beyond this
rate is answered without the database; whoever is a person sends it again, since the answer holds
every word.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings

SECONDS_OF_BURST = 3  # of which a quiet process has posts to spare: a festival's last curtain
TRY_AGAIN_IN = 5  # seconds
MOST_IN_HAND = 2  # posts at once: of a process's four threads two are always there for readers

_lock = threading.Lock()
_in_hand = threading.BoundedSemaphore(MOST_IN_HAND)
_spare: float | None = None  # posts; None: as many as there can be
_counted_at = 0.0


@contextmanager
def place() -> Iterator[bool]:
    """Whether a post is taken, and its place among those in hand until the block ends."""
    if not settings.COMMENTS_POSTS_A_SECOND:
        yield True
    elif not _in_hand.acquire(blocking=False):
        yield False
    else:
        try:
            yield admits()
        finally:
            _in_hand.release()


def admits(now: float | None = None) -> bool:
    """Whether one more post is taken now: a token bucket."""
    global _spare, _counted_at
    rate = settings.COMMENTS_POSTS_A_SECOND
    if not rate:
        return True
    with _lock:
        at = time.monotonic() if now is None else now
        most = float(rate * SECONDS_OF_BURST)
        had = most if _spare is None else _spare
        _spare = min(most, had + max(0.0, at - _counted_at) * rate)
        _counted_at = at
        if _spare < 1:
            return False
        _spare -= 1
        return True


def start_anew() -> None:
    global _spare
    _spare = None
