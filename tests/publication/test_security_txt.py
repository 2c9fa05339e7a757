"""Whom to tell of a weakness: RFC 9116."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from pytest_django import Settings

from publication.models import Masthead

pytestmark = pytest.mark.django_db

ADDRESS = "/.well-known/security.txt"


def fields(client: Client) -> dict[str, str]:
    response = client.get(ADDRESS)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    said = [line.partition(": ") for line in response.content.decode().splitlines()]
    assert len({name for name, _, _ in said}) == len(said)
    return {name: value for name, _, value in said}


def test_it_names_the_mastheads_contact_and_expires_within_a_year(client: Client) -> None:
    Masthead.objects.create(pk=1, contact_email="desk@example.org")
    said = fields(client)
    assert said["Contact"] == "mailto:desk@example.org"
    expires = datetime.fromisoformat(said["Expires"])
    now = datetime.now(UTC)
    assert now + timedelta(days=30) < expires < now + timedelta(days=365)
    assert said["Canonical"] == f"http://testserver{ADDRESS}"
    assert said["Preferred-Languages"] == "en"


@pytest.mark.parametrize(
    ("setting", "contact"),
    [
        ("security@example.org", "mailto:security@example.org"),
        ("https://example.org/security", "https://example.org/security"),
    ],
)
def test_a_setting_names_somebody_else(
    client: Client, settings: Settings, setting: str, contact: str
) -> None:
    settings.SECURITY_CONTACT = setting
    assert fields(client)["Contact"] == contact


def test_without_anybody_to_write_to_there_is_none(client: Client) -> None:
    assert client.get(ADDRESS).status_code == 404
