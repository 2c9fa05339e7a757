"""A forgotten password: its owner is mailed a link, nobody learns who has a login, and the link
opens once."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.core import mail
from django.core.mail import EmailMessage
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from comments import notices
from comments.models import Attempt, Notice
from publication import forgotten, logins
from tests.factories import make_user
from tests.safety.people import client_of

pytestmark = pytest.mark.django_db

ASK, DONE = "/admin/password_reset/", "/admin/password_reset/done/"
ANOTHER = "a lantern on the stairs"


@pytest.fixture
def ada(db: None) -> User:
    facts = {"email": "Ada@example.org", "last_login": timezone.now()}
    return make_user("Editor", username="ada", **facts)


def ask(email: str, address: str = "203.0.113.9", browser: Client | None = None) -> HttpResponse:
    return (browser or Client()).post(ASK, {"email": email}, REMOTE_ADDR=address)


def mailed_link(email: str = "ada@example.org") -> str:
    assert ask(email).status_code == 302
    assert notices.send_due()
    return link_in(mail.outbox[-1])


def link_in(letter: EmailMessage) -> str:
    (found,) = (line.strip() for line in letter.body.splitlines() if ASK in line)
    return found.removeprefix("http://testserver")


def choose(link: str, password: str = ANOTHER, browser: Client | None = None) -> HttpResponse:
    browser = browser or Client()
    form = browser.get(link)
    address = form.headers.get("Location", link)
    return browser.post(address, {"new_password1": password, "new_password2": password})


def test_a_link_by_mail_lets_its_owner_choose_another_password(ada: User) -> None:
    elsewhere, browser = Client(), Client()
    elsewhere.force_login(ada)
    assert 'href="/admin/password_reset/"' in browser.get("/admin/login/").content.decode()
    link = mailed_link()
    assert mail.outbox[-1].to == ["Ada@example.org"]
    assert "belongs to the user name ada." in mail.outbox[-1].body
    assert "within 2 hours" in mail.outbox[-1].body

    changed = choose(link, browser=browser)
    assert (changed.status_code, changed.headers["Location"]) == (302, "/admin/login/")
    assert "Your password is set" in browser.get("/admin/login/").content.decode()
    assert elsewhere.get("/admin/").status_code == 302
    ada.refresh_from_db()
    data = {"username": "ada", "password": ANOTHER, "next": "/admin/"}
    assert browser.post("/admin/login/", data).status_code == 302
    assert browser.get("/admin/").status_code == 200


def test_who_failed_too_often_logs_in_at_once_with_the_new_password(ada: User) -> None:
    def log_in(browser: Client, password: str) -> int:
        return browser.post("/admin/login/", {"username": "ada", "password": password}).status_code

    browser = Client()
    for _ in range(logins.HERE.most):
        log_in(browser, "not that one")
    assert log_in(browser, "nor that") == 429
    choose(mailed_link(), browser=browser)
    assert log_in(Client(), ANOTHER) == 429
    assert log_in(browser, ANOTHER) == 302


def test_the_link_opens_once_and_not_for_long(ada: User, settings: Settings) -> None:
    first, second = mailed_link(), mailed_link()
    assert choose(first).status_code == 302
    for link in (first, second, "/admin/password_reset/MQ/set-password/", f"{ASK}x/y/"):
        said = Client().get(link).content.decode()
        assert "This link does not open any more" in said
        assert 'href="/admin/password_reset/"' in said
        assert choose(link, "something else again").status_code == 200
    ada.refresh_from_db()
    assert ada.check_password(ANOTHER)
    third = mailed_link()
    settings.PASSWORD_RESET_TIMEOUT = -1
    assert choose(third, "something else again").status_code == 200
    ada.refresh_from_db()
    assert ada.check_password(ANOTHER)


def test_a_weak_password_is_refused_with_the_reason(ada: User) -> None:
    refused = choose(mailed_link(), "short")
    assert refused.status_code == 422
    assert "at least 12 characters" in refused.content.decode()


def test_whoever_asks_is_answered_the_same_after_as_many_writes(ada: User) -> None:
    make_user("", username="reader", email="reader@example.org")
    make_user("Editor", username="gone", email="gone@example.org", is_active=False)
    nobody = make_user("Editor", username="barred", email="barred@example.org")
    nobody.set_unusable_password()
    nobody.save()

    def told(email: str) -> list[tuple[int, str, int]]:
        answers = []
        for n in range(forgotten.ADDRESS.most + 1):
            with CaptureQueriesContext(connection) as asked:
                answer = ask(email, f"192.0.2.{n}")
            inserts = sum(each["sql"].startswith("INSERT") for each in asked)
            answers.append((answer.status_code, answer.headers.get("Location", ""), inserts))
        return answers

    of_ada = told("ada@example.org")
    assert of_ada[0][:2] == (302, DONE)
    assert of_ada[-1][0] == 429
    for email in ("nobody", "reader", "gone", "barred"):
        assert told(f"{email}@example.org") == of_ada
    assert notices.send_due() == forgotten.ADDRESS.most
    assert {tuple(each.to) for each in mail.outbox} == {("Ada@example.org",)}


def test_nobody_is_pestered_and_no_network_asks_for_many(ada: User) -> None:
    for n in range(forgotten.ADDRESS.most):
        assert ask("ADA@example.org", f"192.0.2.{n}").status_code == 302
    refused = ask("ada@example.org", "192.0.2.99")
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) > 23 * 60 * 60
    assert "ask an administrator" in refused.content.decode()
    for n in range(forgotten.NETWORK.most):
        assert ask(f"guess{n}@example.org").status_code == 302
    assert ask("another@example.org").status_code == 429
    assert not Attempt.objects.filter(name__contains="@").exists()


def test_what_others_ask_for_keeps_nobody_from_asking(ada: User) -> None:
    """Neither from one network nor, in a browser that knows the login, from many."""
    known = Client()
    logins.remember_browser(cookies := HttpResponse(), ada)
    known.cookies.update(cookies.cookies)
    for _ in range(forgotten.HERE.most):
        assert ask("ada@example.org", "192.0.2.1").status_code == 302
    assert ask("ADA@example.org", "192.0.2.1").status_code == 429
    for n in range(forgotten.ADDRESS.most - forgotten.HERE.most):
        assert ask("ada@example.org", f"198.51.100.{n}").status_code == 302
    assert ask("ada@example.org", "192.0.2.2").status_code == 429
    for _ in range(forgotten.BROWSER.most):
        assert ask("ada@example.org", "192.0.2.1", known).status_code == 302
    assert ask("ada@example.org", "192.0.2.1", known).status_code == 429
    for _ in range(forgotten.HERE.most):
        assert ask("ben@example.org", "192.0.2.3", known).status_code == 302
    assert ask("ben@example.org", "192.0.2.3", known).status_code == 429


def test_who_has_to_wait_is_told_of_the_day_too(ada: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the night in between the clocks of London go back."""

    def refused_at(moment: datetime) -> str:
        monkeypatch.setattr(timezone, "now", lambda: moment)
        return ask("ada@example.org").content.decode()

    noon = datetime(2026, 10, 24, 11, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: noon)
    for _ in range(forgotten.HERE.most):
        ask("ada@example.org")
    assert "ask again after 11:00 tomorrow, or" in refused_at(noon + timedelta(hours=1))
    assert "ask again after 11:00, or" in refused_at(noon + timedelta(hours=23))


def test_a_host_of_other_letters_is_the_same_in_capitals() -> None:
    form = {"username": "ada", "email": "ada@MÜLLER.example"}
    client_of("administrator").post("/admin/auth/user/add/", form)
    for _ in range(2):
        ask("Ada@MÜLLER.example")
        notices.send_due()
    assert {sent.to[0] for sent in mail.outbox} == {"ada@müller.example"}
    assert len(mail.outbox) == 3


def test_what_is_no_address_is_said_and_takes_no_try(client: Client) -> None:
    refused = client.post(ASK, {"email": "ada at home"})
    assert refused.status_code == 422
    assert "Enter a valid email address" in refused.content.decode()
    assert not Attempt.objects.exists()


def test_each_login_of_one_address_has_a_link_of_its_own(ada: User) -> None:
    make_user("Moderator", username="ada-moderates", email="ada@example.org")
    ask("ada@example.org")
    assert notices.send_due() == 2
    assert len({each.body for each in mail.outbox}) == 2


@pytest.mark.parametrize("facts", [{"is_active": False}, {"is_staff": False}])
def test_who_may_not_log_in_any_more_is_given_no_password(
    ada: User, facts: dict[str, bool]
) -> None:
    link = mailed_link()
    ask("ada@example.org")
    User.objects.update(**facts)
    assert choose(link).status_code == 200
    assert notices.send_due() == 0
    ada.refresh_from_db()
    assert ada.check_password("open sesame")


def test_a_mail_that_comes_too_late_is_not_sent(ada: User) -> None:
    ask("ada@example.org")
    Notice.objects.update(made_at=timezone.now() - forgotten.LASTS - timedelta(minutes=1))
    assert notices.send_due() == 0
    assert mail.outbox == []


def test_a_new_login_chooses_its_own_password(ada: User) -> None:
    administrator, editors = client_of("administrator"), Group.objects.get(name="Editor")
    add = "/admin/auth/user/add/"
    page = administrator.get(add).content.decode()
    assert 'type="password"' not in page
    assert "Logins and roles" in page
    data = {"username": "mina", "email": "mina@example.org", "groups": [editors.pk]}
    said = administrator.post(add, data, follow=True).content.decode()
    assert "A link for choosing a password is on its way to mina@example.org." in said
    mina = User.objects.get(username="mina")
    assert f"/admin/reviews/reviewer/add/?user={mina.pk}" in said  # who signs what she writes
    assert (mina.is_staff, mina.is_superuser, [*mina.groups.all()]) == (True, False, [editors])
    assert notices.send_due() == 1
    (letter,) = mail.outbox
    assert letter.subject == "Your login for the newsroom"
    assert "Your user name there is mina." in letter.body
    assert "http://testserver/admin/login/" in letter.body
    assert choose(link_in(letter)).status_code == 302
    mina.refresh_from_db()
    assert mina.check_password(ANOTHER)


@pytest.mark.parametrize(
    ("facts", "field", "said"),
    [
        ({"email": ""}, "email", "it is needed"),
        ({"username": "ADA"}, "username", "A user with that username already exists."),
    ],
)
def test_a_login_without_an_address_or_of_a_name_that_is_taken_is_refused(
    ada: User, facts: dict[str, str], field: str, said: str
) -> None:
    data = {"username": "mina", "email": "mina@example.org"} | facts
    refused = client_of("administrator").post("/admin/auth/user/add/", data)
    assert said in " ".join(refused.context["adminform"].form.errors[field])
    assert not Notice.objects.exists()
