"""The body's editor in a browser: pictures by reference, phrases, and what a paste leaves."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from reviews.models import Article, Image, Review
from tests.factories import make_draft, make_image, make_section, make_user, picture_bytes

from .body import ADD, PASTE, begin, choose_picture, open_draft, saved, wait_for_pictures, written
from .conftest import LogIn
from .windows import press_and_close, press_and_follow


def test_a_picture_is_placed_by_reference_with_a_caption_of_its_own(desk: Page) -> None:
    make_image(alt_text="Another one")
    image = make_image(caption="As the library says it")
    desk.goto(ADD)
    desk.get_by_label("Headline").fill("“Aloners” Review")
    begin(desk, words="Before.")
    choose_picture(desk, image, by="Insert picture")
    figure = desk.locator("figure.desk-picture")
    expect(figure).to_contain_text(image.credit_line)
    expect(figure.locator("img")).to_have_attribute("alt", image.alt_text)
    expect(figure.locator("figcaption")).to_have_attribute(
        "data-placeholder", "As the library says it"
    )
    desk.keyboard.type("Jina eats")
    desk.keyboard.press("Enter")
    desk.keyboard.type("After.")
    assert saved(desk) == (
        f'<p>Before.</p><figure data-image="{image.pk}"><figcaption>Jina eats</figcaption>'
        "</figure><p>After.</p>"
    )
    assert list(Article.objects.get().body_images.all()) == [image]
    expect(desk.locator("figure.desk-picture")).to_contain_text(image.credit_line)


def test_a_picture_is_added_to_the_library_on_the_way(form: Page, tmp_path: Path) -> None:
    still = tmp_path / "still.jpg"
    still.write_bytes(picture_bytes(320, 180))
    begin(form)
    with form.expect_popup() as opened:
        form.get_by_role("button", name="Insert picture").click()
    library = opened.value
    library.get_by_role("link", name="Add one with all its words").click()
    library.get_by_label("Picture:").set_input_files(still)
    library.get_by_label("Credit line").fill("Image © Someone")
    library.get_by_label("Alternative text").fill("A kitchen at night")
    press_and_close(library.get_by_role("button", name="Save and close"))
    expect(form.locator("figure.desk-picture")).to_contain_text("Image © Someone")
    image = Image.objects.get()
    assert written(form) == f'<figure data-image="{image.pk}"><figcaption></figcaption></figure>'


def test_a_picture_is_changed_and_removed(desk: Page) -> None:
    first, second = make_image(), make_image(credit_line="Photograph: Ana Ruiz")
    body = f'<p>A.</p><figure data-image="{first.pk}"><figcaption>Kept</figcaption></figure>'
    open_draft(desk, make_draft(body=body))
    choose_picture(desk, second, by="Change picture")
    expect(desk.locator("figure.desk-picture")).to_contain_text("Photograph: Ana Ruiz")
    assert saved(desk) == body.replace(str(first.pk), str(second.pk))
    wait_for_pictures(desk)
    desk.locator("figure").get_by_role("button", name="Remove").click()
    assert written(desk) == "<p>A.</p>"


def test_a_picture_without_its_credit_says_so_and_is_mended_from_here(form: Page) -> None:
    image = make_image(credit_line="")
    begin(form, f'<figure data-image="{image.pk}"></figure>')
    figure = form.locator("figure.desk-picture")
    expect(figure).to_contain_text("Cannot be published: no credit line.")
    with form.expect_popup() as opened:
        figure.get_by_role("link", name="Correct in library").click()
    opened.value.get_by_label("Credit line").fill("Image © Someone")
    press_and_close(opened.value.get_by_role("button", name="Save and close"))
    form.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(figure).to_contain_text("Image © Someone")


def test_words_in_another_language_are_marked(form: Page) -> None:
    begin(form, words="혼자")
    form.keyboard.press("Control+a")
    form.get_by_role("button", name="another language").click()
    dialog = form.get_by_role("dialog")
    dialog.get_by_role("textbox").or_(dialog.get_by_role("combobox")).fill("Korean!")
    dialog.get_by_role("button", name="Mark the phrase").click()
    expect(dialog).to_be_visible()  # that is no language tag
    dialog.get_by_role("textbox").or_(dialog.get_by_role("combobox")).fill("ko")
    dialog.get_by_role("button", name="Mark the phrase").click()
    expect(dialog).to_be_hidden()
    assert written(form) == '<p><span lang="ko">혼자</span></p>'


def test_a_mark_is_taken_off_again(form: Page) -> None:
    begin(form, '<p><span lang="ko">혼자</span></p>')
    form.locator(".tiptap span[lang]").click()
    form.get_by_role("button", name="another language").click()
    form.get_by_role("button", name="No other language").click()
    assert written(form) == "<p>혼자</p>"


def test_a_paste_with_a_script_leaves_its_words_alone(form: Page, broken: list[str]) -> None:
    begin(form)
    form.evaluate(
        PASTE,
        '<h2 style="color:red">Title</h2><script>window.hacked = 1</script>'
        '<p onclick="x()">Words <img src="x" onerror="window.hacked = 1"></p>',
    )
    assert written(form) == "<h2>Title</h2><p>Words</p>"
    assert form.evaluate("window.hacked") is None
    assert all("inline" in stopped for stopped in broken)  # of the paste, and stopped besides
    broken.clear()


def test_the_menu_says_what_its_buttons_do(form: Page) -> None:
    menu = form.get_by_role("toolbar", name="Formatting")
    for words in ("Bold", "Italic", "Link the selected words", "Quotation", "Numbered list"):
        button = menu.get_by_role("button", name=words)
        expect(button).to_have_attribute("title", re.compile(words))
    bold, undo = (menu.get_by_role("button", name=words) for words in ("Bold", "Undo"))
    expect(bold).to_have_attribute("aria-pressed", "false")
    begin(form, words="Words")
    form.keyboard.press("Control+b")
    expect(bold).to_have_attribute("aria-pressed", "true")
    menu.get_by_role("button", name="Paragraph: choose another kind").press("Enter")
    menu.get_by_role("button", name="Heading", exact=True).click()
    expect(menu.get_by_role("button", name="Heading: choose another kind")).to_be_visible()
    expect(undo).to_have_attribute("aria-disabled", "false")


def test_tab_stops_at_the_menu_once_and_arrows_lead_through_it(form: Page) -> None:
    begin(form)
    menu = form.get_by_role("toolbar", name="Formatting")
    kind, last = (menu.get_by_role("button", name=words) for words in ("Paragraph:", "Redo"))
    form.get_by_label("Standfirst").press("Tab")
    expect(kind).to_be_focused()
    for key, button in (("ArrowLeft", last), ("Home", kind), ("End", last), ("ArrowRight", kind)):
        form.keyboard.press(key)
        expect(button).to_be_focused()
    form.keyboard.press("ArrowRight")
    form.keyboard.press("Tab")
    expect(form.locator(".tiptap")).to_be_focused()
    form.keyboard.press("Shift+Tab")
    expect(menu.get_by_role("button", name="List", exact=True)).to_be_focused()


def test_a_button_with_words_is_called_by_them(form: Page) -> None:
    """Whoever speaks to the machine says what stands there (WCAG 2.5.3)."""
    begin(form)
    for button in form.locator(".prose-menubar__button:not(.material-icons)").all():
        words, name = button.text_content(), button.get_attribute("aria-label")
        assert words
        assert name
        assert words.lower() in name.lower()


def test_a_link_is_typed_as_people_say_it(form: Page) -> None:
    begin(form, words="The festival")
    form.keyboard.press("Control+a")
    form.keyboard.press("Control+k")
    asked = form.get_by_role("dialog")
    expect(asked.get_by_role("heading")).to_have_text("Link")
    expect(asked.locator("input[name=title]")).to_be_hidden()
    asked.get_by_label("Web address").fill("koreanfilm.co.uk/2026")
    asked.get_by_role("button", name="Done").click()
    expect(asked).to_have_count(0)
    assert 'href="https://koreanfilm.co.uk/2026"' in written(form)


def test_the_checklist_leads_into_the_body(form: Page) -> None:
    begin(form)
    form.get_by_role("link", name="Write the body.").click()
    expect(form.locator(".tiptap")).to_be_focused()
    form.keyboard.type("Written.")
    assert written(form) == "<p>Written.</p>"


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


def test_a_paragraph_becomes_a_pull_quote_and_a_paragraph_again(form: Page) -> None:
    begin(form, words="She is never lonely.")
    button = form.get_by_role("button", name="Pull quote: set the paragraph large, beside the text")
    button.click()
    expect(form.locator(".tiptap aside")).to_have_text("She is never lonely.")
    button.click()
    expect(form.locator(".tiptap aside")).to_have_count(0)
    button.click()
    assert written(form) == "<aside><p>She is never lonely.</p></aside>"


def test_how_long_the_text_is_stands_below_it(form: Page) -> None:
    picture = f'<figure data-image="{make_image().pk}"><figcaption>A still</figcaption></figure>'
    begin(form, f"<p>She – never – is <em>l</em>onely.</p>{picture}<aside><p>Never.</p></aside>")
    length = form.locator(".desk-length")
    expect(length).to_have_text("4 words, 24 characters")
    form.locator(".tiptap p", has_text="She").dblclick(position={"x": 8, "y": 10})
    expect(length).to_have_text("Selected: 1 word, 3 characters, of 4 words, 24 characters")


IN_VIEW = """() => {
  const { anchorNode: line } = getSelection()
  const cursor = (line.data ? getSelection().getRangeAt(0) : line).getBoundingClientRect()
  const edge = (name) => document.querySelector(name).getBoundingClientRect()
  const above = cursor.top - edge(".prose-menubar").bottom
  const below = edge(".desk-buttons").top - cursor.bottom
  return above >= 0 && below >= 0
}"""
# The numbers of the paragraphs between the buttons above and those below.
CLEAR = """() => {
  const edge = (name) => document.querySelector(name).getBoundingClientRect()
  const above = edge(".prose-menubar").bottom, below = edge(".desk-buttons").top
  return [...document.querySelectorAll(".tiptap p")].flatMap((line, number) => {
    const { top, bottom } = line.getBoundingClientRect()
    return top >= above && bottom <= below ? [number] : []
  })
}"""


def test_the_line_with_the_cursor_is_never_behind_the_buttons(form: Page) -> None:
    """ProseMirror takes a cursor for moved by a key only if the browser says so within 50 ms."""
    begin(form, "<p>A paragraph.</p>" * 60)
    lines = form.locator(".tiptap p")
    lines.nth(30).click()
    wire = form.context.new_cdp_session(form)
    for key, outermost in (("ArrowUp", 0), ("ArrowDown", -1)):
        lines.nth(form.evaluate(CLEAR)[outermost]).click()
        form.keyboard.press(key)
        form.keyboard.press(key)  # over the edge
        wire.send("Emulation.setCPUThrottlingRate", {"rate": 20})  # which burns what it takes away
        form.keyboard.press(key)
        form.wait_for_function(IN_VIEW)
        wire.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    wire.detach()
    for _ in range(3):  # new lines, which ProseMirror scrolls to by itself
        form.keyboard.press("Enter")
        form.wait_for_function(IN_VIEW)


def test_the_words_are_set_and_spelt_in_the_language_of_the_piece(form: Page) -> None:
    begin(form, "<p>혼자 <em>사는</em> 사람들</p>")
    words, language = form.locator(".tiptap"), form.locator("#id_language")
    expect(words).to_have_attribute("lang", "en-GB")
    language.fill("Korean")
    expect(words).to_have_attribute("lang", "ko")
    expect(words).to_have_css("word-break", "keep-all")
    expect(words.locator("em")).to_have_css("font-style", "normal")
    expect(form.get_by_label("Headline")).to_have_attribute("lang", "ko")
    language.fill("en-GB")
    expect(words).to_have_attribute("lang", "en-GB")


def test_quotation_marks_dashes_and_dots_are_set_as_they_are_typed(form: Page) -> None:
    begin(form)
    headline = form.get_by_label("Headline")
    expect(headline).to_have_attribute("lang", "en-GB")  # of which the marks are
    headline.press_sequentially("\"It's\" -- '90s...")
    expect(headline).to_have_value("“It’s” – ’90s…")
    headline.press("Control+z")
    assert headline.input_value() != "“It’s” – ’90s…"
    note = form.get_by_label("Content note")  # not one of those
    note.fill("'Aloners' -- \"yes\"")
    note.press("Control+a")
    note.press("Control+x")
    headline.fill("Now (…)")
    headline.evaluate("field => field.setSelectionRange(5, 6)")
    headline.press("Control+v")
    expect(headline).to_have_value("Now (‘Aloners’ – “yes”)")
    headline.press("Control+z")
    expect(headline).to_have_value("Now ('Aloners' -- \"yes\")")
    form.locator(".tiptap").click()
    form.keyboard.type("\"It's a 'test' --- get 'em...\" \"")
    form.keyboard.press("Backspace")
    assert written(form) == '<p>“It’s a ‘test’ — get ’em…” "</p>'
    form.locator("#id_language").fill("fr")
    begin(form)
    form.locator(".tiptap").click()
    form.keyboard.type('---"')
    assert written(form) == '<hr><p>"</p>'
    form.locator("#id_language").fill("en-GB")
