"""Presses that take what is shown away: a window that closes, a page that another follows."""

from playwright.sync_api import Error, Locator


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
