"""The desk by keyboard alone, without script, and when the line breaks."""

import pytest
from playwright.sync_api import Page, expect

from comments import moderation
from comments.models import Comment
from tests.factories import make_article, make_comment, make_user

from .conftest import LogIn

DESK = "/admin/comments/comment/"
pytestmark = pytest.mark.django_db(transaction=True)


def make_queue(*names: str) -> None:
    article = make_article()
    for name in names:
        make_comment(article, author_name=name)


def statuses() -> list[str]:
    return list(Comment.objects.order_by("pk").values_list("status", flat=True))


def test_the_whole_desk_by_keyboard_alone(page: Page, log_in: LogIn) -> None:
    make_queue("Ann", "Ben", "Cho", "Dee")
    log_in(page, make_user("Moderator"))
    page.goto(DESK)
    row = page.get_by_role("article", name="Comment by Ann")
    expect(row).to_be_focused()
    page.keyboard.press("a")
    expect(row.get_by_role("status")).to_contain_text("Approved")
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
    expect(page.get_by_role("link", name="This page is done")).to_be_focused()
    expect(page.locator("#desk-voice")).to_contain_text("Dee: approved")
    assert statuses() == ["approved", "rejected", "approved", "approved"]
    page.goto(f"{DESK}?state=rejected")
    page.keyboard.press("e")
    expect(page.get_by_role("heading", name="Answer or edit")).to_be_visible()


def test_a_colleagues_decision_is_told_in_the_row(page: Page, log_in: LogIn) -> None:
    make_queue("Ann", "Ben")
    log_in(page, make_user("Moderator"))
    page.goto(DESK)
    hers = Comment.objects.select_related("article").order_by("pk")[0]
    moderation.reject([hers], by=make_user(username="ann"))
    page.keyboard.press("a")
    row = page.get_by_role("article", name="Comment by Ann")
    expect(row.get_by_role("status")).to_contain_text("was rejected by ann")
    assert statuses() == ["rejected", "pending"]


def test_when_the_line_breaks_the_form_keeps_the_decision(page: Page, log_in: LogIn) -> None:
    make_queue("Ann", "Ben")
    log_in(page, make_user("Moderator"))
    page.goto(DESK)
    page.route("**/decide/", lambda route: route.abort())
    page.keyboard.press("s")
    row = page.get_by_role("article", name="Comment by Ann")
    expect(row.get_by_role("status")).to_contain_text("Not sent")
    expect(row.get_by_role("radio", name="Mark as spam")).to_be_checked()
    page.unroute("**/decide/")
    page.get_by_role("button", name="Save what is chosen").click()
    expect(page.locator(".messagelist")).to_contain_text("marked as spam")
    assert statuses() == ["spam", "pending"]


def test_a_page_without_script_is_one_form(page_without_scripts: Page, log_in: LogIn) -> None:
    make_queue("Ann", "Ben", "Cho")
    page = page_without_scripts
    log_in(page, make_user("Moderator"))
    page.goto(DESK)
    page.locator("#desk-form").get_by_role("link", name="Approve").click()
    page.get_by_role("article", name="Comment by Ben").get_by_label("Leave").check()
    page.get_by_role("article", name="Comment by Cho").get_by_label("Mark as spam").check()
    page.get_by_role("button", name="Save what is chosen").click()
    expect(page.locator(".messagelist")).to_contain_text("marked as spam")
    assert statuses() == ["approved", "pending", "spam"]
    page.get_by_role("button", name="Undo").click()
    assert statuses() == ["pending"] * 3
