"""The address of a list asks the database for what its filters can ask, and for nothing that
holds the process."""

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import NoReverseMatch, reverse

from tests.factories import make_draft

from .people import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator() -> Client:
    return client_of("administrator")


def lists() -> list[tuple[str, str]]:
    """The address of each, and a column of it."""
    found = []
    for model in admin.site._registry:
        name = f"{model._meta.app_label}_{model._meta.model_name}"
        try:
            found.append((reverse(f"admin:{name}_changelist"), model._meta.fields[-1].name))
        except NoReverseMatch:
            continue
    return found


@pytest.mark.parametrize("how", ["regex", "iregex", "icontains", "startswith", "date__gt"])
def test_no_list_looks_for_patterns_and_parts(administrator: Client, how: str) -> None:
    answers = {path: administrator.get(path, {f"{n}__{how}": "(a+)+$"}) for path, n in lists()}
    assert len(answers) > 20
    assert {path: a.status_code for path, a in answers.items() if a.status_code != 400} == {}


def test_a_pattern_holds_nobody_up(administrator: Client) -> None:
    make_draft(headline="a" * 40 + "!")
    pattern = {"headline__regex": "(a+)+$"}  # to Python's eyes a matter of hours
    assert client_of("contributor").get("/admin/reviews/review/", pattern).status_code == 400


def test_what_a_list_counts_of_each_row_is_asked_for_no_pattern(administrator: Client) -> None:
    counted = {"waiting__regex": "(1?1?1?)*$"}  # no column, and the database has it all the same
    assert administrator.get("/admin/reviews/review/", counted).status_code == 400


@pytest.mark.parametrize(
    "asked",
    [
        *(
            "id__in=1,2",
            "section__id__exact=1",
            "film__isnull=True",
            "publish_at__gte=2021-01-01T00:00Z",
        ),
        *("o=-1", "q=regex", "status=draft", "pk=1"),
    ],
)
def test_what_filters_and_windows_ask_is_answered(administrator: Client, asked: str) -> None:
    assert administrator.get(f"/admin/reviews/review/?{asked}").status_code in (200, 302)


@pytest.mark.parametrize(
    "asked",
    [
        *("id__in=99999999999999999999", "id__gt=1e400", "id=99999999999999999999"),
        *("publish_at__gte=0001-01-01T00:00Z", "publish_at__lte=9999-12-31T23:59-14:00"),
        *("publish_at__gte=0000-00-00", "created_at=0001-01-01T00:00:00%2B23:59", "film__in=x"),
        *(
            "film__isnull=maybe",
            "section__id__exact=-99999999999999999999",
            "rating__in=99999999999",
        ),
    ],
)
def test_what_is_beyond_a_database_is_told_apart_from_what_is_broken(
    administrator: Client, asked: str
) -> None:
    assert administrator.get(f"/admin/reviews/review/?{asked}").status_code < 500
