"""An XML file read element by element, so that one of hundreds of megabytes needs the memory of its
longest piece."""

import codecs
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

CHUNK = 1 << 16  # bytes
HEAD = 200  # bytes, in which a file says how its letters are written
_ENCODING = re.compile(rb"""<\?xml[^>]*\bencoding\s*=\s*["']([A-Za-z][\w.-]*)["']""")
# WordPress writes them into CDATA as they were pasted, and XML 1.0 (2.2) knows none of them.
_NO_CHARACTERS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class BrokenExport(Exception):
    """The file cannot be read; the message names it and the line, and says what to do."""


@dataclass
class Element:
    """`name` as it is written, prefix and all; `text` is that of itself alone."""

    name: str
    line: int
    attributes: dict[str, str]
    text: str = ""
    children: list["Element"] = field(default_factory=list)

    def said(self, name: str) -> str:
        """The text of the first child of a name, without space around it; or “”."""
        return self.whole(name).strip()

    def whole(self, name: str) -> str:
        return next((child.text for child in self.children if child.name == name), "")

    def every(self, name: str) -> Iterator["Element"]:
        return (child for child in self.children if child.name == name)


def elements(path: Path) -> Iterator[Element]:
    """The children of the channel, one after the other. Raises `BrokenExport`."""
    reader = _Reader(path)
    try:
        with path.open("rb") as file:
            head = file.read(HEAD)
            decoder = _decoder(path, head)
            for chunk in _chunks(head, iter(lambda: file.read(CHUNK), b"")):
                reader.feed(_in_utf_8(decoder, chunk, reader), final=not chunk)
                yield from reader.taken()
    except OSError as error:
        raise BrokenExport(f"“{path}” cannot be opened ({error.strerror}).") from None


def _chunks(head: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield head
    yield from rest
    yield b""


def _decoder(path: Path, head: bytes) -> codecs.IncrementalDecoder:
    said = _ENCODING.search(head)
    name = said[1].decode() if said else "utf-8"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        name = "utf-16"
    try:
        io.TextIOWrapper(io.BytesIO(), name)  # knows those of letters; Python has others too
        return codecs.getincrementaldecoder("utf-8-sig" if _is_utf_8(name) else name)()
    except LookupError:
        raise BrokenExport(
            f"“{path.name}” says that it is written in “{name}”, which nobody here knows. Save it "
            "as UTF-8 and say so in its first line."
        ) from None


def _is_utf_8(name: str) -> bool:
    return name.lower().replace("-", "") == "utf8"


def _in_utf_8(decoder: codecs.IncrementalDecoder, chunk: bytes, reader: "_Reader") -> bytes:
    """Some of Python's decoders, as unicode_escape, make halves of characters, which have none."""
    try:
        text: str = decoder.decode(chunk, final=not chunk)
        return _NO_CHARACTERS.sub("", text).encode()
    except ValueError:
        raise reader.broken("letters that are not of the encoding it names") from None


class _Reader:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.open: list[Element] = []
        self.words: list[list[str]] = []
        self.done: list[Element] = []
        self.parser = parser = expat.ParserCreate("utf-8")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = self._doctype

    def feed(self, text: bytes, *, final: bool) -> None:
        try:
            self.parser.Parse(text, final)
        except expat.ExpatError as error:
            raise self.broken(expat.ErrorString(error.code)) from None

    def taken(self) -> list[Element]:
        done, self.done = self.done, []
        return done

    def broken(self, what: str) -> BrokenExport:
        last = next((e for e in self.open[2:3]), None)
        line = self.parser.CurrentLineNumber
        within = f", in what begins at line {last.line}" if last else ""
        return BrokenExport(
            f"“{self.path.name}” is broken at line {line}{within}: {what}. "
            "Export it again, or mend that line."
        )

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if not self.open and name != "rss":
            raise BrokenExport(
                f"“{self.path.name}” is no export of WordPress: it begins with <{name}>, not with "
                "<rss>. Use the file that Tools → Export gives."
            )
        element = Element(name, self.parser.CurrentLineNumber, attributes)
        if len(self.open) > 2:  # below a child of the channel
            self.open[-1].children.append(element)
        self.open.append(element)
        self.words.append([])

    def _end(self, _name: str) -> None:
        element = self.open.pop()
        element.text = "".join(self.words.pop())
        if len(self.open) == 2:  # rss and channel
            self.done.append(element)

    def _text(self, text: str) -> None:
        if len(self.open) > 2:
            self.words[-1].append(text)

    def _doctype(self, *_: object) -> None:
        raise BrokenExport(
            f"“{self.path.name}” declares a document type or entities at line "
            f"{self.parser.CurrentLineNumber}, which exports of WordPress do not. It is not read."
        )
