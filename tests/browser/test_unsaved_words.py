"""What is written in the newsroom outlives a closed tab, a lost network and an absent mind."""

import re
import time
from collections.abc import Callable

from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from comments.desk import writing
from reviews import publishing
from reviews.models import Film, Image, Review
from tests.factories import (
    make_comment,
    make_draft,
    make_film,
    make_image,
    make_person,
    make_reviewer,
    make_user,
)

from .conftest import LogIn
from .windows import leave, press_and_close, press_and_follow

ADD = "/admin/reviews/review/add/"
PATIENCE = 20.0  # seconds for what takes one
# The copies, each as JSON; the page has opened its database before.
KEPT = """await new Promise((done) => {
  const asked = indexedDB.open("unsaved")
  asked.onsuccess = () => {
    const base = asked.result
    const all = base.transaction("copies").objectStore("copies").getAll()
    all.onsuccess = () => (base.close(), done(all.result.map((copy) => JSON.stringify(copy))))
  }
})"""


def expect_kept(desk: Page, what: Callable[[list[str]], bool]) -> None:
    """Sooner or later. A promise is true to `wait_for_function`, whatever comes of it."""
    give_up = time.monotonic() + PATIENCE
    while not what(kept := desk.evaluate(f"async () => {KEPT}")):
        assert time.monotonic() < give_up, kept
        desk.wait_for_timeout(200)


def write(desk: Page, words: str) -> None:
    """A headline and a paragraph, and the pause after which the browser keeps them."""
    desk.get_by_label("Headline").fill("“Aloners” Review")
    desk.locator(".tiptap").click()
    desk.keyboard.type(words)
    expect_kept(desk, lambda copies: any(words in copy for copy in copies))


def body(desk: Page) -> str:
    return desk.locator(".tiptap").inner_text().strip()


def save(desk: Page) -> None:
    press_and_follow(desk.get_by_role("button", name="Save", exact=True))


def expect_copies(desk: Page, number: int) -> None:
    expect_kept(desk, lambda copies: len(copies) == number)


def choose(desk: Page, place: str, name: str) -> None:
    """In a list that is looked through by typing."""
    desk.locator(f"{place} .select2-selection").first.click()
    desk.locator(".select2-search__field").last.fill(name)
    desk.get_by_role("option", name=name).click()


def opened_again(desk: Page, *, slowly: bool = False) -> Page:
    """The same form in another tab, after this one was closed; `slowly`, it is not ready until
    long after its copies could be read."""
    desk.close()
    again = desk.context.new_page()
    if slowly:
        again.route("**/js/editor/library.js", lambda it: (time.sleep(1), it.continue_()))
    again.goto(ADD)
    return again


def test_all_of_a_tab_that_was_closed_is_put_back_taken_out_again_and_saved(desk: Page) -> None:
    desk.goto(ADD)
    film, first, second = make_film("Aloners"), make_reviewer("Wren"), make_reviewer("Ada")
    desk.get_by_label("3½ stars", exact=True).check(force=True)
    choose(desk, ".field-film", "Aloners")
    choose(desk, "#bylines-0", "Wren")
    desk.locator("#bylines-group .add-row a").click()
    choose(desk, "#bylines-1", "Ada")
    desk.locator("#id_bylines-1-role").select_option("photographs")
    desk.get_by_label("Contains spoilers").check()
    write(desk, "An hour of work.")

    again = opened_again(desk, slowly=True)
    note = again.locator(".unsaved")
    expect(note).to_contain_text(re.compile("Written here on .* and never saved: “Aloners” Review"))
    again.get_by_label("Headline").fill("Another")
    note.get_by_role("button", name="Put it back").click()
    expect(again.get_by_label("Headline")).to_have_value("“Aloners” Review")
    note.get_by_role("button", name="Take it out again").click()
    expect(again.get_by_label("Headline")).to_have_value("Another")
    assert body(again) == ""

    note.get_by_role("button", name="Put it back").click()
    expect(again.locator(".tiptap")).to_have_text("An hour of work.")
    expect(again.locator(".field-film .select2-selection")).to_contain_text("Aloners")
    save(again)
    review = Review.objects.get()
    assert review.body == "<p>An hour of work.</p>"
    assert (review.film, review.rating, review.contains_spoilers) == (film, 7, True)
    lines = review.bylines.order_by("pk").values_list("reviewer", "role")
    assert list(lines) == [(first.pk, "words"), (second.pk, "photographs")]
    again.goto(ADD)
    expect(again.locator(".unsaved")).to_have_count(0)
    expect_copies(again, 0)


def test_a_copy_without_a_headline_is_known_by_its_first_words(desk: Page) -> None:
    desk.goto(ADD)
    write(desk, "An hour of work.")
    desk.get_by_label("Headline").fill("")
    expect_kept(desk, lambda copies: any('"headline":""' in copy for copy in copies))
    again = opened_again(desk)
    expect(again.locator(".unsaved")).to_contain_text("never saved: An hour of work.")
    again.get_by_role("button", name="Throw it away").click()


def test_words_are_offered_though_a_colleague_returned_the_piece_meanwhile(desk: Page) -> None:
    """With it went a field of the form: that for what its writer should do."""
    piece = make_draft()
    publishing.submit(piece, by=make_user("Contributor"))
    address = f"/admin/reviews/review/{piece.pk}/change/"
    desk.goto(address)
    write(desk, "An hour of work.")
    publishing.return_to_draft(piece, by=make_user("Editor"))
    desk.close(run_before_unload=False)
    again = desk.context.new_page()
    again.goto(address)
    expect(again.locator(".unsaved")).to_contain_text("never saved")


def test_a_film_is_kept_without_a_word_and_a_copy_thrown_away_with_one_press(desk: Page) -> None:
    desk.goto(ADD)
    make_film("Aloners")
    choose(desk, ".field-film", "Aloners")
    expect_copies(desk, 1)
    again = opened_again(desk)
    expect(again.locator(".unsaved")).to_contain_text("never saved")
    again.get_by_role("button", name="Throw it away").click()
    expect_copies(again, 0)


def test_what_could_not_be_sent_is_still_there_and_is_sent_after_logging_in_again(
    desk: Page, log_in_with_a_password: LogIn
) -> None:
    desk.goto(ADD)
    write(desk, "An hour of work.")
    desk.context.set_offline(True)
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.get_by_text("No network: nothing was sent")).to_be_visible()
    desk.context.set_offline(False)
    expect(desk.get_by_text("No network: nothing was sent")).to_have_count(0)

    desk.context.clear_cookies()
    come_back = "() => document.dispatchEvent(new Event('visibilitychange'))"
    desk.evaluate(come_back)
    expect(desk.locator("#login-ended")).to_contain_text("then come back and save")
    other = desk.context.new_page()
    log_in_with_a_password(other, make_user("Editor", username="again"))
    other.close()
    desk.evaluate(come_back)
    expect(desk.locator("#login-ended")).to_have_count(0)
    desk.route("**/alive/", lambda route: route.fulfill(status=502))  # says nothing of a login
    with desk.expect_response("**/alive/"):
        desk.evaluate(come_back)
    save(desk)
    assert Review.objects.get().body == "<p>An hour of work.</p>"


def test_rows_added_to_a_film_outlive_a_login_that_ended(
    desk: Page, log_in_with_a_password: LogIn
) -> None:
    make_person("Hong Sung-eun")
    desk.goto("/admin/reviews/film/add/")
    desk.get_by_label("Title:").fill("Aloners")
    desk.get_by_label("Year").fill("2021")
    for row, text in enumerate(("Honja saneun saramdeul", "Honsul")):
        desk.locator(f"#id_titles-{row}-text").fill(text)
        desk.locator(f"#id_titles-{row}-language").fill("ko-Latn")
        desk.locator(f"#id_titles-{row}-kind").select_option("romanised")
        desk.locator("#titles-group .add-row a").click()
    choose(desk, "#credits-0", "Hong Sung-eun")
    desk.locator("#id_credits-0-role").select_option("director")
    desk.context.clear_cookies()
    save(desk)
    expect(desk.get_by_role("heading")).to_have_text("You are not logged in any more")

    other = desk.context.new_page()
    log_in_with_a_password(other, User.objects.get())
    other.close()
    desk.goto("/admin/reviews/film/add/")
    expect(desk.locator(".unsaved")).to_contain_text("never saved: Aloners")
    desk.get_by_role("button", name="Put it back").click()
    save(desk)
    film = Film.objects.get()
    assert list(film.titles.values_list("text", flat=True)) == ["Honja saneun saramdeul", "Honsul"]
    assert film.credits.get().person.name == "Hong Sung-eun"
    expect_copies(desk, 0)


def test_words_of_many_pictures_are_put_back_where_those_are_ticked_again(desk: Page) -> None:
    images = [make_image(alt_text="") for _ in range(3)]

    def tick(*ticked: Image) -> None:
        desk.goto("/admin/reviews/image/")
        for image in ticked:
            desk.locator(f"input.action-select[value='{image.pk}']").check()
        desk.locator("select[name=action]").select_option("write_words")
        press_and_follow(desk.get_by_role("button", name="Go"))

    tick(*images[:2])
    desk.locator(f"#id_picture-{images[0].pk}-alt_text").fill("A door.")
    expect_copies(desk, 1)
    tick(images[2])
    expect(desk.get_by_label("Alternative text")).to_be_visible()
    expect(desk.locator(".unsaved")).to_have_count(0)
    tick(*images[:2])
    desk.get_by_role("button", name="Put it back").click()
    save(desk)
    images[0].refresh_from_db()
    assert images[0].alt_text == "A door."
    expect_copies(desk, 0)


def test_what_is_saved_or_taken_back_is_kept_no_longer(desk: Page) -> None:
    desk.goto(ADD)
    write(desk, "An hour of work.")
    desk.keyboard.press("Control+a")
    desk.keyboard.press("Delete")
    desk.get_by_label("Headline").fill("")
    expect_copies(desk, 0)
    write(desk, "Another hour.")
    with desk.expect_popup() as opened:
        desk.locator("#add_id_film").click()
    film = opened.value
    film.get_by_label("Title:").fill("Aloners")
    film.get_by_label("Year").fill("2021")
    expect_copies(film, 2)
    press_and_close(film.get_by_role("button", name="Save and close"))
    save(desk)
    expect(desk.locator(".messagelist .success")).to_be_visible()
    expect_copies(desk, 0)
    expect(desk.locator(".unsaved")).to_have_count(0)


def test_what_another_open_tab_or_somebody_else_is_writing_is_not_offered(
    desk: Page, log_in: LogIn
) -> None:
    desk.goto(ADD)
    write(desk, "An hour of work.")
    other = desk.context.new_page()
    other.goto(ADD)
    other.get_by_label("Headline").fill("Another")
    expect(other.locator(".unsaved")).to_have_count(0)

    desk.close()
    log_in(other, make_user("Editor", username="another"))
    other.goto(ADD)
    other.get_by_label("Headline").fill("Another")
    expect(other.locator(".unsaved")).to_have_count(0)


def test_an_answer_to_a_comment_is_not_left_unasked_and_is_put_back(
    page: Page, log_in: LogIn
) -> None:
    comment = make_comment(status="approved")
    its_page = f"/admin/comments/comment/{comment.pk}/change/"
    log_in(page, make_user("Moderator"))
    page.goto(its_page)
    page.get_by_label("Your answer").press_sequentially("Thank you.")
    writing.answer(comment, text="Ours.", by=make_user("Moderator"))
    press_and_follow(page.get_by_role("button", name="Answer", exact=True))
    expect(page.get_by_role("alert")).to_contain_text("has answered")  # and this is not saved
    expect_copies(page, 1)
    page.keyboard.press("Tab")
    leave(page, expected=True)

    page.goto(its_page)
    expect(page.locator(".unsaved")).to_contain_text("never saved: Thank you.")
    page.get_by_role("button", name="Put it back").click()
    press_and_follow(page.get_by_role("button", name="Answer", exact=True))
    expect(page.locator(".messagelist .success")).to_be_visible()
    assert [answer.text for answer in comment.answers()] == ["Ours.", "Thank you."]
    expect_copies(page, 0)
    expect(page.locator(".unsaved")).to_have_count(0)
