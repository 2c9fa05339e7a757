"""Ratings as WordPress has them, as half-stars, 1 to 10."""

import re

_LABEL = r"(?:(?:my|our|final)\s+)?(?:rating|score|verdict|stars|평점|별점|評価)\s*[:：–-]?\s*"
_NUMBER = r"(?P<given>\d{1,3}(?:[.,]\d{1,2})?)\s*(?:/|out of)\s*(?P<scale>\d{1,3})(?:\s*stars)?"
_STARS = r"(?P<stars>★{1,5}½?|½)\s*☆*"
_ALONE = re.compile(rf"(?:{_LABEL})?(?:{_STARS}|{_NUMBER})\.?", re.IGNORECASE)
_CALLED_ONE = re.compile(rf"{_LABEL}\S[^.]{{0,20}}\.?", re.IGNORECASE)


def half_stars(given: float, scale: float) -> int | None:
    """None where it is no half-star of ours: half a star of five is the smallest step."""
    if scale <= 0:
        return None
    exact = given / scale * 10
    return round(exact) if 1 <= exact <= 10 and abs(exact - round(exact)) < 1e-6 else None


def line(given: float, scale: float) -> str:
    """What `of_a_line` reads; stars, where they can say it."""
    whole, half = divmod(given, 1)
    if scale != 5 or half not in (0, 0.5) or not 0 < given <= scale:
        return f"{given:g}/{scale:g}"
    return f"{'★' * int(whole)}{'½' if half else ''}{'☆' * int(scale - given)}"


def of_a_line(words: str) -> tuple[float, float] | None:
    """(What was given, of how many) where a paragraph says nothing else."""
    found = _ALONE.fullmatch(" ".join(words.split()))
    if found is None:
        return None
    if found["stars"]:
        return found["stars"].count("★") + found["stars"].count("½") / 2, 5
    return float(found["given"].replace(",", ".")), float(found["scale"])


def is_called_one(words: str) -> bool:
    """Whether a paragraph says that it is a rating, in whatever way it gives it."""
    return bool(_CALLED_ONE.fullmatch(" ".join(words.split())))
