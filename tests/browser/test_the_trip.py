"""The main job, whole: an editor publishes a review, a reader replies, a moderator approves."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from comments.models import Comment
from reviews.models import Article
from tests.factories import (
    make_comment,
    make_image,
    make_reviewer,
    make_section,
    make_user,
    picture_bytes,
)

from .body import choose_picture
from .conftest import LogIn
from .windows import press_and_close

CREDIT = "Image © Courtesy of London Korean Film Festival"
PARAGRAPHS = [f"Paragraph {number} of the review, about eating alone." for number in range(1, 5)]
WORDS = "The lift scene is the best of it"
REPLY = f"{WORDS}.\n\nShe says why here: https://example.org/interview"


@pytest.mark.django_db(transaction=True)
def test_a_review_is_published_replied_to_and_the_reply_approved(
    browser: Browser,
    page: Page,
    page_without_scripts: Page,
    log_in_with_a_password: LogIn,
    tmp_path: Path,
) -> None:
    make_section()
    make_reviewer("Alistair Ryder")
    editor, moderator = make_user("Editor"), make_user("Moderator")

    log_in = log_in_with_a_password
    log_in(page, editor)
    write_and_publish(page, tmp_path)
    article = Article.objects.get()
    earlier = make_comment(article, status=Comment.Status.APPROVED, author_name="Mina")

    read_and_reply(page_without_scripts, article, earlier)

    desk = page.context.browser.new_context(base_url=page.url.split("/admin")[0])
    try:
        approve(desk.new_page(), log_in, moderator)
    finally:
        desk.close()

    page_without_scripts.goto(article.get_absolute_url())
    thread = page_without_scripts.locator(f"#{earlier.anchor()}")
    answer = thread.locator("article", has_text=WORDS)
    expect(answer).to_contain_text("Jun")
    expect(answer.locator("p", has_text=f"{WORDS}.")).to_have_count(1)
    link = answer.get_by_role("link", name="example.org/interview")
    expect(link).to_have_attribute("rel", "nofollow ugc noopener")
    expect(page_without_scripts.locator("body")).not_to_contain_text("jun@example.org")
    assert page_without_scripts.context.cookies() == []


def write_and_publish(page: Page, folder: Path) -> None:
    page.goto("/admin/")
    page.locator("#content-main").get_by_role("link", name="Reviews", exact=True).click()
    page.get_by_role("link", name="Add review").click()
    page.get_by_label("Headline").fill("“Aloners” Review")
    with page.expect_popup() as opened:
        page.locator("#add_id_film").click()
    add_film(opened.value)
    page.get_by_role("radio", name="3 stars", exact=True).check()
    page.get_by_label("Verdict").fill("Quiet, and sure of it.")
    page.get_by_label("Standfirst").fill("A call-centre worker lives alone, and means to.")
    page.locator(".tiptap").click()
    for number, words in enumerate(PARAGRAPHS):
        put_in = page.keyboard.insert_text if number else page.keyboard.type  # see body.begin
        put_in(words)
        if number == 0:
            insert_new_picture(page, folder / "still.jpg")
        elif number < 3:
            choose_picture(page, make_image(credit_line=CREDIT), by="Insert picture")
        if number < 3:
            expect(page.locator("figure.desk-picture").nth(number)).to_contain_text(CREDIT)
            page.keyboard.press("Enter")  # out of the caption, on with the text
    choose_byline(page, "Alistair Ryder")
    page.get_by_role("button", name="Save and publish").click()
    expect(page.locator(".messagelist .success").last).to_contain_text("is published")
    page.get_by_role("link", name="View on site").first.wait_for()


def add_film(window: Page) -> None:
    window.get_by_label("Title:").first.fill("Aloners")
    window.get_by_label("Year").first.fill("2021")
    window.locator("#id_titles-0-text").fill("혼자 사는 사람들")
    window.locator("#id_titles-0-language").fill("ko")
    window.locator("#id_titles-0-kind").select_option("original")
    press_and_close(window.get_by_role("button", name="Save and close"))


def insert_new_picture(page: Page, file: Path) -> None:
    file.write_bytes(picture_bytes(640, 360))
    with page.expect_popup() as opened:
        page.get_by_role("button", name="Insert picture").click()
    library = opened.value
    library.get_by_role("link", name="Add one with all its words").click()
    library.get_by_label("Picture:").set_input_files(file)
    library.get_by_label("Credit line").fill(CREDIT)
    library.get_by_label("Alternative text").fill("A kitchen at night")
    press_and_close(library.get_by_role("button", name="Save and close"))


def choose_byline(page: Page, name: str) -> None:
    page.locator("#bylines-group .select2-selection").first.click()
    page.locator(".select2-search__field").last.fill(name)
    page.locator(".select2-results__option", has_text=name).click()


def read_and_reply(reader: Page, article: Article, earlier: Comment) -> None:
    reader.goto("/")
    reader.get_by_role("link", name="“Aloners” Review").first.click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("“Aloners” Review")
    expect(reader.get_by_text("Rating: 3 out of 5.").first).to_be_attached()
    expect(reader.get_by_text("Written by Alistair Ryder")).to_be_visible()
    expect(reader.locator("main [lang=ko]", has_text="혼자 사는 사람들").first).to_be_visible()
    expect(reader.locator("figure figcaption", has_text=CREDIT)).to_have_count(3)
    for words in PARAGRAPHS:
        expect(reader.get_by_text(words)).to_be_visible()

    reader.locator(f"#{earlier.anchor()}").get_by_role("link", name="Reply to Mina").click()
    reader.get_by_label("Your comment").fill(REPLY)
    reader.get_by_label("Name").fill("Jun")
    reader.get_by_role("textbox", name="E-mail").fill("jun@example.org")
    reader.get_by_role("button", name="Post comment").click()
    expect(reader.get_by_text("Waiting for a moderator")).to_be_visible()
    waiting = reader.locator(f"#{earlier.anchor()} article", has_text=WORDS)
    expect(waiting).to_be_visible()

    reader.goto(article.get_absolute_url())
    expect(reader.locator("body")).not_to_contain_text(WORDS)


def approve(desk: Page, log_in: LogIn, moderator: object) -> None:
    log_in(desk, moderator)  # type: ignore[arg-type]
    desk.locator("#content-main").get_by_role("link", name="Comments", exact=True).click()
    row = desk.get_by_role("article", name="Comment by Jun")
    expect(row).to_contain_text(WORDS)
    expect(row).to_contain_text("jun@example.org")
    row.get_by_role("button", name="Approve").click()
    expect(row.locator(".desk-row__said")).to_contain_text("Approved")
