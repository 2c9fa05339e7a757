"""A picture as the page shows it: with its credit, or not at all."""

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from . import body
from .models import Article, Image

TEMPLATE = "reviews/_figure.html"
FOCAL_STEP = (
    25  # percent; the stylesheet names so many focal points, a style attribute is not allowed
)


def figure(
    image: Image | None,
    caption: str = "",
    *,
    place: str = "body",
    uncredited: bool = False,
    template: str = TEMPLATE,
    src: str = "",
) -> str:
    """The picture with its caption and credit line; nothing for a picture without a credit line.

    `place` is where it stands: lead, body, card, poster or portrait. `uncredited` is for editors
    only: it shows a picture that readers would not see, and says so.
    """
    if image is None or not (image.is_credited() or uncredited):
        return ""
    context = {
        "image": image,
        "src": src or image.address(),
        "caption": caption,
        "place": place,
        "focal_x": _step(image.focal_x),
        "focal_y": _step(image.focal_y),
    }
    return render_to_string(template, context)


def body_with_figures(article: Article, *, uncredited: bool = False) -> SafeString:
    """The body of an article for its page. No query when `body_images` is prefetched."""
    images = {image.pk: image for image in article.body_images.all()}

    def fill(image: Image, caption: SafeString) -> str:
        return figure(image, caption or image.caption, uncredited=uncredited)

    return body.render(article.body, images, fill)


def _step(percent: int) -> int:
    return round(percent / FOCAL_STEP) * FOCAL_STEP
