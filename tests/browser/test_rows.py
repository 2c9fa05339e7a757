"""Rows of what a piece has several of: whoever fills one in has the next below it."""

import pytest
from playwright.sync_api import Page, expect

from reviews.models import CoveredFilm
from tests.factories import make_film

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_last_row_is_followed_by_another_once_something_stands_in_it(desk: Page) -> None:
    for title in ("Aniara", "Burning", "Columbus"):
        make_film(title)
    desk.goto("/admin/reviews/article/add/")
    rows = desk.locator("#covered_films-group .form-row:not(.empty-form)")
    expect(rows).to_have_count(1)
    for number, title in enumerate(("Aniara", "Burning", "Columbus")):
        rows.nth(number).get_by_role("combobox", name="Film").press("Enter")
        desk.keyboard.type(title)
        desk.get_by_role("option", name=title).click()
        expect(rows).to_have_count(number + 2)
    rows.nth(0).get_by_label("Stars").select_option("3 stars")
    expect(rows).to_have_count(4)
    desk.get_by_label("Headline").fill("Three from the coast")
    desk.get_by_label("Section").select_option(index=1)
    desk.get_by_role("button", name="Save", exact=True).first.click()
    expect(desk.get_by_text("Saved at")).to_be_visible()
    kept = CoveredFilm.objects.values_list("film__title", "rating")
    assert [*kept] == [("Aniara", 6), ("Burning", None), ("Columbus", None)]
