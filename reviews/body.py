"""Stored body -> page: the prose as it was cleaned, its figures filled in from the library.

Pure: no query is made here. The caller brings the pictures and says how a figure looks.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from html import unescape

from django.utils.safestring import SafeString, mark_safe

from . import markup, prose, written_in
from .markup import Copier, text_of, values
from .models import Image

_WORDS_END = re.compile(r"</(?:p|h2|h3|li)>|<br>")  # here, though no space is written
_FIRST = re.compile(r"<p>(.*?)</p>\s*<", re.DOTALL)  # where something follows it
BESIDE_AN_INITIAL = 180  # characters: three lines of the column
PULL_QUOTE = '<aside role="doc-pullquote">'
CAPTION_TAGS = frozenset({"em", "strong", "span", "a"})
FigureRenderer = Callable[[Image, SafeString], str]
GalleryRenderer = Callable[[Sequence[tuple[Image, SafeString]]], str]
SpoilerRenderer = Callable[[SafeString], str]
Placed = tuple[int, str]  # a picture's id, and the caption said in this body


def render(
    html: str,
    images: Mapping[int, Image],
    figure: FigureRenderer,
    gallery: GalleryRenderer | None = None,
    spoiler: SpoilerRenderer | None = None,
    *,
    language: str = "",
) -> SafeString:
    """The body as page HTML. `figure` gets a picture and the caption said in this body, if any;
    `gallery` gets several, which without it are figures one after the other; `spoiler` gets what
    one hides, as page HTML, and without it spoilers are left out. Phrases written in the other
    direction than its `language` say so.

    A picture that is not in `images` leaves nothing behind. The HTML is cleaned again on the way
    out, so that what is marked safe here is safe whatever door it came in by.
    """

    def fill(placed: list[Placed], together: bool) -> str:
        known = [(images[pk], mark_safe(said)) for pk, said in placed if pk in images]
        if together and gallery:
            return gallery(known)
        return "".join(figure(image, said) for image, said in known)

    def fold(held: str) -> str:
        return spoiler(mark_safe(held)) if spoiler else ""

    cleaned = prose.clean(html) if spoiler else without_spoilers(html)
    return mark_safe(_Filler(fill, fold, language).copied(cleaned))


def without_spoilers(html: str, instead: str = "") -> str:
    """The body, cleaned, for places that cannot fold, with `instead` in place of each spoiler."""
    cleaned = prose.clean(html)
    return _Teller(instead).copied(cleaned) if "<details" in cleaned else cleaned


def has_initial(html: str) -> bool:
    """Whether a cleaned body begins with a letter that can stand alone, and its first words fill
    the lines beside it, where the next paragraph would stand otherwise."""
    first = _FIRST.match(html)
    words = unescape(text_of(first[1])) if first else ""
    beside = words[:BESIDE_AN_INITIAL]
    return len(words) >= BESIDE_AN_INITIAL and written_in.begins_with_a_letter_apart(beside)


def image_ids(html: str) -> list[int]:
    """The ids of the pictures a body places, in order, each once."""
    found: dict[int, None] = {}

    def note(placed: list[Placed], _together: bool) -> str:
        found.update((pk, None) for pk, _ in placed)
        return ""

    _Filler(note, str).copied(prose.clean(html))
    return list(found)


def open_image_ids(html: str) -> list[int]:
    """The same of those that no spoiler hides."""
    return image_ids(without_spoilers(html))


def plain_text(html: str, *, spoilers: bool = False) -> str:
    """The words of a body, without figures and markup; with those of its `spoilers` if asked."""
    cleaned = prose.clean(html) if spoilers else without_spoilers(html)
    spaced = _Filler(lambda _placed, _together: "", str).copied(cleaned)
    return " ".join(text_of(_WORDS_END.sub(" ", spaced)).split())


class _Filler(Copier):
    """Copies cleaned HTML and puts what `fill` says in place of each figure and each gallery, and
    what `fold` makes of it in place of what a spoiler holds."""

    tags = markup.only("figure", "figcaption", "div", "details", "aside", "span")

    def __init__(
        self,
        fill: Callable[[list[Placed], bool], str],
        fold: Callable[[str], str],
        language: str = "",
    ) -> None:
        super().__init__()
        self.language = language
        self.fill = fill
        self.fold = fold
        self.spoiler_begins = 0  # in `out`
        self.depth = 0  # of figures; a figure inside a figure is dropped
        self.in_gallery = False
        self.in_caption = False
        self.image_id = 0
        self.caption: list[str] = []
        self.placed: list[Placed] = []

    def start(self, tag: str, attributes: str, source: str) -> None:
        if tag == "div":  # the sanitiser lets galleries alone through
            self.in_gallery = True
        elif tag == "details":  # never in a figure, a gallery or another one
            self.spoiler_begins = len(self.out)
        elif tag == "aside":
            self.write(PULL_QUOTE)
        elif tag == "span":
            self.write(self._phrase(attributes, source), tag)
        elif tag == "figure":
            self.depth += 1
            if self.depth == 1:
                self.image_id = int(values(attributes).get("data-image") or 0)
                self.caption = []
        else:
            self.in_caption = self.depth == 1

    def end(self, tag: str) -> None:
        if tag == "div":
            self.in_gallery = False
            self._fill(together=True)
        elif tag == "details":
            held = "".join(self.out[self.spoiler_begins :])
            self.out[self.spoiler_begins :] = [self.fold(held)]
        elif tag in ("aside", "span"):
            super().end(tag)
        elif tag == "figure":
            self.depth -= 1
            if self.depth == 0:
                self.in_caption = False
                caption = markup.with_tags(CAPTION_TAGS, "".join(self.caption))
                self.placed.append((self.image_id, caption.strip()))
                if not self.in_gallery:
                    self._fill(together=False)
        else:
            self.in_caption = False

    def write(self, text: str, tag: str = "") -> None:
        if self.depth == 0:
            super().write(text)
        elif self.in_caption:
            self.caption.append(text)

    def _phrase(self, attributes: str, source: str) -> str:
        tag = values(attributes).get("lang")
        direction = written_in.direction(tag, self.language) if tag else ""
        return f'{source[:-1]} dir="{direction}">' if direction else source

    def _fill(self, *, together: bool) -> None:
        self.out.append(self.fill(self.placed, together))
        self.placed = []


class _Teller(Copier):
    """Copies cleaned HTML up to its spoilers, each of which it puts `instead` in place of."""

    tags = markup.only("details")

    def __init__(self, instead: str) -> None:
        super().__init__()
        self.instead = instead
        self.hidden = False

    def start(self, tag: str, attributes: str, source: str) -> None:
        self.hidden = True

    def end(self, tag: str) -> None:
        self.hidden = False
        self.out.append(self.instead)

    def write(self, text: str, tag: str = "") -> None:
        if not self.hidden:
            super().write(text)
