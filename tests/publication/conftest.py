"""Readers that ask processes of their own, over one store; processes that are flooded; and a site's
media library on WordPress."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.wsgi import get_wsgi_application

from publication.floods.serving import Floods
from tests.factories import picture_bytes
from tests.picture_files import FILES

from .flooding import PATH, Clock, post, thanks
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


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


@pytest.fixture
def floods(settings: Any, clock: Clock) -> Floods:
    """A process that takes one post a second, three in a burst, one of them for who waited."""
    settings.COMMENTS_POSTS_A_SECOND = 1
    return Floods(get_wsgi_application())


@pytest.fixture
def full(floods: Floods) -> Floods:
    """One that takes no more now; its application says yes to everything."""
    floods.application = thanks
    for number in range(5):
        post(floods, PATH, {}, sender=f"10.0.0.{number}")
    return floods


@pytest.fixture
def media(tmp_path: Path) -> Path:
    folder = tmp_path / "media"
    month = folder / "wp-content" / "uploads" / "2019" / "05"
    month.mkdir(parents=True)
    for name in ("office", "phone", "window"):
        (month / f"{name}.jpg").write_bytes(picture_bytes())
    (month / "credited.jpg").write_bytes(FILES["jpeg-both.jpg"]())
    return folder
