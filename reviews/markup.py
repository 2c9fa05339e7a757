"""Reading and rewriting HTML as the sanitiser leaves it: balanced, escaped, without surprises."""

from html.parser import HTMLParser


class Copier(HTMLParser):
    """Copies HTML word for word into `out`; a subclass changes what it meets on the way."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.out: list[str] = []

    def copied(self, html: str) -> str:
        self.feed(html)
        self.close()
        return "".join(self.out)

    def write(self, text: str, tag: str = "") -> None:
        """Put down text, or the source of a start or end `tag`."""
        self.out.append(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.write(self.get_starttag_text() or "", tag)

    def handle_endtag(self, tag: str) -> None:
        self.write(f"</{tag}>", tag)

    def handle_data(self, data: str) -> None:
        self.write(data)

    def handle_entityref(self, name: str) -> None:
        self.write(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.write(f"&#{name};")
