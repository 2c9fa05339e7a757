"""A backup of one engine comes back into the other, all of it or nothing."""

import hashlib
import json
import shutil
import sqlite3
import zipfile
from contextlib import closing
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from comments import moderation, notices
from comments.models import Comment, Follower, Learnt
from publication.backups import crossing
from publication.backups.archive import DATABASES, MANIFEST
from publication.demo import load, pictures
from publication.pagecache import triggers
from reviews import search
from reviews.finding import index
from reviews.models import Article
from tests.comments.followed import make_follower
from tests.factories import make_comment, make_image, make_user

from .archives import needs_tools, restored
from .kept import files, rows
from .processes import environment, manage

pytestmark = pytest.mark.django_db(transaction=True)
between = pytest.mark.skipif(
    connection.vendor != "postgresql" or shutil.which("pg_dump") is None,
    reason="The other engine is PostgreSQL, with its tools: DATABASE_URL says where",
)


def _moved(archive: Path, folder: Path) -> dict[str, str]:
    """A publication on SQLite, into which it was restored."""
    there = environment(folder, DATABASE_URL=f"sqlite:///{folder}/new/publication.sqlite3")
    done = manage(there, "restore", str(archive), "--send-owed")
    assert done.returncode == 0, done.stderr
    assert "Restored what was here at" in done.stdout
    return there


def _backed_up(env: dict[str, str], archive: Path) -> Path:
    done = manage(env, "backup", str(archive))
    assert done.returncode == 0, done.stderr
    return archive


@between
def test_a_whole_publication_goes_to_sqlite_and_comes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = {name: (w // 8, h // 8) for name, (w, h) in pictures.SHAPES.items()}
    monkeypatch.setattr(pictures, "SHAPES", small)
    load.load()
    Client().force_login(make_user("Editor"))
    article = Article.objects.published().first()
    spam, kept, last = (make_comment(article, text=f"Back\\slash,\ttab,\r\n{n}") for n in range(3))
    moderation.mark_spam([spam], by=make_user("Moderator"))
    notices.ask_to_confirm(kept)
    assert Learnt.objects.exists()
    assert Session.objects.exists()
    last_number = last.pk
    last.delete()
    were, files_were = rows(), files()
    call_command("backup", str(tmp_path / "from.zip"), stdout=StringIO())
    there = _moved(tmp_path / "from.zip", tmp_path / "there")
    again = manage(there, "restore", str(tmp_path / "from.zip"))
    assert "There is a publication here already (26 articles" in again.stderr
    back = _backed_up(there, tmp_path / "back.zip")
    Article.objects.update(headline="Overwritten")
    Comment.objects.filter(parent=None).update(text="Overwritten")
    call_command("restore", str(back), replace=True, send_owed=True, stdout=StringIO())
    assert rows() == were
    assert files() == files_were
    assert next(iter(search.find(article.headline).pieces)) == article.pk
    assert not search.find("overwritten").pieces
    assert make_comment(article).pk > last_number, "no number is given twice"


@between
def test_what_the_other_engine_does_not_take_changes_nothing(
    article: Article, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    call_command("backup", str(tmp_path / "from.zip"), stdout=StringIO())
    there = _moved(tmp_path / "from.zip", tmp_path / "there")
    were = rows()
    back = _backed_up(there, tmp_path / "back.zip")
    with monkeypatch.context() as patch:
        patch.setattr(crossing, "_go_on_counting", lambda _: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            call_command("restore", str(back), replace=True)
    assert rows() == were
    file = there["DATABASE_URL"].removeprefix("sqlite:///")
    why = "Nothing was touched. Its table reviews_article cannot be taken over: "
    for column, value, said in (
        ("headline", "x" * 5_000, "value too long"),
        ("created_at", "yesterday", "'yesterday' is no moment"),
        ("created_at", 5, "argument must be str"),
        ("version", "many", "“many” value must be an integer"),
        ("version", 9e99, ""),
        ("headline", b"\xff", "Could not decode to UTF-8"),
    ):
        with closing(sqlite3.connect(file)) as database, database:
            (was,) = database.execute(f"SELECT {column} FROM reviews_article").fetchone()
            as_text = "CAST(? AS TEXT)" if isinstance(value, bytes) else "?"
            database.execute(f"UPDATE reviews_article SET {column} = {as_text}", (value,))
        unfit = _backed_up(there, tmp_path / "unfit.zip")
        with pytest.raises(CommandError) as refusal:
            call_command("restore", str(unfit), replace=True)
        assert str(refusal.value).startswith(why)
        assert said in str(refusal.value)
        unfit.unlink()
        with closing(sqlite3.connect(file)) as database, database:
            database.execute(f"UPDATE reviews_article SET {column} = ?", (was,))
    assert rows() == were
    assert list(search.find(article.headline).pieces) == [article.pk]


@between
def test_what_came_from_the_other_engine_is_treated_as_all_that_is_restored(
    article: Article, tmp_path: Path
) -> None:
    image = make_image()
    notices.ask_to_confirm(make_comment(article))
    make_follower(told=[article.pk])
    call_command("backup", str(tmp_path / "from.zip"), stdout=StringIO())
    back = _backed_up(_moved(tmp_path / "from.zip", tmp_path / "there"), tmp_path / "back.zip")
    originals, name = storages["originals"], image.file.name
    originals.delete(name)
    originals.save(name, ContentFile(b"another's"))
    assert "Mails that were owed then and are not sent: 1." in restored(back)
    assert notices.send_due() == 0
    follower = Follower.objects.get()
    assert follower.news_from > timezone.now() - timedelta(days=1, minutes=5)
    assert follower.told == [article.pk]
    image.refresh_from_db()
    assert image.file.name != name
    assert hashlib.sha256(image.file.read()).hexdigest() == image.sha256
    assert triggers.is_installed(connection), "pages are emptied by what changes from now on"
    assert index.is_kept()
    assert index.read_next() == 0, "all words have been read"


@needs_tools
def test_an_older_backup_of_the_other_engine_is_refused_with_the_way_that_there_is(
    article: Article, tmp_path: Path
) -> None:
    ours, other = connection.vendor, {"sqlite": "postgresql", "postgresql": "sqlite"}
    call_command("backup", str(tmp_path / "new.zip"), stdout=StringIO())
    old = tmp_path / "old.zip"
    with zipfile.ZipFile(tmp_path / "new.zip") as new, zipfile.ZipFile(old, "w") as written:
        said = json.loads(new.read(MANIFEST))
        said["vendor"] = other[ours]
        said["migrations"] = [one for one in said["migrations"] if one[0] != "comments"]
        name, data = DATABASES[other[ours]], b"as it was"
        said["files"] = {name: {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}}
        written.writestr(name, data)
        written.writestr(MANIFEST, json.dumps(said))
    with pytest.raises(CommandError, match=r"Nothing was touched\. .* goes with a backup of this"):
        call_command("restore", str(old), replace=True)
    assert Article.objects.get() == article
