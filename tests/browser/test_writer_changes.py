"""A reader without scripts posts, mends a typing mistake, and takes the comment back."""

import pytest
from playwright.sync_api import Page

from comments.models import Comment
from tests.factories import make_article

pytestmark = pytest.mark.django_db(transaction=True)


def test_edit_and_withdraw_without_scripts(page_without_scripts: Page, live_server: object) -> None:
    page, article = page_without_scripts, make_article()
    page.goto(f"{live_server}{article.get_absolute_url()}")
    page.get_by_label("Your comment").fill("I saw it twise.")
    page.get_by_label("Name", exact=True).fill("Mina")
    page.get_by_role("textbox", name="E-mail").fill("mina@example.org")
    page.get_by_role("button", name="Post comment").click()

    page.get_by_role("link", name="Change or withdraw it").click()
    page.get_by_label("Your comment").fill("I saw it twice.")
    page.get_by_role("button", name="Save the change").click()
    page.get_by_text("I saw it twice.").wait_for()
    assert Comment.objects.get().edits.get().before == "I saw it twise."

    page.get_by_role("link", name="Change or withdraw it").click()
    page.get_by_role("button", name="Withdraw my comment").click()
    page.get_by_text("You have withdrawn this comment").wait_for()
    assert Comment.objects.get().is_withdrawn()
