"""A picture as readers are shown it: with its credit, in the size its place wants, or not at all.

The one renderer for every placement. Which files there are is said by the picture's own row, so
nothing here makes a query.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.files.storage import default_storage
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from . import body, spoilers
from .models import Article, Image

FOCAL_STEP = (
    25  # percent; the stylesheet names so many focal points, a style attribute is not allowed
)
USUAL_WIDTH = 1280  # pixels; what is fetched by who cannot choose: old browsers, feed readers
SHARED_WIDTH = 1200  # pixels; below it, the sites that show shared links draw a small card

# How wide the page's columns are (static/css/site.css): all of it but the gutters on a phone.
_PHONE = "(min-width: 28.2rem) 92vw, calc(100vw - 2.25rem)"


@dataclass(frozen=True)
class Place:
    """Where a picture stands: what the browser is told of its width, and which crop it wants."""

    sizes: str
    crop: str = ""  # of reviews/renditions.py; “” is the whole picture
    leads: bool = False  # the first thing seen: asked for at once


PLACES = {
    "lead": Place(f"(min-width: 87rem) 80rem, {_PHONE}", leads=True),
    "body": Place(f"(min-width: 41rem) 36rem, {_PHONE}"),
    "gallery": Place(
        "(min-width: 41rem) 17.4rem, (min-width: 34rem) calc(46vw - 0.7rem), calc(100vw - 2.25rem)"
    ),
    # A film still keeps its width on a card; four to a row are too narrow for that.
    "card-lead": Place(
        f"(min-width: 87rem) 50.7rem, (min-width: 62rem) calc(60vw - 1.3rem), {_PHONE}",
        crop="16x9",
        leads=True,
    ),
    "card-wide": Place(
        "(min-width: 87rem) 39rem, (min-width: 62rem) calc(46vw - 1rem), "
        f"(min-width: 40.3rem) calc(46vw - 1rem), {_PHONE}",
        crop="16x9",
    ),
    "card": Place(
        "(min-width: 87rem) 25.4rem, (min-width: 62rem) calc(30.7vw - 1.3rem), "
        f"(min-width: 40.3rem) calc(46vw - 1rem), {_PHONE}",
        crop="16x9",
    ),
    "card-small": Place(
        "(min-width: 87rem) 18.5rem, (min-width: 62rem) calc(30.7vw - 1.3rem), "
        "(min-width: 40.3rem) calc(46vw - 1rem), (min-width: 34rem) 92vw, 8.5rem",
        crop="4x3",
    ),
    "poster": Place("(min-width: 62rem) 19rem, 15rem"),
    "portrait": Place("12rem", crop="1x1"),
}
NOTHING = format_html_join("", "", ())
NOTICE_STANDS_IN = frozenset({"lead", "body", "gallery"})  # elsewhere a picture is not missed


@dataclass(frozen=True)
class Still:
    """One JPEG of a picture: its address, and its own size in pixels."""

    url: str
    width: int
    height: int
    type: str = "image/jpeg"


def figure(
    image: Image | None, caption: str = "", *, place: str = "body", preview: bool = False
) -> SafeString:
    """The picture with its caption and its credit line, for a place of `PLACES`.

    Nothing for a picture readers may not see; where a withdrawn one stood in an article, a notice.
    A `preview` is for the desk: it shows the picture, and says why readers do not see it.
    """
    if image is None or not _leaves_something(image, preview):
        return NOTHING
    why = why_unseen(image)
    if image.is_withdrawn():
        return _notice(image, why if preview else "") if place in NOTICE_STANDS_IN else NOTHING
    context = {"image": image, "caption": caption, "place": place, "unseen": why}
    context |= {"leads": PLACES[place].leads, **_sources(image, PLACES[place])}
    return render_to_string("reviews/_figure.html", context)


def gallery(pictures: Sequence[tuple[Image, str]], *, preview: bool = False) -> SafeString:
    """Pictures with their captions as one labelled group; a single one stands alone.

    The first of an odd number is as wide as two, so that every row is full.
    """
    seen = [(image, said) for image, said in pictures if _leaves_something(image, preview)]
    count = sum(not image.is_withdrawn() for image, _ in seen)
    wide = len(seen) % 2 if count > 1 else len(seen)
    figures = [
        figure(image, said, place="body" if n < wide else "gallery", preview=preview)
        for n, (image, said) in enumerate(seen)
    ]
    if count < 2:
        return format_html_join("", "{}", ((made,) for made in figures))
    return render_to_string("reviews/_gallery.html", {"figures": figures, "count": count})


def in_feed(image: Image | None, caption: str, root: str) -> SafeString:
    """The figure for pages that are not ours: one JPEG at its whole address, without styles."""
    if image is None or not _leaves_something(image, preview=False):
        return NOTHING
    context = {"image": image, "caption": caption, "still": still(image, root=root)}
    return render_to_string("reviews/_feed_figure.html", context)


def body_with_figures(article: Article, *, preview: bool = False) -> SafeString:
    """The body of an article for its page. No query when `body_images` is prefetched."""
    images = {image.pk: image for image in article.body_images.all()}

    def one(image: Image, caption: str) -> str:
        return figure(image, caption or image.caption, preview=preview)

    def many(pictures: Sequence[tuple[Image, str]]) -> str:
        said = [(image, caption or image.caption) for image, caption in pictures]
        return gallery(said, preview=preview)

    return body.render(article.body, images, one, many, spoilers.folded)


def still(
    image: Image | None, at_least: int = USUAL_WIDTH, *, crop: str = "", root: str = ""
) -> Still | None:
    """The narrowest JPEG of a width, else the widest; None for what readers may not see.

    `root` is put before an address that has no host of its own.
    """
    if image is None or why_unseen(image):
        return None
    width, height, name = _at_least(at_least, image.sizes(crop))
    url = default_storage.url(name)
    return Still(url if "://" in url else f"{root}{url}", width, height)


def why_unseen(image: Image) -> str:
    """Why readers do not see a picture now, in a sentence for the desk; empty when they do."""
    if image.is_withdrawn():
        return "Withdrawn: readers see this sentence instead of the picture."
    if not image.is_credited():
        return "No credit line: readers do not see this picture."
    if image.is_showable():
        return "" if image.sizes() else "Its sizes are being made: readers do not see it yet."
    if image.embargo_until and image.embargo_until > timezone.now():
        return f"Under embargo until {_moment(image.embargo_until)}: readers do not see it yet."
    return f"Its time ended on {_moment(image.expires_at)}: readers do not see it any more."


def _leaves_something(image: Image, preview: bool) -> bool:
    """Whether a figure is made at all: of what is shown, of a notice, of what the desk may see."""
    shown = not why_unseen(image) or image.is_withdrawn()
    return shown or (preview and bool(image.sizes()))


def _notice(image: Image, why: str) -> SafeString:
    return render_to_string("reviews/_withdrawn_figure.html", {"image": image, "unseen": why})


def _sources(image: Image, place: Place) -> dict[str, object]:
    """What there is of the crop the place wants, else of the whole picture, cut by the stylesheet
    around the focal point."""
    crop = place.crop if place.crop in image.renditions else ""
    jpegs = image.sizes(crop)
    width, height, name = _at_least(USUAL_WIDTH, jpegs)
    return {
        "src": default_storage.url(name),
        "jpegs": _srcset(jpegs) if len(jpegs) > 1 else "",
        "avifs": _srcset(image.sizes(crop, "avif")),
        "sizes": place.sizes,
        "width": width,
        "height": height,
        "focal": place.crop and not crop and (_step(image.focal_x), _step(image.focal_y)),
    }


def _at_least(wanted: int, sizes: Sequence[tuple[int, int, str]]) -> tuple[int, int, str]:
    return next((size for size in sizes if size[0] >= wanted), sizes[-1])


def _srcset(sizes: Sequence[tuple[int, int, str]]) -> str:
    return ", ".join(f"{default_storage.url(name)} {width}w" for width, _, name in sizes)


def _step(percent: int) -> int:
    return round(percent / FOCAL_STEP) * FOCAL_STEP


def _moment(at: datetime | None) -> str:
    return f"{timezone.localtime(at):%-d %B %Y, %H:%M}"
