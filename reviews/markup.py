"""Reading and rewriting HTML as the sanitiser leaves it: balanced, escaped, without surprises."""

import re
from collections.abc import Container
from html import unescape

# nh3 writes each attribute as name="value", in which a quote is escaped and “>” need not be.
_REST = r'((?:\s[^\s=>]+="[^"]*")*)\s*>'
_TAG = re.compile(rf"<(/?)([a-z][a-z0-9]*){_REST}")
_ATTRIBUTE = re.compile(r'\s([^\s=>]+)="([^"]*)"')


def only(*names: str) -> re.Pattern[str]:
    """The tags of these names, for a `Copier` to which all others are text."""
    return re.compile(rf"<(/?)({'|'.join(names)}){_REST}")


class Copier:
    """Copies HTML word for word into `out`; a subclass changes what it meets on the way."""

    tags = _TAG

    def __init__(self) -> None:
        self.out: list[str] = []

    def copied(self, html: str) -> str:
        end = 0
        for found in self.tags.finditer(html):
            if found.start() > end:
                self.write(html[end : found.start()])
            end = found.end()
            closes, tag, attributes = found.groups()
            if closes:
                self.end(tag)
            else:
                self.start(tag, attributes, found.group())
        if end < len(html):
            self.write(html[end:])
        return "".join(self.out)

    def write(self, text: str, tag: str = "") -> None:
        """Put down text, or the source of a start or end `tag`."""
        self.out.append(text)

    def start(self, tag: str, attributes: str, source: str) -> None:
        """At a start tag; `values` reads what its `attributes` say."""
        self.write(source, tag)

    def end(self, tag: str) -> None:
        """At an end tag."""
        self.write(f"</{tag}>", tag)


def values(attributes: str) -> dict[str, str]:
    """Attributes of a start tag, by name."""
    return {name: unescape(value) for name, value in _ATTRIBUTE.findall(attributes)}


def text_of(html: str) -> str:
    """It without its tags."""
    return _TAG.sub("", html)


def with_tags(names: Container[str], html: str) -> str:
    """It without all tags but these."""
    return _TAG.sub(lambda tag: tag[0] if tag[2] in names else "", html) if "<" in html else html
