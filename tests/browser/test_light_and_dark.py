"""Readers choose light or dark; it is there before the first paint, and no cookie is kept."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.factories import make_article

from .frames import until

pytestmark = pytest.mark.django_db(transaction=True)
PAPER = "getComputedStyle(document.body).backgroundColor"
DAY, NIGHT = "rgb(252, 252, 249)", "rgb(19, 19, 22)"
# The paper at the first frame that has a body, noted before any other script of the page.
FIRST_PAPER = f"""
  const look = () => document.body ? (window.first = {PAPER}) : requestAnimationFrame(look)
  requestAnimationFrame(look)
"""


@pytest.mark.parametrize(("scheme", "paper"), [("light", DAY), ("dark", NIGHT)])
def test_until_they_choose_the_device_does(page: Page, scheme: str, paper: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto("/")
    assert page.evaluate(PAPER) == paper


def test_a_choice_holds_on_every_page_from_its_first_frame(page: Page) -> None:
    article = make_article()
    page.emulate_media(color_scheme="light")
    page.add_init_script(FIRST_PAPER)
    page.goto("/")
    page.get_by_role("button", name="Switch between light and dark").click()
    assert page.evaluate(PAPER) == NIGHT
    page.goto(article.get_absolute_url())
    until(page, "window.first")
    assert page.evaluate("window.first") == NIGHT
    assert page.context.cookies() == []
    expect(page.locator("meta[name=theme-color][media=all]")).to_have_attribute(
        "content", "#131316"
    )
    page.get_by_role("button", name="Switch between light and dark").click()
    assert page.evaluate(PAPER) == DAY


def test_found_words_and_stars_stay_in_sight_in_the_devices_own_colours(page: Page) -> None:
    make_article(headline="The lantern", standfirst="A lantern and the sea.")
    page.emulate_media(color_scheme="dark", forced_colors="active")
    page.goto("/search/?q=lantern")
    ink, paper = page.locator("mark").first.evaluate(
        "mark => [getComputedStyle(mark).color, getComputedStyle(mark).backgroundColor]"
    )
    assert (ink, paper) == ("rgb(0, 0, 0)", "rgb(255, 255, 0)")
    page.goto("/")
    full, empty = (
        page.locator(f".stars__{part}").first.evaluate(
            "star => [getComputedStyle(star).fill, getComputedStyle(star).stroke]"
        )
        for part in ("full", "empty")
    )
    ink = "rgb(255, 255, 255)"  # of that device
    assert (full, empty) == ([ink, "none"], ["none", ink])


def test_without_scripts_there_is_no_switch_that_does_nothing(
    page_without_scripts: Page, live_server: object
) -> None:
    page_without_scripts.goto(f"{live_server}/")
    expect(page_without_scripts.locator(".theme")).to_be_hidden()


def test_what_was_kept_by_somebody_else_does_no_harm(browser: Browser, live_server: object) -> None:
    page = browser.new_page(base_url=str(live_server), color_scheme="light")
    page.add_init_script("localStorage.theme = 'purple'")
    page.goto("/")
    assert page.evaluate(PAPER) == DAY
    page.close()
