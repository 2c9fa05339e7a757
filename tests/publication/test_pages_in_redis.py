"""Several machines share one Redis: a page is made once for all of them, and never stale."""

import os
import pickle
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import caches

from publication.pagecache.page import Page
from publication.pagecache.store import InCache
from reviews.models import Film
from tests.factories import make_article
from tests.running.processes import free_port

from .reading import Reader

REDIS = shutil.which("redis-server")


@pytest.fixture(scope="module")
def redis() -> Iterator["subprocess.Popen[bytes]"]:
    """A server of its own on loopback, without a disk. Its address is in `args[-1]`."""
    if REDIS is None:
        if os.environ.get("CI"):
            pytest.fail("There is no redis-server.")
        pytest.skip("There is no redis-server (apt-get install redis-server).")
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        said = ["--bind", "127.0.0.1", "--save", "", "--dir", folder, "--port", str(port)]
        server = subprocess.Popen([REDIS, *said], stdout=subprocess.PIPE)
        assert server.stdout is not None
        for line in server.stdout:
            if b"Ready to accept connections" in line:
                break
        yield server
        server.kill()
        server.communicate()


@pytest.fixture
def patience() -> float:
    """Seconds that Redis has to answer: where it does, many, for a busy machine."""
    return 30.0


@pytest.fixture
def machines(
    redis: "subprocess.Popen[bytes]",
    patience: float,
    settings: Any,
    tmp_path: Path,
    a_reader: Callable[[], Reader],
) -> list[Reader]:
    """Three of them, each with a process and a file of its own, and the same Redis."""
    address = f"redis://127.0.0.1:{list(redis.args)[-1]}/0"  # type: ignore[arg-type]
    timeouts = dict.fromkeys(("socket_connect_timeout", "socket_timeout"), patience)
    options = settings.PAGES_IN_REDIS["OPTIONS"] | timeouts
    pages = settings.PAGES_IN_REDIS | {"LOCATION": address, "OPTIONS": options}
    settings.CACHES = settings.CACHES | {"pages": pages}
    made = []
    for number in range(3):
        settings.PAGE_STORE = str(tmp_path / f"{number}.sqlite3")
        made.append(a_reader())
    return made


def test_a_page_is_made_by_one_machine_and_read_by_all(machines: list[Reader]) -> None:
    article = make_article()
    first, second, third = machines
    address = article.get_absolute_url()
    there = first.get(address).same_for_all()
    assert second.get(address).same_for_all() == there
    assert (first.made, second.made) == ([address], [])
    caches["pages"].clear()
    assert third.makes(address) == [address], "it was in Redis that it was kept"


def test_a_page_of_another_machine_is_not_stale(machines: list[Reader]) -> None:
    article = make_article()
    address = article.get_absolute_url()
    first, second, _ = machines
    first.get(address)
    Film.objects.update(title="Another name for it")
    assert b"Another name for it" in second.get(address).body
    assert b"Another name for it" in first.get(address).body
    assert first.made + second.made == [address, address]


@pytest.mark.parametrize("patience", [0.5])  # as in publication/settings.py
def test_pages_are_read_while_redis_is_away(
    machines: list[Reader],
    redis: "subprocess.Popen[bytes]",
    caplog: pytest.LogCaptureFixture,
) -> None:
    """It hangs, which is worse than its being gone."""
    reader, other, _ = machines
    address = make_article().get_absolute_url()
    redis.send_signal(signal.SIGSTOP)
    try:
        assert reader.get("/about/").status == 200
        assert reader.get(address).status == 200
        assert reader.makes("/about/") == [], "this process still keeps it in memory"
    finally:
        redis.send_signal(signal.SIGCONT)
    assert caplog.messages == [
        "The store of pages failed (TimeoutError); they are made without it."
    ], "asked once, then left alone"
    reader.cache.store._not_before = 0.0  # type: ignore[attr-defined]
    Film.objects.update(title="Another name for it")
    reader.get(address)
    assert other.makes(address) == [], "and Redis is asked again"


@pytest.mark.parametrize("value", ["words", 7, b"", b"words", b"{}\n", b"[]\n", b'{"format": 1}\n'])
def test_what_is_no_page_of_ours_is_made_anew_and_replaced(
    machines: list[Reader], monkeypatch: pytest.MonkeyPatch, value: object
) -> None:
    address = make_article().get_absolute_url()
    first, second, third = machines
    keep = InCache.put

    def spoilt(store: InCache, key: str, page: Page) -> None:
        keep(store, key, page)
        store.cache.set(key, value)

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(InCache, "put", spoilt)
        first.get(address)
    assert second.get(address).status == 200
    assert second.made == [address]
    assert third.makes(address) == [], "the page is there again"


class Runs:
    """Pickled, it names what whoever unpickles it is to call."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Any, ...]:
        return Path.touch, (self.path,)


def test_what_somebody_put_into_redis_is_not_run(machines: list[Reader], tmp_path: Path) -> None:
    store = InCache("pages")
    there: Any = caches["pages"]
    there._cache.get_client(write=True).set(
        there.make_key("x"), pickle.dumps(Runs(tmp_path / "ran"))
    )
    assert store.get("x") is None
    assert not (tmp_path / "ran").exists()
