"""What a page also depends on: the program that makes it. Another program, other pages."""

import hashlib
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import django
from django.conf import settings

_MATTERS = (".py", ".html", ".txt", ".json", ".mo")  # the last two: hashed names, translations
_WHERE = re.compile(r" at 0x[0-9a-f]+")  # in memory: another place in each process


@cache
def digest() -> str:
    """Of the code, the templates and the settings as they were when first asked: at the start.

    The same on every machine that has the same, whenever it came there: they share pages.
    """
    seen = hashlib.sha256(f"{sys.version} {django.get_version()}".encode())
    for path in _files():
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        seen.update(f"{path.name} {content}\n".encode())
    for name in sorted(dir(settings)):
        if name.isupper():
            said = _WHERE.sub("", repr(getattr(settings, name)))
            seen.update(f"{name} {said}\n".encode())
    return seen.hexdigest()[:16]


def _files() -> Iterator[Path]:
    base = Path(settings.BASE_DIR)
    for folder in ("publication", "reviews", "comments", "templates"):
        yield from sorted(p for p in (base / folder).rglob("*") if p.suffix in _MATTERS)
    for manifest in (
        Path(settings.STATIC_ROOT or "") / "staticfiles.json",
        Path(settings.ENV_FILE),
    ):
        if manifest.is_file():
            yield manifest
