"""Each worker of xdist begins to read the tests elsewhere.

The asserts of a file are rewritten by who reads it first, for all who read it later. On a fresh
checkout, workers that began with the same file would each rewrite every one.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest


class Turned(pytest.Package):
    """The files of a folder, in a ring."""

    def collect(self) -> Iterator[Any]:
        found = list(super().collect())
        worker: dict[str, Any] = self.config.workerinput  # type: ignore[attr-defined]
        begin = int(worker["workerid"][2:]) * len(found) // worker["workercount"]
        yield from found[begin:]
        yield from found[:begin]


def folder(path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    if hasattr(parent.config, "workerinput") and (path / "__init__.py").is_file():
        return Turned.from_parent(parent, path=path)
    return None
