"""The desk by keyboard alone, by thumb, and when the line breaks."""

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from comments import moderation, reports
from comments.models import Comment
from tests.factories import make_user

from .conftest import LogIn
from .desk import DESK, make_queue, statuses
from .windows import press_and_follow

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_whole_desk_by_keyboard_alone(page: Page, log_in: LogIn) -> None:
    make_queue("Ann", "Ben", "Cho", "Dee")
    log_in(page, make_user("Moderator"))
    page.goto(DESK)
    row = page.get_by_role("article", name="Comment by Ann")
    expect(row).to_be_focused()
    expect(row).to_have_accessible_description("I saw it twice and the second time was quieter.")
    page.keyboard.press("a")
    expect(row.locator(".desk-row__said")).to_contain_text("Approved")
    expect(page.get_by_role("article", name="Comment by Ben")).to_be_focused()
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("r")
    expect(page.locator("#desk-voice")).to_contain_text("Ben: rejected")
    page.keyboard.press("s")
    expect(page.locator("#desk-voice")).to_contain_text("Cho: marked as spam")
    assert statuses() == ["approved", "rejected", "spam", "pending"]
    page.keyboard.press("u")
    expect(page.locator("#desk-voice")).to_contain_text("Cho: undone")
    expect(page.get_by_role("article", name="Comment by Cho")).to_be_focused()
    assert statuses()[2] == "pending"
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("One key a decision")
    page.keyboard.press("Escape")
    page.get_by_role("searchbox").or_(page.get_by_label("Search", exact=True)).first.focus()
    page.keyboard.type("ars")
    assert statuses()[2:] == ["pending", "pending"]
    page.get_by_role("article", name="Comment by Cho").focus()
    page.keyboard.press("a")
    page.keyboard.press("a")
    onwards = page.get_by_role("link", name="This page is done")
    expect(onwards).to_be_focused()
    page.keyboard.press("a")  # once too often
    expect(onwards).to_be_focused()
    for name in ("Cho", "Dee"):  # whichever was answered first
        row = page.get_by_role("article", name=f"Comment by {name}")
        expect(row.locator(".desk-row__said")).to_contain_text("Approved")
    assert statuses() == ["approved", "rejected", "approved", "approved"]
    reports.take(Comment.objects.get(author_name="Ann"), reason="abuse")
    page.goto(DESK)
    page.get_by_role("link", name="1 comment that readers see was reported").press("Enter")
    expect(page.get_by_role("article", name="Comment by Ann")).to_be_focused()
    page.keyboard.press("a")
    expect(page.locator(".messagelist")).to_contain_text("Ann’s comment stays")
    expect(page.get_by_role("article")).to_have_count(0)
    page.goto(f"{DESK}?state=rejected")
    page.keyboard.press("e")
    expect(page.get_by_role("heading", name="Answer or edit")).to_be_visible()


def test_an_undo_is_of_the_comment_one_is_on_by_key_and_of_any_by_thumb(
    page: Page, log_in: LogIn
) -> None:
    make_queue("Ann", "Ben", "Cho", "Dee")
    log_in(page, make_user("Moderator"))
    page.goto(DESK)
    for key, name in zip("aaa", ("Ann", "Ben", "Cho"), strict=True):
        page.keyboard.press(key)
        row = page.get_by_role("article", name=f"Comment by {name}")
        expect(row.locator(".desk-row__said")).to_have_text("Approved.")
    page.get_by_role("article", name="Comment by Ben").focus()
    page.keyboard.press("u")
    expect(page.locator("#desk-voice")).to_contain_text("Ben: undone")
    assert statuses() == ["approved", "pending", "approved", "pending"]
    page.get_by_role("button", name="Undo: the comment by Ann").click()
    expect(page.locator("#desk-voice")).to_contain_text("Ann: undone")
    assert statuses() == ["pending", "pending", "approved", "pending"]
    page.get_by_role("article", name="Comment by Ann").focus()
    page.keyboard.press("u")  # nothing of this one is left, so the last is meant
    expect(page.locator("#desk-voice")).to_contain_text("Cho: undone")
    expect(page.get_by_role("button", name="Undo:")).to_have_count(0)
    page.keyboard.press("a")
    cho = page.get_by_role("article", name="Comment by Cho")
    expect(cho.locator(".desk-row__said")).to_have_text("Approved.")
    held: list[Route] = []
    page.route("**/decide/", lambda route: held.append(route))
    page.keyboard.press("s")
    expect(page.get_by_text("Sending…")).to_be_visible()
    page.keyboard.press("u")  # the last is on its way, and no other is meant
    held[0].continue_()
    expect(page.locator("#desk-voice")).to_contain_text("Dee: undone")
    assert statuses() == ["pending", "pending", "approved", "pending"]


def test_what_a_press_did_is_in_sight_on_a_telephone(page: Page, log_in: LogIn) -> None:
    make_queue("Ann", "Ben")
    log_in(page, make_user("Moderator"))
    page.set_viewport_size({"width": 390, "height": 700})
    page.goto(DESK)
    page.get_by_role("link", name="all its comments").first.click()
    page.get_by_role("button", name="Close replies").click()
    expect(page.locator(".messagelist")).to_contain_text("Replies are closed.")
    expect(page.locator(".messagelist")).to_be_in_viewport()
    expect(page.get_by_role("article", name="Comment by Ben")).to_be_focused()


def test_a_key_held_down_decides_about_one_comment(page: Page, log_in: LogIn) -> None:
    make_queue("Ann", "Ben", "Cho")
    log_in(page, make_user("Moderator"))
    page.goto(DESK)
    for _ in range(4):  # all but the first are repeats
        page.keyboard.down("a")
    page.keyboard.up("a")
    ann = page.get_by_role("article", name="Comment by Ann")
    expect(ann.locator(".desk-row__said")).to_contain_text("Approved")
    ben = page.get_by_role("article", name="Comment by Ben")
    expect(ben).to_be_focused()
    page.keyboard.press("r")
    expect(ben.locator(".desk-row__said")).to_contain_text("Rejected")
    assert statuses() == ["approved", "rejected", "pending"]
    for _ in range(4):
        page.keyboard.down("u")
    page.keyboard.up("u")
    expect(page.locator("#desk-voice")).to_contain_text("undone")
    ann.focus()
    for _ in range(3):
        page.keyboard.down("j")
    expect(page.get_by_role("article", name="Comment by Cho")).to_be_focused()
    assert statuses() == ["approved", "pending", "pending"]


def test_the_buttons_of_the_comment_one_is_on_are_clear_of_the_bar(
    page: Page, log_in: LogIn
) -> None:
    make_queue(*"ABCDEFGH")
    log_in(page, make_user("Moderator"))
    page.goto(DESK)
    for name in "BCDEF":
        page.keyboard.press("j")
        row = page.get_by_role("article", name=f"Comment by {name}", exact=True)
        expect(row).to_be_focused()
        button = row.get_by_role("button", name="Mark as spam").bounding_box()
        bar = page.locator("#desk-form").bounding_box()
        assert button
        assert bar
        assert button["y"] + button["height"] <= bar["y"]


def test_what_comes_between_is_told_in_the_row(page: Page, log_in: LogIn) -> None:
    make_queue("Ann", "Ben", "Cho")
    log_in(page, make_user("Moderator"))
    page.goto(DESK)
    hers = Comment.objects.select_related("article").order_by("pk")[0]
    moderation.reject([hers], by=make_user(username="ann"))
    page.keyboard.press("a")
    row = page.get_by_role("article", name="Comment by Ann")
    expect(row.locator(".desk-row__said")).to_contain_text("was rejected by ann")
    assert statuses() == ["rejected", "pending", "pending"]

    row = page.get_by_role("article", name="Comment by Ben")
    expect(row).to_be_focused()
    page.keyboard.press("a")
    expect(row.locator(".desk-row__said")).to_contain_text("Approved")
    Comment.objects.get(author_name="Ben").decisions.all().delete()
    page.keyboard.press("u")
    expect(row.locator(".desk-row__said")).to_contain_text("Nothing of it is left to undo.")


def test_nothing_out_of_sight_is_decided_by_a_key_and_back_is_where_one_was(
    page: Page, log_in: LogIn
) -> None:
    make_queue(*"ABCDEFGH")
    log_in(page, make_user("Moderator"))
    page.goto(DESK)
    first, far = (page.get_by_role("article", name=f"Comment by {name}") for name in "AD")
    expect(first).to_be_focused()
    far.evaluate("row => row.scrollIntoView()")
    page.keyboard.press("a")
    expect(far).to_be_focused()
    assert statuses() == ["pending"] * 8
    page.keyboard.press("e")
    page.wait_for_url("**/change/**")
    page.go_back()
    expect(far).to_be_focused()
    expect(far).to_be_in_viewport()


def test_the_queue_does_not_jump_when_a_long_comment_is_decided(page: Page, log_in: LogIn) -> None:
    make_queue("Ann", *"BCDEFGH")
    Comment.objects.filter(author_name="Ann").update(text="It begins with a train. " * 230)
    log_in(page, make_user("Moderator"))
    page.set_viewport_size({"width": 720, "height": 450})
    page.goto(DESK)
    page.keyboard.press("a")
    expect(page.locator("#desk-voice")).to_contain_text("Ann: approved")
    expect(page.get_by_role("article", name="Comment by B")).to_be_in_viewport(ratio=1)
    page.keyboard.press("r")
    expect(page.locator("#desk-voice")).to_contain_text("B: rejected")


def test_when_the_line_breaks_the_form_keeps_the_decision(page: Page, log_in: LogIn) -> None:
    make_queue("Ann", "Ben")
    log_in(page, make_user("Moderator"))
    page.set_viewport_size({"width": 390, "height": 600})
    page.route("**/decide/", lambda route: route.abort())  # before the page: or it may slip through
    page.goto(DESK)
    page.keyboard.press("s")
    row = page.get_by_role("article", name="Comment by Ann")
    expect(row.locator(".desk-row__said")).to_contain_text("Not sent")
    expect(row.get_by_role("radio", name="Mark as spam")).to_be_checked()
    page.unroute("**/decide/")
    save = page.get_by_role("button", name="Save what is chosen")
    expect(save).to_be_in_viewport(ratio=1)
    save.click()
    expect(page.locator(".messagelist")).to_contain_text("marked as spam")
    assert statuses() == ["spam", "pending"]


def test_a_session_that_ended_is_said_and_what_was_pressed_is_saved_after(
    page: Page, log_in: LogIn, log_in_with_a_password: LogIn
) -> None:
    make_queue("Ann", "Ben")
    moderator = make_user("Moderator")
    log_in(page, moderator)
    page.emulate_media(reduced_motion="reduce")  # Chromium reports a transition that it breaks off
    page.goto(DESK)
    page.keyboard.press("a")
    ann = page.get_by_role("article", name="Comment by Ann").locator(".desk-row__said")
    expect(ann).to_have_text("Approved.")
    page.context.clear_cookies()
    page.keyboard.press("u")
    expect(ann).to_contain_text("log in in a new tab, then undo it again")
    ben = page.get_by_role("article", name="Comment by Ben")
    page.keyboard.press("j")  # from the one that was to be undone
    page.keyboard.press("s")
    said = ben.locator(".desk-row__said")
    expect(said).to_contain_text("log in in a new tab, then press “Save what")
    press_and_follow(page.get_by_role("button", name="Save what is chosen"))
    expect(page.get_by_role("heading", name="You are not logged in any more")).to_be_visible()
    other = page.context.new_page()
    log_in_with_a_password(other, moderator)
    other.close()
    page.go_back()
    expect(ben.get_by_role("radio", name="Mark as spam")).to_be_checked()
    page.get_by_role("button", name="Save what is chosen").click()
    expect(page.locator(".messagelist")).to_contain_text("marked as spam")
    assert statuses() == ["approved", "spam"]


def test_answering_editing_and_searching_by_keyboard_alone(page: Page, log_in: LogIn) -> None:
    make_queue("Ann", "Ben")
    log_in(page, make_user("Moderator"))
    page.goto(DESK)
    expect(page.get_by_role("article", name="Comment by Ann")).to_be_focused()
    page.keyboard.press("e")
    expect(page.get_by_role("heading", name="Answer or edit")).to_be_visible()
    to(page, page.get_by_label("The comment’s words"))
    page.keyboard.press("Control+a")
    page.keyboard.type("Mended words.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".messagelist")).to_contain_text("The edit is saved.")
    to(page, page.get_by_label("Your answer"))
    page.keyboard.type("Thank you.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".messagelist")).to_contain_text("Your words are on the page.")
    page.goto(DESK)
    to(page, page.get_by_label("Search", exact=True), backwards=True)
    page.keyboard.type("nobody says this")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Nothing here has this.")).to_be_visible()
    assert statuses() == ["approved", "pending", "approved"]
    assert Comment.objects.get(author_name="Ann").text == "Mended words."


def to(page: Page, place: Locator, *, backwards: bool = False) -> None:
    """Tab on until the focus is there, as somebody without a mouse has to."""
    for _ in range(80):
        if place.evaluate("(element) => element === document.activeElement"):
            return
        page.keyboard.press("Shift+Tab" if backwards else "Tab")
    raise AssertionError(f"{place} cannot be reached by keyboard.")
