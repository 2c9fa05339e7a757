"""The text of a piece as our own bodies are: what the editor could have made, and nothing else."""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from html import escape, unescape
from urllib.parse import urlsplit

from .. import prose
from ..markup import text_of
from . import ratings, whose
from .items import host_in, number_in
from .media import WORDPRESS_FILES, path_of
from .tree import INLINE, Node, caption_of, own_text, parsed

_KEPT_TAGS = {"em": "em", "i": "em", "cite": "em", "strong": "strong", "b": "strong"}
_HEADINGS = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h3", "h5": "h3", "h6": "h3"}
_ADDRESS = re.compile(r"https?://\S+")
_GALLERY = re.compile(r"gallery|slideshow|image-compare")
_NUMBER = re.compile(r"\bwp-image-(\d{1,18})\b")
CREDIT = "credit"  # the class of a credit in a caption, as we write it (wxr.py)
_SAYS_NO_MORE = frozenset({"spoiler", "스포일러", ""})
_SPACE = re.compile(r"\A(?:\s|&nbsp;|<br>)+")
_SPACE_BACKWARDS = re.compile(r"\A(?:\s|;psbn&|>rb<)+")


@dataclass(frozen=True)
class Wanted:
    """A picture as a body asks for it. `number` is its attachment's, 0 where none is said; `credit`
    what the words under it say of whose it is."""

    number: int
    url: str
    alt: str
    caption: str
    credit: str


@dataclass
class Body:
    """`html` is cleaned. `rating` as (given, of how many) is what a paragraph said that is in it no
    more, `called` paragraphs that say to be ratings and are; `embeds` are addresses, and `files`
    those of the former site's files that it links to."""

    html: str = ""
    rating: tuple[float, float] | None = None
    called: list[str] = field(default_factory=list)
    embeds: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)


Find = Callable[[Wanted], int | None]


def made(
    html: str,
    find: Find,
    *,
    hosts: Collection[str] = (),
    rates: bool = False,
    footnotes: dict[str, str] | None = None,
) -> Body:
    """`find` says the key of a picture in the library, or None; `rates`: a paragraph that is a
    rating and nothing else is taken for one. Links to `hosts`, those it had, lead to ours."""
    body = Body()
    writer = _Writer(body, find, hosts, rates, footnotes or {})
    writer.blocks(parsed(html).children)
    body.html = prose.clean("\n".join(filter(None, writer.out)))
    return body


class _Writer:
    """Writes blocks into `out`. Pictures never stand in a paragraph or list: one at its beginning
    comes before it, one further in after it."""

    def __init__(
        self, body: Body, find: Find, hosts: Collection[str], rates: bool, footnotes: dict[str, str]
    ) -> None:
        self.body, self.find, self.hosts, self.rates = body, find, hosts, rates
        self.footnotes = footnotes
        self.out: list[str] = []
        self.run: list[str] = []  # of a paragraph
        self.held: list[str] = []  # figures that follow what is being written

    def blocks(self, nodes: Sequence[Node | str]) -> None:
        for node in nodes:
            if isinstance(node, str) or node.tag in INLINE:
                self.run.append(self._inline(node))
            else:
                self._end_paragraph()
                self._block(node)
        self._end_paragraph()

    def _block(self, node: Node) -> None:
        match node.tag:
            case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
                tag, words = _HEADINGS[node.tag], _trimmed(self._inlines(node))
                self.out.append(f"<{tag}>{words}</{tag}>" if text_of(words).strip() else "")
            case "hr":
                self.out.append("<hr>")
            case "ul" | "ol" if _GALLERY.search(node.classes()):
                self._pictures(node)
            case "ul" | "ol":
                self._list(node)
            case "blockquote":
                self.out.append(f"<blockquote>{self._nested(node.children)}</blockquote>")
            case "aside":
                self.out.append(f"<aside>{self._nested(node.children)}</aside>")
            case "details":
                self.out.append(f"<details>{self._nested(_without_summary(node))}</details>")
            case "pre":
                words = self._inlines(node).strip("\n").replace("\n", "<br>")
                self.out.append(f"<p>{words}</p>")
            case "table":
                self._table(node)
            case "iframe" | "video" | "audio" | "embed":
                self._embed(node)
            case "figure" | "div":
                self._figure(node)
            case _:
                self.blocks(node.children)
        self._let_go()

    def _figure(self, node: Node) -> None:
        classes = node.classes()
        if "wp-block-pullquote" in classes:
            self.out.append(f"<aside>{self._nested(_without(node, 'blockquote'))}</aside>")
        elif "wp-block-footnotes" in classes:
            every = self.footnotes.values()
            for number, note in enumerate(every, 1):
                self.blocks([f"{number}. ", *parsed(note).children])
        elif "wp-block-embed" in classes or "wp-block-video" in classes:
            self._embed(node)
        elif _GALLERY.search(classes) or self._is_picture(node):
            self._pictures(node)
        else:
            self.blocks(node.children)

    def _is_picture(self, node: Node) -> bool:
        is_one = node.tag == "figure" or "wp-caption" in node.classes()
        return is_one and any(node.all("img"))

    def _pictures(self, node: Node) -> None:
        """One, or a gallery of several, each with what is said under it alone."""
        images = list(node.all("img"))
        figures = [f for f in node.all("figure", "li") if len(list(f.all("img"))) == 1]
        of = {id(image): figure for figure in figures for image in figure.all("img")}
        if len(images) == 1:
            of.setdefault(id(images[0]), node)
        made = [self._picture(image, caption_of(of.get(id(image)))) for image in images]
        made = [figure for figure in made if figure]
        several = len(made) >= prose.FEWEST_IN_A_GALLERY
        self.out.append(f'<div data-gallery="">{"".join(made)}</div>' if several else "".join(made))
        if len(images) > 1:  # what is said of them all
            said = [c for c in node.children if isinstance(c, Node) and c.tag == "figcaption"]
            self.blocks(said)

    def _picture(self, image: Node, caption: Node | None) -> str:
        words = " ".join(_trimmed(self._inlines(caption)).split()) if caption else ""
        marked = caption and next((s for s in caption.all("span") if s.classes() == CREDIT), None)
        if marked:
            credit = _trimmed(self._inlines(marked))
            without = words.removesuffix(credit).rstrip()
        else:
            without, credit = whose.parted(words)
        number = _NUMBER.search(image.classes())
        wanted = Wanted(
            number=number_in(number[1] if number else image.said.get("data-id", "")),
            url=image.said.get("src", ""),
            alt=" ".join(image.said.get("alt", "").split()),
            caption=whose.words(words),
            credit=whose.words(credit),
        )
        found = self.find(wanted)
        if found is None:
            return ""
        return f'<figure data-image="{found}"><figcaption>{without}</figcaption></figure>'

    def _list(self, node: Node) -> None:
        written = [self._nested(each.children) for each in node.children if isinstance(each, Node)]
        items = [f"<li>{words}</li>" for words in written if words]
        start = node.said.get("start", "")
        says = f' start="{start}"' if start.isdigit() else ""
        if items:
            self.out.append(f"<{node.tag}{says}>{''.join(items)}</{node.tag}>")

    def _table(self, node: Node) -> None:
        """Rows as lines; the editor makes no tables."""
        self.body.dropped.append("a table, whose rows came as lines")
        for row in node.all("tr"):
            cells = [_trimmed(self._inlines(cell)) for cell in row.all("td", "th")]
            self.out.append(f"<p>{' · '.join(filter(None, cells))}</p>")
        self.blocks([c for c in node.children if isinstance(c, Node) and c.tag == "caption"])

    def _embed(self, node: Node) -> None:
        """A link to what is shown elsewhere, and the words under it."""
        here = [node, *node.all("iframe", "video", "audio", "source", "a")]
        said = [n.said.get("src") or n.said.get("href") or "" for n in here]
        written = _ADDRESS.search(unescape(" ".join(own_text(node).split())))
        address = next(filter(None, [*said, written[0] if written else ""]), "")
        if address.startswith("//"):
            address = f"https:{address}"
        if _ADDRESS.fullmatch(address):
            self._link(address)
        self.blocks([c for c in node.children if isinstance(c, Node) and c.tag == "figcaption"])

    def _link(self, address: str) -> None:
        (self.body.files if self._is_file(address) else self.body.embeds).append(address)
        said = escape(address)
        self.out.append(f'<p><a href="{said}">{said}</a></p>')

    def _nested(self, nodes: Sequence[Node | str]) -> str:
        """Blocks within a block; their pictures follow that one."""
        inner = _Writer(self.body, self.find, self.hosts, False, self.footnotes)
        inner.blocks(nodes)
        self.held += [block for block in inner.out if "data-image=" in block]
        return "".join(block for block in inner.out if "data-image=" not in block)

    def _end_paragraph(self) -> None:
        words, self.run = _trimmed("".join(self.run)), []
        said = text_of(words).replace("&nbsp;", " ").strip()
        if said and not self._is_rating(said):
            if _ADDRESS.fullmatch(unescape(said)) and "<a" not in words:
                self._link(unescape(said))
            else:
                self.out.append(f"<p>{words}</p>")
        self._let_go()

    def _is_rating(self, said: str) -> bool:
        """Whether the paragraph was one, and is kept as such from now on."""
        if not self.rates:
            return False
        found = ratings.of_a_line(unescape(said))
        if found and self.body.rating is None and ratings.half_stars(*found):
            self.body.rating = found
            return True
        if found or ratings.is_called_one(unescape(said)):
            self.body.called.append(unescape(said))
        return False

    def _let_go(self) -> None:
        self.out += self.held
        self.held = []

    def _inlines(self, node: Node) -> str:
        return "".join(map(self._inline, node.children))

    def _inline(self, node: Node | str) -> str:
        if isinstance(node, str):
            return node
        if node.tag == "br":
            return "<br>"
        if node.tag == "img":
            figure = self._picture(node, None)
            begins = not text_of("".join(self.run)).strip()
            (self.out if begins else self.held).append(figure)
            return ""
        if "wp-block-file__button" in node.classes():  # leads where the words before it do
            return ""
        if node.tag == "ruby" and not any(node.all("rp")):
            return "".join(map(self._reading, node.children))
        inside = self._inlines(node)
        if node.tag in _KEPT_TAGS and text_of(inside).strip():
            tag = _KEPT_TAGS[node.tag]
            return f"<{tag}>{inside}</{tag}>"
        if node.tag == "a" and text_of(inside).strip() and (href := self._lead(node)):
            return f'<a href="{escape(href)}">{inside}</a>'
        if node.tag == "span" and (lang := node.said.get("lang")):
            return f'<span lang="{escape(lang)}">{inside}</span>'
        if node.tag == "sup" and node.said.get("data-fn") in self.footnotes:
            return f"[{list(self.footnotes).index(node.said['data-fn']) + 1}]"
        if node.tag == "sup" and any(node.all("a")):  # leads to a note, as plugins make them
            return f"[{text_of(inside).strip(' []()')}]"
        return inside

    def _reading(self, part: Node | str) -> str:
        """How a character is read stands above it; within the line it would be more of the word."""
        inside = self._inline(part)
        return f"（{inside}）" if isinstance(part, Node) and part.tag == "rt" else inside

    def _lead(self, node: Node) -> str:
        """Where a link leads; one beside itself, as of a footnote, to nowhere here."""
        address = node.said.get("href", "").strip()
        if address.startswith("#"):
            return ""
        if self._is_file(address):
            self.body.files.append(address)
            return address
        if host_in(address) not in self.hosts:
            return address
        parts = urlsplit(address)
        return f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"

    def _is_file(self, address: str) -> bool:
        """Of the site that is left, where it will be no more."""
        host = host_in(address)
        return bool(path_of(address)) and (host in self.hosts or host.endswith(WORDPRESS_FILES))


def _without(node: Node, tag: str) -> list[Node | str]:
    """What is in it, with the content of a child of that tag in its place."""
    found = next(node.all(tag), None)
    return found.children if found else node.children


def _without_summary(node: Node) -> list[Node | str]:
    """What a fold holds. That it is one is said here by itself; a summary that says more stays."""
    return [
        each
        for each in node.children
        if not (
            isinstance(each, Node)
            and each.tag == "summary"
            and own_text(each).strip().casefold() in _SAYS_NO_MORE
        )
    ]


def _trimmed(html: str) -> str:
    """Without space at its ends. The end is looked for from there: looked for from everywhere, it
    takes the square of the time where there is much within."""
    backwards = _SPACE.sub("", html)[::-1]
    return _SPACE_BACKWARDS.sub("", backwards)[::-1]
