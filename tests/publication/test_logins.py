"""Logging in: nobody guesses a password, and nobody can lock an editor out."""

import re
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from django.contrib.auth.hashers import check_password, identify_hasher, make_password
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client, RequestFactory
from django.utils import timezone
from pytest_django import Settings

from comments import rate_limits
from comments.models import Attempt
from comments.rate_limits import Limit, TooMany
from publication import logins
from tests.at_once import People
from tests.factories import make_user

pytestmark = pytest.mark.django_db

LOGIN = "/admin/login/"
HOME, ELSEWHERE = "203.0.113.9", "198.51.100.7"


def log_in(client: Client, name: str, password: str = "wrong", address: str = HOME):
    data = {"username": name, "password": password, "next": "/admin/"}
    return client.post(LOGIN, data, REMOTE_ADDR=address)


def fail(name: str, times: int, address: str = HOME) -> None:
    for _ in range(times):
        assert log_in(Client(), name, address=address).status_code == 200


@pytest.fixture
def ada(db: None) -> User:
    return make_user("Editor", username="ada")


def test_why_a_login_failed_is_heard_where_the_focus_is(client: Client, ada: User) -> None:
    assert "aria-describedby" not in client.get(LOGIN).content.decode()
    page = log_in(client, "ada").content.decode()
    (username,) = re.findall('<input[^>]* name="username"[^>]*>', page)
    assert "autofocus" in username
    (described_by,) = re.findall('aria-describedby="([^"]*)"', username)
    (why,) = re.findall(f'id="{described_by}">([^<]*)<', page)
    assert why.startswith("Please enter the correct username and password")


def test_after_so_many_failures_even_the_right_password_waits(ada: User) -> None:
    fail("ada", logins.HERE.most)
    response = log_in(Client(), "ada", "open sesame")
    assert response.status_code == 429
    assert 14 * 60 < int(response["Retry-After"]) <= 15 * 60
    said = response.content.decode()
    assert "Too many logins failed" in said
    assert "Try again at" in said
    assert 'value="ada"' in said
    assert "sessionid" not in response.cookies


def test_the_wait_ends_by_itself_and_asking_again_does_not_prolong_it(ada: User) -> None:
    fail("ada", logins.HERE.most)
    for _ in range(5):
        assert log_in(Client(), "ada", "open sesame").status_code == 429
    assert Attempt.objects.filter(kind=logins.HERE.kind).count() == logins.HERE.most
    Attempt.objects.update(made_at=timezone.now() - logins.QUARTER)
    assert log_in(Client(), "ada", "open sesame").status_code == 302


def test_nobody_waits_until_a_clock_that_was_put_back_is_where_it_was(ada: User) -> None:
    fail("ada", logins.HERE.most)
    Attempt.objects.update(made_at=timezone.now() + timedelta(days=1))
    assert log_in(Client(), "ada", "open sesame").status_code == 302


def test_whether_the_account_exists_is_not_told(ada: User) -> None:
    def told(name: str) -> list[tuple[int, bool]]:
        answers = [log_in(Client(), name) for _ in range(logins.HERE.most + 1)]
        return [(a.status_code, "Too many" in a.content.decode()) for a in answers]

    assert told("ada") == told("nobody")


def test_writing_the_name_differently_gives_no_more_tries(ada: User) -> None:
    for name in ("ada", "Ada", "ADA", "ａｄａ", "aDa", "adA"):
        log_in(Client(), name)
    assert log_in(Client(), "ada").status_code == 429


def test_failing_on_purpose_does_not_lock_an_editor_out(ada: User) -> None:
    at_home = Client()
    assert log_in(at_home, "ada", "open sesame").status_code == 302
    at_home.post("/admin/logout/")
    for network in range(logins.ACCOUNT.most // logins.HERE.most + 1):
        for _ in range(logins.HERE.most):
            log_in(Client(), "ada", address=f"192.0.2.{network}")
    assert log_in(Client(), "ada", "open sesame", ELSEWHERE).status_code == 429
    assert log_in(at_home, "ada", "open sesame").status_code == 302


def test_another_network_is_not_hindered_by_what_one_tried(ada: User) -> None:
    fail("ada", logins.HERE.most)
    assert log_in(Client(), "ada", "open sesame", ELSEWHERE).status_code == 302


def test_a_network_that_tries_many_accounts_waits_for_all_of_them(ada: User) -> None:
    for n in range(logins.NETWORK.most):
        log_in(Client(), f"guess{n}")
    tries = Attempt.objects.count()
    assert log_in(Client(), "ada", "open sesame").status_code == 429
    assert Attempt.objects.count() == tries  # what was not tried counts against no account


def test_midnight_gives_no_more_tries(ada: User, rf: RequestFactory) -> None:
    """Names of networks change with the day."""
    request, evening = rf.post(LOGIN, REMOTE_ADDR=HOME), datetime(2026, 3, 1, 23, 55, tzinfo=UTC)
    for _ in range(logins.HERE.most):
        logins.begin(request, "ada", evening)
    with pytest.raises(TooMany):
        logins.begin(request, "ada", evening + timedelta(minutes=8))


def test_a_household_of_ipv6_is_one_network(ada: User) -> None:
    for n in range(logins.HERE.most):
        log_in(Client(), "ada", address=f"2001:db8::{n}")
    assert log_in(Client(), "ada", address="2001:db8::ffff").status_code == 429


def test_a_browser_that_knows_the_account_has_a_limit_too(ada: User) -> None:
    client = Client()
    log_in(client, "ada", "open sesame")
    client.post("/admin/logout/")
    for _ in range(logins.BROWSER.most):
        assert log_in(client, "ada").status_code == 200
    assert log_in(client, "ada", "open sesame").status_code == 429


def test_the_cookie_of_a_known_browser_counts_for_its_own_account_alone(ada: User) -> None:
    make_user("Editor", username="ben")
    client = Client()
    cookie = log_in(client, "ben", "open sesame").cookies[logins.COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Strict", "/admin/")
    client.post("/admin/logout/")
    fail("ada", logins.HERE.most)
    assert log_in(client, "ada", "open sesame").status_code == 429
    client.cookies[logins.COOKIE] = f"{ada.pk}.forged:signature"
    assert log_in(client, "ada", "open sesame").status_code == 429


def test_logging_in_takes_back_what_failed_before(ada: User) -> None:
    for _ in range(4):
        fail("ada", logins.HERE.most - 1)
        assert log_in(Client(), "ada", "open sesame").status_code == 302
    assert not Attempt.objects.filter(kind=logins.HERE.kind).exists()


def test_neither_names_nor_addresses_are_kept(ada: User) -> None:
    fail("ada@example.org", 1)
    for row in Attempt.objects.all():
        assert len(row.name) == 64
        assert not {"ada", HOME} & {row.name, row.kind}
    Attempt.objects.update(made_at=timezone.now() - timedelta(days=1, minutes=1))
    rate_limits.forget()
    assert not Attempt.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_many_tries_at_the_same_moment_as_many_as_the_limit_get_through() -> None:
    limit, now, at_once = Limit("test", 3, timedelta(minutes=1)), timezone.now(), Barrier(8)

    def claim(_: int) -> list[bool]:
        return [tried(f"somebody {n}") for n in range(5)]

    def tried(name: str) -> bool:
        try:
            at_once.wait()
            rate_limits.take(limit, name, at=now)
        except TooMany:
            return False
        return True

    with People(8) as pool:
        taken = zip(*pool.map(claim, range(8)), strict=True)
        assert [sum(of_one) for of_one in taken] == [3] * 5
    assert Attempt.objects.count() == 15


def test_new_passwords_are_kept_with_argon2_and_old_ones_made_anew(settings: Settings) -> None:
    from publication import settings as ours

    settings.PASSWORD_HASHERS = ours.PASSWORD_HASHERS
    kept = make_password("correct horse battery")
    assert kept.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
    assert check_password("correct horse battery", kept)
    user = User(password=make_password("old one", hasher="pbkdf2_sha256"))
    user.username = "old"
    user.save()
    assert user.check_password("old one")
    user.refresh_from_db()
    assert identify_hasher(user.password).algorithm == "argon2"


@pytest.mark.parametrize("password", ["short", "12345678901234", "password123"])
def test_a_password_that_is_easily_guessed_is_not_taken(password: str) -> None:
    with pytest.raises(ValidationError):
        validate_password(password)
