"""The text of a piece as WordPress keeps it, blocks, shortcodes and bare lines, as plain HTML."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from . import autop, ratings, shortcodes

# As WP_Block_Parser has it; in its JSON stands neither “<” nor “>” (serialize_block_attributes).
_DELIMITER = re.compile(
    r"<!--\s+(?P<closes>/)?wp:(?P<name>[a-z][a-z0-9_-]*(?:/[a-z][a-z0-9_-]*)?)\s+"
    r"(?P<said>\{[^<>]*\}\s+)?(?P<void>/)?-->"
)
_REUSED = re.compile(r'<!--\s+wp:(?:core/)?block\s+\{[^<>{}]*"ref":(\d{1,18})[^<>{}]*\}\s+/-->')
MOST_REUSED = (
    2_000_000  # characters in a piece: blocks that name blocks twice each double without end
)
RATING = "jetpack/rating-star"
RATING_SCALE, RATED = 5, 1  # what the block says by saying nothing
OF_PICTURES = {"jetpack/tiled-gallery", "jetpack/slideshow", "jetpack/image-compare"}
WITH_TEXT = OF_PICTURES | {"jetpack/markdown", "jetpack/layout-grid", "jetpack/layout-grid-column"}
# Without words of the piece's own.
NOTHING_LOST = {
    *("spacer", "more", "nextpage", "separator", "latest-posts", "jetpack/related-posts"),
    *("jetpack/like", "jetpack/sharing-buttons", "jetpack/subscriptions"),
}


@dataclass
class Text:
    """`html`, and the names of what has no place here."""

    html: str = ""
    dropped: list[str] = field(default_factory=list)


def plain(content: str, attached: Callable[[], list[int]], reusable: Mapping[int, str]) -> Text:
    """`attached`: the numbers of the pictures that were uploaded to the piece, for a gallery that
    names none; `reusable`: by number, what blocks hold that several pieces show."""
    text = Text()
    content = _with_reused(content, reusable)
    content = shortcodes.written_out(content, attached, text.dropped)
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
            if not dropped_at:
                said = _values(found["said"])
                instead = _instead(text, name, said)
                out.append(_behind(name, said, content, end) if instead is None else instead)
                dropped_at = 0 if instead is None else open_blocks
    if not dropped_at:
        out.append(autop.paragraphs(content[end:]))
    text.html = "\n".join(out)
    return text


def _with_reused(content: str, reusable: Mapping[int, str]) -> str:
    """A block that several pieces show, in the place where this one does; none within itself, and
    none any more once they hold more than a piece has."""
    room = MOST_REUSED

    def put_in(content: str, within: frozenset[int]) -> str:
        def held(found: re.Match[str]) -> str:
            nonlocal room
            number = int(found[1])
            block = None if number in within else reusable.get(number)
            if block is None or len(block) > room:
                return found[0]
            room -= len(block)
            return put_in(block, within | {number})

        return _REUSED.sub(held, content)

    return put_in(content, frozenset())


def _instead(text: Text, name: str, said: dict[str, Any]) -> str | None:
    """What stands for a block and all that it holds; None where that is for readers here."""
    if name == RATING:
        return _rating(said)
    if name in NOTHING_LOST:
        return ""
    is_ours = not name.startswith("jetpack/") or name in WITH_TEXT
    if is_ours and name != "premium-content/logged-out-view":
        return None
    if str(said.get("url", "")).startswith(("http://", "https://")):
        return shortcodes.embed(said["url"])
    text.dropped.append(f"the block “{name}”")
    return ""


def _without_content(text: Text, name: str, said: dict[str, Any]) -> str:
    """A block that WordPress makes when its page is made."""
    if name == "footnotes":
        return '<div class="wp-block-footnotes"></div>'
    if (name == "embed" or name.startswith("core-embed/")) and said.get("url"):
        return shortcodes.embed(str(said["url"]))
    if (name == "gallery" or name in OF_PICTURES) and isinstance(said.get("ids"), list):
        return shortcodes.gallery(said["ids"])
    instead = _instead(text, name, said)
    if instead is None:
        text.dropped.append(f"the block “{name}”, which has no text of its own")
    return instead or ""


def _behind(name: str, said: dict[str, Any], content: str, start: int) -> str:
    """The picture behind a cover, where only its style names it."""
    number = said.get("id")
    if name != "cover" or not isinstance(number, int):
        return ""
    is_written = "<img" in content[start : content.find("<!--", start)]
    return "" if is_written else f'<figure><img class="wp-image-{number}"></figure>'


def _rating(said: dict[str, Any]) -> str:
    """As a line, as a piece without the block has it."""
    try:
        given, scale = float(said.get("rating", RATED)), float(said.get("maxRating", RATING_SCALE))
    except (TypeError, ValueError):
        return ""
    return f"<p>{ratings.line(given, scale)}</p>"


def _values(said: str | None) -> dict[str, Any]:
    try:
        read = json.loads(said) if said else {}
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}
