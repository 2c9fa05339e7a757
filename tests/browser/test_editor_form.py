"""The review's form in a browser: nothing typed is lost on the way to a film or past an error."""

import pytest
from playwright.sync_api import Page, expect

from reviews.models import Film, Review
from tests.factories import make_article, make_film, make_image

from .windows import press_and_close

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
    with page.expect_navigation():
        page.keyboard.press("Control+s")
    expect(page.locator(".messagelist .success")).to_be_visible()
    return Review.objects.get()


HALVES = """() => [...document.querySelectorAll(".stars > div:nth-child(-n + 10) label")]
  .map((half) => getComputedStyle(half, "::before").content[1]).join("")"""


def test_a_review_is_filled_in_without_losing_its_text(desk: Page) -> None:
    image = make_image()
    with desk.expect_popup() as opened:
        desk.locator("#add_id_film").click()
    window = opened.value
    window.get_by_label("Title:").first.fill("Aloners")
    window.get_by_label("Year").first.fill("2021")
    press_and_close(window.get_by_role("button", name="Save and close"))
    chosen = desk.locator(".field-film .select2-selection__rendered")
    expect(chosen).to_contain_text("Aloners (2021)")

    desk.get_by_role("radio", name="3½ stars", exact=True).check()
    desk.keyboard.press("ArrowRight")
    desk.emulate_media(forced_colors="active")  # one ink for all
    assert desk.evaluate(HALVES) == "★" * 8 + "☆" * 2
    desk.emulate_media(forced_colors="none")

    with desk.expect_popup() as opened:
        desk.locator("#lookup_id_lead_image").click()
    opened.value.wait_for_load_state()  # until then a picture's link leads to its form
    press_and_close(opened.value.locator(f'a[data-popup-opener="{image.pk}"]').first)
    thumbnail = f"/admin/reviews/image/{image.pk}/thumbnail/"
    expect(desk.locator(".field-lead_image img")).to_have_attribute("src", thumbnail)

    review = save(desk)
    assert review.film == Film.objects.get()
    assert (review.slug, review.body) == ("aloners-review", "<p>An hour of work.</p>")
    assert review.rating == 8
    assert review.lead_image == image


def test_who_finds_no_film_is_told_how_to_add_it(desk: Page) -> None:
    desk.locator(".field-film .select2-selection").click()
    desk.keyboard.type("no such film")
    answer = desk.locator(".select2-results")
    expect(answer).to_have_text("Nothing found. Not there yet? Add it with the green plus.")


def test_the_preview_of_a_desktop_is_as_wide_as_its_frame(desk: Page) -> None:
    with desk.expect_popup() as opened:
        desk.get_by_role("button", name="Preview").click()
    frame = opened.value.get_by_role("group", name="On a desktop")
    expect(frame).to_be_visible()
    assert frame.evaluate("frame => frame.scrollWidth - frame.clientWidth") == 0


def test_what_was_saved_fits_the_screen_and_is_chosen_anew(desk: Page) -> None:
    film = make_film("Aloners", original=("혼자 사는 사람들", "ko"))
    make_film("Another")
    Review.objects.filter(pk=save(desk).pk).update(lead_image=make_image(alt_text="A still"))
    desk.reload()
    for width in (390, 1190, 1280):
        desk.set_viewport_size({"width": width, "height": 900})
        assert desk.evaluate("document.documentElement.scrollWidth") <= width
        buttons = desk.locator(".desk-buttons")  # one row, in view
        expect(buttons).to_be_in_viewport(ratio=1)
        assert buttons.evaluate("(row) => row.clientHeight") < 60
        desk.get_by_text("Schedule…").click()
        expect(desk.get_by_label("Appears on")).to_be_in_viewport(ratio=1)
        desk.get_by_text("Schedule…").click()

    desk.locator(".field-film .select2-selection").click()
    typed = desk.locator(".select2-search__field").last
    typed.fill("혼자")
    found = desk.locator(".select2-results__option", has_text="Aloners (2021)")
    found.wait_for()
    heard = str(found.get_attribute("id"))  # the row the arrows are on
    expect(typed).to_have_attribute("aria-activedescendant", heard)
    found.click()
    still = desk.locator(".field-lead_image").get_by_role("img", name="A still")
    expect(still).to_be_visible()
    expect(desk.locator("#id_lead_image")).to_have_attribute("aria-hidden", "true")
    desk.get_by_role("button", name="Take out").click()
    expect(still).to_have_count(0)
    choose = desk.get_by_role("link", name="Choose from the library: Lead picture")
    expect(choose).to_be_focused()

    of_the_film, _ = make_image(film=film), make_image()
    with desk.expect_popup() as opened:
        choose.click()
    library = opened.value
    first = library.locator("a[data-popup-opener]").first
    expect(first).to_have_attribute("data-popup-opener", str(of_the_film.pk))
    library.get_by_role("link", name="Add pictures").click()
    expect(library.locator(".select2-selection").first).to_contain_text("Aloners (2021)")
    library.close()
    review = save(desk)
    assert review.film == film
    assert review.lead_image is None


def test_whoever_saves_goes_on_where_they_were(desk: Page) -> None:
    desk.evaluate(
        "document.querySelector('.tiptap').editor.commands.setContent('<p>A line.</p>'.repeat(80))"
    )
    line = desk.locator(".tiptap p").nth(70)
    line.click()
    desk.keyboard.press("End")
    before = line.evaluate("(it) => it.getBoundingClientRect().top")
    save(desk)
    expect(desk.get_by_role("status").filter(has_text="Saved at")).to_be_in_viewport(ratio=1)
    after = desk.locator(".tiptap p").nth(70).evaluate("(it) => it.getBoundingClientRect().top")
    assert abs(after - before) < 20
    desk.keyboard.type(" And more.")
    expect(desk.locator(".tiptap p").nth(70)).to_have_text("A line. And more.")
    expect(desk.get_by_text("Saved at")).to_have_count(0)
    assert "<p>A line. And more.</p>" in save(desk).body


def test_an_error_keeps_every_word_in_the_editor(desk: Page) -> None:
    desk.get_by_role("combobox", name="Language").fill("Engish")
    desk.get_by_role("button", name="Save and publish").click()
    expect(desk.locator(".field-language .errorlist")).to_contain_text("Write its English name")
    expect(desk.locator(".tiptap")).to_contain_text("An hour of work.")


def test_no_button_stands_on_a_long_headline(desk: Page) -> None:
    article = make_article(
        headline="“헤어질 결심”, 안개 속에서 끝내 붙잡지 못한 사람의 이름을 부르는 영화"
    )
    desk.goto(f"/admin/reviews/review/{article.pk}/change/")
    for width in (800, 1024, 1440):
        desk.set_viewport_size({"width": width, "height": 900})
        ends = desk.locator("#content > h1").evaluate(
            """(title) => {
                const words = document.createRange();
                words.selectNodeContents(title);
                return Math.max(...[...words.getClientRects()].map((line) => line.right));
            }"""
        )
        button = desk.get_by_role("link", name="View on site").bounding_box()
        assert button
        assert button["x"] > ends, width
