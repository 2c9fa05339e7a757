"""The checklist follows what is written, and what keeps a piece from readers is one message."""

from playwright.sync_api import Dialog, Page, expect

from reviews.models import Image
from tests.factories import make_draft, make_film, make_image, make_reviewer

from .body import ADD, begin, choose_picture
from .windows import press_and_follow


def choose(page: Page, within: str, words: str) -> None:
    """As it is typed into Django's list with a search."""
    page.locator(f"{within} .select2-selection").first.click()
    page.locator(".select2-search__field").last.fill(words)
    page.locator(".select2-results__option", has_text=words).first.click()


def test_what_is_filled_in_is_crossed_off_at_once(desk: Page) -> None:
    make_film("Aloners")
    make_reviewer("Wren")
    desk.goto(ADD)
    done = desk.locator(".checklist li.is-done")
    expect(desk.locator(".checklist li")).to_have_count(5)
    expect(done).to_have_count(0)
    choose(desk, ".field-film", "Aloners")
    expect(done).to_have_text(["Choose the film."])
    expect(done.get_by_role("link", name="Done: Choose the film.")).to_be_visible()
    desk.get_by_text("Unrated on purpose").click()
    expect(desk.get_by_label("Unrated on purpose")).to_be_checked()  # and not the star beside it
    desk.locator("#id_rating_6").check(force=True)
    desk.get_by_label("Standfirst").fill("A quiet film.")
    expect(done).to_have_count(3)
    desk.locator(".tiptap").click()
    desk.keyboard.type("Words.")
    expect(done).to_have_count(4)
    choose(desk, "#bylines-group", "Wren")
    expect(done).to_have_count(5)
    desk.get_by_label("Standfirst").fill("  ")
    expect(done).to_have_count(4)
    expect(desk.get_by_role("link", name="Write a standfirst.", exact=True)).to_be_visible()


def test_a_picture_that_lacks_words_is_on_the_list_until_it_is_mended_or_taken_out(
    desk: Page,
) -> None:
    image = make_image(headline="At the stop", credit_line="")
    draft = make_draft()
    desk.goto(f"/admin/reviews/review/{draft.pk}/change/")
    ready = desk.get_by_text("Nothing is missing")
    expect(ready).to_be_visible()
    begin(desk, words="Before.")
    choose_picture(desk, image, by="Insert picture")
    line = desk.locator(".checklist li")
    expect(line).to_contain_text("The picture “At the stop” has no credit line.")
    expect(ready).to_be_hidden()
    for credit, is_done in (("Image © LKFF", True), ("", False)):
        Image.objects.filter(pk=image.pk).update(credit_line=credit)
        desk.evaluate("window.dispatchEvent(new Event('focus'))")  # as on coming back from its tab
        expect(line).to_have_class("is-done" if is_done else "")
        expect(ready).to_be_visible(visible=is_done)
    desk.locator(".desk-picture").get_by_role("button", name="Remove", exact=True).click()
    expect(line).to_have_class("is-done")


def test_what_several_pictures_lack_is_written_on_one_page(desk: Page) -> None:
    stills = [make_image(alt_text="", headline=f"Still {n}") for n in (1, 2)]
    draft = make_draft(body="".join(f'<figure data-image="{i.pk}"></figure>' for i in stills))
    unwritten = desk.locator(".checklist li", has_text="Write the body.")
    desk.goto(f"/admin/reviews/review/{draft.pk}/change/")
    with desk.expect_popup() as opened:
        desk.get_by_role("button", name="Write the words of these pictures").click()
    texts = opened.value.get_by_label("Alternative text")
    expect(texts).to_have_count(2)
    for text in texts.all():
        text.fill("A door.")
    press_and_follow(opened.value.get_by_role("button", name="Save"))
    desk.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(desk.locator(".checklist li.is-done")).to_have_count(2)
    expect(unwritten).not_to_have_class("is-done")
    asked: list[str] = []

    def go_on(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    desk.on("dialog", go_on)
    press_and_follow(desk.get_by_role("button", name="Save", exact=True))
    assert asked == []  # what the list wrote into its own form is nobody's


def test_what_keeps_it_from_readers_is_one_message(desk: Page) -> None:
    draft = make_draft(standfirst="")
    desk.goto(f"/admin/reviews/review/{draft.pk}/change/")
    desk.get_by_role("button", name="Save and publish").click()
    lines = desk.locator(".messagelist li li")
    expect(lines.first).to_be_visible()
    for line in lines.all():
        assert line.evaluate("line => getComputedStyle(line).backgroundImage") == "none"
