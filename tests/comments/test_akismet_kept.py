"""What is kept of what Akismet is sent: encrypted, for a while, and nothing once it is erased."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from comments import privacy
from comments.models import AkismetCheck
from comments.spam import sentences

from .akismet_double import Double
from .asked import answered, finding, send

pytestmark = pytest.mark.django_db


def test_words_are_kept_encrypted_for_fifteen_days(client: Client, verified: Double) -> None:
    comment = answered(send(client))
    check = AkismetCheck.objects.get()
    assert comment.text not in check.sealed
    assert "127.0.0.1" not in check.sealed
    now = timezone.now()
    privacy.purge(now + timedelta(days=14, hours=23))
    assert AkismetCheck.objects.get().sealed
    privacy.purge(now + timedelta(days=15, minutes=1))
    assert not AkismetCheck.objects.get().sealed


def test_what_was_never_asked_is_dropped_in_time_and_says_so(
    client: Client, service: Double, settings: Settings
) -> None:
    comment = send(client)
    settings.AKISMET_KEY = ""
    privacy.purge(timezone.now() + timedelta(days=16))
    assert "no longer kept" in sentences.of(finding(comment))
    assert AkismetCheck.objects.get().next_at is None


@pytest.mark.parametrize(
    "facts", [{"next_at": None}, {"verdict": "false", "next_at": timezone.now()}]
)
def test_what_was_answered_or_given_up_stays_said_when_it_is_dropped(
    client: Client, service: Double, settings: Settings, facts: dict[str, object]
) -> None:
    comment = send(client)
    before = sentences.of(finding(comment))
    AkismetCheck.objects.update(**facts)
    settings.AKISMET_KEY = ""
    privacy.purge(timezone.now() + timedelta(days=16))
    assert not AkismetCheck.objects.get().sealed
    assert sentences.of(finding(comment)) == before


def test_an_erasure_takes_what_was_sent(client: Client, verified: Double) -> None:
    answered(send(client))
    privacy.erase("mina@example.org")
    assert not AkismetCheck.objects.exists()
