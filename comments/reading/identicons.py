"""Small figures beside names, drawn by us: nobody is asked, nothing is looked up elsewhere.

Five cells square, mirrored, as an inline SVG of some 130 bytes. Fifteen bits of a hash under the
installation's own key: the e-mail address cannot be read back, and another site draws another
figure. The tone is decoration; the figures differ without it.
"""

from collections.abc import Iterator
from functools import lru_cache
from hashlib import blake2b

from django.conf import settings
from django.utils.safestring import SafeString

from reviews.fast_html import filled

from ..models import Comment

SIDE = 5
TONES = 4
FEWEST, MOST = 5, 10  # cells of the fifteen: neither a speck nor a block
_BITS = 15
_FIFTEEN = (1 << _BITS) - 1


def of(comment: Comment) -> SafeString:
    """The figure of whoever wrote it: by e-mail address, or by login for a colleague.

    A colleague's figure cannot be had by typing the colleague's address.
    """
    if comment.written_by_id:
        return draw(f"login {comment.written_by_id}")
    return draw(f"e-mail {comment.author_email.casefold()}")


def draw(seed: str) -> SafeString:
    """The same figure for the same seed, hidden from screen readers: the name stands beside it."""
    keyed = blake2b(seed.encode(), key=_key(settings.SECRET_KEY), person=b"identicons")
    number = int.from_bytes(keyed.digest())
    return _figure(number % TONES, _cells(number // TONES))


@lru_cache(maxsize=2)
def _key(secret: str) -> bytes:
    return blake2b(secret.encode()).digest()


@lru_cache(maxsize=1_000)  # of some 130 bytes
def _figure(tone: int, cells: int) -> SafeString:
    return filled(
        '<svg class="identicon identicon--{}" viewBox="0 -.5 5 5" aria-hidden="true">'
        '<path d="{}"/></svg>',
        tone,
        "".join(_strokes(cells)),
    )


def _cells(number: int) -> int:
    """The first fifteen bits that make a figure."""
    cells = number & _FIFTEEN
    while number and not FEWEST <= cells.bit_count() <= MOST:
        number >>= _BITS
        cells = number & _FIFTEEN
    return cells


def _strokes(cells: int) -> Iterator[str]:
    """A stroke one cell thick for every run of cells in a row."""
    for y in range(SIDE):
        left = [bool(cells >> (3 * y + x) & 1) for x in range(3)]
        row = [*left, left[1], left[0], False]
        start = None
        for x, is_filled in enumerate(row):
            if is_filled and start is None:
                start = x
            elif not is_filled and start is not None:
                yield f"M{start} {y}h{x - start}"
                start = None
