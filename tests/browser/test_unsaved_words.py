"""What is written in the newsroom outlives a closed tab, a lost network and an absent mind."""

import re

import pytest
from playwright.sync_api import Dialog, Page, expect

from reviews.models import Review
from tests.factories import (
    make_comment,
    make_draft,
    make_film,
    make_reviewer,
    make_section,
    make_user,
)

from .conftest import LogIn
from .windows import press_and_follow

ADD = "/admin/reviews/review/add/"


@pytest.fixture
def desk(page: Page, log_in: LogIn) -> Page:
    make_section()
    log_in(page, make_user("Editor"))
    page.goto(ADD)
    return page


def write(desk: Page, words: str) -> None:
    """A headline and a paragraph, and the pause after which the browser keeps them."""
    desk.get_by_label("Headline").fill("“Aloners” Review")
    desk.locator(".tiptap").click()
    desk.keyboard.type(words)
    desk.wait_for_function(
        "words => Object.values({...localStorage}).some((copy) => copy.includes(words))", arg=words
    )


def body(desk: Page) -> str:
    return desk.locator(".tiptap").inner_text().strip()


def save(desk: Page) -> None:
    press_and_follow(desk.get_by_role("button", name="Save", exact=True))


def copies(desk: Page) -> int:
    kept: int = desk.evaluate("Object.keys(localStorage).filter(k => /^unsaved /.test(k)).length")
    return kept


def test_words_of_a_tab_that_was_closed_are_put_back_and_saved(desk: Page) -> None:
    write(desk, "An hour of work.")
    desk.close()
    again = desk.context.new_page()
    again.goto(ADD)
    note = again.locator(".unsaved")
    expect(note).to_contain_text(re.compile("Written here on .* and never saved: “Aloners” Review"))
    note.get_by_role("button", name="Put it back").click()
    expect(again.locator(".tiptap")).to_have_text("An hour of work.")
    save(again)
    assert Review.objects.get().body == "<p>An hour of work.</p>"
    again.goto(ADD)
    expect(again.locator(".unsaved")).to_have_count(0)
    assert copies(again) == 0


def choose(desk: Page, place: str, name: str) -> None:
    """In a list that is looked through by typing."""
    desk.locator(f"{place} .select2-selection").first.click()
    desk.locator(".select2-search__field").last.fill(name)
    desk.get_by_role("option", name=name).click()


def test_stars_film_bylines_and_ticks_are_put_back_too(desk: Page) -> None:
    film, first, second = make_film("Aloners"), make_reviewer("Wren"), make_reviewer("Ada")
    desk.get_by_label("3½ stars", exact=True).check(force=True)
    choose(desk, ".field-film", "Aloners")
    choose(desk, "#bylines-0", "Wren")
    desk.locator("#bylines-group .add-row a").click()
    choose(desk, "#bylines-1", "Ada")
    desk.locator("#id_bylines-1-role").select_option("photographs")
    desk.get_by_label("Contains spoilers").check()
    write(desk, "An hour of work.")
    desk.close()
    again = desk.context.new_page()
    again.goto(ADD)
    again.get_by_role("button", name="Put it back").click()
    expect(again.locator(".field-film .select2-selection")).to_contain_text("Aloners")
    save(again)
    review = Review.objects.get()
    assert (review.film, review.rating, review.contains_spoilers) == (film, 7, True)
    lines = review.bylines.order_by("pk").values_list("reviewer", "role")
    assert list(lines) == [(first.pk, "words"), (second.pk, "photographs")]


def test_a_film_that_was_chosen_is_kept_without_a_word(desk: Page) -> None:
    make_film("Aloners")
    choose(desk, ".field-film", "Aloners")
    desk.wait_for_function("() => Object.keys(localStorage).some((key) => /^unsaved /.test(key))")
    desk.close()
    again = desk.context.new_page()
    again.goto(ADD)
    expect(again.locator(".unsaved")).to_contain_text("never saved")


def test_what_was_taken_back_leaves_no_copy(desk: Page) -> None:
    write(desk, "An hour of work.")
    desk.keyboard.press("Control+a")
    desk.keyboard.press("Delete")
    desk.get_by_label("Headline").fill("")
    desk.wait_for_function("() => !Object.keys(localStorage).some((key) => /^unsaved /.test(key))")


def test_putting_back_can_be_taken_back(desk: Page) -> None:
    write(desk, "An hour of work.")
    desk.close()
    again = desk.context.new_page()
    again.goto(ADD)
    again.get_by_label("Headline").fill("Another")
    again.get_by_role("button", name="Put it back").click()
    expect(again.get_by_label("Headline")).to_have_value("“Aloners” Review")
    again.get_by_role("button", name="Take it out again").click()
    expect(again.get_by_label("Headline")).to_have_value("Another")
    assert body(again) == ""


def test_a_copy_is_thrown_away_with_one_press(desk: Page) -> None:
    write(desk, "An hour of work.")
    desk.close()
    again = desk.context.new_page()
    again.goto(ADD)
    again.get_by_role("button", name="Throw it away").click()
    assert copies(again) == 0


def test_what_could_not_be_sent_is_still_there(desk: Page) -> None:
    write(desk, "An hour of work.")
    desk.context.set_offline(True)
    with desk.expect_event("requestfailed"):
        desk.get_by_role("button", name="Save", exact=True).click()
    desk.context.set_offline(False)
    desk.goto(ADD)
    desk.get_by_role("button", name="Put it back").click()
    expect(desk.locator(".tiptap")).to_have_text("An hour of work.")


def test_who_logs_in_again_in_another_tab_comes_back_and_saves(
    desk: Page, log_in_with_a_password: LogIn
) -> None:
    write(desk, "An hour of work.")
    desk.context.clear_cookies()
    come_back = "() => document.dispatchEvent(new Event('visibilitychange'))"
    desk.evaluate(come_back)
    expect(desk.locator("#login-ended")).to_contain_text("then come back and save")
    other = desk.context.new_page()
    log_in_with_a_password(other, make_user("Editor", username="again"))
    other.close()
    desk.evaluate(come_back)
    expect(desk.locator("#login-ended")).to_have_count(0)
    save(desk)
    assert Review.objects.get().body == "<p>An hour of work.</p>"


def test_what_is_saved_is_kept_no_longer(desk: Page) -> None:
    write(desk, "An hour of work.")
    save(desk)
    expect(desk.locator(".messagelist .success")).to_be_visible()
    assert copies(desk) == 0
    expect(desk.locator(".unsaved")).to_have_count(0)


def test_words_that_another_open_tab_is_writing_are_not_offered(desk: Page) -> None:
    write(desk, "An hour of work.")
    other = desk.context.new_page()
    other.goto(ADD)
    other.get_by_label("Headline").fill("Another")
    expect(other.locator(".unsaved")).to_have_count(0)


def test_nobody_else_at_this_browser_is_offered_them(page: Page, log_in: LogIn) -> None:
    make_section()
    log_in(page, make_user("Editor", first_name="Wren"))
    page.goto(ADD)
    write(page, "An hour of work.")
    page.close()
    other = page.context.new_page()
    log_in(other, make_user("Editor", username="another", first_name="Wren"))
    other.goto(ADD)
    other.get_by_label("Headline").fill("Another")
    expect(other.locator(".unsaved")).to_have_count(0)


def test_what_nobody_came_back_for_in_a_month_is_gone_whosever_it_is(
    desk: Page, log_in: LogIn
) -> None:
    write(desk, "An hour of work.")
    desk.close()
    other = desk.context.new_page()
    log_in(other, make_user("Editor", username="another"))
    other.goto("/admin/reviews/article/add/")
    other.get_by_label("Headline").press("Tab")
    assert copies(other) == 1
    other.evaluate("""for (const [key, copy] of Object.entries(localStorage)) {
        const at = Date.now() - 31 * 24 * 3600 * 1000
        localStorage[key] = JSON.stringify({...JSON.parse(copy), at})
    }""")
    other.reload()
    other.wait_for_function("() => !Object.keys(localStorage).some((key) => /^unsaved /.test(key))")


def leave(page: Page, *, expected: bool) -> None:
    """Goes to the front of the newsroom; the browser asks first, or does not."""
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", answer)
    press_and_follow(page.get_by_role("link", name="Home"))
    assert asked == (["beforeunload"] if expected else [])


def test_leaving_asks_when_something_was_written(desk: Page) -> None:
    desk.get_by_label("Verdict").press_sequentially("Slow.")
    leave(desk, expected=True)


def test_leaving_asks_nothing_when_nothing_was_written(desk: Page) -> None:
    article = make_draft(body="<p>Words.</p>")
    desk.goto(f"/admin/reviews/review/{article.pk}/change/")
    desk.locator(".tiptap").click()
    desk.get_by_role("radio", name="Not decided yet").press("Tab")
    leave(desk, expected=False)


def test_leaving_a_refused_form_asks(desk: Page) -> None:
    desk.locator("#id_language").fill("?")
    desk.get_by_label("Headline").fill("“Aloners” Review")
    save(desk)
    desk.get_by_label("Headline").press("Tab")
    leave(desk, expected=True)


def test_an_answer_to_a_comment_is_not_left_unasked(page: Page, log_in: LogIn) -> None:
    comment = make_comment()
    log_in(page, make_user("Moderator"))
    page.goto(f"/admin/comments/comment/{comment.pk}/change/")
    page.get_by_label("Your answer").press_sequentially("Thank you.")
    leave(page, expected=True)
