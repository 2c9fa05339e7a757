"""The markup of a picture that is shown: its files for whoever chooses, its words, its credit.

Python and not a template, because a page holds up to thirty; which pictures are shown, and to whom,
`figures` says. Every value is escaped where it is put in.
"""

from collections.abc import Callable, Sequence
from functools import cache

from django.utils.safestring import SafeString

from . import served
from .fast_html import NOTHING, filled
from .models import Image
from .places import PLACES, Place

USUAL_WIDTH = 1280  # pixels; what is fetched by who cannot choose: old browsers, feed readers
NARROW = 800  # pixels; a picture of fewer is not drawn out over the whole page
FOCAL_STEP = (
    25  # percent; the stylesheet names so many focal points, a style attribute is not allowed
)

_FIGURE = """
<figure class="figure figure--{}{}{}"><picture>{}<img src="{}"{} alt="{}" width="{}" height="{}"{} \
decoding="async"{}></picture>
<figcaption class="figure__words">
{}
{}
{}
</figcaption></figure>
"""
_UPRIGHT, _NARROW = filled(" figure--upright"), filled(" figure--narrow")
_FIRST, _LAZY = filled(' fetchpriority="high"'), filled(' loading="lazy"')


def figure(image: Image, caption: str, place: str, unseen: str) -> SafeString:
    """A picture that has files. `caption` may be HTML that was cleaned, and empty; `unseen` is why
    readers do not see it. No query."""
    where, address = PLACES[place], served.addresses()
    crop = where.crop if where.crop in image.renditions else ""
    jpegs, avifs = image.sizes(crop), image.sizes(crop, "avif")
    width, height, name = at_least(USUAL_WIDTH, jpegs)
    return filled(
        _FIGURE,
        place,
        _UPRIGHT if height > width else NOTHING,
        _NARROW if place == "lead" and width < NARROW else NOTHING,
        _source(avifs, where, address),
        address(name),
        _choice(_coarser(jpegs) if avifs else jpegs, where, address),
        NOTHING if image.decorative else image.alt_text,
        width,
        height,
        _focal_point(image) if where.crop and not crop else NOTHING,
        _FIRST if where.leads else _LAZY,
        filled('<bdi class="figure__caption">{}</bdi>', caption) if caption else NOTHING,
        _credit(image),
        filled('<strong class="figure__unseen">{}</strong>', unseen) if unseen else NOTHING,
    )


def withdrawn(image: Image, unseen: str) -> SafeString:
    """What stands in the place of one that was taken back."""
    why = filled('<p><strong class="figure__unseen">{}</strong></p>', unseen) if unseen else NOTHING
    said = '<figure class="figure figure--withdrawn"><p>{}</p>{}</figure>\n'
    return filled(said, image.notice(), why)


def at_least(wanted: int, sizes: Sequence[tuple[int, int, str]]) -> tuple[int, int, str]:
    """The narrowest of a width, else the widest."""
    return next((size for size in sizes if size[0] >= wanted), sizes[-1])


def _source(
    sizes: Sequence[tuple[int, int, str]], place: Place, address: Callable[[str], str]
) -> SafeString:
    if not sizes:
        return NOTHING
    said = '<source type="image/avif" srcset="{}" sizes="{}">'
    return filled(said, _srcset(sizes, address), place.sizes)


def _choice(
    sizes: Sequence[tuple[int, int, str]], place: Place, address: Callable[[str], str]
) -> SafeString:
    if len(sizes) < 2:
        return NOTHING
    return filled(' srcset="{}" sizes="{}"', _srcset(sizes, address), place.sizes)


def _coarser(sizes: Sequence[tuple[int, int, str]]) -> Sequence[tuple[int, int, str]]:
    """Every other width and the widest: few browsers are left that take a JPEG where there are
    AVIFs, and all are told of both."""
    return sizes[(len(sizes) - 1) % 2 :: 2]


def _srcset(sizes: Sequence[tuple[int, int, str]], address: Callable[[str], str]) -> str:
    return ", ".join([f"{address(name)} {width}w" for width, _, name in sizes])


def _credit(image: Image) -> SafeString:
    if not image.is_credited():
        return NOTHING
    return filled('<bdi class="figure__credit">{}</bdi>', image.credit_line)


def _focal_point(image: Image) -> SafeString:
    return _focused(round(image.focal_x / FOCAL_STEP), round(image.focal_y / FOCAL_STEP))


@cache
def _focused(x: int, y: int) -> SafeString:
    return filled(' class="focal-x-{} focal-y-{}"', x * FOCAL_STEP, y * FOCAL_STEP)
