"""An open page of the desk while a colleague works through the same queue."""

import pytest
from playwright.sync_api import Page, expect

from comments import moderation
from comments.models import Comment
from tests.factories import make_user

from .conftest import LogIn
from .desk import DESK, make_queue, statuses

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_a_colleague_decides_closes_on_an_open_page(page: Page, log_in: LogIn) -> None:
    make_queue("Ann", "Ben", "Cho", "Dee")
    Comment.objects.filter(author_name="Ben").update(status="withdrawn")  # nobody decides about it
    log_in(page, make_user("Moderator"))
    page.clock.install()
    page.goto(f"{DESK}?state=all")
    page.get_by_role("article", name="Comment by Dee").get_by_label("Reason").fill("I was first")
    page.get_by_role("article", name="Comment by Ann").focus()
    colleague = make_user(username="mara")
    moderation.approve(Comment.objects.select_related("article"), by=colleague)
    page.clock.run_for(10_000)
    for name in ("Ann", "Cho"):
        said = page.get_by_role("article", name=f"Comment by {name}").locator(".desk-row__said")
        expect(said).to_have_text("Approved by mara after this page was made.")
    dee = page.get_by_role("article", name="Comment by Dee")
    expect(dee.locator(".desk-row__said")).to_be_empty()
    page.keyboard.press("r")  # what is closed is not decided: it leads on
    expect(dee).to_be_focused()
    assert statuses() == ["approved", "withdrawn", "approved", "approved"]
