"""How Akismet fares is on one page of the admin, and what readers are told on the public one."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from comments import moderation, privacy
from comments.akismet import health, verdicts
from comments.evidence import said
from comments.models import AkismetHealth, RuleSetting
from comments.spam.akismet import Answer, Verdict
from tests.factories import make_user

from .akismet_double import KEY, SITE, Double
from .asked import answered, send

pytestmark = pytest.mark.django_db
PAGE = "/admin/comments/akismethealth/"


def words(client: Client, address: str = PAGE) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    page = re.sub(r"<(style|script)\b.*?</\1>", "", answer.content.decode(), flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_off_it_says_how_to_switch_it_on(editor_client: Client) -> None:
    assert "AKISMET_KEY is not set." in words(editor_client)
    assert "Verify the key" not in words(editor_client)
    assert "Akismet says" not in words(editor_client, "/admin/")


def test_only_editors_see_it(moderator_client: Client, service: Double) -> None:
    assert moderator_client.get(PAGE).status_code == 403
    assert moderator_client.post(PAGE).status_code == 403
    contributor = Client()
    contributor.force_login(make_user("Contributor"))
    assert contributor.get(PAGE).status_code == 403
    assert Client().get(PAGE).status_code == 302
    assert Client().post(PAGE).status_code == 403
    assert not service.requests


def test_the_button_verifies_and_counts_the_month(editor_client: Client, service: Double) -> None:
    answer = editor_client.post(PAGE, follow=True)
    assert "Akismet accepts the key for this site." in answer.content.decode()
    page = words(editor_client)
    assert "It works." in page
    assert "7,463 of 350,000 (2.13 %)" in page
    assert [request.path for request in service.requests] == [
        "/1.1/verify-key",
        "/1.2/usage-limit",
    ]


def test_a_key_that_is_not_good_is_said_in_words(editor_client: Client, service: Double) -> None:
    service.knows = "another"
    answer = editor_client.post(PAGE, follow=True)
    assert "does not accept the key or the site (Unknown key)" in answer.content.decode()
    assert "Correct the key or the account" in words(editor_client)
    assert "does not check comments any more" in words(editor_client, "/admin/")


def test_what_stopped_it_is_said_until_it_is_mended(
    client: Client, editor_client: Client, service: Double
) -> None:
    service.does = "alert"
    answered(send(client))
    service.does = "500"
    answer = editor_client.post(PAGE, follow=True)
    assert "Akismet answered with an error (HTTP 500)" in answer.content.decode()
    page = words(editor_client)
    assert "Your key is suspended" in page.split("Correct the key")[0]
    assert "500" not in page
    since = AkismetHealth.objects.get().stopped_at
    assert since
    why = said("refuses", why="Your key is suspended")
    once_more = Answer(why=why, alert_code="10402", alert="Your key is suspended.")
    assert not health.heard(once_more)  # administrators were told
    assert AkismetHealth.objects.get().stopped_at == since
    health.heard(Answer(verdict=Verdict.HAM))  # asked before it was stopped
    assert "Your key is suspended" in words(editor_client).split("Correct the key")[0]
    service.does = ""
    assert "accepts the key" in editor_client.post(PAGE, follow=True).content.decode()
    assert "It works." in words(editor_client)


def test_pressed_while_it_is_off_it_says_why(editor_client: Client) -> None:
    answer = editor_client.post(PAGE, follow=True)
    assert "Akismet is off: AKISMET_KEY is not set." in answer.content.decode()


def test_queue_failures_and_alert_are_shown(
    client: Client, editor_client: Client, service: Double, moderator: User
) -> None:
    moderation.mark_spam([answered(send(client))], by=moderator)
    service.does = "500"
    answered(send(client))
    page = words(editor_client)
    assert "Akismet answered with an error (HTTP 500)." in page
    assert "Failures since the last answer 1" in page
    assert "Comments to be checked 1, the oldest sent" in page
    assert "Decisions to be told, where it was wrong 1" in page
    service.does = "warning"
    AkismetHealth.objects.update(paused_until=None)
    answered(send(client))
    assert "Over. (10501)" in words(editor_client)
    assert "Akismet says: Over." in words(editor_client, "/admin/")
    service.does = "500"
    answered(send(client))
    front = words(editor_client, "/admin/")
    assert "Akismet answered with an error (HTTP 500), and comments wait for a moderator." in front
    assert "Akismet says: Over." in front
    RuleSetting.objects.create(rule="akismet", mode=RuleSetting.Mode.OFF, changed_by=moderator)
    assert "Akismet answered" not in words(editor_client, "/admin/")


@pytest.mark.parametrize("does", ["", "invalid", "alert", "500", "hang"])
def test_the_key_is_on_no_page(
    client: Client, impatient: Double, does: str, settings: Settings
) -> None:
    administrator = Client(raise_request_exception=False)
    administrator.force_login(make_user("Administrator"))
    impatient.does = does
    administrator.post(PAGE)
    comment = answered(send(client))
    for address in (
        PAGE,
        "/admin/",
        f"/admin/comments/comment/{comment.pk}/change/",
        "/admin/comments/rulesetting/",
        "/privacy/comments/",
    ):
        assert KEY not in administrator.get(address).content.decode()


def test_a_bug_while_it_is_asked_shows_the_key_to_nobody(
    service: Double, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DEBUG = True

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("A bug on the way.")

    monkeypatch.setattr("comments.spam.akismet.wire.ask", fail)
    administrator = Client(raise_request_exception=False)
    administrator.force_login(make_user("Administrator"))
    answer = administrator.post(PAGE, follow=True)
    assert "could not be asked, by a fault of this program" in answer.content.decode()
    assert KEY not in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "value", "ids"),
    [
        ("AKISMET_KEY", "", []),
        ("AKISMET_SITE", SITE, []),
        ("AKISMET_SITE", "", ["comments.E002"]),
        ("AKISMET_SITE", "publication.example", ["comments.E002"]),
        ("AKISMET_SITE", "https://[", ["comments.E002"]),
        ("AKISMET_URL", "http://rest.akismet.com", ["comments.E002"]),
        ("AKISMET_TIMEOUT", 0.0, ["comments.E003"]),
        ("AKISMET_TIMEOUT", float("nan"), ["comments.E003"]),
        ("AKISMET_TIMEOUT", 600.0, ["comments.E003"]),
    ],
)
def test_the_system_check_says_what_is_missing(
    settings: Settings, name: str, value: str | float, ids: list[str]
) -> None:
    settings.AKISMET_KEY, settings.AKISMET_SITE = KEY, SITE
    setattr(settings, name, value)
    found = run_checks(tags=["comments"])
    assert [message.id for message in found] == ids
    assert KEY not in str(found)


def test_the_command_verifies_the_key(service: Double, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("verify_akismet")
    assert "accepts the key" in capsys.readouterr().out
    service.knows = "another"
    with pytest.raises(CommandError, match="does not accept the key"):
        call_command("verify_akismet")


def test_off_the_command_says_so() -> None:
    with pytest.raises(CommandError, match="AKISMET_KEY is not set"):
        call_command("verify_akismet")


def test_the_calls_of_the_month_are_asked_for_once_a_day(service: Double) -> None:
    verdicts.refresh_usage()
    assert not service.requests  # the key is not verified yet
    verdicts.verify(verdicts.akismet.client())  # type: ignore[arg-type]
    verdicts.refresh_usage()
    verdicts.refresh_usage()
    assert len(service.asked("usage-limit")) == 1
    known = AkismetHealth.objects.get().usage
    health.counted(None)
    assert known
    assert AkismetHealth.objects.get().usage == known  # that of last time, rather than none


def test_readers_are_told_what_is_sent_and_only_while_it_is(
    client: Client, service: Double, settings: Settings, editor: User
) -> None:
    on = words(client, "/privacy/comments/")
    assert "the service Akismet of the company Automattic" in on
    assert "dropped after 15 days" in on
    assert "What browser you use is not kept" not in on
    assert "no other service is asked" not in on
    send(client)
    settings.AKISMET_KEY = ""
    page = words(client, "/privacy/comments/")  # nothing is sent any more, and something is kept
    assert "no other service is asked" in page
    assert "dropped after 15 days" in page
    assert "What browser you use is not kept" not in page
    privacy.purge(timezone.now() + timedelta(days=16))
    off = words(client, "/privacy/comments/")
    assert "Akismet" not in off
    assert "no other service is asked" in off
    assert "What browser you use is not kept" in off
