"""Whatever is sent of the rows of a list, each that is kept stays once, and a twin is refused in
words."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import models
from django.test import Client

from tests.factories import (
    make_draft,
    make_edition,
    make_film,
    make_person,
    make_reviewer,
    make_screening,
    make_user,
)
from tests.opened import opened
from tests.safety.people import client_of

pytestmark = pytest.mark.django_db


def _film() -> Any:
    film = make_film(original=("혼자", "ko"))
    film.credits.create(person=make_person(), role="director")
    return film


def _report() -> Any:
    piece = make_draft(kind="feature", film=None, rating=None)
    piece.covered_films.create(film=make_film())
    piece.related_choices.create(other=make_draft())
    return piece


def _reviewer() -> Any:
    reviewer = make_reviewer()
    reviewer.links.create(label="Letterboxd", url="https://letterboxd.com/jane/")
    return reviewer


LISTS: dict[str, tuple[str, Callable[[], models.Model]]] = {
    "titles": ("film", _film),
    "credits": ("film", _film),
    "bylines": ("article", _report),
    "covered_films": ("article", _report),
    "related_choices": ("article", _report),
    "links": ("reviewer", _reviewer),
    "editions": ("festival", lambda: make_edition().festival),
    "screenings": ("festivaledition", lambda: make_screening(make_film()).edition),
}
MAY_HAVE_TWINS = {"links"}


@pytest.mark.parametrize("prefix", LISTS)
def test_a_row_under_a_forged_number_is_no_twin_of_itself(prefix: str) -> None:
    name, make = LISTS[prefix]
    row, client = make(), client_of("administrator")
    address = f"/admin/reviews/{name}/{row.pk}/change/"
    form = opened(client, address)
    assert form[f"{prefix}-INITIAL_FORMS"] == "1"
    is_its_own = {f"{prefix}-0-id": [form[f"{prefix}-0-id"], "99999"]}
    not_counted = {f"{prefix}-INITIAL_FORMS": "0"}
    for forged in ({f"{prefix}-0-id": "x"}, is_its_own, not_counted):
        answer = client.post(address, form | forged)
        kept = getattr(row, prefix).count()
        if prefix in MAY_HAVE_TWINS:
            assert (answer.status_code, kept) == (302, 2)
            return
        assert (answer.status_code, kept) == (200, 1), forged
        assert "duplicate" in answer.content.decode(), forged


def test_a_number_of_rows_that_were_not_sent_draws_none() -> None:
    row, client = _report(), client_of("administrator")
    address = f"/admin/reviews/article/{row.pk}/change/"
    counted = {"headline": "", "bylines-TOTAL_FORMS": "1999"}
    answer = client.post(address, opened(client, address) | counted)
    assert answer.status_code == 200
    assert "bylines-3-role" not in answer.content.decode()


def test_who_may_add_rows_and_see_none_saves_the_form() -> None:
    """An administrator can give somebody single permissions."""
    film, client, user = _film(), Client(), make_user("")
    may = ["view_film", "change_film", "add_filmtitle", "add_credit"]
    user.user_permissions.set(Permission.objects.filter(codename__in=may))
    type(user).objects.filter(pk=user.pk).update(is_staff=True)
    client.force_login(user)
    address = f"/admin/reviews/film/{film.pk}/change/"
    new = {"titles-0-text": "Aloners", "titles-0-language": "en", "titles-0-kind": "festival"}
    answer = client.post(address, opened(client, address) | new)
    assert (answer.status_code, film.titles.count(), film.credits.count()) == (302, 2, 1)
