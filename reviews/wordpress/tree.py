"""WordPress's HTML as a tree, after a parser that reads it as browsers do has put it in order."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import nh3

from ..markup import Copier, values

VOID = frozenset({"img", "br", "hr", "source", "embed"})
_BLOCKS = (
    *("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "figure", "hr"),
    *("figcaption", "iframe", "div", "section", "article", "aside", "pre", "table", "thead"),
    *("tbody", "tfoot", "tr", "td", "th", "caption", "details", "summary", "video", "audio"),
    *("source", "embed", "dl", "dt", "dd"),
)
INLINE = frozenset(
    {
        *("a", "em", "i", "strong", "b", "br", "img", "code", "sup", "sub", "cite", "q", "span"),
        *("del", "s", "u", "small", "mark", "ruby", "rt", "rp"),
    }
)
# Read here, and no further: what of it may stand on our pages is for reviews/prose.py to say.
_ORDER = nh3.Cleaner(
    tags={*_BLOCKS, *INLINE},
    clean_content_tags={"script", "style"},
    attributes={
        "*": {"class"},
        "img": {"src", "alt", "data-id"},
        "a": {"href"},
        "iframe": {"src"},
        "video": {"src"},
        "audio": {"src"},
        "source": {"src"},
        "embed": {"src"},
        "sup": {"data-fn"},
        "span": {"lang"},
        "ol": {"start"},
    },
    link_rel=None,
)


@dataclass
class Node:
    tag: str
    said: dict[str, str]
    children: list["Node | str"] = field(default_factory=list)

    def classes(self) -> str:
        return self.said.get("class", "")

    def all(self, *tags: str) -> Iterator["Node"]:
        """Those of such a tag, however deep."""
        for child in self.children:
            if isinstance(child, Node):
                if child.tag in tags:
                    yield child
                yield from child.all(*tags)

    def text(self) -> str:
        """The words in it, escaped as they are."""
        return "".join(c if isinstance(c, str) else f" {c.text()} " for c in self.children)


def parsed(html: str) -> Node:
    grower = _Grower()
    grower.copied(_ORDER.clean(html.replace("\x00", "")))
    return grower.root


def caption_of(figure: Node | None) -> Node | None:
    """What stands under a picture; as classic themes had it, too."""
    if figure is None:
        return None
    said = next(figure.all("figcaption"), None)
    return said or next((p for p in figure.all("p") if "caption" in p.classes()), None)


def own_text(node: Node) -> str:
    """The words in it but those under it."""
    held = [c if isinstance(c, str) else own_text(c) for c in node.children if not _is_under(c)]
    return " ".join(held)


def _is_under(node: Node | str) -> bool:
    return isinstance(node, Node) and node.tag == "figcaption"


class _Grower(Copier):
    def __init__(self) -> None:
        super().__init__()
        self.root = Node("", {})
        self.path = [self.root]

    def start(self, tag: str, attributes: str, source: str) -> None:
        node = Node(tag, values(attributes))
        self.path[-1].children.append(node)
        if tag not in VOID:
            self.path.append(node)

    def end(self, tag: str) -> None:
        self.path.pop()

    def write(self, text: str, tag: str = "") -> None:
        self.path[-1].children.append(text)
