"""The first `make run`: content and a login for each role, once."""

import stat
from pathlib import Path

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client

from reviews.models import Article, Reviewer

pytestmark = pytest.mark.django_db


@pytest.fixture
def base(tmp_path: Path, settings: object, monkeypatch: pytest.MonkeyPatch) -> Path:
    settings.BASE_DIR = tmp_path  # type: ignore[attr-defined]
    monkeypatch.setattr("publication.management.commands.first_run.load", lambda: None)
    return tmp_path


def test_each_role_gets_a_login_that_is_said_once_and_kept(
    base: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("first_run")
    kept = base / "demo-logins.txt"
    logins = dict(line.split() for line in kept.read_text().splitlines())
    said = capsys.readouterr().out
    for name, password in logins.items():
        user = authenticate(username=name, password=password)
        assert user is not None
        assert user.is_staff
        assert password in said
    assert set(logins) == {"editor", "moderator", "admin"}
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    groups = User.objects.exclude(is_superuser=True).values_list("username", "groups__name")
    assert set(groups) == {("editor", "Editor"), ("moderator", "Moderator")}


def test_what_the_editor_writes_is_by_a_reviewer_of_the_demonstration(
    base: Path, client: Client
) -> None:
    wren = Reviewer.objects.create(name="Wren Castellane", slug="wren-castellane")
    call_command("first_run")
    client.force_login(User.objects.get(username="editor"))
    page = client.get("/admin/reviews/review/add/").content.decode()
    assert f'<option value="{wren.pk}" selected>Wren Castellane</option>' in page


def test_the_next_run_changes_nothing(base: Path) -> None:
    call_command("first_run")
    before = list(User.objects.values())
    (base / "demo-logins.txt").unlink()
    call_command("first_run")
    assert list(User.objects.values()) == before
    assert not (base / "demo-logins.txt").exists()
    assert not Article.objects.exists()
