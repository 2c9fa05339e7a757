"""Where pages are kept, in memory, a file or another cache: shared, bounded, and no loss."""

import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import override_settings
from django.utils import timezone

from publication.pagecache import changes, program
from publication.pagecache.memory import Memory
from publication.pagecache.page import Page, make, unpacked
from publication.pagecache.store import SWEEP_EVERY, InCache, InFile

from .reading import Reader

A_Reader = Callable[[], Reader]


def test_who_makes_up_queries_pushes_out_no_page_that_readers_want() -> None:
    memory = Memory(room=80_000)
    memory.put("http://x/", _page(5_000))
    for number in range(100):
        memory.put(f"http://x/?page={number}", _page(1_000))
    assert memory.get("http://x/")
    for number in range(100):
        memory.put(f"http://x/{number}/", _page(1_000))
    assert memory.size() <= 80_000


def test_a_process_takes_what_another_made_and_so_does_one_that_starts(a_reader: A_Reader) -> None:
    one, another = a_reader(), a_reader()
    assert one.makes("/about/") == ["/about/"]
    assert another.makes("/about/") == []
    assert a_reader().makes("/about/") == []


def test_another_version_of_the_program_starts_with_no_page_and_so_does_another_database(
    a_reader: A_Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert a_reader().makes("/about/") == ["/about/"]
    monkeypatch.setattr(program, "digest", lambda: "another")
    assert a_reader().makes("/about/") == ["/about/"]
    of_this_engine = {"sqlite": changes.OnSqlite, "postgresql": changes.OnPostgres}
    monkeypatch.setattr(of_this_engine[connection.vendor], "era", lambda _: "another")
    assert a_reader().makes("/about/", "/about/") == ["/about/"]


def test_a_database_file_that_was_put_in_the_place_of_another_is_noticed(tmp_path: Path) -> None:
    path, copy = tmp_path / "publication.sqlite3", tmp_path / "copy.sqlite3"
    for file in (path, copy):
        with closing(sqlite3.connect(file)) as made:
            made.execute("CREATE TABLE publication_change (id INTEGER PRIMARY KEY, tag TEXT)")
    found = changes.OnSqlite(str(path))
    assert found.since("") == ("", ())
    copy.replace(path)
    with pytest.raises(changes.Unknown, match="replaced"):
        found.since("")
    found.close()


def test_however_many_ask_one_makes_the_page(
    a_reader: A_Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("publication.pagecache.serving.PATIENCE", 60.0)  # on a busy machine too
    readers = [a_reader(), a_reader()]
    for reader in readers:
        _slow_down(reader)
    threads = [threading.Thread(target=reader.get, args=("/about/",)) for reader in readers * 5]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [*readers[0].made, *readers[1].made] == ["/about/"]


def test_who_has_made_a_page_leaves_the_next_to_whoever_comes(reader: Reader) -> None:
    assert reader.makes("/about/") == ["/about/"]
    assert reader.cache.store.claim(f"{reader.cache.held.space}http://testserver/about/")


def test_who_opens_the_file_while_another_makes_it_waits(tmp_path: Path) -> None:
    path = tmp_path / "new.sqlite3"
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as another:
        another.execute("BEGIN IMMEDIATE")
        another.execute("CREATE TABLE page (key)")
        done = threading.Timer(0.1, another.rollback)
        done.start()
        store = InFile(path, room=50_000)
        assert store.claim("a")
        done.join()
    assert not InFile(path, room=50_000).claim("a")


def _slow_down(reader: Reader) -> None:
    make = reader.cache.application

    def slowly(environ: Any, start: Any) -> Any:
        time.sleep(0.1)
        return make(environ, start)

    reader.cache.application = slowly


def test_a_page_whose_maker_was_killed_is_made_by_the_next(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("publication.pagecache.serving.PATIENCE", 0.05)
    reader.get("/robots.txt")  # so that it knows where it stands
    reader.cache.store.claim(f"{reader.cache.held.space}http://testserver/about/")
    assert reader.makes("/about/") == ["/about/"]


def test_what_a_clock_that_was_ahead_claimed_and_kept_is_in_nobodys_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, later = InFile(tmp_path / "pages.sqlite3", room=50_000), time.time() + 86_400
    with monkeypatch.context() as ahead:
        ahead.setattr("publication.pagecache.store.time.time", lambda: later)
        store.put("of tomorrow", _page(5_000))
        assert store.claim("being made")
    assert store.claim("being made")
    assert not store.claim("being made"), "now it is somebody's"
    for number in range(SWEEP_EVERY):
        store.put(f"{number}", _page(5_000))
    assert store.get("of tomorrow") is None


def test_the_file_of_pages_is_bounded_and_its_loss_costs_nothing(
    a_reader: A_Reader, tmp_path: Path
) -> None:
    store = InFile(tmp_path / "small.sqlite3", room=50_000)
    for number in range(97):
        store.put(f"{number}", _page(5_000))
    kept = sum(1 for number in range(97) if store.get(f"{number}"))
    assert 4 <= kept <= 50_000 // 5_000
    assert store.get("96")
    store.path.write_bytes(b"no database")
    store.path.with_name("small.sqlite3-wal").unlink(missing_ok=True)
    fresh = InFile(store.path, room=50_000)
    assert fresh.get("96") is None
    assert fresh.claim("96")


def test_a_page_that_another_took_the_place_of_is_not_in_the_file_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A comment that was erased stood there. Its bytes are compressed; here they are not."""
    usual = sqlite3.connect

    def connect(*args: Any, **options: Any) -> sqlite3.Connection:
        opened = usual(*args, **options)
        opened.execute("PRAGMA secure_delete = OFF")  # as everywhere but on Debian
        return opened

    monkeypatch.setattr(sqlite3, "connect", connect)
    store, page = InFile(tmp_path / "pages.sqlite3", room=500_000), _page(0)
    before = Page(**(vars(page) | {"brotlied": b"Quenelle. " * 2_000}))
    for number in range(8):
        store.put(f"{number}", before)
    for number in range(8):
        store.put(f"{number}", page)
    with closing(sqlite3.connect(store.path)) as file:
        file.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert b"Quenelle" not in store.path.read_bytes()


def test_djangos_cache_of_another_machine_keeps_a_page_as_it_is(settings: Any) -> None:
    settings.CACHES = settings.CACHES | {
        "pages": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    }
    store, page = InCache("pages"), _page(100)
    store.put("key", page)
    assert store.get("key") == page
    assert store.claim("key")
    assert not store.claim("key")
    store.release("key")
    assert store.claim("key")


def test_a_page_of_another_make_or_that_is_damaged_is_not_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    packed = _page(10).packed("a")
    assert unpacked("a", packed)
    for place, byte in enumerate(packed):
        assert unpacked("a", packed[:place]) is None
        assert unpacked("a", packed[:place] + bytes([byte ^ 1]) + packed[place + 1 :]) is None
    monkeypatch.setattr("publication.pagecache.page.FORMAT", "another")
    assert unpacked("a", packed) is None


@pytest.mark.parametrize("reads", ["br", "gzip", ""])
def test_a_stored_page_that_is_damaged_is_made_anew_whatever_its_reader_reads(
    a_reader: A_Reader, settings: Any, reads: str
) -> None:
    whole = a_reader().get("/about/").body
    with closing(sqlite3.connect(settings.PAGE_STORE, isolation_level=None)) as file:
        file.execute("UPDATE page SET packed = substr(packed, 1, length(packed) - 1)")
    another = a_reader()
    answer = another.get("/about/", HTTP_ACCEPT_ENCODING=reads)
    assert (answer.status, answer.body, another.made) == (200, whole, ["/about/"])
    assert a_reader().makes("/about/") == []


def test_a_store_that_fails_says_so_once_and_not_with_every_page(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "pages.sqlite3").mkdir()
    store = InFile(tmp_path / "pages.sqlite3", room=50_000)
    assert [store.get("a"), store.get("b"), store.claim("a")] == [None, None, True]
    assert [record.getMessage() for record in caplog.records] == [
        "The store of pages failed; they are made without it."
    ]


def test_a_page_that_was_sealed_without_our_secret_is_none(settings: Any) -> None:
    ours = _page(1_000).packed("a")
    with override_settings(SECRET_KEY=f"another{settings.SECRET_KEY}"):
        theirs = _page(1_000).packed("a")
    assert (unpacked("a", ours) is None, unpacked("a", theirs)) == (False, None)


def test_a_page_that_somebody_put_at_another_address_is_not_read_there(
    a_reader: A_Reader, settings: Any
) -> None:
    a_reader().get("/about/")
    whole = a_reader().get("/").body
    with closing(sqlite3.connect(settings.PAGE_STORE, isolation_level=None)) as file:
        other = "(SELECT packed FROM page WHERE key LIKE '%/about/')"
        file.execute(f"UPDATE page SET packed = {other} WHERE key NOT LIKE '%/about/'")
        assert file.execute("SELECT count(*), count(DISTINCT packed) FROM page").fetchone() == (
            2,
            1,
        )
    another = a_reader()
    assert (another.get("/").body, another.made) == (whole, ["/"])


def _page(length: int) -> Page:
    now = timezone.now()
    body = bytes(i * i % 251 for i in range(length))
    page = make([], body, tags={"x"}, position="", now=now, until=now + timedelta(hours=1))
    return Page(**(vars(page) | {"brotlied": body}))
