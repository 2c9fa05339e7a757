"""A backup comes back whole or not at all."""

import hashlib
import os
import re
from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import translation

from comments import notices
from publication.backups import databases, tools
from publication.progress import WIDTH
from reviews import library, search
from reviews.models import Article
from tests.comments.followed import make_follower, next_morning
from tests.factories import make_article, make_comment, make_image, make_user

from .archives import needs_tools, restored
from .kept import files, rows, say
from .processes import served, until

pytestmark = [pytest.mark.django_db(transaction=True), needs_tools]


def test_brought_back_every_row_and_every_file_is_as_it_was(
    article: Article, tmp_path: Path
) -> None:
    image = make_image(developed=True)
    say(article, 1)
    were, files_were = rows(), files()
    call_command("backup", str(tmp_path), stdout=StringIO())
    (path,) = tmp_path.glob("publication-*.zip")
    say(article, 2)
    Article.objects.update(headline="Overwritten")
    library.delete(image)
    with pytest.raises(CommandError, match=r"There is a publication here already \(1 article"):
        call_command("restore", str(path))
    assert Article.objects.get().headline == "Overwritten"
    call_command("restore", str(path), replace=True, stdout=StringIO())
    assert rows() == were
    assert files() == files_were
    assert not search.find("overwritten").pieces
    assert list(search.find(article.headline).pieces) == [article.pk]


def test_a_korean_publication_is_told_in_one_language(article: Article, tmp_path: Path) -> None:
    make_user()
    call_command("backup", str(tmp_path / "one.zip"), stdout=StringIO())
    with translation.override("ko"), pytest.raises(CommandError, match=r"1 login\)"):
        call_command("restore", str(tmp_path / "one.zip"))


def test_an_original_whose_name_was_taken_meanwhile_comes_beside_it(tmp_path: Path) -> None:
    image = make_image()
    call_command("backup", str(tmp_path / "one.zip"), stdout=StringIO())
    originals, name = storages["originals"], image.file.name
    originals.delete(name)
    assert originals.save(name, ContentFile(b"another's")) == name
    call_command("restore", str(tmp_path / "one.zip"), replace=True, stdout=StringIO())
    with originals.open(name) as file:
        assert file.read() == b"another's"
    image.refresh_from_db()
    assert image.file.name != name
    assert hashlib.sha256(image.file.read()).hexdigest() == image.sha256


def test_when_the_database_cannot_be_put_in_place_everything_is_as_it_was(
    article: Article, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    image = make_image()
    call_command("backup", str(tmp_path / "one.zip"), stdout=StringIO())
    names = [image.file.name, *library.files_of(image)]
    library.delete(image)
    were = rows()

    def fail(*_: object, **__: object) -> None:
        raise tools.ToolFailed("psql failed: the disk is full")

    monkeypatch.setattr(databases, "put_in_place", fail)
    with pytest.raises(CommandError, match=r"The publication is as it was. psql failed"):
        call_command("restore", str(tmp_path / "one.zip"), replace=True)
    assert rows() == were
    assert not any(storages["originals"].exists(name) for name in names)


def test_a_restored_page_is_what_the_next_reader_sees(env: dict[str, str], tmp_path: Path) -> None:
    article = make_article(headline="As it was kept")
    path = article.get_absolute_url()
    with served(env, tmp_path / "log") as server:
        assert "As it was kept" in server.get(path)[1]
        call_command("backup", str(tmp_path / "one.zip"), stdout=StringIO())
        Article.objects.update(headline="As it was overwritten")
        for _ in range(8):  # in every process
            assert "As it was overwritten" in server.get(path)[1]
        call_command("restore", str(tmp_path / "one.zip"), replace=True, stdout=StringIO())
        for _ in range(8):
            assert "As it was kept" in server.get(path)[1]
        Article.objects.update(headline="As it is now")
        for _ in range(8):
            assert "As it is now" in server.get(path)[1]


@pytest.mark.parametrize("send", [False, True])
def test_mails_that_were_owed_go_out_again_only_when_asked(
    article: Article, tmp_path: Path, send: bool
) -> None:
    path, comment = tmp_path / "one.zip", make_comment(article)
    notices.ask_to_confirm(comment)
    call_command("backup", str(path), stdout=StringIO())
    notices.send_due()
    assert len(mail.outbox) == 1
    said = restored(path, send_owed=send)
    assert ("Mails that were owed then and are not sent: 1." in said) is not send
    notices.send_due()
    assert len(mail.outbox) == 1 + send


def test_followers_are_told_again_of_the_last_day_alone(tmp_path: Path) -> None:
    make_article(headline="Long ago", days_ago=3)
    make_article(headline="Last night", days_ago=0.5)
    make_follower()
    call_command("backup", str(tmp_path / "one.zip"), stdout=StringIO())
    next_morning()
    assert mail.outbox.pop().subject == "Last night, and 1 more"
    restored(tmp_path / "one.zip")
    next_morning()
    assert [sent.subject for sent in mail.outbox] == ["Last night"]


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite's readers never wait")
def test_readers_read_on_until_all_rows_are_there(
    article: Article, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    call_command("backup", str(tmp_path / "one.zip"), stdout=StringIO())
    Article.objects.update(headline="Written since")
    held, waits = "pg_advisory_xact_lock(4711)", "locktype = 'advisory' AND NOT granted"
    monkeypatch.setattr(databases, "_CHANGED_NOW", f"{databases._CHANGED_NOW}; SELECT {held}")
    with ThreadPoolExecutor(1) as another, connection.cursor() as cursor:
        with transaction.atomic():
            cursor.execute(f"SELECT {held}; SET LOCAL lock_timeout = '1s'")
            coming = another.submit(_replaced, tmp_path / "one.zip")
            until(lambda: _any(cursor, f"FROM pg_locks WHERE {waits}"), "all rows are there")
            assert Article.objects.get().headline == "Written since"
        coming.result(60)
    assert Article.objects.get().headline == article.headline
    with connection.cursor() as cursor:
        assert not _any(cursor, "FROM pg_namespace WHERE nspname = 'publication_before'")


@pytest.mark.skipif(connection.vendor == "sqlite", reason="has no extensions")
def test_what_its_server_has_beside_us_stays_there_and_is_brought_nowhere(
    article: Article, tmp_path: Path
) -> None:
    ours = "FROM pg_extension WHERE extname = 'pg_trgm' AND extnamespace = 'public'::regnamespace"
    connection.cursor().execute("CREATE EXTENSION pg_trgm; CREATE SCHEMA beside_us")
    try:
        call_command("backup", str(tmp_path / "one.zip"), stdout=StringIO())
        _replaced(tmp_path / "one.zip")
        assert _any(connection.cursor(), ours)
        seen = "FROM pg_namespace WHERE has_schema_privilege('pg_monitor', oid, 'USAGE')"
        assert _any(connection.cursor(), f"{seen} AND nspname = 'public'")
    finally:
        connection.cursor().execute("DROP EXTENSION IF EXISTS pg_trgm; DROP SCHEMA beside_us")
    _replaced(tmp_path / "one.zip")
    assert not _any(connection.cursor(), ours)
    assert Article.objects.get().headline == article.headline


@pytest.mark.skipif(connection.vendor == "sqlite", reason="has no extensions")
def test_what_belongs_to_another_role_is_named_with_what_to_do(
    article: Article, tmp_path: Path
) -> None:
    call_command("backup", str(tmp_path / "one.zip"), stdout=StringIO())
    cursor, role = connection.cursor(), f"nobody_special_{os.getpid()}"
    cursor.execute(f"CREATE EXTENSION pg_trgm; CREATE ROLE {role}; SET ROLE {role}")
    try:
        with pytest.raises(CommandError, match="Nothing was touched") as refused:
            call_command("restore", str(tmp_path / "one.zip"), replace=True)
    finally:
        cursor.execute(f"RESET ROLE; DROP ROLE {role}")
    said = str(refused.value)
    assert "pg_trgm, of the role" in said
    try:
        cursor.execute(said.partition(" -c '")[2].rstrip("'"))
        _replaced(tmp_path / "one.zip")
    finally:
        connection.cursor().execute("DROP EXTENSION IF EXISTS pg_trgm; DROP SCHEMA extensions")
    assert Article.objects.get().headline == article.headline


def _replaced(path: Path) -> None:
    try:
        call_command("restore", str(path), replace=True, stdout=StringIO())
    finally:
        connection.close()


def _any(cursor: Any, those: str) -> bool:
    cursor.execute(f"SELECT 1 {those}")
    return bool(cursor.fetchall())


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def test_who_watches_a_terminal_sees_how_far_it_has_come(article: Article, tmp_path: Path) -> None:
    make_image()
    path, shown = tmp_path / "one.zip", Terminal()
    call_command("backup", str(path), stdout=shown)
    call_command("restore", str(path), replace=True, stdout=shown)
    lines = [line.rpartition("\r")[2] for line in shown.getvalue().split("\n")]
    whole = [line.split("[")[0].strip() for line in lines if f"[{'#' * WIDTH}] " in line]
    steps = [
        "Database packed",
        "Files packed",
        "Files read and compared",
        "Files read and compared",
        "Database looked through",
        "Files in their place",
        "Database in its place",
    ]
    assert whole == steps
    begun = [line.split("[")[0].strip() for line in re.findall(r"\r(.*) 0 of ", shown.getvalue())]
    assert set(steps) - set(begun) == {"Files packed", "Files in their place"}
