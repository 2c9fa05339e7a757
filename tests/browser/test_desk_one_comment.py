"""The desk's keys on a comment's own page."""

import pytest
from playwright.sync_api import Page, expect

from comments import moderation
from comments.models import Comment, SavedAnswer
from tests.factories import make_user

from .conftest import LogIn
from .desk import DESK, make_queue, statuses

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_saved_answer_is_put_in_by_keyboard_where_one_writes(page: Page, log_in: LogIn) -> None:
    make_queue("Ann")
    SavedAnswer.objects.create(title="Fold it", text="Spoilers go into a fold.")
    log_in(page, make_user("Moderator"))
    page.goto(DESK)
    page.keyboard.press("e")
    answer = page.get_by_label("Your answer")
    expect(answer).to_be_focused()
    page.keyboard.type("Ann,")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    page.keyboard.type("Fold")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(answer).to_be_focused()
    page.keyboard.type(" Thank you.")
    expect(answer).to_have_value("Ann,\n\nSpoilers go into a fold. Thank you.")
    assert statuses() == ["pending"]  # nothing is sent


def test_a_comments_own_page_has_the_keys_of_the_desk(page: Page, log_in: LogIn) -> None:
    make_queue("Ann", "Ben")
    log_in(page, make_user("Moderator"))
    page.set_viewport_size({"width": 1000, "height": 500})
    page.goto(DESK)
    page.get_by_role("article", name="Ann").locator(".desk-row__age").click()
    row, told = page.locator(".desk-row"), page.locator(".messagelist")
    expect(row).to_be_focused()
    page.keyboard.press("e")
    expect(page.get_by_label("Your answer")).to_be_focused()
    page.keyboard.type("ars")  # words, no decision
    page.keyboard.press("Tab")
    row.evaluate("() => scrollTo(0, document.body.scrollHeight)")
    page.keyboard.press("a")
    expect(row).to_be_in_viewport()
    assert statuses() == ["pending", "pending"]  # nothing out of sight is decided
    page.keyboard.press("a")
    expect(told).to_contain_text("was approved")
    page.keyboard.press("u")
    expect(told).to_contain_text("was put back to pending")
    page.keyboard.press("r")
    expect(told).to_contain_text("was rejected")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("One key a decision")
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    expect(page.get_by_role("article", name="Ben")).to_be_focused()
    page.keyboard.press("j")
    page.wait_for_url(f"**{DESK}")
    assert statuses() == ["rejected", "pending"]
    assert not Comment.objects.filter(written_by__isnull=False).exists()


def test_what_a_colleague_decided_is_not_undone_by_one_key(page: Page, log_in: LogIn) -> None:
    make_queue("Ann")
    moderation.reject(Comment.objects.select_related("article"), by=make_user(username="mara"))
    log_in(page, make_user("Moderator"))
    page.goto(f"{DESK}{Comment.objects.get().pk}/change/")
    page.keyboard.press("u")
    expect(page.locator(".desk-undo button", has_text="rejected by mara")).to_be_focused()
    page.keyboard.press("u")
    assert statuses() == ["rejected"]
    page.keyboard.press("Enter")
    expect(page.locator(".messagelist")).to_contain_text("was put back to pending")
    assert statuses() == ["pending"]
