"""Erased words are not in SQLite's file either, where a deleted row would only be called free."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from comments import privacy
from comments.models import Comment
from publication import write_ahead
from tests.factories import make_article, make_comment

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "sqlite", reason="on PostgreSQL new rows write over it"
    ),
]


@pytest.fixture(autouse=True)
def sqlite_as_elsewhere(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Debian's overwrites what is deleted unless it is told not to, others only when told."""
    usual = sqlite3.dbapi2.connect

    def connect(**options: Any) -> sqlite3.Connection:
        opened = usual(**options)
        opened.execute("PRAGMA secure_delete = OFF")
        return opened

    connection.close()
    monkeypatch.setattr(sqlite3.dbapi2, "connect", connect)
    yield
    connection.close()


def _in_the_file(words: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return words.encode() in Path(str(connection.settings_dict["NAME"])).read_bytes()


def test_the_log_beside_the_file_is_short_again_after_something_large() -> None:
    """Or what it tells of would stand there until the last process ends."""
    log = Path(f"{connection.settings_dict['NAME']}-wal")
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE large AS SELECT zeroblob(20000000)")
        assert log.stat().st_size > 20_000_000
        cursor.execute("DROP TABLE large")
    for _ in range(2):
        make_article()
    assert log.stat().st_size < 10_000_000


def test_what_was_erased_leaves_the_log_too_once_nobody_reads_it() -> None:
    file = Path(str(connection.settings_dict["NAME"]))
    log = file.with_name(f"{file.name}-wal")
    make_comment(make_article(), author_email="reader@example.org", text="Quenelle. " * 500)
    privacy.erase("reader@example.org")
    assert b"Quenelle" in log.read_bytes()
    with closing(sqlite3.connect(file)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT 1 FROM comments_comment").fetchone()
        make_article()
        assert not write_ahead.cut()
    with connection.cursor() as cursor:
        patience = cursor.execute("PRAGMA busy_timeout").fetchone()
    assert write_ahead.cut()
    assert log.stat().st_size == 0
    assert b"Quenelle" not in file.read_bytes()
    assert patience == (20_000,)


def test_what_was_erased_is_overwritten() -> None:
    article = make_article()
    for number in range(40):
        email = f"reader{number}@example.org"
        make_comment(article, author_email=email, text=f"Quenelle no. {number}. " * (number + 1))
    assert _in_the_file("Quenelle no. 7.")
    assert _in_the_file("reader7@example.org")
    for number in range(40):
        privacy.erase(f"reader{number}@example.org")
    assert not Comment.objects.exclude(text="").exists()
    assert not _in_the_file("Quenelle")
    assert not _in_the_file("@example.org")
