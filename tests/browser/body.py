"""The body of a review in its form: begun, pasted into, and read as it would be stored."""

import re

from playwright.sync_api import Locator, Page, expect

from reviews import prose
from reviews.models import Article, Image

from .windows import press_and_close, press_and_follow

ADD = "/admin/reviews/review/add/"

# As it is when the form has just been opened: nothing to undo, nothing chosen, nothing said.
BEGIN = """html => {
  const { editor } = document.querySelector(".tiptap")
  editor.commands.setContent(html)
  const { doc, plugins, constructor } = editor.state
  editor.view.updateState(constructor.create({ doc, plugins }))
  document.activeElement.blur()
  document.querySelector(".desk-left-out")?.remove()
  scrollTo(0, 0)
}"""

# Where the cursor went with the last key the editor hears a moment later: nobody pastes before.
PASTE = """async html => {
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)))
  const data = new DataTransfer()
  data.setData("text/html", html)
  const paste = new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true})
  document.querySelector(".tiptap").dispatchEvent(paste)
}"""


def begin(form: Page, stored: str = "", *, words: str = "") -> None:
    """The body as it is stored, or nothing; then `words` are put in, all at once: each key takes 25
    milliseconds of the processor, and they are pressed one by one in test_unsaved_words.py."""
    form.locator(".tiptap").wait_for()  # its script comes after the page
    form.evaluate(BEGIN, stored)
    if words:
        form.locator(".tiptap").click()
        form.keyboard.insert_text(words)


def heard(form: Page) -> None:
    """Until the editor knows where the last key or click put the cursor, and the form what the
    editor holds: both a moment later."""
    form.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")


def open_draft(page: Page, article: Article) -> None:
    page.goto(f"/admin/reviews/review/{article.pk}/change/")


def written(form: Page) -> str:
    """What would be stored: what the form sends, as the sanitiser leaves it. That no more and no
    less is saved, and comes back, is asserted by those that use `saved`."""
    heard(form)
    return prose.clean(form.locator("textarea#id_body").input_value())


def saved(page: Page) -> str:
    """Saves, and reads back what is stored."""
    press_and_follow(page.get_by_role("button", name="Save", exact=True))
    expect(page.locator(".messagelist .success")).to_be_visible()
    return Article.objects.get().body


def wait_for_pictures(page: Page) -> None:
    """Until they are drawn; until then they move what stands below them."""
    for still in page.locator(".desk-picture__still").all():
        expect(still).to_have_attribute("src", re.compile("."))
        expect(still).to_have_js_property("complete", True)


def choose_picture(page: Page, image: Image, *, by: str) -> None:
    """In the library's window, which a button opens."""
    press_and_close(_tile(_window(page, by), image))


def choose_pictures(page: Page, *images: Image, by: str) -> None:
    """Several, for a gallery: each is pressed, the last after a search, then all are used."""
    window = _window(page, by)
    for image in images:
        if image is images[-1]:
            window.locator("#searchbar").fill(f"no. {image.pk}")
            press_and_follow(window.get_by_role("button", name="Search"))
        _tile(window, image).click()
    number = len(images)
    said = f"Use {number} picture{'s' if number > 1 else ''}"
    press_and_close(window.get_by_role("button", name=said, exact=True))


def _window(page: Page, by: str) -> Page:
    """When its scripts are there, which a press on a picture needs."""
    with page.expect_popup() as opened:
        page.get_by_role("button", name=by).click()
    opened.value.wait_for_load_state()
    return opened.value


def _tile(window: Page, image: Image) -> Locator:
    return window.locator(f'a[data-popup-opener="{image.pk}"]').first
