"""The language that a text is written in, as far as its script says so."""

import re

_SCRIPTS = {
    "ko": re.compile(r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]"),
    "ja": re.compile(r"[\u3040-\u30ff\uff66-\uff9d]"),
    "zh": re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]"),
}
_EAST_ASIAN = re.compile("|".join(script.pattern for script in _SCRIPTS.values()))


def language(text: str) -> str:
    """“ko”, “ja” or “zh” when that script carries the text, else “”: for the `lang` attribute.

    One kana among Chinese characters makes it Japanese; Latin text stays in the page's language.
    """
    if text.isascii() or not _EAST_ASIAN.search(text):
        return ""
    counts = {name: len(script.findall(text)) for name, script in _SCRIPTS.items()}
    total = sum(counts.values())
    if 2 * total <= sum(map(str.isalpha, text)):
        return ""
    if 2 * counts["ko"] > total:
        return "ko"
    return "ja" if counts["ja"] else "zh"
