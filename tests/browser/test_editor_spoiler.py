"""Spoilers in the body's editor: folded and unfolded with a button, and as readers meet them."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.factories import make_article, make_draft, make_image

from . import axe
from .body import (
    PASTE,
    begin,
    choose_picture,
    choose_pictures,
    heard,
    open_draft,
    saved,
    wait_for_pictures,
    written,
)

FOLD = "Fold as spoiler what is selected"
UNFOLD = "Unfold the spoiler: show what it hides openly"


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()


def select(page: Page, first: str, last: str) -> None:
    """From the beginning of the words `first` to the end of the words `last`."""
    tiptap = page.locator(".tiptap")
    tiptap.get_by_text(first, exact=True).click()
    page.keyboard.press("Home")
    heard(page)
    while last not in page.evaluate("getSelection().toString()"):
        page.keyboard.press("Shift+ArrowDown")
        page.keyboard.press("Shift+End")


def test_selected_paragraphs_and_lists_are_folded_and_unfolded(desk: Page) -> None:
    held = "<p>She leaves.</p><ul><li><p>By sea.</p></li></ul>"
    open_draft(desk, make_draft(body=f"<p>Before.</p>{held}<p>After.</p>"))
    select(desk, "She leaves.", "By sea.")
    press(desk, FOLD)
    spoiler = desk.get_by_role("group", name="Spoiler: folded until a reader opens it")
    expect(spoiler).to_have_text("She leaves.By sea.")
    assert saved(desk) == f"<p>Before.</p><details>{held}</details><p>After.</p>"

    desk.locator(".tiptap").get_by_text("By sea.").click()
    expect(desk.get_by_role("button", name=FOLD)).to_be_hidden()
    press(desk, UNFOLD)
    assert saved(desk) == f"<p>Before.</p>{held}<p>After.</p>"


def test_a_spoiler_is_written_from_the_keyboard_and_left_with_enter(form: Page) -> None:
    begin(form, words="She leaves.")
    press(form, FOLD)
    for words in ("In the sea.", "", "After."):
        form.keyboard.press("Enter")
        form.keyboard.type(words)
    assert written(form) == ("<details><p>She leaves.</p><p>In the sea.</p></details><p>After.</p>")


def test_a_picture_is_put_into_the_spoiler_that_holds_the_cursor(form: Page) -> None:
    image = make_image()
    begin(form, words="She leaves.")
    press(form, FOLD)
    choose_picture(form, image, by="Insert picture")
    form.keyboard.type("The sea")
    assert written(form) == (
        f'<details><p>She leaves.</p><figure data-image="{image.pk}"><figcaption>The sea'
        "</figcaption></figure></details>"
    )


@pytest.mark.parametrize("key", ["Backspace", "Delete"])
def test_a_key_at_the_edge_brings_nothing_to_light(form: Page, key: str) -> None:
    body = "<p>Before.</p><details><p>She leaves.</p></details><p>After.</p>"
    begin(form, body)
    form.locator(".tiptap").get_by_text("She leaves.").click()
    form.keyboard.press("Home" if key == "Backspace" else "End")
    heard(form)
    form.keyboard.press(key)
    assert written(form) == body


def test_a_paste_into_it_stays_hidden(form: Page) -> None:
    begin(form, "<p>Before.</p><details><p>She</p><p>leaves.</p></details><p>After.</p>")
    form.locator(".tiptap").get_by_text("She").click()
    form.keyboard.press("End")
    heard(form)
    form.evaluate(PASTE, "<h2>Then</h2><p>alone</p><details><p>by sea</p></details><hr>")
    stored = written(form)
    openly = "".join(re.split("<details>.*?</details>", stored))
    assert stored.count("<details>") == stored.count("</details>") >= 1
    for words in ("She", "leaves", "by sea"):
        assert words in stored
        assert words not in openly


def test_the_end_of_a_review_is_folded_whatever_it_is_made_of(form: Page) -> None:
    pictures = "".join(
        f'<figure data-image="{make_image().pk}"><figcaption></figcaption></figure>' for _ in "ab"
    )
    end = (
        "<h2>The end</h2><p>She leaves.</p><hr><aside><p>By sea.</p></aside>"
        f'<div data-gallery="">{pictures}</div><h3>And then</h3><p>Nothing.</p>'
    )
    begin(form, f"<p>Before.</p>{end}")
    wait_for_pictures(form)
    select(form, "The end", "Nothing.")
    press(form, FOLD)
    assert written(form) == f"<p>Before.</p><details>{end}</details>"

    form.locator(".tiptap").get_by_text("And then").click()
    press(form, UNFOLD)
    assert written(form) == f"<p>Before.</p>{end}"


def test_a_spoiler_among_what_is_folded_becomes_part_of_it(form: Page) -> None:
    first, second = "<p>She leaves.</p>", "<details><p>By sea.</p><p>Alone.</p></details>"
    begin(form, f"<p>Before.</p>{first}{second}<p>At night.</p><p>After.</p>")
    select(form, "She leaves.", "By sea.")
    press(form, FOLD)
    select(form, "Alone.", "At night.")
    press(form, FOLD)
    held = "<p>She leaves.</p><p>By sea.</p><p>Alone.</p><p>At night.</p>"
    assert written(form) == f"<p>Before.</p><details>{held}</details><p>After.</p>"


def test_a_gallery_is_put_into_the_spoiler_that_holds_the_cursor(form: Page) -> None:
    image = make_image()
    begin(form, "<p>Before.</p><details><p>She leaves.</p></details><p>After.</p>")
    form.locator(".tiptap").get_by_text("She leaves.").click()
    choose_pictures(form, image, by="Insert gallery")
    expect(form.locator(".desk-spoiler .desk-gallery")).to_be_visible()
    choose_pictures(form, image, by="Add picture")
    picture = f'<figure data-image="{image.pk}"><figcaption></figcaption></figure>'
    assert written(form) == (
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
