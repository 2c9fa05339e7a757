"""The one stylesheet stays small, readable and layered; colours are tokens, and tokens alone change
by night."""

import re
from pathlib import Path

from django.conf import settings

CSS = (Path(settings.BASE_DIR) / "static/css/site.css").read_text()
LARGEST = 30_000  # bytes, as they are written


def layer(name: str) -> str:
    """What stands in `@layer name { … }`."""
    start = CSS.index(f"@layer {name} {{")
    end = CSS.find("\n@layer ", start + 1)
    return CSS[start : end if end > 0 else len(CSS)]


def test_it_is_small() -> None:
    assert len(CSS.encode()) <= LARGEST


def test_its_layers_are_in_the_order_they_are_declared_in() -> None:
    names = ["reset", "tokens", "base", "layout", "parts"]
    assert f"@layer {', '.join(names)};" in CSS
    assert re.findall(r"^@layer (\w+) \{", CSS, re.MULTILINE) == names


def test_nothing_shouts() -> None:
    assert "!important" not in CSS


def test_colours_stand_in_the_tokens_alone() -> None:
    rest = CSS.replace(layer("tokens"), "")
    assert not re.findall(r"#[0-9a-fA-F]{3,8}\b|rgb\(|hsl\(|oklch\(", rest)
    assert "prefers-color-scheme" not in CSS  # light-dark() in the tokens says both


def test_sizes_follow_the_readers_own() -> None:
    assert not re.findall(r"font(?:-size)?: [^;]*\dpx", CSS)
