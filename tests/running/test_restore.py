"""A backup comes back whole or not at all."""

import hashlib
import json
import shutil
import zipfile
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core import mail
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone, translation

from comments import erasures, notices, privacy
from comments.models import Comment
from publication.backups import databases, tools
from publication.backups.archive import MANIFEST
from reviews import library, search
from reviews.models import Article
from tests.factories import make_article, make_comment, make_image, make_user

from .kept import files, rows, say
from .processes import served

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor == "postgresql" and shutil.which("pg_dump") is None,
        reason="PostgreSQL's client tools are not installed",
    ),
]


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


def rewritten(source: Path, target: Path, **changed: object) -> Path:
    """The same archive with a manifest of which something is changed, or with other files."""
    more = changed.pop("more", {})
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == MANIFEST:
                data = json.dumps(json.loads(data) | changed).encode()
            new.writestr(name, data)
        for name, data in more.items():  # type: ignore[attr-defined]
            new.writestr(name, data)
    return target


def test_a_bad_archive_is_refused_in_a_sentence_and_nothing_is_touched(
    article: Article, tmp_path: Path
) -> None:
    image = make_image()
    good, bad = tmp_path / "good.zip", tmp_path / "bad.zip"
    call_command("backup", str(good), stdout=StringIO())
    data = good.read_bytes()
    with zipfile.ZipFile(good) as packed:
        said = json.loads(packed.read(MANIFEST))
        original = packed.getinfo(f"originals/{image.file.name}")
    library.delete(image)
    were = rows()

    def refused(data: bytes | None = None, **changed: object) -> str:
        bad.unlink(missing_ok=True)
        if data is None:
            rewritten(good, bad, **changed)
        else:
            bad.write_bytes(data)
        with pytest.raises(CommandError) as refusal:
            call_command("restore", str(bad), replace=True)
        return str(refusal.value)

    assert "damaged, or cut short" in refused(data[: len(data) // 2])
    assert "damaged, or cut short" in refused(b"")
    middle = original.header_offset + 200 + original.file_size // 2
    flipped = data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]
    assert "the archive is damaged or cut short" in refused(flipped)
    assert "Its format is 2; this version of the program reads 1." in refused(format=2)
    assert "Its manifest is damaged." in refused(files=7)
    assert "It holds no database" in refused(vendor="oracle")
    other = {"sqlite": "postgresql", "postgresql": "sqlite"}[connection.vendor]
    assert "It holds no database" in refused(vendor=other)
    ahead = [*said["migrations"], ["reviews", "9999_the_future"]]
    assert "does not know (reviews.9999_the_future)" in refused(migrations=ahead)
    entry = {"sha256": hashlib.sha256(b"!").hexdigest(), "bytes": 1}
    for name in (
        *("originals/../../evil", "/etc/evil", "originals//evil", "../evil", "evil"),
        *("originals/a\\..\\evil", "renditions/./x", "originals/a\nb"),
    ):
        told = refused(files=said["files"] | {name: entry}, more={name: b"!"})
        assert "It names a file outside its folders" in told
    assert "not what its manifest lists" in refused(more={"originals/more.jpg": b"!"})
    lie = said["files"] | {f"originals/{image.file.name}": {**entry}}
    assert "is not as long as the manifest says" in refused(files=lie)
    swapped = {**said["files"][f"originals/{image.file.name}"], "sha256": "0" * 64}
    lie = said["files"] | {f"originals/{image.file.name}": swapped}
    assert "its SHA-256 differs" in refused(files=lie)
    with pytest.raises(CommandError, match="There is no file"):
        call_command("restore", str(tmp_path / "none.zip"))
    assert rows() == were
    assert not storages["originals"].exists(image.file.name)


def test_a_damaged_database_in_it_is_found_before_anything_is_touched(
    article: Article, tmp_path: Path
) -> None:
    good, bad = tmp_path / "good.zip", tmp_path / "bad.zip"
    call_command("backup", str(good), stdout=StringIO())
    with zipfile.ZipFile(good) as old, zipfile.ZipFile(bad, "w") as new:
        said = json.loads(old.read(MANIFEST))
        name = next(name for name in said["files"] if name.startswith("database."))
        data = b"no database at all" * 1000
        said["files"][name] = {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
        new.writestr(name, data)
        for other in set(said["files"]) - {name}:
            new.writestr(other, old.read(other))
        new.writestr(MANIFEST, json.dumps(said))
    with pytest.raises(CommandError, match=r"Nothing was touched. The database in it"):
        call_command("restore", str(bad), replace=True)
    assert Article.objects.count() == 1


def _said(path: Path, **options: bool) -> str:
    out = StringIO()
    call_command("restore", str(path), replace=True, stdout=out, **options)
    return out.getvalue()


def test_what_was_erased_since_is_erased_again(article: Article, tmp_path: Path) -> None:
    path = tmp_path / "one.zip"
    make_comment(article, author_email="Long@example.org", text="Erased before the backup.")
    privacy.erase("long@example.org")
    make_comment(article, author_email="long@example.org", text="Written again since.")
    make_comment(article, author_email="Mina@Example.org", text="My secret words.")
    make_comment(article, author_email="jun@example.org", text="Somebody else's.")
    call_command("backup", str(path), stdout=StringIO())
    privacy.erase("mina@example.org")
    assert "erased again: 1." in _said(path)
    texts = set(Comment.objects.values_list("text", flat=True))
    assert texts == {"", "Written again since.", "Somebody else's."}
    assert not Comment.objects.filter(author_email__icontains="mina").exists()
    assert "erased again" in _said(path), "as often as it is restored"


def test_what_fails_once_it_is_in_place_is_said_so_and_the_worker_does_it(
    article: Article, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "one.zip"
    comment = make_comment(article, text="My secret words.")
    call_command("backup", str(path), stdout=StringIO())
    privacy.erase(comment.author_email)
    storage, now = type(storages["originals"]), timezone.now()
    with monkeypatch.context() as away:
        away.setattr(storage, "listdir", lambda *_: 1 / 0)  # an error of its own kind
        why = r"^All of it is in place, but what comes afterwards failed: .* work --once before"
        with pytest.raises(CommandError, match=why):
            _said(path)
    comment.refresh_from_db()
    assert comment.text == "My secret words."
    erasures.note(comment.author_email, now)  # once more: the note of before can go
    with monkeypatch.context() as away:
        away.setattr(storage, "delete", lambda *_: 1 / 0)
        with pytest.raises(CommandError, match="“what a copy brought back”"):
            call_command("work", once=True, stdout=StringIO())
    comment.refresh_from_db()
    assert comment.text == ""


def test_a_copy_put_back_by_hand_is_erased_by_the_worker(article: Article) -> None:
    comment = make_comment(article, text="My secret words.")
    before = Comment.objects.filter(pk=comment.pk).values().get()
    privacy.erase(comment.author_email)
    comment.decisions.all().delete()
    Comment.objects.filter(pk=comment.pk).update(**before)
    call_command("work", once=True, stdout=StringIO())
    comment.refresh_from_db()
    assert (comment.text, comment.author_email) == ("", "")


def test_an_address_is_erased_though_the_storage_fails(
    article: Article, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(*_: object) -> None:
        raise OSError("No space left on device")

    comment = make_comment(article)
    monkeypatch.setattr(type(storages["originals"]), "save", full)
    assert privacy.erase(comment.author_email) == 1
    assert "An erasure could not be noted" in caplog.text


def test_what_was_erased_is_known_in_a_fresh_place_too(article: Article, tmp_path: Path) -> None:
    """An older backup, restored there after a newer one, brings nothing back."""
    older, newer = tmp_path / "older.zip", tmp_path / "newer.zip"
    make_comment(article, author_email="mina@example.org")
    call_command("backup", str(older), stdout=StringIO())
    privacy.erase("mina@example.org")
    call_command("backup", str(newer), stdout=StringIO())
    for name in erasures.files():
        storages["originals"].delete(name)
    _said(newer)
    assert "erased again: 1." in _said(older)
    assert not Comment.objects.filter(author_email__icontains="mina").exists()


def test_an_archive_older_than_any_note_says_what_it_may_bring_back(
    article: Article, tmp_path: Path
) -> None:
    call_command("backup", str(tmp_path / "new.zip"), stdout=StringIO())
    assert "no note of an erasure" not in _said(tmp_path / "new.zip")
    made_at = timezone.now() - erasures.KEPT - timedelta(days=1)
    old = rewritten(tmp_path / "new.zip", tmp_path / "old.zip", made_at=made_at.isoformat())
    assert "It is older than 730 days, and no note of an erasure" in _said(old)


def test_notes_of_erasures_do_not_grow_without_end(article: Article) -> None:
    now, often, long_ago, last_year = (
        timezone.now(),
        "often@a.example",
        "old@a.example",
        "b@a.example",
    )
    for email, days in (
        (often, 1_000),
        (often, 20),
        (often, 10),
        (long_ago, 740),
        (last_year, 300),
    ):
        erasures.note(email, now - timedelta(days=days))
    before = len(erasures.files())
    privacy.erase_again(now)
    noted = [erasures.noted().get(erasures.digest(who)) for who in (often, long_ago, last_year)]
    assert noted == [now - timedelta(days=10), None, now - timedelta(days=300)]
    assert len(erasures.files()) <= before - 3


@pytest.mark.parametrize("send", [False, True])
def test_mails_that_were_owed_go_out_again_only_when_asked(
    article: Article, tmp_path: Path, send: bool
) -> None:
    path, comment = tmp_path / "one.zip", make_comment(article)
    notices.ask_to_confirm(comment)
    call_command("backup", str(path), stdout=StringIO())
    notices.send_due()
    assert len(mail.outbox) == 1
    said = _said(path, send_owed=send)
    assert ("Mails that were owed then and are not sent: 1." in said) is not send
    notices.send_due()
    assert len(mail.outbox) == 1 + send


def test_a_folder_or_a_file_of_somebody_else_is_not_called_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(CommandError, match=r"is a folder: name one of the archives in it\."):
        call_command("restore", str(tmp_path))

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("publication.backups.archive.zipfile.ZipFile", refuse)
    with pytest.raises(CommandError, match=r"b\.zip is not for this user to read\."):
        call_command("restore", str(tmp_path / "b.zip"))
