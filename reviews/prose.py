"""What an article's body may contain: the one list that the editor and the sanitiser share.

The editor offers `EXTENSIONS`; `clean` lets through exactly what those extensions can make, so a
body that came in by another door (a paste, a script, an import) is held to the same list. This is
the project's one sanitising module: nothing else may decide that HTML is safe.
"""

import re
from functools import cache
from html import escape, unescape
from typing import Any

import nh3
from django.core.validators import RegexValidator
from js_asset import static_lazy

from .markup import Copier, only, text_of, values

# BCP 47, the part that is used in practice: language[-Script][-REGION][-variant].
LANGUAGE_TAG = r"[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?(-[A-Za-z0-9]{5,8})*"
validate_language_tag = RegexValidator(
    rf"^{LANGUAGE_TAG}\Z",
    "Use a language tag such as “en-GB”, “ko”, “zh-Hant” or “ja-Latn” (BCP 47).",
)

EXTENSIONS: dict[str, Any] = {
    "Bold": True,
    "Italic": True,
    "Heading": {"levels": [2, 3]},
    "Blockquote": True,
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "HardBreak": True,
    "HorizontalRule": True,
    "Link": {
        "enableTarget": False,
        "openOnClick": False,
        "protocols": ["http", "https", "mailto"],
    },
    "Phrase": True,
    "Picture": True,
    "Gallery": True,
    "PullQuote": True,
    "Spoiler": True,
    "Paste": True,
    "Marks": True,
    "SpecialCharacters": True,
}

FEWEST_IN_A_GALLERY = 2  # one picture is a picture
# Elements within each other, or left open: people write lists in lists in lists. A parser's time
# grows with the square: 25,000 lists took 13 seconds.
MOST_DEEP = 1_000
_NESTS = re.compile(r"<(/?)([a-z][^\s/>]*)")
_VOID = {
    *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param"),
    *("source", "track", "wbr"),
}
_ENDS_BY_ITSELF = _VOID | {"dd", "dt", "li", "option", "p", "td", "th", "tr"}
_ANY_TAG = re.compile(r"<[^<>]*>")
_BLANK = re.compile(r"(<p>\s*</p>|\s)*")
_IMAGE_ID = re.compile(r"[1-9][0-9]{0,17}")
_LANGUAGE = re.compile(LANGUAGE_TAG)
# A host as people type it, without “https://”: two names with a dot between them, or more.
_HOST = re.compile(r"([\w-]+\.)+[^\W\d_]{2,}(?=[/?#]|$)")
_MAILBOX = re.compile(r"[^\s@/?#:]+@([\w-]+\.)+[^\W\d_]{2,}")
_LINKS = only("a")
_LEADS = re.compile(r"[/?#]|[a-z][a-z0-9+.-]*:", re.IGNORECASE)  # as it stands


def allow_phrase(_config: object, allowlist: dict[str, Any]) -> None:
    """Let the `Phrase` extension's `<span lang>` through."""
    allowlist["tags"].add("span")
    allowlist["attributes"].setdefault("span", set()).add("lang")


def allow_picture(_config: object, allowlist: dict[str, Any]) -> None:
    """Let the `Picture` extension's `<figure data-image>` and its caption through."""
    allowlist["tags"].update({"figure", "figcaption"})
    allowlist["attributes"].setdefault("figure", set()).add("data-image")


def allow_gallery(_config: object, allowlist: dict[str, Any]) -> None:
    """Let the `Gallery` extension's `<div data-gallery>` through; `clean` keeps its form."""
    allowlist["tags"].add("div")
    allowlist["attributes"].setdefault("div", set()).add("data-gallery")


def allow_pull_quote(_config: object, allowlist: dict[str, Any]) -> None:
    """Let the `PullQuote` extension's `<aside>` through."""
    allowlist["tags"].add("aside")


def allow_spoiler(_config: object, allowlist: dict[str, Any]) -> None:
    """Let the `Spoiler` extension's `<details>` through; `clean` keeps its form."""
    allowlist["tags"].add("details")


def allow_nothing(_config: object, _allowlist: dict[str, Any]) -> None:
    """`Paste` says in the others' tags what came in, and `Marks` sets what is typed."""


# For settings.DJANGO_PROSE_EDITOR_EXTENSIONS: our extensions, their scripts and allowlists.
EDITOR_EXTENSIONS: list[dict[str, Any]] = [
    {"js": [static_lazy("js/editor/phrase.js")], "extensions": {"Phrase": allow_phrase}},
    {"js": [static_lazy("js/editor/picture.js")], "extensions": {"Picture": allow_picture}},
    {"js": [static_lazy("js/editor/gallery.js")], "extensions": {"Gallery": allow_gallery}},
    {"js": [static_lazy("js/editor/pull_quote.js")], "extensions": {"PullQuote": allow_pull_quote}},
    {"js": [static_lazy("js/editor/spoiler.js")], "extensions": {"Spoiler": allow_spoiler}},
    {"js": [static_lazy("js/editor/paste.js")], "extensions": {"Paste": allow_nothing}},
    {"js": [static_lazy("js/editor/marks.js")], "extensions": {"Marks": allow_nothing}},
]


class Clean(str):
    """HTML that `clean` has made, and that nobody need clean again."""


def clean(html: str) -> Clean:
    """The same HTML with everything the editor could not have made taken out.

    Scripts and styles go with their content; unknown tags go and leave their text. A gallery
    holds two pictures or more and nothing else: with one it is that picture, and other content
    comes after it. A spoiler holds whatever a body may; one inside another is part of it. An empty
    editor (one empty paragraph) is the empty string. What is deeper than anybody writes is its
    words alone.
    """
    if isinstance(html, Clean):
        return html
    html = html.replace("\x00", "")
    if _is_too_deep(html):
        html = f"<p>{escape(' '.join(unescape(_ANY_TAG.sub(' ', html)).split()))}</p>"
    cleaned: str = _cleaner().clean(html)
    if "<div" in cleaned:
        cleaned = _cleaner().clean(_Galleries().copied(cleaned))
    if "<details" in cleaned:
        cleaned = _cleaner().clean(_Spoilers().copied(cleaned))
    return Clean("" if _BLANK.fullmatch(cleaned) else cleaned)


def _is_too_deep(html: str) -> bool:
    """Whether more than `MOST_DEEP` elements may stand within each other. Only an end tag that is
    of the last one counts: which others a parser heeds depends on what is around them."""
    if html.count("<") - html.count("</") - html.count("<p>") <= MOST_DEEP:  # as nearly all are
        return False
    opened: list[str] = []
    for closes, name in _NESTS.findall(html.lower()):
        if not closes and name not in _ENDS_BY_ITSELF:
            opened.append(name)
        elif closes and opened and opened[-1] == name:
            opened.pop()
        if len(opened) > MOST_DEEP:
            return True
    return False


@cache
def _cleaner() -> nh3.Cleaner:
    from django_prose_editor.config import allowlist_from_extensions

    allowlist = allowlist_from_extensions(EXTENSIONS)
    return nh3.Cleaner(**allowlist, attribute_filter=_keep_attribute)


def whole_address(typed: str) -> str:
    """Where a link leads, as it was typed: “bfi.org.uk/x” is on the web, not beside the page, and
    “desk@bfi.org.uk” is a mailbox. Anything else is left as it stands; `leads_nowhere` knows it."""
    address = typed.strip()
    if _HOST.match(address):
        return f"https://{address}"
    return f"mailto:{address}" if _MAILBOX.fullmatch(address) else address


def leads_nowhere(html: str) -> list[str]:
    """Of cleaned HTML: what its links say that is no address."""
    said = (values(attributes).get("href") for _, _, attributes in _LINKS.findall(html))
    return [address for address in said if address is not None and not _LEADS.match(address)]


def _keep_attribute(tag: str, name: str, value: str) -> str | None:
    if tag == "figure" and name == "data-image":
        return value if _IMAGE_ID.fullmatch(value) else None
    if name == "lang":
        return value if _LANGUAGE.fullmatch(value) else None
    if tag == "ol" and name == "start":
        return value if value.isascii() and value.isdigit() else None
    if tag == "ol":
        return None
    if tag == "div":
        return ""
    return whole_address(value) if tag == "a" and name == "href" else value


class _Galleries(Copier):
    """Leaves of all `div`s the galleries, each with its pictures alone; see `clean`."""

    def __init__(self) -> None:
        super().__init__()
        self.divs: list[bool] = []  # the open ones: whether each is the gallery
        self.figures = 0  # open ones, outside galleries
        self.hidden = 0  # open spoilers in the gallery, which keep their pictures
        self.depth = 0  # of figures in a picture of the gallery, itself one of them
        self.pictures: list[str] = []
        self.others: list[str] = []

    def start(self, tag: str, attributes: str, source: str) -> None:
        inside = any(self.divs)
        if tag == "div":
            gallery = "data-gallery" in values(attributes)
            self.divs.append(gallery and not inside and not self.figures)
            return
        if tag == "figure" and not inside:
            self.figures += 1
        elif (
            tag == "figure"
            and (self.depth or values(attributes).get("data-image"))
            and not self.hidden
        ):
            self.depth += 1
            if self.depth == 1:
                self.pictures.append("")
        elif tag == "details" and inside and not self.depth:
            self.hidden += 1
        super().start(tag, attributes, source)

    def end(self, tag: str) -> None:
        if tag == "div":
            if self.divs.pop():
                self._close()
            return
        super().end(tag)
        if tag == "figure" and not any(self.divs):
            self.figures -= 1
        elif tag == "figure" and self.depth:
            self.depth -= 1
        elif tag == "details" and self.hidden and not self.depth:
            self.hidden -= 1

    def write(self, text: str, tag: str = "") -> None:
        if self.depth:
            self.pictures[-1] += text
        elif any(self.divs):
            self.others.append(text)
        else:
            super().write(text)

    def _close(self) -> None:
        pictures, others = "".join(self.pictures), "".join(self.others)
        several = len(self.pictures) >= FEWEST_IN_A_GALLERY
        self.out.append(f'<div data-gallery="">{pictures}</div>' if several else pictures)
        if "<details" in others or text_of(others).strip():
            self.out.append(others)
        self.pictures, self.others = [], []


class _Spoilers(Copier):
    """Leaves of all `details` the outermost; see `clean`.

    Nothing that was hidden comes to light: what cannot stand in a caption goes with its words.
    """

    def __init__(self) -> None:
        super().__init__()
        self.depth = 0  # of open spoilers
        self.figures = 0  # open ones
        self.dropped = 0  # open spoilers that began in a figure
        self.begin = 0  # where in `out` the outermost began

    def start(self, tag: str, attributes: str, source: str) -> None:
        if tag == "details" and self.figures:
            self.dropped += 1
        elif tag == "details":
            self.depth += 1
            self.begin = len(self.out) if self.depth == 1 else self.begin
        else:
            self.figures += tag == "figure"
            super().start(tag, attributes, source)

    def end(self, tag: str) -> None:
        if tag == "details" and self.dropped:
            self.dropped -= 1
        elif tag == "details":
            self.depth -= 1
            if not self.depth:
                self._close()
        else:
            self.figures -= tag == "figure"
            super().end(tag)

    def write(self, text: str, tag: str = "") -> None:
        if not self.dropped:
            super().write(text)

    def _close(self) -> None:
        held = "".join(self.out[self.begin :])
        del self.out[self.begin :]
        if not _BLANK.fullmatch(held):
            self.out.append(f"<details>{held}</details>")
