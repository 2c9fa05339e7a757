"""Numbers that somebody typed, or that stand in an address."""

LONGEST = 18  # digits that a database's own numbers have


def whole_number(said: str, longest: int = LONGEST) -> int | None:
    """Of digits alone, in whatever script; None for all else, and for more of them than that."""
    return int(said) if said.isdecimal() and len(said) <= longest else None


def key(said: str) -> int:
    """Of a row; 0, which none has, where it can be that of no row."""
    return whole_number(said) or 0
