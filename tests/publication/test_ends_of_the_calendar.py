"""The first and the last day of the calendar, east and west of Greenwich, typed anywhere."""

from itertools import product
from typing import Any

import pytest
from django.db import models
from django.test import Client
from pytest_django import Settings

from comments.models import Sender
from tests.factories import make_draft, make_edition, make_film, make_image, make_user
from tests.opened import opened
from tests.safety.people import client_of

pytestmark = pytest.mark.django_db

MOMENTS = [("0001-01-01", "00:00"), ("1000-01-01", "00:00"), ("9999-12-31", "23:59")]


@pytest.fixture(params=["Pacific/Kiritimati", "Etc/GMT+12"])
def zone(request: pytest.FixtureRequest, settings: Settings) -> str:
    settings.TIME_ZONE = request.param
    return str(request.param)


@pytest.fixture
def desk(db: None) -> Client:
    return client_of("administrator")


def _form(row: models.Model, name: str = "") -> str:
    return f"/admin/{row._meta.app_label}/{name or row._meta.model_name}/{row.pk}/change/"


def _sent(desk: Client, address: str, *each: dict[str, Any]) -> None:
    """Refused at its field, or saved: then the form opens again, and so does its list."""
    form = opened(desk, address)
    for typed in each:
        answer = desk.post(address, form | typed)
        if answer.status_code == 200:
            assert answer.context["adminform"].form.errors
        else:
            assert answer.status_code == 302
            form = opened(desk, address)
            assert desk.get(address.rsplit("/", 3)[0] + "/").status_code == 200


def test_moments_of_articles_and_pictures(zone: str, desk: Client, client: Client) -> None:
    draft, image = make_draft(), make_image()
    schedule = [{"publish_at": f"{day}T{time}", "_schedule": "x"} for day, time in MOMENTS]
    _sent(desk, _form(draft, "review"), *schedule)
    names = ("taken_at", "embargo_until", "expires_at")
    moments = product(MOMENTS, names)
    typed = [{f"{name}_0": day, f"{name}_1": time} for (day, time), name in moments]
    _sent(desk, _form(image), *typed)
    assert client.get("/").status_code == 200


def test_the_moment_that_many_are_scheduled_for(zone: str, desk: Client, client: Client) -> None:
    draft = make_draft()
    chosen = {"action": "schedule", "_selected_action": [draft.pk]}
    for day, time in MOMENTS:
        answer = desk.post("/admin/reviews/review/", chosen | {"at": f"{day}T{time}"}, follow=True)
        assert answer.status_code == 200
        draft.refresh_from_db()
        assert draft.status == draft.Status.DRAFT
    assert "Write a year from 1000 to 9998." in [str(m) for m in answer.context["messages"]]
    assert client.get("/").status_code == 200


def test_days_of_films_festivals_and_senders(zone: str, desk: Client, client: Client) -> None:
    film, edition = make_film(), make_edition()
    sender = Sender.objects.create(who="a@b.example", listed_by=make_user())
    days = [day for day, _ in MOMENTS]
    _sent(desk, _form(film), *({"uk_release_date": day} for day in days))
    _sent(desk, _form(edition), *({"starts_on": day, "ends_on": day} for day in days))
    _sent(desk, _form(sender), *({"last_day": day} for day in days))
    assert client.get(film.get_absolute_url()).status_code == 200
    assert client.get(edition.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("address", ["/archive/1000/01/", "/archive/2999/12/", "/archive/9999/12/"])
@pytest.mark.parametrize("query", ["", "?year=1", "?year=9999", "?year=0001", "?year=99999"])
def test_addresses_of_the_archive(zone: str, client: Client, address: str, query: str) -> None:
    assert client.get(f"{address}{query}").status_code in (200, 404)
    assert client.get(f"/reviews/{query}").status_code == 200
