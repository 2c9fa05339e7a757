"""Waiting in a page, frame by frame: Playwright's `wait_for_function` evaluates text again and
again, which the content policy stops, and says so in the console, or not, as it comes."""

from playwright.sync_api import Page


def until(page: Page, true: str) -> None:
    """Returns once an expression of JavaScript is true."""
    look = f"const look = () => ({true}) ? done() : requestAnimationFrame(look)"
    page.evaluate(f"new Promise((done) => {{ {look}; look() }})")
