"""Whoever leaves a form in which something was written is asked first."""

from playwright.sync_api import Dialog, Page, expect

from tests.factories import make_draft

from .windows import leave, press_and_follow


def test_what_is_sent_from_beside_the_form_takes_nothing_along_unasked(desk: Page) -> None:
    desk.goto(f"/admin/reviews/review/{make_draft().pk}/change/")
    desk.get_by_label("Verdict").press_sequentially("Slow.")
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    desk.once("dialog", stay)
    desk.get_by_text("Show it to somebody").click()
    desk.get_by_role("button", name="End all that were given").click(no_wait_after=True)
    expect(desk.get_by_label("Verdict")).to_have_value("Slow.")
    leave(desk, expected=True)
    assert asked == ["beforeunload"]


def test_leaving_asks_nothing_when_nothing_was_written(desk: Page) -> None:
    article = make_draft(body="<p>Words.</p>")
    desk.goto(f"/admin/reviews/review/{article.pk}/change/")
    desk.locator(".tiptap").click()
    desk.get_by_role("radio", name="Not decided yet").press("Tab")
    leave(desk, expected=False)


def test_leaving_a_refused_form_asks(desk: Page) -> None:
    desk.goto("/admin/reviews/review/add/")
    desk.locator("#id_language").fill("?")
    desk.get_by_label("Headline").fill("“Aloners” Review")
    press_and_follow(desk.get_by_role("button", name="Save", exact=True))
    expect(desk.get_by_role("alert")).to_be_focused()  # and so it is read out
    desk.get_by_label("Headline").press("Tab")
    leave(desk, expected=True)
