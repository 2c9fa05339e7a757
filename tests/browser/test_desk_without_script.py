"""The desk where no script runs: every press is a form."""

import pytest
from playwright.sync_api import Page, expect

from comments.models import Comment
from tests.factories import make_user

from .conftest import LogIn
from .desk import DESK, make_queue, statuses
from .windows import press_and_follow

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_page_without_script_is_one_form(page_without_scripts: Page, log_in: LogIn) -> None:
    make_queue("Ann", "Ben", "Cho")
    page = page_without_scripts
    log_in(page, make_user("Moderator"))
    page.goto(DESK)
    press_and_follow(page.locator("#desk-form").get_by_role("link", name="Approve"))
    page.get_by_role("article", name="Comment by Ben").get_by_label("Leave").check()
    page.get_by_role("article", name="Comment by Cho").get_by_label("Mark as spam").check()
    page.get_by_role("button", name="Save what is chosen").click()
    expect(page.locator(".messagelist")).to_contain_text("marked as spam")
    assert statuses() == ["approved", "pending", "spam"]
    press_and_follow(page.get_by_role("button", name="Undo"))
    assert statuses() == ["pending"] * 3


def test_the_whole_desk_without_script(page_without_scripts: Page, log_in: LogIn) -> None:
    make_queue("Ann", "Ben", "Cho")
    Comment.objects.filter(author_name="Cho").update(author_email="cho@example.org")
    page = page_without_scripts
    log_in(page, make_user("Moderator"))
    page.goto(DESK)
    page.get_by_label("Search", exact=True).fill("Ben")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("article")).to_have_count(1)
    page.get_by_role("link", name="Answer or edit").click()
    page.get_by_label("The comment’s words").fill("Mended words.")
    page.get_by_role("button", name="Save the edit", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("The edit is saved.")
    page.get_by_label("Your answer").fill("Thank you.")
    page.get_by_role("button", name="Approve and answer").click()
    expect(page.locator(".messagelist")).to_contain_text("Your words are on the page.")
    page.get_by_role("button", name="Make it an editors").click()
    expect(page.get_by_role("row", name="made an editors’ pick")).to_be_visible()
    assert statuses() == ["pending", "approved", "pending", "approved"]
    page.goto(f"{DESK}?state=pending")
    cho = page.get_by_role("article", name="Comment by Cho")
    cho.get_by_text("Decide about others like it").click()
    cho.get_by_role("link", name="All from cho@example.org").click()
    page.get_by_role("button", name="Mark it as spam").click()
    expect(page.locator(".messagelist")).to_contain_text("marked as spam")
    press_and_follow(page.get_by_role("button", name="Undo").first)
    assert statuses()[2] == "pending"
    assert Comment.objects.get(author_name="Ben").text == "Mended words."
