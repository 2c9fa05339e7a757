"""Stored body -> page: the prose as it was cleaned, its figures filled in from the library.

Pure: no query is made here. The caller brings the pictures and says how a figure looks.
"""

from collections.abc import Callable, Mapping
from html import escape
from html.parser import HTMLParser

from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe

from . import prose
from .models import Image

CAPTION_TAGS = frozenset({"em", "strong", "span", "a"})
FigureRenderer = Callable[[Image, SafeString], str]


def render(html: str, images: Mapping[int, Image], figure: FigureRenderer) -> SafeString:
    """The body as page HTML. `figure` gets a picture and the caption said in this body, if any.

    A picture that is not in `images` leaves nothing behind. The HTML is cleaned again on the way
    out, so that what is marked safe here is safe whatever door it came in by.
    """

    def fill(image_id: int, caption: str) -> str:
        image = images.get(image_id)
        return figure(image, mark_safe(caption)) if image else ""

    return mark_safe(_rewrite(prose.clean(html), fill))


def image_ids(html: str) -> list[int]:
    """The ids of the pictures a body places, in order, each once."""
    found: dict[int, None] = {}

    def note(image_id: int, _caption: str) -> str:
        found[image_id] = None
        return ""

    _rewrite(prose.clean(html), note)
    return list(found)


def plain_text(html: str) -> str:
    """The words of a body, without figures and markup."""
    spaced = _rewrite(prose.clean(html), lambda _id, _caption: "").replace("</p>", "</p> ")
    return " ".join(strip_tags(spaced).split())


def _rewrite(html: str, fill: Callable[[int, str], str]) -> str:
    parser = _FigureRewriter(fill)
    parser.feed(html)
    parser.close()
    return "".join(parser.out)


class _FigureRewriter(HTMLParser):
    """Copies cleaned HTML and puts what `fill` says in place of each figure."""

    def __init__(self, fill: Callable[[int, str], str]) -> None:
        super().__init__(convert_charrefs=True)
        self.fill = fill
        self.out: list[str] = []
        self.depth = 0  # of figures; a figure inside a figure is dropped
        self.image_id = 0
        self.in_caption = False
        self.caption: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "figure":
            self.depth += 1
            if self.depth == 1:
                self.image_id = int(dict(attrs).get("data-image") or 0)
                self.caption = []
        elif tag == "figcaption":
            self.in_caption = self.depth == 1
        else:
            self._write(tag, _open_tag(tag, attrs))

    def handle_endtag(self, tag: str) -> None:
        if tag == "figure":
            self.depth -= 1
            if self.depth == 0:
                self.in_caption = False
                self.out.append(self.fill(self.image_id, "".join(self.caption).strip()))
        elif tag == "figcaption":
            self.in_caption = False
        else:
            self._write(tag, f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self._write("", escape(data, quote=False))

    def _write(self, tag: str, text: str) -> None:
        if self.depth == 0:
            self.out.append(text)
        elif self.in_caption and (not tag or tag in CAPTION_TAGS):
            self.caption.append(text)


def _open_tag(tag: str, attrs: list[tuple[str, str | None]]) -> str:
    said = "".join(f' {name}="{escape(value or "")}"' for name, value in attrs)
    return f"<{tag}{said}>"
