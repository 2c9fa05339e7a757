"""Readers that ask processes of their own, over one store."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from .reading import Reader


@pytest.fixture
def a_reader(
    transactional_db: None, settings: Any, tmp_path: Path
) -> Iterator[Callable[[], Reader]]:
    """Makes readers, each with a process's memory and connections; all share a store."""
    settings.PAGE_STORE = str(tmp_path / "pages.sqlite3")
    made: list[Reader] = []

    def make() -> Reader:
        made.append(Reader())
        return made[-1]

    yield make
    for reader in made:
        reader.close()


@pytest.fixture
def reader(a_reader: Callable[[], Reader]) -> Reader:
    return a_reader()
