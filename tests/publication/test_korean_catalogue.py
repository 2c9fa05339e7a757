"""The Korean catalogue says everything that the English one says, and is what pages read."""

import io
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.checkers import checkers
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.conf import settings

from .test_settings import PUBLISHED

FOLDER = settings.BASE_DIR / "publication" / "locale" / "ko" / "LC_MESSAGES"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%")
TAG = re.compile(r"</?\w+[^>]*>")
CODE = ("comments", "publication", "reviews", "templates", "manage.py", "pyproject.toml")
GUESS = re.compile(r"%\(\w+\)s(</\w+>)?[’”]?(이|가|을|를|은|는|와|과|로|으로)(?![가-힣])")
HANGUL = re.compile(r"[가-힣]")

# The same in Korean: a mark between two names, and what a publication calls its premieres.
WITHOUT_HANGUL = {"and", "as its %(premiere)s"}


CATALOGUE: Catalog = read_po(io.BytesIO((FOLDER / "django.po").read_bytes()), locale="ko")
MESSAGES = [message for message in CATALOGUE if message.id]


def forms(said: object) -> list[str]:
    return [said] if isinstance(said, str) else [str(form) for form in said]  # type: ignore[attr-defined]


def first(message: Message) -> str:
    return forms(message.id)[0]


def test_every_message_is_translated_into_korean() -> None:
    doubtful = [
        first(m) for m in MESSAGES if m.fuzzy or not HANGUL.search("".join(forms(m.string)))
    ]
    assert set(doubtful) == WITHOUT_HANGUL


def test_every_translation_has_the_placeholders_and_tags_of_its_message() -> None:
    for message in MESSAGES:
        (said,) = forms(message.string)  # Korean has one form for all numbers
        for pattern in (PLACEHOLDER, TAG):
            meant = sorted(pattern.findall(forms(message.id)[-1]))
            assert sorted(pattern.findall(said)) == meant, first(message)
        for check in checkers:
            check(CATALOGUE, message)


def test_no_particle_guesses_how_a_name_ends() -> None:
    """이 or 가, 을 or 를, 은 or 는, 과 or 와, 으로 or 로 go by the last sound before them."""
    assert [said for m in MESSAGES for said in forms(m.string) if GUESS.search(said)] == []


def test_what_is_compiled_is_what_is_written() -> None:
    with (FOLDER / "django.mo").open("rb") as file:
        compiled = {_said_in(m): forms(m.string) for m in read_mo(file) if m.id}
    assert compiled == {_said_in(m): forms(m.string) for m in MESSAGES}


@pytest.mark.skipif(shutil.which("xgettext") is None, reason="needs Debian's gettext")
def test_nothing_that_the_code_says_is_missing_and_nothing_is_left_over(tmp_path: Path) -> None:
    for name in CODE:
        source, copy = settings.BASE_DIR / name, tmp_path / name
        if source.is_dir():
            shutil.copytree(source, copy, ignore=shutil.ignore_patterns("__pycache__", "locale"))
        else:
            shutil.copy(source, copy)
    (tmp_path / "publication" / "locale").mkdir()
    gather = "makemessages --locale ko --no-location --no-wrap --ignore templates/admin/*"
    subprocess.run(
        [sys.executable, "manage.py", *gather.split()],
        cwd=tmp_path,
        env=PUBLISHED | {"DATABASE_URL": "sqlite://:memory:", "PATH": _path()},
        check=True,
        capture_output=True,
        timeout=120,
    )
    made = tmp_path / "publication" / "locale" / "ko" / "LC_MESSAGES" / "django.po"
    fresh = {_key(m) for m in read_po(io.BytesIO(made.read_bytes())) if m.id}
    known = {_key(m) for m in MESSAGES}
    assert fresh - known == set(), "Run “make messages”, and translate what it adds."
    assert known - fresh == set(), "Run “make messages”: these are said nowhere."


def _said_in(message: Message) -> tuple[str, str]:
    """The context and the message; Babel reads the context of a .mo as bytes."""
    context: str | bytes = message.context or ""
    return (context.decode() if isinstance(context, bytes) else context, first(message))


def _key(message: Message) -> tuple[object, ...]:
    return (message.context, message.id)


def _path() -> str:
    return str(Path(shutil.which("xgettext") or "").parent)
