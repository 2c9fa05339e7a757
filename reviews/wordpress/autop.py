"""Paragraphs of WordPress's classic editor: blank lines part them, as its `wpautop` has it."""

import re

_BLOCKS = (
    "table|thead|tfoot|caption|tbody|tr|td|th|div|dl|dd|dt|ul|ol|li|pre|form|blockquote|address"
    "|p|h[1-6]|hr|section|article|aside|figure|figcaption|details|summary|iframe|video|audio"
)
_BEFORE = re.compile(rf"(<(?:{_BLOCKS})[\s/>])", re.IGNORECASE)
_AFTER = re.compile(rf"(</(?:{_BLOCKS})>|<hr\b[^<>]*>)", re.IGNORECASE)
_BEGINS_WITH_ONE = re.compile(rf"</?(?:{_BLOCKS})[\s/>]", re.IGNORECASE)
_PRE = re.compile(r"<pre\b[^<>]*>.*?</pre>", re.IGNORECASE | re.DOTALL)
_PRE_ENDS = re.compile(r"</pre>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_BLANK_LINES = re.compile(r"\n\s*\n")
# “Read on” and a new page; and an address alone on its line, of which WordPress shows the film.
_PARTS = re.compile(r"<!--(?:nextpage|noteaser|more[^<>]{0,200})-->")
_ADDRESS_ALONE = re.compile(r"^[ \t]*(https?://[^\s<>\"\[\]]+)[ \t]*$", re.MULTILINE)
_KEPT = "\ufdd0"  # no character: stands for a line's end that is to stay one


def paragraphs(text: str) -> str:
    """HTML in which nothing is parted by blank lines alone."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace(_KEPT, "")
    last = max((end.end() for end in _PRE_ENDS.finditer(text)), default=0)
    text = _PRE.sub(lambda pre: pre[0].replace("\n", _KEPT), text[:last]) + text[last:]
    text = _ADDRESS_ALONE.sub(r"\n\n\1\n\n", _PARTS.sub("\n\n", text))
    text = _TAG.sub(lambda tag: tag[0].replace("\n", " "), text)
    text = _AFTER.sub(r"\1\n\n", _BEFORE.sub(r"\n\n\1", text))
    parts = (part.strip("\n ") for part in _BLANK_LINES.split(text))
    return "\n".join(map(_paragraph, filter(None, parts))).replace(_KEPT, "\n")


def _paragraph(part: str) -> str:
    lines = "<br>".join(line.strip() for line in part.split("\n"))
    return lines if _BEGINS_WITH_ONE.match(part) else f"<p>{lines}</p>"
