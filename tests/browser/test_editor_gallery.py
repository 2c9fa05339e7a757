"""Galleries in the body's editor: made, ordered and taken apart with buttons, shown on the page."""

import re

from playwright.sync_api import Page, expect

from reviews.models import Article, Image
from tests.factories import make_article, make_draft, make_image

from .body import (
    ADD,
    PASTE,
    begin,
    choose_pictures,
    open_draft,
    saved,
    wait_for_pictures,
    written,
)


def stills(count: int) -> list[Image]:
    return [
        make_image(alt_text=f"Still {n}", credit_line=f"Image © Source {n}", width=320, height=180)
        for n in range(1, count + 1)
    ]


def figures(*images: Image) -> str:
    return "".join(
        f'<figure data-image="{image.pk}"><figcaption></figcaption></figure>' for image in images
    )


def open_gallery(form: Page, *images: Image) -> None:
    begin(form, f'<p>A.</p><div data-gallery="">{figures(*images)}</div>')
    expect(form.locator(".desk-gallery .desk-picture__credit")).to_have_count(len(images))


def test_a_gallery_of_three_is_made_and_stands_on_the_page(desk: Page) -> None:
    first, second, third = stills(3)
    desk.goto(ADD)
    desk.get_by_label("Headline").fill("“Aloners” Review")
    begin(desk, words="Before.")
    choose_pictures(desk, first, by="Insert gallery")
    gallery = desk.get_by_role("group", name=re.compile("^Gallery of"))
    expect(gallery).to_contain_text("a single picture is saved without a gallery")
    desk.keyboard.type("The first")
    choose_pictures(desk, second, third, by="Add picture")
    expect(gallery).to_have_accessible_name("Gallery of 3 pictures")
    desk.keyboard.press("Enter")
    desk.keyboard.type("After.")
    stored = saved(desk)
    assert stored == (
        f'<p>Before.</p><div data-gallery="">{figures(first, second, third)}</div><p>After.</p>'
    ).replace("<figcaption></figcaption>", "<figcaption>The first</figcaption>", 1)
    assert set(Article.objects.get().body_images.all()) == {first, second, third}

    desk.goto(make_article(body=stored).get_absolute_url())
    shown = desk.get_by_role("group", name="Gallery of 3 pictures")
    expect(shown.get_by_role("img", name="Still 3")).to_be_attached()
    for image in (first, second, third):
        expect(shown.get_by_text(image.credit_line)).to_be_visible()
    desk.set_viewport_size({"width": 320, "height": 700})
    assert desk.evaluate("document.documentElement.scrollWidth") <= 320


def test_paragraphs_pasted_into_a_caption_are_one_line_of_it(form: Page) -> None:
    first, second = stills(2)
    open_gallery(form, first, second)
    form.locator(".tiptap figcaption").first.click()
    form.evaluate(PASTE, "<p>Jina, <i>alone</i></p><p>at lunch<br>again</p>")
    caption = "<figcaption>Jina, <em>alone</em> at lunch again</figcaption>"
    gallery = figures(first, second).replace("<figcaption></figcaption>", caption, 1)
    assert written(form) == f'<p>A.</p><div data-gallery="">{gallery}</div>'
    note = form.locator(".desk-left-out")
    expect(note).to_contain_text("Put into the caption, as one line.")
    note.get_by_role("button", name="Hide this").click()
    expect(note).to_have_count(0)


def test_in_a_body_that_begins_with_a_picture_nobody_starts_in_its_caption(desk: Page) -> None:
    (picture,) = stills(1)
    open_draft(desk, make_draft(body=f"{figures(picture)}<p>It opens.</p>"))
    wait_for_pictures(desk)
    desk.locator("label[for=id_body]").click()
    desk.evaluate(PASTE, "<p>At night.</p>")
    assert written(desk) == f"{figures(picture)}<p>At night.It opens.</p>"
    desk.locator(".tiptap figcaption").click()
    expect(desk.get_by_role("button", name="Caption", exact=True)).to_be_visible()


def test_pictures_change_places_from_the_keyboard(form: Page) -> None:
    first, second, third = stills(3)
    open_gallery(form, first, second, third)
    last = form.locator(".desk-gallery .desk-picture").nth(2)
    last.get_by_role("button", name="Move earlier").focus()
    form.keyboard.press("Enter")
    form.keyboard.press("Enter")
    lines = form.locator(".desk-gallery .desk-picture__credit")
    expect(lines).to_have_text([image.credit_line for image in (third, first, second)])
    form.keyboard.press("Enter")  # at the end the focus is on the way back
    expect(lines).to_have_text([image.credit_line for image in (first, third, second)])
    assert f'<div data-gallery="">{figures(first, third, second)}</div>' in written(form)


def test_a_gallery_left_with_one_picture_is_that_picture(form: Page) -> None:
    first, second = stills(2)
    open_gallery(form, first, second)
    wait_for_pictures(form)
    form.locator(".desk-gallery .desk-picture").first.get_by_role("button", name="Remove").click()
    assert written(form) == f"<p>A.</p>{figures(second)}"


def test_removing_the_last_picture_removes_the_gallery(form: Page) -> None:
    first, second = stills(2)
    open_gallery(form, first, second)
    pictures = form.locator(".desk-gallery .desk-picture")
    for left in (1, 0):
        pictures.first.get_by_role("button", name="Remove", exact=True).click()
        expect(pictures).to_have_count(left)
    assert written(form) == "<p>A.</p>"


def test_a_gallery_is_taken_apart_or_removed_whole(form: Page) -> None:
    first, second = stills(2)
    open_gallery(form, first, second)
    form.get_by_role("button", name="Take apart").click()
    assert written(form) == f"<p>A.</p>{figures(first, second)}"
    open_gallery(form, first, second)
    form.get_by_role("button", name="Remove gallery").click()
    assert written(form) == "<p>A.</p>"


def test_a_button_stays_under_the_finger_while_the_library_answers(form: Page) -> None:
    first, second = stills(2)
    open_gallery(form, first, second)
    for still in form.locator(".desk-picture img").all():
        expect(still).to_have_js_property("complete", True)
    remove = form.locator(".desk-picture").first.get_by_role("button", name="Remove", exact=True)
    remove.hover()
    form.mouse.down()
    Image.objects.filter(pk=first.pk).update(credit_line="Image © Somebody else")
    form.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(form.get_by_text("Image © Somebody else")).to_be_visible()
    form.mouse.up()
    expect(form.locator(".desk-picture")).to_have_count(1)
