"""What other sites show of a page that is shared: the Open Graph protocol (ogp.me). And, in HTML's
own word, who wrote it, for the reading modes of browsers.

Python and not a template, as structured_data.py is: what only programs read. Every value is
escaped where it is put in. No query, for one loaded `for_page()`.
"""

from collections.abc import Iterator

from django.conf import settings
from django.utils.safestring import SafeString

from . import figures, saying
from .addresses import whole
from .fast_html import NOTHING, filled, joined
from .models import Article, Image
from .places import SHARED_WIDTH

SMALL_WIDTH = 600  # pixels, of a poster or a portrait: twice what a small card shows
_AUTHOR = '<meta name="author" content="{}">\n'
_PROPERTY = '<meta property="{}" content="{}">\n'
# For sites that show links, and for search engines, which without it choose a small one.
_LARGE = filled(
    '<meta name="twitter:card" content="summary_large_image">\n'
    '<meta name="robots" content="max-image-preview:large">\n'
)


def for_article(article: Article) -> SafeString:
    """The head's elements for a piece and the picture it is shared by."""
    writers = saying.together([each.name for each in article.writers()], saying.tongue())
    said = [filled(_PROPERTY, name, value) for name, value in _properties(article)]
    author = filled(_AUTHOR, writers) if writers else NOTHING
    return joined("", [author, *said, _shared_by(article)])


def picture(image: Image | None, crop: str = "", at_least: int = SMALL_WIDTH) -> SafeString:
    """The head's elements for the picture that a page is shared by, if readers may see it."""
    return joined("", [filled(_PROPERTY, *said) for said in _picture(image, crop, at_least)])


def _shared_by(article: Article) -> SafeString:
    """The first picture that readers see of it, large; or the poster of the film it reviews."""
    shown = _large(article.lead_image) or next(
        filter(None, map(_large, figures.shown_openly(article))), NOTHING
    )
    return shown or picture(article.film.poster if article.film else None)


def _large(image: Image | None) -> SafeString:
    found = picture(image, "16x9", SHARED_WIDTH)
    return joined("", [found, _LARGE]) if found else NOTHING


def _properties(article: Article) -> Iterator[tuple[str, str]]:
    tongue = saying.tongue()
    yield "og:type", "article"
    yield "og:title", article.headline
    yield "og:description", article.standfirst
    yield "og:url", whole(article.get_absolute_url())
    if article.first_published_at:
        yield "article:published_time", tongue.moment(article.first_published_at)
    if article.updated_at:
        yield "article:modified_time", tongue.moment(article.updated_at)
    yield "article:section", article.section.name


def _picture(image: Image | None, crop: str, at_least: int) -> Iterator[tuple[str, object]]:
    still = figures.still(image, at_least, crop=crop, root=settings.SITE_URL)
    if image is None or still is None:
        return
    yield "og:image", still.url
    yield "og:image:type", still.type
    yield "og:image:width", still.width
    yield "og:image:height", still.height
    if image.alt_text:
        yield "og:image:alt", image.alt_text
