"""The review's form in a browser: nothing typed is lost on the way to a film or past an error."""

import pytest
from playwright.sync_api import Page, expect

from reviews.models import Film, Review
from tests.factories import make_film, make_image

from .windows import press_and_close, press_and_follow

ADD = "/admin/reviews/review/add/"


@pytest.fixture
def desk(desk: Page) -> Page:
    """With a review begun in the form."""
    desk.goto(ADD)
    desk.get_by_label("Headline").fill("“Aloners” Review")
    desk.locator(".tiptap").click()
    desk.keyboard.type("An hour of work.")
    return desk


def save(page: Page) -> Review:
    press_and_follow(page.get_by_role("button", name="Save", exact=True))
    expect(page.locator(".messagelist .success")).to_be_visible()
    return Review.objects.get()


def test_a_film_is_added_in_a_window_of_its_own_without_losing_the_text(desk: Page) -> None:
    with desk.expect_popup() as opened:
        desk.locator("#add_id_film").click()
    window = opened.value
    window.get_by_label("Title:").first.fill("Aloners")
    window.get_by_label("Year").first.fill("2021")
    press_and_close(window.get_by_role("button", name="Save", exact=True))
    expect(desk.locator(".field-film .select2-selection__rendered")).to_contain_text(
        "Aloners (2021)"
    )
    review = save(desk)
    assert review.film == Film.objects.get()
    assert (review.slug, review.body) == ("aloners-review", "<p>An hour of work.</p>")


def test_a_film_is_found_by_its_original_title(desk: Page) -> None:
    film = make_film("Aloners", original=("혼자 사는 사람들", "ko"))
    make_film("Another")
    desk.locator(".field-film .select2-selection").click()
    desk.locator(".select2-search__field").last.fill("혼자")
    desk.locator(".select2-results__option", has_text="Aloners (2021)").click()
    assert save(desk).film == film


def test_stars_are_chosen_with_a_click_or_the_arrow_keys(desk: Page) -> None:
    desk.get_by_role("radio", name="3½ stars", exact=True).check()
    desk.keyboard.press("ArrowRight")
    assert save(desk).rating == 8


def test_the_lead_picture_is_chosen_from_the_library(desk: Page) -> None:
    image = make_image()
    with desk.expect_popup() as opened:
        desk.locator("#lookup_id_lead_image").click()
    press_and_close(opened.value.locator(f'a[data-popup-opener="{image.pk}"]').first)
    expect(desk.locator(".field-lead_image img")).to_have_attribute(
        "src", f"/admin/reviews/image/{image.pk}/thumbnail/"
    )
    assert save(desk).lead_image == image
    desk.get_by_role("button", name="Take out").click()
    assert save(desk).lead_image is None


def test_an_error_keeps_every_word_in_the_editor(desk: Page) -> None:
    desk.get_by_role("combobox", name="Language").fill("Engish")
    desk.get_by_role("button", name="Save and publish").click()
    expect(desk.locator(".field-language .errorlist")).to_contain_text("Write its English name")
    expect(desk.locator(".tiptap")).to_contain_text("An hour of work.")


@pytest.mark.parametrize("width", [390, 1280])
def test_the_form_fits_its_screen(desk: Page, width: int) -> None:
    save(desk)
    desk.set_viewport_size({"width": width, "height": 900})
    assert desk.evaluate("document.documentElement.scrollWidth") <= width
