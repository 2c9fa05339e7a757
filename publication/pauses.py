"""How long to wait before what failed is tried again: each time twice as long, up to a longest.

Imports nothing, for the supervisor needs it too.
"""

_MOST = 64  # times that it doubles: past 1,023 a float has no room, and whatever is longest is less


def growing(first: float, failures: int, longest: float) -> float:
    """Seconds, after so many failures in a row: `first` after one."""
    return min(first * 2.0 ** min(failures - 1, _MOST), longest)
