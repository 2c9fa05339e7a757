"""Numbers that somebody typed, or that stand in an address."""

LONGEST = 18  # digits that a database's own numbers have
# The most that columns hold on PostgreSQL, Django's small ones and the others. SQLite takes more,
# with which nobody could move to PostgreSQL.
MOST_SMALL, MOST = 2**15 - 1, 2**31 - 1


def whole_number(said: str, longest: int = LONGEST) -> int | None:
    """Of digits alone, in whatever script; None for all else, and for more of them than that."""
    return int(said) if said.isdecimal() and len(said) <= longest else None


def key(said: str) -> int:
    """Of a row; 0, which none has, where it can be that of no row."""
    return whole_number(said) or 0
