"""Whose a picture is, where a caption says so in words that leave no doubt."""

import re
from html import unescape

from ..markup import text_of

_SAYS_SO = re.compile(
    r"""(?:^|(?<=[.!?;|)\]/…–—\n-])\s*|\s*[(\[]|\s+(?=©))
    (?P<credit>
      (?:
        (?:photo|photograph|image|picture|still|photos|images|stills)
          (?:\s+credit)?\s*(?:[:©]|\s(?:by|courtesy)\b)
        | (?:image|picture|photo|still)s?\s+©
        | credits?\s*:
        | courtesy\s+(?:of\b|:)
        | ©
        | \(c\)\s
        | copyright\b
        | (?:사진|이미지)\s*(?:제공|출처)?\s*[:=：]
        | (?:写真|画像|提供)\s*[:：]
      )
      [^()\[\]]{2,280}
    )
    [)\]]?\.?\s*$""",
    re.IGNORECASE | re.VERBOSE,
)


def parted(caption: str) -> tuple[str, str]:
    """A caption without its last words, and those, where they say whose the picture is."""
    found = _SAYS_SO.search(caption)
    if found is None:
        return caption, ""
    return caption[: found.start()].rstrip(" |–—-/;\n"), found["credit"].strip()


def words(html: str) -> str:
    """HTML of a field that holds no markup here, on one line."""
    return " ".join(unescape(text_of(html)).split())
