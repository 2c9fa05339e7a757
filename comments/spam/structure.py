"""How a text is made, whatever it says: links, markup, addresses, shape, letters. Pure.

A signal is a short name such as `links=2`: the kind, and how much of it in coarse steps, so that a
handful of labels is enough to learn what it means on this site.
"""

import re
import string
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain, islice

from . import addresses, appeals, scripts

EMAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}\s?(?:@|\(at\)|\[at\])\s?[\w-]{1,63}(?:\.[\w-]{1,63}){1,3}", re.I
)
PHONE = re.compile(r"(?<![\w/.=&-])(?:\+|00)?\(?\d{1,4}\)?(?:[\s.-]?\(?\d{2,4}\)?){2,5}(?![\w/=])")
HANDLE = re.compile(r"(?<![\w.@/])@[a-z_][\w.]{1,30}", re.I)
HASHTAG = re.compile(r"(?<![\w&/])#[^\W\d]\w+")
MARKUP = re.compile(
    r"</?[a-z][^<>]{0,300}>|\[/?(?:url|link|img|b|i|quote)\b[^\]]{0,200}\]|&\w+;", re.I
)
LINKED_MARKUP = re.compile(r"<a\s|\[url|\[link|\]\(http", re.I)
PATH = re.compile(r"(?<![\w/])(?:/?(?:watch\?v=|channel/|user/)[\w-]+)", re.I)
MONEY = re.compile(r"[$€£¥₩]\s?\d|\d\s?[$€£]|\b\d+\s?(?:usd|eur|gbp|dollars|bucks)\b", re.I)
PERCENT = re.compile(r"\d\s?%")
_DIGITS = "0123456789"
_DIGIT = re.compile(r"\d")
LONG_NUMBER = re.compile(r"\d{5,}|\d{1,3}(?:,\d{3})+")
_MAY_BE_SPACED = re.compile(r"[ .*_-][^\W\d_][ .*_-][^\W\d_][ .*_-]")
SPACED = re.compile(r"(?<![\w'])(?:[^\W\d_][ .*_-]){3,}[^\W\d_](?![\w'])")
LONG_RUN = re.compile(r"([^\W\d])\1{3,}", re.I)
MARKS_RUN = re.compile(r"[!?]{2,}|\.{4,}|[~*_=#-]{3,}")
DOTS = re.compile(r"\.{2,}|…")
EMOJI = re.compile("[\U0001f300-\U0001faff\u2600-\u27bf\u2b50\u2b55]")
FACE = re.compile(r"(?<!\w)[:;=8xX][-'o^]?[)(DPpOo/\\|3*](?!\w)|<3|\^_*\^|-_-+")
CAPITAL_WORD = re.compile(r"\b[A-Z]{3,}\b")
_PLAIN = tuple(of.encode() for of in (string.ascii_letters, string.ascii_uppercase, _DIGITS))
_ASCII_RUN = re.compile(r"[\x00-\x7f]+")
_WORD = re.compile(r"[^\W\d_]+")
_A_WORD = rf"[^\W\d_]+{scripts.WORD_GOES_ON}(?:'[^\W\d_]+)*"
_FIRST = re.compile(rf"\W*({_A_WORD})")
# Whatever follows is read once: from each of many marks on, it would be read over and over.
_NEXT = re.compile(rf"[.!?。！？\n>]\W*({_A_WORD})?")
_SENTENCE_ENDS = re.compile(r"[。！？\n>]|[.!?]\s")
MOST_BEGINNINGS = 8  # sentences; what a long text asks for stands in its first ones
_END = re.compile(r"[.!?。！？…)\"'”’]\s*$")
TIME = re.compile(r"(?<![\w/=:.])\d{1,2}:[0-5]\d(?::[0-5]\d)?(?![\w:])")
YEAR = re.compile(r"(?<![\w/.])(?:19|20)\d\d(?![\w/])")

# The kind of signal, its pattern, the characters of which a text must have one to match, and a
# quick pattern that is found wherever the first one is: most texts are done with after these.
_COUNTED = (
    ("e-mail addresses", EMAIL, "@([)", re.compile(r"[@(\[](?:(?<=@)|[aA][tT][)\]])")),
    ("times", TIME, ":", re.compile(r"\d:[0-5]")),
    ("years", YEAR, _DIGITS, re.compile(r"[12][90]\d\d")),
    ("telephone numbers", PHONE, _DIGITS, re.compile(r"\d\)?[\s.-]?\(?\d")),
    ("handles", HANDLE, "@", None),
    ("hashtags", HASHTAG, "#", None),
    ("markup", MARKUP, "<[&", None),
    ("links in markup", LINKED_MARKUP, "<[(", None),
    ("video addresses", PATH, "/=", re.compile(r"[/=](?:(?<=[rRlL]/)|(?<=[vV]=))")),
    ("sums of money", MONEY, _DIGITS, re.compile(r"[\d$€£¥₩]\s?[\d$€£ueUEgGdDbB]")),
    ("percentages", PERCENT, "%", None),
    ("long numbers", LONG_NUMBER, _DIGITS, re.compile(r"\d(?:,\d\d\d|\d\d,\d|\d\d\d\d|\d,)")),
    ("spaced-out letters", SPACED, " .*_-", _MAY_BE_SPACED),
    ("piled-up marks", MARKS_RUN, "!?~*_=#-…", re.compile(r"[!?.~*_=#-][!?.~*_=#-]")),
    ("trailing dots", DOTS, "…", None),
    ("emoji", EMOJI, "", None),
    ("faces", FACE, ":;=8xX<^-", re.compile(r"[:;=8xX<^_-][-'o^)(DPpOo/\\|3*_]")),
    ("words in capitals", CAPITAL_WORD, "", re.compile("[A-Z][A-Z][A-Z]")),
    ("styled letters", scripts.STYLED, "", None),
)
_COUNTED_IN_ASCII = tuple(one for one in _COUNTED if one[1] not in (EMOJI, scripts.STYLED))
_OF_ADDRESSES = (
    "links", "bare domains", "any link", "a link and little else", "host", "ending",
    addresses.LEADS_TO, "path", "an address with a question mark", "an address of a moment",
    "an address that credits a referrer",
)  # fmt: skip
_STEPS = ((1, "1"), (2, "2"), (5, "3-5"), (10, "6-10"))


def signals(text: str, words: list[str]) -> list[str]:
    """All that is to say of a text with these folded words; each signal once, in a fixed order."""
    links, bare = addresses.links(text), addresses.bare(text)
    said = addresses.blanked(text) if links or bare else text
    found = (
        _counted("links", len(links)),
        _counted("bare domains", len(bare)),
        _counts(said),
        _counted("drawn-out letters", sum(map(_is_drawn_out, words))),
        addresses.signals(links + bare, len(text)),
        _shape(text, words),
        _letters(said),
        appeals.signals(words, bool(links or bare)),
        _beginnings(text),
    )
    return list(dict.fromkeys(chain.from_iterable(found)))


def spans(signal: str, text: str) -> list[tuple[int, int]]:
    """Where in the text a counted signal is to be seen; empty for those of the whole text."""
    kind, _, value = signal.partition("=")
    if kind == "hidden characters":
        return [(at, at + 1) for at in scripts.hidden(text)]
    if kind == "mixed scripts":
        return [
            word.span()
            for word in _WORD.finditer(text)
            if scripts.mixes_scripts(scripts.fold(word[0]))
        ]
    if kind in _OF_ADDRESSES:
        patterns = [addresses.LINK, addresses.BARE]
        if kind in ("links", "bare domains"):
            patterns = [patterns[kind == "bare domains"]]
    else:
        text = addresses.blanked(text)
        patterns = [pattern for name, pattern, *_ in _COUNTED if name == kind]
        patterns += [LONG_RUN] if kind == "drawn-out letters" else []
    places = [found for pattern in patterns for found in pattern.finditer(text)]
    if kind == addresses.LEADS_TO:
        places = [found for found in places if addresses.leads_to(found[0]) == value]
    return [found.span() for found in places]


def has_spaced_out(text: str) -> bool:
    """Whether a word stands there letter by letter."""
    return bool(_MAY_BE_SPACED.search(text) and SPACED.search(text))


def step(number: int) -> str:
    """A count in coarse steps."""
    return next((name for limit, name in _STEPS if number <= limit), "11 or more")


def _counted(kind: str, number: int) -> Iterator[str]:
    if number:
        yield kind
        yield f"{kind}={step(number)}"


@lru_cache(maxsize=1 << 14)
def _is_drawn_out(word: str) -> bool:
    return bool(LONG_RUN.search(word))


def _counts(text: str) -> Iterator[str]:
    present = set(text)
    if ".." in text:
        present.add("…")  # as some write it
    plain = text.isascii()
    if not plain and _DIGIT.search(text):
        present.add("0")  # of whatever script
    for kind, pattern, needed, quick in _COUNTED_IN_ASCII if plain else _COUNTED:
        if (needed and present.isdisjoint(needed)) or (quick and not quick.search(text)):
            continue
        yield from _counted(kind, sum(1 for _ in pattern.finditer(text)))
    yield from _counted("hidden characters", len(scripts.hidden(text)))


def _shape(text: str, words: list[str]) -> Iterator[str]:
    yield "always"  # the bias
    yield f"length={len(text).bit_length()}"
    yield f"words={len(words).bit_length()}"
    if words:
        yield f"different words={len(set(words)) * 8 // len(words)}"
    body = text.strip()
    if body:
        yield "ends like a sentence" if _END.search(body) else "ends open"
        yield f"exclamations={step(body.count('!'))}" if "!" in body else "no exclamation"
        if "?" in body:
            yield f"questions={step(body.count('?'))}"
        if body[0] == ">":
            yield "a quotation at the start"
        yield f"lines={step(body.count(chr(10)) + 1)}"


def _beginnings(text: str) -> Iterator[str]:
    """The kinds of the words that sentences begin with: “check”, “my”, “buy”, “but”."""
    for word in islice(first_words(text), MOST_BEGINNINGS):
        for kind in appeals.begins_with(scripts.fold(word)):
            yield f"a sentence from {kind}"


def first_words(text: str) -> Iterator[str]:
    """Of the text, if no number stands before it, and of each sentence that follows."""
    start = _FIRST.match(text)
    if start:
        yield start[1]
    for found in _NEXT.finditer(text, start.end() if start else 0):
        if found[1] and _SENTENCE_ENDS.search(text, found.start(), found.start(1)):
            yield found[1]


def _letters(text: str) -> Iterator[str]:
    plain = text.encode("ascii", "ignore")
    letters, capitals, digits = (len(plain) - len(plain.translate(None, of)) for of in _PLAIN)
    rest = _ASCII_RUN.sub("", text)
    east = 0
    if rest:
        east = len(scripts.EAST_ASIAN.findall(rest))
        letters += sum(map(str.isalpha, rest))
        capitals += sum(map(str.isupper, rest))
        digits += sum(map(str.isdigit, rest))
    letters = letters or 1
    if 2 * east < letters:
        yield f"capitals={_share(capitals, letters)}"
        if text[:1].islower():
            yield "starts small"
    if digits:
        yield f"digits={_share(digits, letters + digits)}"
    if rest and not east and scripts.FULL_WIDTH.search(rest):
        yield "full-width letters"
    if rest and scripts.has_look_alikes(rest):
        mixed = sum(map(scripts.mixes_scripts, _WORD.findall(scripts.fold(text))))
        yield from _counted("mixed scripts", mixed)


def _share(part: int, whole: int) -> str:
    share = part / whole
    limits = (0.0, 0.02, 0.05, 0.1, 0.2, 0.4, 0.7)
    return next((f"to {limit:.0%}" for limit in limits if share <= limit), "over 70%")
