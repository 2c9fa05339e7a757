"""What an article's body may contain: the one list that the editor and the sanitiser share.

The editor offers `EXTENSIONS`; `clean` lets through exactly what those extensions can make, so a
body that came in by another door (a paste, a script, an import) is held to the same list. This is
the project's one sanitising module: nothing else may decide that HTML is safe.
"""

import re
from functools import cache
from typing import Any

import nh3
from django.core.validators import RegexValidator
from js_asset import static_lazy

# BCP 47, the part that is used in practice: language[-Script][-REGION][-variant].
LANGUAGE_TAG = r"[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?(-[A-Za-z0-9]{5,8})*"
validate_language_tag = RegexValidator(
    rf"^{LANGUAGE_TAG}\Z",
    "Use a language tag such as “en-GB”, “ko”, “zh-Hant” or “ja-Latn” (BCP 47).",
)

EXTENSIONS: dict[str, Any] = {
    "Bold": True,
    "Italic": True,
    "Heading": {"levels": [2, 3]},
    "Blockquote": True,
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "HardBreak": True,
    "HorizontalRule": True,
    "Link": {
        "enableTarget": False,
        "openOnClick": False,
        "protocols": ["http", "https", "mailto"],
    },
    "Phrase": True,
    "Picture": True,
    "SpecialCharacters": True,
}

_IMAGE_ID = re.compile(r"[1-9][0-9]{0,17}")
_LANGUAGE = re.compile(LANGUAGE_TAG)


def allow_phrase(_config: object, allowlist: dict[str, Any]) -> None:
    """Let the `Phrase` extension's `<span lang>` through."""
    allowlist["tags"].add("span")
    allowlist["attributes"].setdefault("span", set()).add("lang")


def allow_picture(_config: object, allowlist: dict[str, Any]) -> None:
    """Let the `Picture` extension's `<figure data-image>` and its caption through."""
    allowlist["tags"].update({"figure", "figcaption"})
    allowlist["attributes"].setdefault("figure", set()).add("data-image")


# For settings.DJANGO_PROSE_EDITOR_EXTENSIONS: our two extensions, their scripts and allowlists.
EDITOR_EXTENSIONS: list[dict[str, Any]] = [
    {"js": [static_lazy("js/editor/phrase.js")], "extensions": {"Phrase": allow_phrase}},
    {"js": [static_lazy("js/editor/picture.js")], "extensions": {"Picture": allow_picture}},
]


def clean(html: str) -> str:
    """The same HTML with everything the editor could not have made taken out.

    Scripts and styles go with their content; unknown tags go and leave their text. An empty
    editor (one empty paragraph) is the empty string.
    """
    cleaned: str = _cleaner().clean(html.replace("\x00", ""))
    return "" if re.fullmatch(r"(<p>\s*</p>|\s)*", cleaned) else cleaned


@cache
def _cleaner() -> nh3.Cleaner:
    from django_prose_editor.config import allowlist_from_extensions

    allowlist = allowlist_from_extensions(EXTENSIONS)
    return nh3.Cleaner(**allowlist, attribute_filter=_keep_attribute)


def _keep_attribute(tag: str, name: str, value: str) -> str | None:
    if tag == "figure" and name == "data-image":
        return value if _IMAGE_ID.fullmatch(value) else None
    if name == "lang":
        return value if _LANGUAGE.fullmatch(value) else None
    if tag == "ol" and name == "start":
        return value if value.isascii() and value.isdigit() else None
    if tag == "ol":
        return None
    return value
