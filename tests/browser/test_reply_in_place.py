"""With scripts a reply is written below the comment it answers; without, on a page of its own."""

import pytest
from playwright.sync_api import Page, expect

from comments.models import Comment
from tests.factories import make_article, make_comment

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def asked(db: None) -> Comment:
    return make_comment(make_article(), status="approved", author_name="Mina", text="A question?")


def test_the_form_comes_to_the_comment_and_goes_back_with_its_words(
    page: Page, asked: Comment
) -> None:
    page.goto(asked.article.get_absolute_url())
    page.get_by_label("Your comment").fill("Half a thought")
    page.get_by_role("link", name="Reply to Mina").click()
    form = page.locator(f"#{asked.anchor()} form.reply")
    expect(page.get_by_role("form", name="Reply to Mina")).to_be_visible()
    expect(form.get_by_label("Your comment")).to_be_focused()
    expect(form.get_by_label("Your comment")).to_have_value("Half a thought")
    given_up = {
        "key": "Escape",
        "isComposing": True,
        "bubbles": True,
    }  # of letters, not of the form
    form.get_by_label("Your comment").dispatch_event("keydown", given_up)
    form.get_by_role("button", name="Not now").click()
    home = page.locator("#reply form.reply")
    expect(home.get_by_label("Your comment")).to_have_value("Half a thought")
    expect(page.get_by_role("link", name="Reply to Mina")).to_be_focused()
    assert "/comments/on/" in str(home.get_attribute("action"))


def test_what_is_sent_from_there_answers_that_comment(page: Page, asked: Comment) -> None:
    page.goto(asked.article.get_absolute_url())
    page.get_by_role("link", name="Reply to Mina").click()
    form = page.locator(f"#{asked.anchor()} form.reply")
    form.get_by_label("Your comment").fill("An answer in its place, with enough words in it.")
    form.get_by_label("Name").fill("Jun")
    form.get_by_label("E-mail").first.fill("jun@example.org")
    form.get_by_role("button", name="Post comment").click()
    page.wait_for_url("**/comments/waiting/**")
    assert Comment.objects.get(author_name="Jun").parent == asked


def test_without_scripts_the_link_leads_to_a_page_of_its_own(
    page_without_scripts: Page, live_server: object, asked: Comment
) -> None:
    page = page_without_scripts
    page.goto(f"{live_server}{asked.article.get_absolute_url()}")
    page.get_by_role("link", name="Reply to Mina").click()
    expect(page.get_by_role("heading", name="Reply to Mina")).to_be_visible()


def test_what_could_not_be_sent_from_there_is_still_written_after_going_back(
    page: Page, asked: Comment
) -> None:
    page.goto(asked.article.get_absolute_url())
    page.get_by_role("link", name="Reply to Mina").click()
    form = page.locator(f"#{asked.anchor()} form.reply")
    form.get_by_label("Your comment").fill("Written in a tunnel")
    form.get_by_label("Name").fill("Jun")
    form.get_by_label("E-mail").first.fill("jun@example.org")
    page.context.set_offline(True)
    form.get_by_role("button", name="Post comment").click()
    expect(page.locator("form.reply")).to_have_count(0)  # the browser's own page
    page.context.set_offline(False)
    page.go_back()
    page.get_by_role("link", name="Reply to Mina").click()
    expect(form.get_by_label("Your comment")).to_have_value("Written in a tunnel")
    form.get_by_role("button", name="Post comment").click()
    page.wait_for_url("**/comments/waiting/**")
    assert Comment.objects.get(author_name="Jun").parent == asked
