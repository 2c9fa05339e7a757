"""Quotation marks, dashes and dots as WordPress shows what was typed plainly (`wptexturize`), so
that a piece looks here as its readers know it."""

import re

# Of these WordPress makes “…”; others have marks of their own, which their editors typed.
LANGUAGES = ("en", "ko", "ja", "zh")
LOOK_BACK = len("&nbsp;")
_TOKENS = re.compile(r"<[^<>]*>|https?://[^\s<>\"]+|[^<h]+|.", re.DOTALL)
_BLOCK = re.compile(r"</?(?:p|h[23]|li|blockquote|aside|figure|figcaption|br|hr|details)\b")
_OPENS_AFTER = re.compile(r"(?:^|[\s(\[{“‘—–/-]|&nbsp;)\Z")
_MARK = re.compile(r"""["']|---?|\.\.\.""")
_PLAIN = {"...": "…", "---": "—", "--": "–"}


def shown(html: str, language: str) -> str:
    """The words of HTML, or plain ones; addresses and tags stay as they are."""
    if not language.startswith(LANGUAGES):
        return html
    out: list[str] = []
    before = ""  # the end of the words so far, within a block
    for token in _TOKENS.findall(html):
        if token.startswith("<"):
            before = "" if _BLOCK.match(token) else before
            out.append(token)
            continue
        out.append(token if token.startswith("http") else _typeset(token, before))
        before = (before + out[-1])[-LOOK_BACK:]
    return "".join(out)


def _typeset(words: str, before: str) -> str:
    done, end = "", 0
    for found in _MARK.finditer(words):
        done += words[end : found.start()]
        end = found.end()
        left, right = (before + done)[-LOOK_BACK:], words[end : end + 1]
        if found[0] == "--" and (left[-1:], right) == (" ", " "):
            done += "—"
        else:
            done += _PLAIN.get(found[0]) or _quote(found[0], left, right)
    return done + words[end:]


def _quote(mark: str, left: str, right: str) -> str:
    if mark == '"':
        return "“" if _OPENS_AFTER.search(left) else "”"
    if right.isdigit():  # ’90s
        return "’"
    return "‘" if _OPENS_AFTER.search(left) else "’"
