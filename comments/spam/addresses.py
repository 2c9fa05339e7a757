"""Addresses in a text and what kind of place they lead to. Pure."""

import re
from collections.abc import Iterator
from functools import lru_cache

from . import lists

_TOP = (
    "com|net|org|info|biz|ru|cn|tk|ml|ga|cf|gq|xyz|top|club|online|site|shop|store|live|pro|vip"
    "|icu|pw|cc|ws|me|io|co|tv|us|uk|de|fr|it|es|nl|pl|pt|br|in|id|jp|kr|tw|hk|vn|th|eu|ca|au|ly"
    "|gl|be|ee|gd|app|dev|link|click|work|space|website|blog|agency|loan|win|bid|ua|ro|cz|gr|se|no"
)
LINK = re.compile(
    r"(?:https?|ftp|hxxp)s?\s?:\s?/{1,2}\s?[^\s<>\"'\])]+|\bwww\.[^\s<>\"'\])]+", re.I
)
_DOT = r"(?:\.|\s\.\s?|\s?[(\[]\s?dot\s?[)\]]\s?|\sdot\s)"
BARE = re.compile(
    rf"(?<![\w@./-])(?!www\.)(?:t\.me\b|[a-z0-9][a-z0-9-]{{1,62}}"
    rf"(?:{_DOT}[a-z0-9-]{{1,62}}){{0,2}}?{_DOT}(?:{_TOP})\b)(?![\w@])(?:/[^\s<>\"']*)?",
    re.I,
)
_ENDS = rf"[\s)\]]{{0,2}}(?:{_TOP})\b"
_DOTTED = re.compile(rf"\.{_ENDS}", re.I)
_SPELT_OUT = re.compile(rf"dot{_ENDS}", re.I)
_HOST = re.compile(
    r"^(?:https?|ftp|hxxps?|http)?[\s:/]*(?:www\.)?([a-z0-9-]+(?:\.[a-z0-9-]+)+)", re.I
)
_REFERS = re.compile(r"[?&/](?:ref|aff|r|invite|refer|referral|id|uid|tag|sid)[=/]", re.I)
_A_MOMENT = re.compile(r"[?&#;](?:t|start|time_continue)=\d", re.I)  # of a video
_SECOND_LEVEL = frozenset(("co", "com", "org", "ac", "gov", "or", "go", "ne"))  # of co.uk, or.kr
_KEPT = 4  # of a blanked address, “http” and “www.”: markup is still known by it
_KINDS = lists.read("hosts.txt")
KNOWN_WELL = "the press, film and reference"
LEADS_TO = "leads to"  # of the signals; what follows is a kind of place


def links(text: str) -> list[str]:
    """Addresses written as links."""
    return LINK.findall(text) if ":" in text or "w." in text.lower() else []


def bare(text: str) -> list[str]:
    """Domains without http or www."""
    if ("." in text and _DOTTED.search(text)) or (
        "dot" in text.lower() and _SPELT_OUT.search(text)
    ):
        return BARE.findall(text)
    return []


def blanked(text: str) -> str:
    """The text with its addresses as blanks, every other character in its place: what an address
    is made of (numbers, capitals, hyphens) is nothing that the text says."""
    text = LINK.sub(_blank, text)
    return BARE.sub(_blank, text) if bare(text) else text


def _blank(found: re.Match[str]) -> str:
    return found[0][:_KEPT] + " " * (len(found[0]) - _KEPT)


def signals(found: list[str], length: int) -> Iterator[str]:
    """What is to say of the addresses found in a text of so many characters."""
    if not found:
        yield "no link"
        return
    yield "any link"
    rest = length - sum(map(len, found))
    if rest < 2 * len(found[0]) or rest < 30:
        yield "a link and little else"
    well = False
    for address in found:
        host = _HOST.match(address)
        if not host:
            continue
        name = host[1].lower()
        kind = kind_of(name)
        well = well or kind == KNOWN_WELL
        yield f"host={name}"
        yield f"ending={name.rpartition('.')[2]}"
        yield f"{LEADS_TO}={kind}"
        yield f"path={_path(address[host.end() :])}"
        if "?" in address:
            yield "an address with a question mark"
        if _A_MOMENT.search(address):
            yield "an address of a moment"
        if _REFERS.search(address):
            yield "an address that credits a referrer"
    if not well:
        yield "no address of the press, film or reference"


def leads_to(address: str) -> str:
    """The kind of place that an address leads to; “” where it names no host."""
    host = _HOST.match(address)
    return kind_of(host[1].lower()) if host else ""


@lru_cache(maxsize=1 << 12)
def kind_of(host: str) -> str:
    """The kind of place that a host is, by this project's list."""
    parts = host.split(".")
    core = parts[-2] if len(parts) > 1 else host
    if core in _SECOND_LEVEL and len(parts) > 2:
        core = parts[-3]
    for name in (host, core, ".".join(parts[-2:]), parts[-1]):
        if name in _KINDS:
            return _KINDS[name]
    return "an unknown place"


def _path(rest: str) -> str:
    if not rest.strip("/.,!?) "):
        return "none"
    return "words" if rest.count("-") > 1 or rest.count("_") > 1 else "other"
