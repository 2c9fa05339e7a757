"""Whose password was changed is mailed that, whoever did it and by whatever form."""

from collections.abc import Callable
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from comments import notices
from comments.models import Notice
from publication import changed_passwords, forgotten
from tests.factories import make_user

pytestmark = pytest.mark.django_db

OLD, NEW = "open sesame", "a lantern on the stairs"
Change = Callable[[User, dict[str, str]], int]
TWICE = {"new_password1": NEW, "new_password2": NEW}


@pytest.fixture
def ada(db: None) -> User:
    return make_user("Editor", username="ada", email="ada@example.org", last_login=timezone.now())


def logged_in(user: User) -> Client:
    client = Client()
    client.post("/admin/login/", {"username": user.username, "password": OLD})
    return client


def by_themselves(ada: User, new: dict[str, str]) -> int:
    data = {"old_password": OLD} | new
    return logged_in(ada).post("/admin/password_change/", data).status_code


def by_an_administrator(ada: User, new: dict[str, str]) -> int:
    root = make_user("Administrator", email="root@example.org")
    given = {"usable_password": "true"}
    given |= {name.replace("new_", ""): value for name, value in new.items()}
    address = f"/admin/auth/user/{ada.pk}/password/"
    return logged_in(root).post(address, given).status_code


def by_a_mailed_link(ada: User, new: dict[str, str]) -> int:
    forgotten.owe_link(ada, timezone.now())
    notices.send_due()
    (link,) = (line.strip() for line in mail.outbox.pop().body.splitlines() if "reset" in line)
    browser = Client()
    form = browser.get(link.removeprefix("http://testserver"))
    return browser.post(form.headers["Location"], new).status_code


DOORS = (by_themselves, by_an_administrator, by_a_mailed_link)


@pytest.mark.parametrize("change", DOORS)
def test_its_owner_is_mailed_that_and_what_to_do(ada: User, change: Change) -> None:
    assert change(ada, TWICE) == 302
    assert notices.send_due() == 1
    (letter,) = mail.outbox
    assert letter.to == ["ada@example.org"]
    assert letter.subject == "Your password was changed"
    assert "The password of ada, your login for the newsroom of" in letter.body
    assert f"{timezone.localtime():on %-d %B}" in letter.body
    assert "\n  http://testserver/admin/password_reset/\n" in letter.body
    assert NEW not in letter.body


@pytest.mark.parametrize("change", DOORS)
def test_of_one_that_was_not_changed_nobody_is(ada: User, change: Change) -> None:
    assert change(ada, TWICE | {"new_password2": "another"}) != 302
    assert not Notice.objects.filter(kind=Notice.Kind.CHANGED).exists()


@pytest.mark.django_db(transaction=True)
def test_who_only_looks_at_the_forms_keeps_nobody_from_writing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    begun: list[str] = []
    enter = transaction.Atomic.__enter__

    def noted(block: transaction.Atomic) -> None:
        begun.append(str(block.using))
        enter(block)

    root = make_user("Administrator", email="root@example.org", last_login=timezone.now())
    browser = logged_in(root)
    monkeypatch.setattr(transaction.Atomic, "__enter__", noted)
    for form in ("/admin/password_change/", f"/admin/auth/user/{root.pk}/password/"):
        assert browser.get(form).status_code == 200
    assert begun == []


def test_whose_password_was_changed_by_the_command_is_too(
    ada: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("getpass.getpass", lambda prompt: NEW)
    call_command("changepassword", "ada", stdout=StringIO())
    assert notices.send_due() == 1
    assert mail.outbox[0].subject == "Your password was changed"


def test_whose_login_is_new_is_not_told_of_its_first_password(ada: User) -> None:
    User.objects.filter(pk=ada.pk).update(last_login=None)
    assert by_a_mailed_link(ada, TWICE) == 302
    assert notices.send_due() == 0


def test_a_press_that_changed_nothing_is_not_told(ada: User) -> None:
    """Django answers it with a redirect too: “no password” was chosen, and “change” pressed."""
    assert by_an_administrator(ada, {"usable_password": "false"}) == 302
    assert notices.send_due() == 0


@pytest.mark.parametrize("facts", [{"email": ""}, {"is_active": False}, {"is_staff": False}])
def test_who_has_no_address_or_left_is_not(ada: User, facts: dict[str, object]) -> None:
    assert by_themselves(ada, TWICE) == 302
    User.objects.filter(pk=ada.pk).update(**facts)
    assert notices.send_due() == 0
    assert not mail.outbox


@pytest.mark.parametrize("change", DOORS)
def test_a_change_that_cannot_be_told_is_not_made(
    ada: User, change: Change, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crashes(user: User) -> None:
        raise RuntimeError("in between")

    monkeypatch.setattr(changed_passwords, "tell_owner", crashes)
    with pytest.raises(RuntimeError):
        change(ada, TWICE)
    ada.refresh_from_db()
    assert not ada.check_password(NEW)


def test_the_day_is_said_in_english_wherever_readers_are_spoken_to_in_korean(ada: User) -> None:
    changed_passwords.tell_owner(ada)
    with override("ko"):
        notices.send_due()
    at = timezone.localtime()
    assert f"was changed on {at:%-d %B at %H:}" in mail.outbox[0].body
