"""Windows that close when something in them is pressed."""

from playwright.sync_api import Error, Locator


def press_and_close(what: Locator) -> None:
    """Presses, and waits until the window is gone; it may go before the press is reported."""
    with what.page.expect_event("close"):
        try:
            what.click()
        except Error as error:
            if "closed" not in str(error):
                raise
