"""A real browser against a real server; skipped, and says so, where Chromium is not installed."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect

PATIENCE = 60_000  # milliseconds that a step is waited for: most take less than one second
expect.set_options(timeout=PATIENCE)

LogIn = Callable[[Page, User], None]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.browser)


@pytest.fixture
def context(browser: Browser, live_server: Any) -> Iterator[BrowserContext]:
    """A fresh profile on the site; addresses may be written from the slash on."""
    context = browser.new_context(base_url=live_server.url, viewport={"width": 1280, "height": 900})
    context.set_default_timeout(PATIENCE)
    yield context
    context.close()


@pytest.fixture
def broken() -> list[str]:
    """Errors of scripts, and what the content policy stopped. A test that brings some itself
    looks at them and takes them out."""
    return []


@pytest.fixture
def page(context: BrowserContext, broken: list[str]) -> Iterator[Page]:
    """A tab; whatever is `broken` at the end fails the test."""
    context.on("weberror", lambda caught: broken.append(str(caught.error)))
    context.on("console", lambda said: _note_refusal(said, broken))
    yield context.new_page()
    assert not broken


def _note_refusal(said: ConsoleMessage, broken: list[str]) -> None:
    if "Content Security Policy" in said.text or "Permissions-Policy" in said.text:
        broken.append(said.text)


@pytest.fixture(scope="module")
def bare_page(browser: Browser, live_server: Any) -> Iterator[Page]:
    """One tab for a module, so that styles and scripts are fetched once; see `axe_page`."""
    context = browser.new_context(base_url=live_server.url, bypass_csp=True)
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


@pytest.fixture
def axe_page(bare_page: Page) -> Iterator[Page]:
    """A tab for axe-core (tests/browser/axe.py), which tries colours with inline styles: the
    content policy, that would stop them, is asked in every other test."""
    yield bare_page
    bare_page.goto("about:blank")  # nothing of it asks while the tables are emptied
    bare_page.context.clear_cookies()


@pytest.fixture
def page_without_scripts(browser: Browser, live_server: Any) -> Iterator[Page]:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


@pytest.fixture
def log_in(live_server: Any) -> LogIn:
    """Logs a user in, as the form would (test_the_trip.py fills it in)."""

    def by_cookie(page: Page, user: User) -> None:
        client = Client()
        client.force_login(user)
        session = client.cookies[settings.SESSION_COOKIE_NAME]
        page.context.add_cookies(
            [{"name": session.key, "value": session.value, "url": live_server.url}]
        )

    return by_cookie


@pytest.fixture
def log_in_with_a_password() -> LogIn:
    """Logs a user made by `make_user` in, through the form."""

    def through_the_form(page: Page, user: User) -> None:
        page.goto("/admin/login/")
        page.get_by_label("Username").fill(user.username)
        page.get_by_label("Password").fill("open sesame")
        page.get_by_role("button", name="Log in").click()
        page.wait_for_url("**/admin/")

    return through_the_form
