"""Stored body -> page: the prose as it was cleaned, its figures filled in from the library.

Pure: no query is made here. The caller brings the pictures and says how a figure looks.
"""

from collections.abc import Callable, Mapping, Sequence

from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe

from . import prose
from .markup import Copier
from .models import Image

CAPTION_TAGS = frozenset({"em", "strong", "span", "a"})
FigureRenderer = Callable[[Image, SafeString], str]
GalleryRenderer = Callable[[Sequence[tuple[Image, SafeString]]], str]
Placed = tuple[int, str]  # a picture's id, and the caption said in this body


def render(
    html: str,
    images: Mapping[int, Image],
    figure: FigureRenderer,
    gallery: GalleryRenderer | None = None,
) -> SafeString:
    """The body as page HTML. `figure` gets a picture and the caption said in this body, if any;
    `gallery` gets several, which without it are figures one after the other.

    A picture that is not in `images` leaves nothing behind. The HTML is cleaned again on the way
    out, so that what is marked safe here is safe whatever door it came in by.
    """

    def fill(placed: list[Placed], together: bool) -> str:
        known = [(images[pk], mark_safe(said)) for pk, said in placed if pk in images]
        if together and gallery:
            return gallery(known)
        return "".join(figure(image, said) for image, said in known)

    return mark_safe(_Filler(fill).copied(prose.clean(html)))


def image_ids(html: str) -> list[int]:
    """The ids of the pictures a body places, in order, each once."""
    found: dict[int, None] = {}

    def note(placed: list[Placed], _together: bool) -> str:
        found.update((pk, None) for pk, _ in placed)
        return ""

    _Filler(note).copied(prose.clean(html))
    return list(found)


def plain_text(html: str) -> str:
    """The words of a body, without figures and markup."""
    spaced = _Filler(lambda _placed, _together: "").copied(prose.clean(html))
    return " ".join(strip_tags(spaced.replace("</p>", "</p> ")).split())


class _Filler(Copier):
    """Copies cleaned HTML and puts what `fill` says in place of each figure and each gallery."""

    def __init__(self, fill: Callable[[list[Placed], bool], str]) -> None:
        super().__init__()
        self.fill = fill
        self.depth = 0  # of figures; a figure inside a figure is dropped
        self.in_gallery = False
        self.in_caption = False
        self.image_id = 0
        self.caption: list[str] = []
        self.placed: list[Placed] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "div":  # the sanitiser lets galleries alone through
            self.in_gallery = True
        elif tag == "figure":
            self.depth += 1
            if self.depth == 1:
                self.image_id = int(dict(attrs).get("data-image") or 0)
                self.caption = []
        elif tag == "figcaption":
            self.in_caption = self.depth == 1
        else:
            super().handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag == "div":
            self.in_gallery = False
            self._fill(together=True)
        elif tag == "figure":
            self.depth -= 1
            if self.depth == 0:
                self.in_caption = False
                self.placed.append((self.image_id, "".join(self.caption).strip()))
                if not self.in_gallery:
                    self._fill(together=False)
        elif tag == "figcaption":
            self.in_caption = False
        else:
            super().handle_endtag(tag)

    def write(self, text: str, tag: str = "") -> None:
        if self.depth == 0:
            super().write(text)
        elif self.in_caption and (not tag or tag in CAPTION_TAGS):
            self.caption.append(text)

    def _fill(self, *, together: bool) -> None:
        self.out.append(self.fill(self.placed, together))
        self.placed = []
