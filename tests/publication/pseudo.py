"""A language that nobody speaks: what went through the catalogue stands in brackets."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import html5lib
import pytest
from django.apps import apps
from django.db.models import CharField, TextField
from django.utils import translation
from django.utils.safestring import SafeData, mark_safe

from reviews import memoised

OPEN, CLOSE = "⟦", "⟧"
READ_ALOUD = ("alt", "aria-label", "title", "placeholder", "content", "value")
WORD = re.compile(r"[A-Za-z][A-Za-z’'\-]+")
_ADDRESS = re.compile(r"https?://\S+")
_INNERMOST = re.compile(rf"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}")


@contextmanager
def spoken() -> Iterator[None]:
    """While it lasts, every translated string comes back in brackets."""

    def bracketed(message: str) -> str:
        if not message:
            return message
        said = f"{OPEN}{message}{CLOSE}"
        return mark_safe(said) if isinstance(message, SafeData) else said

    with pytest.MonkeyPatch.context() as patch:
        catalogue = translation._trans  # type: ignore[attr-defined]
        patch.setattr(catalogue, "gettext", bracketed)
        patch.setattr(catalogue, "pgettext", lambda _, message: bracketed(message))
        patch.setattr(catalogue, "ngettext", lambda *said: bracketed(_of_number(*said)))
        patch.setattr(catalogue, "npgettext", lambda _, *said: bracketed(_of_number(*said)))
        memoised.forget()
        yield
    memoised.forget()


def left_out(html: str, content: set[str]) -> list[str]:
    """Words of a page, read or heard, that are neither in brackets nor what somebody wrote."""
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    pieces = [*_texts(tree), *_attributes(tree)]
    return [
        word
        for piece in pieces
        for word in WORD.findall(_unbracketed(piece))
        if word.lower() not in content
    ]


def written() -> set[str]:
    """Every word in every row: names, headlines, comments, addresses."""
    words: set[str] = set()
    for model in apps.get_models():
        if model._meta.app_label not in ("reviews", "comments", "publication"):
            continue
        columns = [
            field.attname
            for field in model._meta.concrete_fields
            if isinstance(field, CharField | TextField) and not field.choices
        ]
        for row in model._default_manager.values_list(*columns) if columns else ():
            words.update(word.lower() for value in row for word in WORD.findall(str(value or "")))
    return words


def _of_number(one: str, many: str, number: int) -> str:
    return one if number == 1 else many


def _unbracketed(text: str) -> str:
    before = ""
    while text != before:
        before, text = text, _INNERMOST.sub(" ", _ADDRESS.sub(" ", text))
    return text


def _texts(tree: Any) -> Iterator[str]:
    """The text of each block, whole: a translated sentence may have markup within."""
    yield "".join(_all_text(tree.find("body")))
    yield "".join(tree.find("head/title").itertext())


def _all_text(element: Any) -> Iterator[str]:
    if element.tag in ("script", "style"):
        return
    yield element.text or ""
    for child in element:
        yield from _all_text(child)
        yield child.tail or ""
    yield " "


def _attributes(tree: Any) -> Iterator[str]:
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag == "meta" and not _is_read(element):
            continue
        for name in READ_ALOUD:
            if name == "value" and (element.tag, element.get("type")) != ("input", "submit"):
                continue
            if name == "content" and element.tag != "meta":
                continue
            yield element.get(name) or ""


def _is_read(meta: Any) -> bool:
    said = meta.get("property") or meta.get("name") or ""
    return said in ("description", "og:title", "og:description", "og:image:alt")
