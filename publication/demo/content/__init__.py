"""The demonstration's words and facts, as TOML files, and how they are read."""

import tomllib
from collections.abc import Iterator
from importlib import resources
from typing import Any

Facts = dict[str, Any]


def read(name: str) -> Facts:
    """One file of this folder, such as `films`."""
    return tomllib.loads((resources.files(__name__) / f"{name}.toml").read_text("utf-8"))


def articles() -> Iterator[tuple[str, Facts]]:
    """Each article's slug, which is its file's name, and its facts."""
    folder = resources.files(__name__) / "articles"
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        yield file.name.removesuffix(".toml"), tomllib.loads(file.read_text("utf-8"))
