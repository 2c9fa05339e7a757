"""What was erased stays erased, whatever is restored after it."""

from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django import Settings

from comments import erasures, privacy
from comments.following import follows
from comments.models import Comment
from reviews.models import Article
from tests.comments.followed import make_follower
from tests.factories import make_comment

from .archives import needs_tools, restored, rewritten

pytestmark = [pytest.mark.django_db(transaction=True), needs_tools]


def test_what_was_erased_since_is_erased_again(article: Article, tmp_path: Path) -> None:
    path = tmp_path / "one.zip"
    make_comment(article, author_email="Long@example.org", text="Erased before the backup.")
    privacy.erase("long@example.org")
    make_comment(article, author_email="long@example.org", text="Written again since.")
    make_comment(article, author_email="Mina@Example.org", text="My secret words.")
    make_comment(article, author_email="jun@example.org", text="Somebody else's.")
    call_command("backup", str(path), stdout=StringIO())
    privacy.erase("mina@example.org")
    assert "erased again: 1." in restored(path)
    texts = set(Comment.objects.values_list("text", flat=True))
    assert texts == {"", "Written again since.", "Somebody else's."}
    assert not Comment.objects.filter(author_email__icontains="mina").exists()
    assert "erased again" in restored(path), "as often as it is restored"


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
            restored(path)
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
    restored(newer)
    assert "erased again: 1." in restored(older)
    assert not Comment.objects.filter(author_email__icontains="mina").exists()


def test_under_another_key_it_knows_nobody_again_and_is_refused_unless_that_is_meant(
    article: Article, tmp_path: Path, settings: Settings
) -> None:
    path, key = tmp_path / "one.zip", settings.SECRET_KEY
    comment = make_comment(article, text="My secret words.")
    call_command("backup", str(path), stdout=StringIO())
    privacy.erase(comment.author_email)
    settings.SECRET_KEY = "another" + key
    with pytest.raises(CommandError, match=r"^Nothing was touched. .* another SECRET_KEY"):
        restored(path)
    comment.refresh_from_db()
    assert comment.text == ""
    restored(path, another_key=True)
    comment.refresh_from_db()
    assert comment.text == "My secret words."
    settings.SECRET_KEY_FALLBACKS = [key]  # it was changed, and is not lost
    assert "erased again: 1." in restored(path)
    follows.stop(make_follower())
    noted = erasures.noted()
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = key, ["another" + key]
    assert follows.has_stopped("mina@example.org", noted)


def test_an_archive_older_than_any_note_says_what_it_may_bring_back(
    article: Article, tmp_path: Path
) -> None:
    call_command("backup", str(tmp_path / "new.zip"), stdout=StringIO())
    assert "no note of an erasure" not in restored(tmp_path / "new.zip")
    made_at = timezone.now() - erasures.KEPT - timedelta(days=1)
    old = rewritten(tmp_path / "new.zip", tmp_path / "old.zip", made_at=made_at.isoformat())
    assert "It is older than 730 days, and no note of an erasure" in restored(old)


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
    privacy.erase_again(now)
    noted = [erasures.noted().get(erasures.digest(who)) for who in (often, long_ago, last_year)]
    assert noted == [now - timedelta(days=10), None, now - timedelta(days=300)]
    assert len(erasures.files()) == 2
