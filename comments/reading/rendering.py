"""A reader's plain text as HTML: everything escaped, paragraphs kept, bare addresses linked.

Only reviews/fast_html.py makes HTML here; django.utils.html.urlize is not used because it also
links bare words and e-mail addresses and cannot say `ugc` or `noopener`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from urllib.parse import urlsplit

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from reviews import spoilers
from reviews.fast_html import filled, joined, lines, paragraphs, safe
from reviews.saying import Tongue

from .. import plain_text
from ..models import Comment
from ..spam import phrases

# ugc and nofollow: no search engine rewards a link here. noopener: the page it opens gets no
# handle on ours. (Google Search Central, "Qualify your outbound links"; HTML, "Link types")
REL = "nofollow ugc noopener"

# One pass, no backtracking. An address ends at white space, at quotes and angle brackets, at
# marks that turn writing round, and at the punctuation of Chinese, Japanese and Korean.
_ADDRESS = re.compile(
    r"https?://[^\s<>\"'`\u200e\u200f\u202a-\u202e\u2066-\u2069、。，．！？；：「」『』（）【】《》〈〉…“”‘’]+",
    re.IGNORECASE,
)
_OPENS, _CLOSES, _BETWEEN = filled("<p>"), filled("</p>"), filled("\n")
_CLOSERS = {")": "(", "]": "[", "}": "{"}


class Mark(Enum):
    """Why a piece of a text is marked: the class that shows it, and the words that say it."""

    FOUND = ("mark--found", "")
    SPAM = ("mark--spam", _("sign of spam:"))
    HONEST = ("mark--honest", _("sign of an honest comment:"))


@dataclass(frozen=True)
class _Marks:
    pattern: re.Pattern[str]
    kinds: dict[str, Mark]  # by the piece, case-folded


Marks = _Marks | None


def comment_html(
    text: str, *, folded: bool = True, marked: Mapping[str, Mark] | None = None
) -> SafeString:
    """Paragraphs at blank lines, `<br>` at line breaks, links at bare http(s) addresses.

    Spoilers are `folded`, each to be opened by itself, without script. `marked` are pieces of the
    text to be shown as `<mark>`, whatever their case, each with the kind of its mark.
    """
    marks = _marks(marked) if marked else None
    if marks is None and ":" not in text and "：" not in text:  # so no spoiler and no address
        return paragraphs(plain_text.parts(text))
    pieces: list[SafeString] = []
    for paragraph in plain_text.paragraphs(text):
        if pieces:
            pieces.append(_BETWEEN)
        pieces += _paragraph(paragraph, folded, marks)
    return joined("", pieces)


def author_html(comment: Comment) -> SafeString:
    """The author's name, linked when a website was given."""
    return linked_name(safe(comment.author_name), comment.author_url)


def named(tongue: Tongue, name: str, text: str = "") -> SafeString:
    """The name of who wrote the text, told apart where it is not in the page's language."""
    if name.isascii():
        return safe(name)
    spoken = tongue.lang(plain_text.language_of_name(name, text))
    return filled("<span{}>{}</span>", spoken, name) if spoken else safe(name)


def linked_name(name: SafeString, url: str) -> SafeString:
    """A name, which may be written either way, linked to where the address leads, if it is one."""
    if not (url and _is_address(url)):
        return filled("<bdi>{}</bdi>", name)
    return filled('<a href="{}" rel="{}"><bdi>{}</bdi></a>', url, REL, name)


def hosts(text: str) -> list[str]:
    """The sites it links to, each once, in the order they are named."""
    found = (_without_trailing_punctuation(match.group()) for match in _ADDRESS.finditer(text))
    named = (urlsplit(address).hostname for address in found if _is_address(address))
    return list(dict.fromkeys(host for host in named if host))


def _marks(marked: Mapping[str, Mark]) -> Marks:
    """Longest first, so that the longer of two that overlap is marked whole; none in a word."""
    pieces = sorted({piece for piece in marked if piece.strip()}, key=len, reverse=True)
    if not pieces:
        return None
    pattern = re.compile("|".join(map(phrases.whole, pieces)), re.IGNORECASE)
    return _Marks(pattern, {piece.casefold(): marked[piece] for piece in pieces})


def _marked(words: str, marks: Marks) -> SafeString:
    if marks is None:
        return safe(words)
    end = 0
    pieces: list[str] = []
    for found in marks.pattern.finditer(words):
        pieces.append(words[end : found.start()])
        kind = marks.kinds.get(found.group().casefold(), Mark.FOUND)
        pieces.append(_mark(found.group(), kind))
        end = found.end()
    return joined("", [*pieces, words[end:]])


def _mark(words: str, kind: Mark) -> SafeString:
    """Not by colour alone: with words for who hears the page, and with lines of another kind."""
    name, said = kind.value
    spoken = filled('<span class="visually-hidden">{} </span>', said) if said else ""
    return filled('<mark class="{}">{}{}</mark>', name, spoken, words)


def _paragraph(paragraph: plain_text.Paragraph, folded: bool, marks: Marks) -> Iterable[SafeString]:
    words = _lines(paragraph.text, marks)
    if not paragraph.spoiler:
        return _OPENS, words, _CLOSES
    return (spoilers.folded(filled("<p>{}</p>", words), opened=not folded),)


def _lines(paragraph: str, marks: Marks) -> SafeString:
    if marks is None and "://" not in paragraph:
        return lines(paragraph, "<br>\n")
    return joined("<br>\n", [joined("", _pieces(line, marks)) for line in paragraph.split("\n")])


def _pieces(line: str, marks: Marks) -> Iterator[SafeString]:
    end = 0
    for found in _ADDRESS.finditer(line):
        address = _without_trailing_punctuation(found.group())
        if not _is_address(address):
            continue
        yield _marked(line[end : found.start()], marks)
        yield filled('<a href="{}" rel="{}">{}</a>', address, REL, _marked(address, marks))
        end = found.start() + len(address)
    yield _marked(line[end:], marks)


def _without_trailing_punctuation(address: str) -> str:
    """A full stop ends the sentence, not the address; a bracket does unless it was opened there.

    Linear: brackets are counted once.
    """
    opened = {closer: address.count(opener) for closer, opener in _CLOSERS.items()}
    closed = {closer: address.count(closer) for closer in _CLOSERS}
    end = len(address)
    while end:
        last = address[end - 1]
        if last in _CLOSERS and closed[last] > opened[last]:
            closed[last] -= 1
        elif last not in ".,;:!?*_~":
            break
        end -= 1
    return address[:end]


def _is_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)
