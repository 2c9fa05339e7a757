"""How long a login lasts, and when the password is asked for once more."""

import re
from collections.abc import Callable

import html5lib
import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from pytest_django import Settings

from publication import logins, sessions
from tests.factories import make_user

pytestmark = pytest.mark.django_db

Clock = Callable[[float], None]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Moves the clock of logins by so many minutes."""
    start = sessions.time.time()
    moved = [0.0]
    monkeypatch.setattr(sessions.time, "time", lambda: start + moved[0])

    def move(minutes: float) -> None:
        moved[0] += minutes * 60

    return move


@pytest.fixture
def admin(db: None) -> Client:
    make_user("Administrator", username="root")
    client = Client()
    client.post("/admin/login/", {"username": "root", "password": "open sesame"})
    return client


def test_a_login_is_short_and_lasts_as_long_as_it_is_used(admin: Client, clock: Clock) -> None:
    assert admin.session.get_expiry_age() == 60 * 60
    clock(10)
    assert admin.get("/admin/").cookies["sessionid"]["max-age"] == 60 * 60
    assert "sessionid" not in admin.get("/admin/").cookies  # not a write a request


def test_a_login_ends_after_a_day_of_work_however_busy(
    admin: Client, clock: Clock, settings: Settings
) -> None:
    for _ in range(12):
        assert admin.get("/admin/alive/").status_code == 204
        clock(59)
    assert admin.get("/admin/alive/").status_code == 204
    clock(13)
    assert admin.get("/admin/alive/").status_code == 302
    assert admin.post("/admin/reviews/review/add/", {"headline": "Kept"}).status_code == 403


def test_pages_for_readers_do_not_look_at_the_session(admin: Client) -> None:
    assert "Cookie" not in admin.get("/").headers.get("Vary", "")


def test_cookies_are_out_of_reach(settings: Settings, db: None) -> None:
    settings.SESSION_COOKIE_SECURE = True
    make_user("Administrator", username="root")
    admin = Client()
    admin.post("/admin/login/", {"username": "root", "password": "open sesame"})
    for name in ("sessionid", logins.COOKIE):
        assert admin.cookies[name]["httponly"]
        assert admin.cookies[name]["secure"]
        assert admin.cookies[name]["samesite"] in ("Lax", "Strict")


FORMS = ("/admin/auth/user/add/", "/admin/auth/group/add/", "/admin/password_change/")


@pytest.mark.parametrize("form", FORMS)
def test_roles_and_passwords_are_changed_with_a_fresh_password_only(
    admin: Client, clock: Clock, form: str
) -> None:
    assert admin.get(form).status_code == 200
    clock(-1)  # put back: nobody knows when the password was given
    assert admin.get(form).status_code == 302
    clock(17)
    asked = admin.get(form)
    assert asked.url == f"/admin/password/?next={form.replace('/', '%2F')}"  # type: ignore[attr-defined]
    page = admin.get(asked.url).content.decode()  # type: ignore[attr-defined]
    assert "asks for your password again" in page
    assert f'name="next" value="{form}"' in page
    wrong = admin.post("/admin/password/", {"password": "guess", "next": form})
    assert wrong.status_code == 422
    assert "This is not your password" in wrong.content.decode()
    before = admin.session.session_key
    right = admin.post("/admin/password/", {"password": "open sesame", "next": form})
    assert right.url == form  # type: ignore[attr-defined]
    assert admin.session.session_key != before
    assert admin.get(form).status_code == 200


def test_every_change_of_a_login_or_a_role_asks(admin: Client, clock: Clock) -> None:
    user, group = make_user("Editor"), Group.objects.get(name="Editor")
    clock(16)
    for address in (
        f"/admin/auth/user/{user.pk}/change/",
        f"/admin/auth/user/{user.pk}/password/",
        f"/admin/auth/user/{user.pk}/delete/",
        f"/admin/auth/group/{group.pk}/change/",
        f"/admin/auth/group/{group.pk}/delete/",
    ):
        assert admin.get(address).status_code == 302, address
        assert admin.post(address, {"is_superuser": "on"}).status_code == 403, address
    actions = {"action": "delete_selected", "_selected_action": [user.pk], "post": "yes"}
    assert admin.post("/admin/auth/user/", actions).status_code == 403
    user.refresh_from_db()
    assert not user.is_superuser


def test_a_form_sent_too_late_says_how_to_keep_what_was_typed(admin: Client, clock: Clock) -> None:
    clock(16)
    response = admin.post("/admin/auth/group/add/", {"name": "Proofreaders"})
    assert response.status_code == 403
    page = response.content.decode()
    html5lib.HTMLParser(strict=True).parse(page)
    assert "not saved yet; your browser still has it" in page
    assert 'href="/admin/password/"' in page
    assert not Group.objects.filter(name="Proofreaders").exists()


def test_who_may_write_articles_is_never_asked_twice(editor_client: Client, clock: Clock) -> None:
    clock(50)
    assert editor_client.get("/admin/reviews/review/add/").status_code == 200


def test_the_second_password_is_limited_as_the_first(admin: Client) -> None:
    for _ in range(logins.BROWSER.most):
        admin.post("/admin/password/", {"password": "guess"})
    response = admin.post("/admin/password/", {"password": "open sesame"})
    assert response.status_code == 429
    assert int(response["Retry-After"]) > 0
    assert "Try again at" in response.content.decode()


ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "///evil.example/",
    "/\\evil.example/",
    "\\\\evil.example",
    "javascript:alert(1)",
    "http:evil.example",
    "https:/evil.example",
    "\thttps://evil.example",
    "https://testserver@evil.example/",
    "https://evil.example\\@testserver/",
    "/%0d%0aLocation:%20https://evil.example/",
    "//evil.example%2f@testserver",
    "data:text/html,x",
]


@pytest.mark.parametrize("address", ELSEWHERE)
def test_no_form_of_the_door_leads_to_another_site(address: str) -> None:
    make_user("Administrator", username="root")
    client = Client()
    data = {"username": "root", "password": "open sesame", "next": address}
    for form in ("/admin/login/", "/admin/password/"):
        there = client.post(form, data)
        assert there.status_code == 302
        assert re.fullmatch(r"/(?![/\\])[^\r\n]*", there.url)  # type: ignore[attr-defined]


def test_a_changed_password_ends_the_other_logins_of_that_user(admin: Client) -> None:
    other = Client()
    other.force_login(User.objects.get(username="root"))
    assert other.get("/admin/").status_code == 200
    changed = admin.post(
        "/admin/password_change/",
        {
            "old_password": "open sesame",
            "new_password1": "a lantern on the stairs",
            "new_password2": "a lantern on the stairs",
        },
    )
    assert changed.status_code == 302
    assert other.get("/admin/").status_code == 302
    assert admin.get("/admin/").status_code == 200
