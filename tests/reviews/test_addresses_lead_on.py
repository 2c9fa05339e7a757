"""An address that is changed leads readers who have the former one to where the page is now."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from reviews.models import FestivalEdition, Tag
from tests.factories import make_edition, make_film, make_person, make_reviewer, make_section
from tests.opened import opened
from tests.reviews.desk import errors

pytestmark = pytest.mark.django_db

ROWS: dict[str, Callable[[], Any]] = {
    "film": make_film,
    "person": make_person,
    "tag": lambda: Tag.objects.create(name="Debuts", slug="debuts"),
    "section": make_section,
    "reviewer": make_reviewer,
    "festival": lambda: make_edition().festival,
}


def _page(row: Any) -> str:
    if hasattr(row, "editions"):
        row = FestivalEdition.objects.get(festival=row)
    return str(row.get_absolute_url())


def _move(desk: Client, row: Model, slug: str) -> Any:
    address = reverse(f"admin:reviews_{row._meta.model_name}_change", args=[row.pk])
    response = desk.post(address, opened(desk, address) | {"slug": slug})
    row.refresh_from_db()
    return response


@pytest.mark.parametrize("make", ROWS.values(), ids=ROWS)
def test_each_former_address_leads_to_the_page(
    make: Callable[[], Any], client: Client, editor_client: Client
) -> None:
    row = make()
    first = _page(row)
    _move(editor_client, row, "second")
    second = _page(row)
    _move(editor_client, row, "third")
    for former in (first, second):
        for asked in ("", "?page=2&utm_source=%EB%A7%88&utm_source=a+b"):
            answer = client.get(f"{former}{asked}")
            assert (answer.status_code, answer["Location"]) == (301, f"{_page(row)}{asked}")
    assert client.get(_page(row)).status_code == 200


@pytest.mark.parametrize("make", ROWS.values(), ids=ROWS)
def test_what_gets_its_former_address_back_is_there_again(
    make: Callable[[], Any], client: Client, editor_client: Client
) -> None:
    row = make()
    first, slug = _page(row), row.slug
    _move(editor_client, row, "second")
    second = _page(row)
    _move(editor_client, row, slug)
    assert client.get(first).status_code == 200
    assert client.get(second)["Location"] == first


def test_an_address_that_leads_elsewhere_is_not_given_away(editor_client: Client) -> None:
    moved, other = make_film("Aloners", slug="aloners"), make_film("Drive", slug="drive")
    _move(editor_client, moved, "aloners-2021")
    refused = errors(_move(editor_client, other, "aloners"))
    assert "are led to “Aloners (2021)”. Choose another." in refused["slug"][0]
    new = {"title": "Aloners", "year": 2026, "slug": "", "is_another": "on"}
    add = reverse("admin:reviews_film_add")
    editor_client.post(add, opened(editor_client, add) | new)
    assert type(moved).objects.get(year=2026).slug == "aloners-2026"


@pytest.mark.parametrize("by", ["festivaledition", "festival"])
def test_an_edition_whose_year_is_mended_is_found_by_its_former_one(
    client: Client, editor_client: Client, by: str
) -> None:
    edition = make_edition(year=2021)
    row: Model = edition if by == "festivaledition" else edition.festival
    field = "year" if by == "festivaledition" else "editions-0-year"
    first = edition.get_absolute_url()
    for year in (2022, 2023):
        _mend(editor_client, row, {field: year})
    edition.refresh_from_db()
    for former in (first, first.replace("2021", "2022")):
        answer = client.get(former)
        assert (answer.status_code, answer["Location"]) == (302, edition.get_absolute_url())
        assert client.get(f"{former}?page=2")["Location"] == f"{edition.get_absolute_url()}?page=2"
    _mend(editor_client, row, {field: 2021})
    assert client.get(first).status_code == 200
    assert client.get(first.replace("2021", "2023"))["Location"] == first
    assert client.get(first.replace("2021", "1999")).status_code == 404


def test_an_edition_of_another_festival_is_found_where_it_was(
    client: Client, editor_client: Client
) -> None:
    edition, other = make_edition("Busan"), make_edition("Jeonju", year=2020).festival
    first = edition.get_absolute_url()
    _mend(editor_client, edition, {"festival": other.pk})
    edition.refresh_from_db()
    assert client.get(first)["Location"] == edition.get_absolute_url() != first


def test_a_new_edition_has_the_address_of_its_year_whoever_had_it(
    client: Client, editor_client: Client
) -> None:
    edition = make_edition(year=2021)
    first = edition.get_absolute_url()
    _mend(editor_client, edition, {"year": 2020})
    FestivalEdition.objects.create(festival=edition.festival, year=2021)
    assert client.get(first).status_code == 200


def _mend(desk: Client, row: Model, changed: dict[str, Any]) -> None:
    address = reverse(f"admin:reviews_{row._meta.model_name}_change", args=[row.pk])
    assert desk.post(address, opened(desk, address) | changed).status_code == 302
