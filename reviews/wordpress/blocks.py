"""The text of a piece as WordPress keeps it, blocks, shortcodes and bare lines, as plain HTML."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape
from typing import Any

from . import autop

# As WP_Block_Parser has it; “-->” cannot stand in its JSON.
_DELIMITER = re.compile(
    r"<!--\s+(?P<closes>/)?wp:(?P<name>[a-z][a-z0-9_-]*(?:/[a-z][a-z0-9_-]*)?)\s+"
    r"(?P<said>\{(?:(?!-->).)*?\}\s+)?(?P<void>/)?-->",
    re.DOTALL,
)
RATING = "jetpack/rating-star"
RATING_SCALE = 5
OF_PICTURES = {"jetpack/tiled-gallery", "jetpack/slideshow", "jetpack/image-compare"}
WITH_TEXT = OF_PICTURES | {"jetpack/markdown", "jetpack/layout-grid", "jetpack/layout-grid-column"}
NOTHING_LOST = {"spacer", "more", "nextpage", "separator"}

_NAMES = "caption|wp_caption|gallery|youtube|vimeo|embed|dailymotion|soundcloud|video|audio"
_SHORTCODE = re.compile(
    rf"\[(?P<name>{_NAMES})(?P<said>[ =][^\]\[]*)?/?\](?:(?P<inside>.*?)\[/(?P=name)\])?",
    re.DOTALL,
)
# What WordPress.com and Jetpack know, and no page of ours.
_GONE = re.compile(
    r"\[/?(contact-form(?:-field)?|polldaddy|crowdsignal|jetpack[\w-]*|sharing|archives|googlemaps"
    r"|gist|instagram|facebook|twitter|recipe[\w-]*|slideshow|playlist|wpvideo|ted|subscribe"
    r"|blog_subscription_form|googleapps|scribd|presentation|tiktok|spotify|bandcamp)\b[^\]]*\]"
)
_SAID = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'\]]+))""")
_PICTURE = re.compile(r"<img\b[^<>]*>(?:\s*</a>)?", re.IGNORECASE)
_ADDRESS = re.compile(r"""https?://[^\s"'<>\]]+""")


@dataclass
class Text:
    """`html`, and what stood beside it: `rating` as (stars, of how many), `dropped` the names of
    what has no place here."""

    html: str = ""
    rating: tuple[float, float] | None = None
    dropped: list[str] = field(default_factory=list)


def plain(content: str, attached: Callable[[], list[int]]) -> Text:
    """`attached`: the numbers of the pictures that were uploaded to the piece, for a gallery that
    names none."""
    text = Text()
    content = _GONE.sub(lambda found: _gone(text, found[1]), content)
    content = _SHORTCODE.sub(lambda found: _shortcode(found, attached), content)
    if "<!-- wp:" not in content:
        text.html = autop.paragraphs(content)
        return text
    out: list[str] = []
    end, open_blocks, dropped_at = 0, 0, 0
    for found in _DELIMITER.finditer(content):
        between, end = content[end : found.start()], found.end()
        if not dropped_at:
            out.append(between if open_blocks else autop.paragraphs(between))
        name = found["name"].removeprefix("core/")
        if found["closes"]:
            if open_blocks == dropped_at:
                dropped_at = 0
            open_blocks = max(0, open_blocks - 1)
        elif found["void"]:
            if not dropped_at:
                out.append(_without_content(text, name, _values(found["said"])))
        else:
            open_blocks += 1
            if not dropped_at and not _is_kept(text, name, _values(found["said"])):
                dropped_at = open_blocks
    if not dropped_at:
        out.append(autop.paragraphs(content[end:]))
    text.html = "\n".join(out)
    return text


def _is_kept(text: Text, name: str, said: dict[str, Any]) -> bool:
    """Whether what the block holds is for readers here."""
    if name == RATING:
        _rate(text, said)
        return False
    if name.startswith("jetpack/") and name not in WITH_TEXT:
        text.dropped.append(f"the block “{name}”")
        return False
    return True


def _without_content(text: Text, name: str, said: dict[str, Any]) -> str:
    """A block that WordPress makes when its page is made."""
    if name == RATING:
        _rate(text, said)
    elif name == "footnotes":
        return '<div class="wp-block-footnotes"></div>'
    elif (name == "embed" or name.startswith("core-embed/")) and said.get("url"):
        return _embed(str(said["url"]))
    elif name not in NOTHING_LOST:
        text.dropped.append(f"the block “{name}”, which has no text of its own")
    return ""


def _rate(text: Text, said: dict[str, Any]) -> None:
    try:
        stars, scale = float(said.get("rating", 0)), float(said.get("maxRating", RATING_SCALE))
    except (TypeError, ValueError):
        return
    text.rating = text.rating or (stars, scale)


def _values(said: str | None) -> dict[str, Any]:
    try:
        read = json.loads(said) if said else {}
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}


def _gone(text: Text, name: str) -> str:
    text.dropped.append(f"the shortcode [{name}]")
    return ""


def _shortcode(found: re.Match[str], attached: Callable[[], list[int]]) -> str:
    name, inside = found["name"], found["inside"] or ""
    said = {key: a or b or c for key, a, b, c in _SAID.findall(found["said"] or "")}
    if name in ("caption", "wp_caption"):
        return _caption(said, inside)
    if name == "gallery":
        numbers = re.findall(r"\d+", said.get("ids") or said.get("include") or "") or attached()
        pictures = "".join(f'<img class="wp-image-{number}">' for number in numbers)
        return f'\n\n<figure class="wp-block-gallery">{pictures}</figure>\n\n'
    address = _ADDRESS.search(f"{inside} {found['said'] or ''}")
    number = (found["said"] or "").strip()
    if address:
        return _embed(address[0])
    if name == "youtube" and re.fullmatch(r"[\w-]{11}", number):
        return _embed(f"https://www.youtube.com/watch?v={number}")
    if name == "vimeo" and number.isdigit():
        return _embed(f"https://vimeo.com/{number}")
    return found[0]


def _caption(said: dict[str, str], inside: str) -> str:
    """The picture, and behind it what is said under it; long ago that was an attribute."""
    found = _PICTURE.search(inside)
    end = found.end() if found else 0
    picture, words = inside[:end], inside[end:].strip() or escape(said.get("caption", ""))
    held = f"<figcaption>{' '.join(words.split())}</figcaption>" if words else ""
    return f'\n\n<figure class="wp-caption">{" ".join(picture.split())}{held}</figure>\n\n'


def _embed(address: str) -> str:
    return f'\n\n<figure class="wp-block-embed">{escape(address)}</figure>\n\n'
