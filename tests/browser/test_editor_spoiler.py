"""Spoilers in the body's editor: folded and unfolded with a button, and as readers meet them."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.factories import make_article, make_draft, make_image

from . import axe
from .test_editor_body import PASTE, body_of, insert_picture, open_new, wait_for_pictures
from .windows import press_and_close

FOLD = "Fold what is selected as a spoiler"
UNFOLD = "Unfold the spoiler: show what it hides openly"


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()


def open_body(page: Page, body: str) -> None:
    page.goto(f"/admin/reviews/review/{make_draft(body=body).pk}/change/")


def select(page: Page, first: str, last: str) -> None:
    """From the beginning of the words `first` to the end of the words `last`."""
    tiptap = page.locator(".tiptap")
    tiptap.get_by_text(first, exact=True).click()
    page.keyboard.press("Home")
    while last not in page.evaluate("getSelection().toString()"):
        page.keyboard.press("Shift+ArrowDown")
        page.keyboard.press("Shift+End")


def test_selected_paragraphs_and_lists_are_folded_and_unfolded(desk: Page) -> None:
    held = "<p>She leaves.</p><ul><li><p>By sea.</p></li></ul>"
    open_body(desk, f"<p>Before.</p>{held}<p>After.</p>")
    select(desk, "She leaves.", "By sea.")
    press(desk, FOLD)
    spoiler = desk.get_by_role("group", name="Spoiler: folded until a reader opens it")
    expect(spoiler).to_have_text("She leaves.By sea.")
    assert body_of(desk) == f"<p>Before.</p><details>{held}</details><p>After.</p>"

    desk.locator(".tiptap").get_by_text("By sea.").click()
    expect(desk.get_by_role("button", name=FOLD)).to_be_hidden()
    press(desk, UNFOLD)
    assert body_of(desk) == f"<p>Before.</p>{held}<p>After.</p>"


def test_a_spoiler_is_written_from_the_keyboard_and_left_with_enter(desk: Page) -> None:
    open_new(desk, "She leaves.")
    press(desk, FOLD)
    for words in ("In the sea.", "", "After."):
        desk.keyboard.press("Enter")
        desk.keyboard.type(words)
    assert body_of(desk) == ("<details><p>She leaves.</p><p>In the sea.</p></details><p>After.</p>")


def test_a_picture_is_put_into_the_spoiler_that_holds_the_cursor(desk: Page) -> None:
    image = make_image()
    open_new(desk, "She leaves.")
    press(desk, FOLD)
    insert_picture(desk, image)
    desk.keyboard.type("The sea")
    assert body_of(desk) == (
        f'<details><p>She leaves.</p><figure data-image="{image.pk}"><figcaption>The sea'
        "</figcaption></figure></details>"
    )


@pytest.mark.parametrize("key", ["Backspace", "Delete"])
def test_a_key_at_the_edge_brings_nothing_to_light(desk: Page, key: str) -> None:
    body = "<p>Before.</p><details><p>She leaves.</p></details><p>After.</p>"
    open_body(desk, body)
    desk.locator(".tiptap").get_by_text("She leaves.").click()
    desk.keyboard.press("Home" if key == "Backspace" else "End")
    desk.keyboard.press(key)
    assert body_of(desk) == body


def test_a_paste_into_it_stays_hidden(desk: Page) -> None:
    open_body(desk, "<p>Before.</p><details><p>She</p><p>leaves.</p></details><p>After.</p>")
    desk.locator(".tiptap").get_by_text("She").click()
    desk.keyboard.press("End")
    desk.evaluate(PASTE, "<h2>Then</h2><p>alone</p><details><p>by sea</p></details><hr>")
    stored = body_of(desk)
    openly = "".join(re.split("<details>.*?</details>", stored))
    assert stored.count("<details>") == stored.count("</details>") >= 1
    for words in ("She", "leaves", "by sea"):
        assert words in stored
        assert words not in openly


def test_the_end_of_a_review_is_folded_whatever_it_is_made_of(desk: Page) -> None:
    pictures = "".join(
        f'<figure data-image="{make_image().pk}"><figcaption></figcaption></figure>' for _ in "ab"
    )
    end = (
        "<h2>The end</h2><p>She leaves.</p><hr><aside><p>By sea.</p></aside>"
        f'<div data-gallery="">{pictures}</div><h3>And then</h3><p>Nothing.</p>'
    )
    open_body(desk, f"<p>Before.</p>{end}")
    wait_for_pictures(desk)
    select(desk, "The end", "Nothing.")
    press(desk, FOLD)
    assert body_of(desk) == f"<p>Before.</p><details>{end}</details>"

    desk.locator(".tiptap").get_by_text("And then").click()
    press(desk, UNFOLD)
    assert body_of(desk) == f"<p>Before.</p>{end}"


def test_a_spoiler_among_what_is_folded_becomes_part_of_it(desk: Page) -> None:
    first, second = "<p>She leaves.</p>", "<details><p>By sea.</p><p>Alone.</p></details>"
    open_body(desk, f"<p>Before.</p>{first}{second}<p>At night.</p><p>After.</p>")
    select(desk, "She leaves.", "By sea.")
    press(desk, FOLD)
    select(desk, "Alone.", "At night.")
    press(desk, FOLD)
    held = "<p>She leaves.</p><p>By sea.</p><p>Alone.</p><p>At night.</p>"
    assert body_of(desk) == f"<p>Before.</p><details>{held}</details><p>After.</p>"


def test_a_gallery_is_put_into_the_spoiler_that_holds_the_cursor(desk: Page) -> None:
    image = make_image()
    open_body(desk, "<p>Before.</p><details><p>She leaves.</p></details><p>After.</p>")
    desk.locator(".tiptap").get_by_text("She leaves.").click()
    with desk.expect_popup() as opened:
        press(desk, "Insert gallery")
    press_and_close(opened.value.locator(f'a[data-popup-opener="{image.pk}"]').first)
    gallery = desk.locator(".desk-spoiler .desk-gallery")
    with desk.expect_popup() as opened:
        gallery.get_by_role("button", name="Add picture").click()
    press_and_close(opened.value.locator(f'a[data-popup-opener="{image.pk}"]').first)
    picture = f'<figure data-image="{image.pk}"><figcaption></figcaption></figure>'
    assert body_of(desk) == (
        f'<p>Before.</p><details><p>She leaves.</p><div data-gallery="">{2 * picture}</div>'
        "</details><p>After.</p>"
    )


def spoiled() -> str:
    image = make_image()
    held = f'<p>She leaves by sea.</p><figure data-image="{image.pk}"></figure>'
    held += "<ul><li><p>Alone.</p></li></ul><h2>At sea</h2><aside><p>Alone.</p></aside><hr>"
    held += f'<div data-gallery>{2 * f"""<figure data-image="{image.pk}"></figure>"""}</div>'
    body = f"<p>Before.</p><details>{held}</details><p>After.</p>"
    return make_article(body=body).get_absolute_url()


def test_a_reader_opens_it_with_a_key_and_without_script(page_without_scripts: Page) -> None:
    page = page_without_scripts
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(spoiled())
    hidden = page.get_by_text("She leaves by sea.")
    expect(hidden).to_be_hidden()
    summary = page.locator(".prose summary")
    expect(summary).to_have_text("Spoiler: press to read")
    summary.focus()
    page.keyboard.press("Enter")
    expect(hidden).to_be_visible()


def test_it_is_opened_on_paper(page: Page) -> None:
    page.goto(spoiled())
    hidden = page.locator(".spoiler p", has_text="She leaves")
    assert not hidden.evaluate("(words) => words.checkVisibility({ contentVisibilityAuto: true })")
    page.emulate_media(media="print")
    assert hidden.evaluate("(words) => words.checkVisibility() && words.offsetHeight > 0")


def test_axe_finds_nothing_folded_or_open(axe_page: Page) -> None:
    assert axe.everywhere(axe_page, spoiled()) == []
    axe_page.locator(".prose summary").click()
    assert axe.violations(axe_page) == []
