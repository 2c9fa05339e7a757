"""The body's editor in a browser: pictures by reference, phrases, and what a paste leaves."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from reviews.models import Article, Image, Review
from tests.factories import make_draft, make_image, make_section, make_user, picture_bytes

from .conftest import LogIn
from .windows import press_and_close, press_and_follow

ADD = "/admin/reviews/review/add/"


def body_of(page: Page) -> str:
    """Saves, and reads back what is stored."""
    press_and_follow(page.get_by_role("button", name="Save", exact=True))
    expect(page.locator(".messagelist .success")).to_be_visible()
    return Article.objects.get().body


def wait_for_pictures(page: Page) -> None:
    """Until they are drawn; until then they move what stands below them."""
    for still in page.locator(".desk-picture__still").all():
        expect(still).to_have_attribute("src", re.compile("."))
        expect(still).to_have_js_property("complete", True)


def open_new(page: Page, words: str = "") -> None:
    page.goto(ADD)
    page.get_by_label("Headline").fill("“Aloners” Review")
    page.locator(".tiptap").click()
    page.keyboard.type(words)


def insert_picture(page: Page, image: Image) -> None:
    with page.expect_popup() as opened:
        page.get_by_role("button", name="Insert picture").click()
    library = opened.value
    press_and_close(library.locator(f'a[data-popup-opener="{image.pk}"]').first)


def test_a_picture_is_placed_by_reference_with_a_caption_of_its_own(desk: Page) -> None:
    make_image(alt_text="Another one")
    image = make_image(caption="As the library says it")
    open_new(desk, "Before.")
    insert_picture(desk, image)
    figure = desk.locator("figure.desk-picture")
    expect(figure).to_contain_text(image.credit_line)
    expect(figure.locator("img")).to_have_attribute("alt", image.alt_text)
    expect(figure.locator("figcaption")).to_have_attribute(
        "data-placeholder", "As the library says it"
    )
    desk.keyboard.type("Jina eats")
    desk.keyboard.press("Enter")
    desk.keyboard.type("After.")
    assert body_of(desk) == (
        f'<p>Before.</p><figure data-image="{image.pk}"><figcaption>Jina eats</figcaption>'
        "</figure><p>After.</p>"
    )
    assert list(Article.objects.get().body_images.all()) == [image]
    expect(desk.locator("figure.desk-picture")).to_contain_text(image.credit_line)


def test_a_picture_is_added_to_the_library_on_the_way(desk: Page, tmp_path: Path) -> None:
    still = tmp_path / "still.jpg"
    still.write_bytes(picture_bytes(320, 180))
    open_new(desk)
    with desk.expect_popup() as opened:
        desk.get_by_role("button", name="Insert picture").click()
    library = opened.value
    library.get_by_role("link", name="Add image").click()
    library.get_by_label("Picture:").set_input_files(still)
    library.get_by_label("Credit line").fill("Image © Someone")
    library.get_by_label("Alternative text").fill("A kitchen at night")
    press_and_close(library.get_by_role("button", name="Save", exact=True))
    expect(desk.locator("figure.desk-picture")).to_contain_text("Image © Someone")
    image = Image.objects.get()
    assert body_of(desk) == f'<figure data-image="{image.pk}"><figcaption></figcaption></figure>'


def test_a_picture_is_changed_and_removed(desk: Page) -> None:
    first, second = make_image(), make_image(credit_line="Photograph: Ana Ruiz")
    body = f'<p>A.</p><figure data-image="{first.pk}"><figcaption>Kept</figcaption></figure>'
    article = make_draft(body=body)
    desk.goto(f"/admin/reviews/review/{article.pk}/change/")
    with desk.expect_popup() as opened:
        desk.get_by_role("button", name="Change picture").click()
    press_and_close(opened.value.locator(f'a[data-popup-opener="{second.pk}"]').first)
    expect(desk.locator("figure.desk-picture")).to_contain_text("Photograph: Ana Ruiz")
    assert body_of(desk) == body.replace(str(first.pk), str(second.pk))
    wait_for_pictures(desk)
    desk.locator("figure").get_by_role("button", name="Remove").click()
    assert body_of(desk) == "<p>A.</p>"


def test_a_picture_without_its_credit_says_so_and_is_mended_from_here(desk: Page) -> None:
    image = make_image(credit_line="")
    article = make_draft(body=f'<figure data-image="{image.pk}"></figure>')
    desk.goto(f"/admin/reviews/review/{article.pk}/change/")
    figure = desk.locator("figure.desk-picture")
    expect(figure).to_contain_text("Cannot be published: no credit line.")
    with desk.expect_popup() as opened:
        figure.get_by_role("link", name="Mend in library").click()
    opened.value.get_by_label("Credit line").fill("Image © Someone")
    press_and_close(opened.value.get_by_role("button", name="Save", exact=True))
    desk.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(figure).to_contain_text("Image © Someone")


def test_words_in_another_language_are_marked(desk: Page) -> None:
    open_new(desk, "혼자")
    desk.keyboard.press("Control+a")
    desk.get_by_role("button", name="another language").click()
    dialog = desk.get_by_role("dialog")
    dialog.get_by_role("textbox").or_(dialog.get_by_role("combobox")).fill("Korean!")
    dialog.get_by_role("button", name="Mark the phrase").click()
    expect(dialog).to_be_visible()  # that is no language tag
    dialog.get_by_role("textbox").or_(dialog.get_by_role("combobox")).fill("ko")
    dialog.get_by_role("button", name="Mark the phrase").click()
    assert body_of(desk) == '<p><span lang="ko">혼자</span></p>'


def test_a_mark_is_taken_off_again(desk: Page) -> None:
    article = make_draft(body='<p><span lang="ko">혼자</span></p>')
    desk.goto(f"/admin/reviews/review/{article.pk}/change/")
    desk.locator(".tiptap span[lang]").click()
    desk.get_by_role("button", name="another language").click()
    desk.get_by_role("button", name="No other language").click()
    assert body_of(desk) == "<p>혼자</p>"


PASTE = """html => {
  const data = new DataTransfer()
  data.setData("text/html", html)
  const paste = new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true})
  document.querySelector(".tiptap").dispatchEvent(paste)
}"""


def test_a_paste_with_a_script_leaves_its_words_alone(desk: Page, broken: list[str]) -> None:
    open_new(desk)
    desk.evaluate(
        PASTE,
        '<h2 style="color:red">Title</h2><script>window.hacked = 1</script>'
        '<p onclick="x()">Words <img src="x" onerror="window.hacked = 1"></p>',
    )
    assert body_of(desk) == "<h2>Title</h2><p>Words</p>"
    assert desk.evaluate("window.hacked") is None
    assert all("inline" in stopped for stopped in broken)  # of the paste, and stopped besides
    broken.clear()


def test_the_menu_says_what_its_buttons_do(desk: Page) -> None:
    desk.goto(ADD)
    menu = desk.get_by_role("toolbar", name="Formatting")
    for words in ("Bold", "Italic", "Link the selected words", "Quotation", "Numbered list"):
        button = menu.get_by_role("button", name=words)
        expect(button).to_have_attribute("title", re.compile(words))


def test_the_checklist_leads_into_the_body(desk: Page) -> None:
    article = make_draft(body="")
    desk.goto(f"/admin/reviews/review/{article.pk}/change/")
    desk.get_by_role("link", name="Write the body.").click()
    expect(desk.locator(".tiptap")).to_be_focused()
    desk.keyboard.type("Written.")
    assert body_of(desk) == "<p>Written.</p>"


def test_without_scripts_the_body_is_typed_as_html(
    page_without_scripts: Page, log_in: LogIn
) -> None:
    make_section()
    page = page_without_scripts
    log_in(page, make_user("Editor"))
    page.goto(ADD)
    page.get_by_label("Headline").fill("“Aloners” Review")
    page.get_by_label("Body").fill("<p>Words.</p><script>x</script>")
    press_and_follow(page.get_by_role("button", name="Save", exact=True))
    review = Review.objects.get()
    assert (review.slug, review.body) == ("aloners-review", "<p>Words.</p>")


def test_a_paragraph_becomes_a_pull_quote_and_a_paragraph_again(desk: Page) -> None:
    open_new(desk, "She is never lonely.")
    button = desk.get_by_role("button", name="Set the paragraph large, beside the text")
    button.click()
    expect(desk.locator(".tiptap aside")).to_have_text("She is never lonely.")
    button.click()
    expect(desk.locator(".tiptap aside")).to_have_count(0)
    button.click()
    assert body_of(desk) == "<aside><p>She is never lonely.</p></aside>"


IN_VIEW = """() => {
  const cursor = getSelection().getRangeAt(0).getBoundingClientRect()
  const edge = (name) => document.querySelector(name).getBoundingClientRect()
  const above = cursor.top - edge(".prose-menubar").bottom
  const below = edge(".desk-buttons").top - cursor.bottom
  return above >= 0 && below >= 0
}"""


@pytest.mark.parametrize("slower", [1, 20])
def test_the_line_with_the_cursor_is_never_behind_the_buttons(desk: Page, slower: int) -> None:
    """ProseMirror takes a cursor for moved by a key only if the browser says so within 50 ms."""
    article = make_draft(body="<p>A paragraph.</p>" * 120)
    desk.goto(f"/admin/reviews/review/{article.pk}/change/")
    desk.locator(".tiptap p").nth(60).click()
    wire = desk.context.new_cdp_session(desk)
    for key in ("ArrowUp", "ArrowDown"):
        for pressed in range(30):
            rate = slower if pressed >= 26 else 1  # it is at the edge by then
            wire.send("Emulation.setCPUThrottlingRate", {"rate": rate})
            desk.keyboard.press(key)
        desk.wait_for_function(IN_VIEW)
