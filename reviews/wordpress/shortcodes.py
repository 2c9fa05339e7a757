"""WordPress's shortcodes as plain HTML: pictures stay pictures, what is shown from elsewhere is a
link, and what has no place here is named."""

import re
from collections.abc import Callable, Iterable
from html import escape, unescape

_CAPTIONS = frozenset({"caption", "wp_caption"})
_GALLERIES = frozenset({"gallery", "slideshow"})
# What shows something from elsewhere, and the page of it where only a number or a name is given.
_SHOWN_ELSEWHERE = {
    "youtube": (r"[\w-]{11}", "https://www.youtube.com/watch?v={}"),
    "vimeo": (r"\d+", "https://vimeo.com/{}"),
    "dailymotion": (r"[a-z0-9]{5,}", "https://www.dailymotion.com/video/{}"),
    "wpvideo": (r"\w{8}", "https://videopress.com/v/{}"),
    "videopress": (r"\w{8}", "https://videopress.com/v/{}"),
    "tweet": (r"\d+", "https://twitter.com/i/status/{}"),
    "embed": None,
    "video": None,
    "audio": None,
    "soundcloud": None,
    "bandcamp": None,
    "spotify": None,
    "ted": None,
    "twitter": None,
    "instagram": None,
    "facebook": None,
    "tiktok": None,
    "googlemaps": None,
    "iframe": None,
    "gist": None,
    "scribd": None,
    "presentation": None,
}
# What WordPress.com and Jetpack know, and no page of ours.
_GONE = (
    r"contact-form(?:-field)?|polldaddy|crowdsignal|jetpack(?:-?\w)*+|sharing|archives"
    r"|recipe(?:-?\w)*+"
    r"|playlist|subscribe|blog_subscription_form|googleapps"
)
_NAMES = "|".join((*_CAPTIONS, *_GALLERIES, *_SHOWN_ELSEWHERE))
_OPENS = re.compile(rf"\[(?P<name>{_NAMES})(?P<said>[ =][^\]\[]*)?/?\]")
_WITHOUT_PLACE = re.compile(rf"\[/?({_GONE})\b[^\]\[]*\]")
# Of those of plugins, which nobody here knows: with a value, or at an end.
_ANY = re.compile(r"""\[(?:([a-z][\w-]*)\s[^\[\]<>=]{1,200}=\s*["'“”][^\[\]]*|/([a-z][\w-]*))\]""")
_SAID = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'\]]+))""")
_PICTURE = re.compile(r"<img\b[^<>]*>(?:\s*</a>)?", re.IGNORECASE)
_ADDRESS = re.compile(r"""https?://[^\s"'<>\]|]+""")
_SIZE = re.compile(r"&[wh]=\d+")  # of the player, as [youtube=…&w=320&h=266] has it


def written_out(content: str, attached: Callable[[], list[int]], dropped: list[str]) -> str:
    """`attached`: the numbers of the pictures that were uploaded to the piece, for a gallery that
    names none. What was left out, or could not be read, is added to `dropped`."""
    out: list[str] = []
    ends: dict[str, int] = {}
    at = 0
    for found in _OPENS.finditer(content):
        if found.start() < at:  # within another
            continue
        inside, end = _inside(content, found, ends)
        out += content[at : found.start()], _written(found, inside, attached, dropped)
        at = end
    text = _WITHOUT_PLACE.sub(lambda gone: _gone(gone[1], dropped), "".join([*out, content[at:]]))
    for name in dict.fromkeys(a or b for a, b in _ANY.findall(text)):
        dropped.append(f"the shortcode [{name}], which stands in the text as it was,")
    return text


def gallery(numbers: Iterable[object]) -> str:
    """Of attachments."""
    pictures = "".join(f'<img class="wp-image-{number}">' for number in numbers)
    return f'\n\n<figure class="wp-block-gallery">{pictures}</figure>\n\n'


def embed(address: str) -> str:
    """What is shown from there is a link here."""
    return f'\n\n<figure class="wp-block-embed">{escape(address)}</figure>\n\n'


def _inside(content: str, found: re.Match[str], ends: dict[str, int]) -> tuple[str, int]:
    """What stands between a shortcode and its end, and where it is over. One that opens again
    before an end comes has none. `ends` are the next ones known, -1 after the last."""
    name, start = found["name"], found.end()
    end = ends.get(name, 0)
    if end != -1 and end < start:
        end = ends[name] = content.find(f"[/{name}]", start)
    if end == -1 or content.find(f"[{name}", start, end) != -1:
        return "", start
    return content[start:end], end + len(f"[/{name}]")


def _written(
    found: re.Match[str], inside: str, attached: Callable[[], list[int]], dropped: list[str]
) -> str:
    name, words = found["name"], (found["said"] or "").lstrip(" =")
    said = {key: a or b or c for key, a, b, c in _SAID.findall(words)}
    if name in _CAPTIONS:
        return _caption(said, inside)
    if name in _GALLERIES:
        named = said.get("ids") or said.get("include") or ""
        return gallery(re.findall(r"\d+", named) or attached())
    address = _ADDRESS.search(f"{unescape(inside)} {unescape(words)}")
    if address:
        return embed(_SIZE.sub("", address[0]))
    if by_number := _SHOWN_ELSEWHERE[name]:
        number = re.match(rf"(?:{by_number[0]})(?![^\s&?])", said.get("id", words))
        if number:
            return embed(by_number[1].format(number[0]))
    return _gone(name, dropped)


def _gone(name: str, dropped: list[str]) -> str:
    dropped.append(f"the shortcode [{name}]")
    return ""


def _caption(said: dict[str, str], inside: str) -> str:
    """The picture, and behind it what is said under it; long ago that was an attribute."""
    found = _PICTURE.search(inside)
    end = found.end() if found else 0
    picture, words = inside[:end], inside[end:].strip() or escape(said.get("caption", ""))
    held = f"<figcaption>{' '.join(words.split())}</figcaption>" if words else ""
    return f'\n\n<figure class="wp-caption">{" ".join(picture.split())}{held}</figure>\n\n'
