"""The way of Tab through a page. It is noted in the page at each press: asking from here after
every one took longer than the presses."""

from typing import Any

from playwright.sync_api import Page

AT_ONCE = 10  # presses after which the page is asked; what comes after the end is left out
NOTE = """(look) => {
  const way = window.wayOfTab = { steps: [], over: false }
  addEventListener("keyup", () => {
    way.over ||= document.activeElement === document.body
    if (!way.over) way.steps.push(look(document.activeElement))
  }, true)
}"""


def by_tab(page: Page, look: str, *, most: int) -> list[Any]:
    """What `look`, a function in JavaScript of an element that has the focus, says of each, until
    Tab has gone through the page. Fails if it has not after `most` presses."""
    page.evaluate(f"({NOTE})({look})")
    for _ in range(0, most, AT_ONCE):
        for _ in range(AT_ONCE):
            page.keyboard.press("Tab")
        if page.evaluate("wayOfTab.over"):
            steps: list[Any] = page.evaluate("wayOfTab.steps")
            return steps
    raise AssertionError(f"{page.url}: Tab never comes to the end")
