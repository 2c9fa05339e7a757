"""Waiting in a page, frame by frame: Playwright's `wait_for_function` evaluates text again and
again, which the content policy stops, and says so in the console, or not, as it comes."""

from playwright.sync_api import Page

from .conftest import PATIENCE


def until(page: Page, true: str) -> None:
    """Returns once an expression of JavaScript is true. An `evaluate` has no timeout of its own."""
    look = f"const look = () => ({true}) ? done() : requestAnimationFrame(look)"
    late = f"setTimeout(() => fail(new Error({true!r} + ' is not')), {PATIENCE})"
    page.evaluate(f"new Promise((done, fail) => {{ {look}; look(); {late} }})")
