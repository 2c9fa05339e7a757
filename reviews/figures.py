"""A picture as readers are shown it: with its credit, in the size its place wants, or not at all.

The one renderer for every placement. Which files there are is said by the picture's own row, so
nothing here makes a query.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from . import body, figure_html, served, spoilers
from .fast_html import NOTHING, joined
from .models import Article, Image
from .models.loaded import loaded
from .places import PLACES as PLACES

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
    if image is None:
        return NOTHING
    why = why_unseen(image)
    if image.is_withdrawn():
        shown = place in NOTICE_STANDS_IN
        return figure_html.withdrawn(image, why if preview else "") if shown else NOTHING
    if why and not (preview and image.sizes()):
        return NOTHING
    return figure_html.figure(image, caption, place, why)


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
        return joined("", figures)
    return render_to_string("reviews/_gallery.html", {"figures": figures, "count": count})


def in_feed(image: Image | None, caption: str, root: str) -> SafeString:
    """The figure for pages that are not ours: one JPEG at its whole address, without styles."""
    if image is None or not _leaves_something(image, preview=False):
        return NOTHING
    context = {"image": image, "caption": caption, "still": still(image, root=root)}
    return render_to_string("reviews/_feed_figure.html", context)


def body_with_figures(article: Article, *, preview: bool = False) -> SafeString:
    """The body of an article for its page. No query when `body_images` is prefetched."""
    images = {image.pk: image for image in loaded(article, "body_images")}

    def one(image: Image, caption: str) -> str:
        return figure(image, caption or image.caption, preview=preview)

    def many(pictures: Sequence[tuple[Image, str]]) -> str:
        said = [(image, caption or image.caption) for image, caption in pictures]
        return gallery(said, preview=preview)

    language = article.language
    return body.render(article.body, images, one, many, spoilers.folded, language=language)


def shown_openly(article: Article) -> list[Image]:
    """The pictures of its body that no spoiler hides, in their order. No query when `body_images`
    is prefetched."""
    images = {image.pk: image for image in loaded(article, "body_images")}
    placed = body.open_image_ids(article.body) if images else []
    return [images[pk] for pk in placed if pk in images]


def still(
    image: Image | None, at_least: int = figure_html.USUAL_WIDTH, *, crop: str = "", root: str = ""
) -> Still | None:
    """The narrowest JPEG of a width, else the widest; None for what readers may not see.

    `root` is put before an address that has no host of its own.
    """
    if image is None or why_unseen(image):
        return None
    width, height, name = figure_html.at_least(at_least, image.sizes(crop))
    url = served.address(name)
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


def _moment(at: datetime | None) -> str:
    return f"{timezone.localtime(at):%-d %B %Y, %H:%M}"
