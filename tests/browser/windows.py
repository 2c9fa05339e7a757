"""Presses that take what is shown away: a window that closes, a page that another follows, with
or without a question."""

from playwright.sync_api import Dialog, Error, Locator, Page


def press_and_close(what: Locator) -> None:
    """Presses, and waits until the window is gone; it may go before the press is reported."""
    with what.page.expect_event("close"):
        try:
            what.click()
        except Error as error:
            if "closed" not in str(error):
                raise


def press_and_follow(what: Locator) -> None:
    """Presses, and waits until the page that comes of it is there: what is looked for next may be
    on the page before as well."""
    with what.page.expect_navigation():
        what.click()


def leave(page: Page, *, expected: bool) -> None:
    """Goes to the front of the newsroom; the browser asks first, or does not."""
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", answer)
    press_and_follow(page.get_by_role("link", name="Home"))
    assert asked == (["beforeunload"] if expected else [])
