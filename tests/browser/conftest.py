"""A real browser against a real server; skipped, and says so, where Chromium is not installed."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    ViewportSize,
    WebError,
    expect,
)

from tests.factories import make_section, make_user

from . import axe, body

SCREEN: ViewportSize = {"width": 1280, "height": 900}
PATIENCE = 60_000  # milliseconds that a step is waited for: most take less than one second
expect.set_options(timeout=PATIENCE)

LogIn = Callable[[Page, User], None]
Profiles = Callable[..., BrowserContext]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def profiles(browser: Browser, live_server: Any) -> Iterator[Profiles]:
    """Makes profiles that are kept: what one has fetched and compiled, the next test has."""
    made: dict[str, BrowserContext] = {}

    def profile(of: str = "", **options: Any) -> BrowserContext:
        if (key := f"{of}{options!r}") not in made:
            made[key] = browser.new_context(base_url=live_server.url, **options)
            made[key].set_default_timeout(PATIENCE)
            made[key].new_page()  # stays empty, and for `forget`
        return made[key]

    yield profile
    for context in made.values():
        context.close()


def forget(context: BrowserContext, site: str) -> None:
    """Leaves a profile as a new one is, but for the files of the site that it has."""
    empty, *others = context.pages
    for page in others:
        page.close()  # nothing of it asks while the tables are emptied
    wire = context.new_cdp_session(empty)
    kept = "cookies,local_storage,indexeddb,service_workers,cache_storage"
    wire.send("Storage.clearDataForOrigin", {"origin": site, "storageTypes": kept})
    wire.detach()
    context.clear_cookies()


@pytest.fixture
def context(profiles: Profiles, live_server: Any) -> Iterator[BrowserContext]:
    """A profile that nobody has used, on the site; addresses may be written from the slash on."""
    context = profiles(viewport=SCREEN)
    yield context
    forget(context, live_server.url)


@pytest.fixture
def broken() -> list[str]:
    """Errors of scripts, and what the content policy stopped. A test that brings some itself
    looks at them and takes them out."""
    return []


@pytest.fixture
def page(context: BrowserContext, broken: list[str]) -> Iterator[Page]:
    """A tab; whatever is `broken` at the end fails the test."""
    with noting(context, broken):
        yield context.new_page()


@contextmanager
def noting(context: BrowserContext, broken: list[str]) -> Iterator[None]:
    def note_error(caught: WebError) -> None:
        broken.append(str(caught.error))

    def note_refusal(said: ConsoleMessage) -> None:
        if "Content Security Policy" in said.text or "Permissions-Policy" in said.text:
            broken.append(said.text)

    context.on("weberror", note_error)
    context.on("console", note_refusal)
    yield
    context.remove_listener("weberror", note_error)
    context.remove_listener("console", note_refusal)
    assert not broken


@pytest.fixture(scope="session")
def kept_form(profiles: Profiles) -> Page:
    """One tab for all; see `form`."""
    return profiles("of the form", viewport=SCREEN).new_page()


@pytest.fixture
def form(kept_form: Page, log_in: LogIn, broken: list[str]) -> Iterator[Page]:
    """The form of a new review as an editor has opened it, who has written nothing in its body
    (tests/browser/body.py writes, and reads what the form would send). To load it takes longer
    than most of what is done in a body, so it is loaded once: a test changes nothing but the body,
    unless it goes elsewhere."""
    log_in(kept_form, make_user("Editor"))
    if not kept_form.url.endswith(body.ADD):
        kept_form.goto(body.ADD)
    with noting(kept_form.context, broken):
        yield kept_form
    _, *others = [each for each in kept_form.context.pages if each != kept_form]
    for page in others:
        page.close()
    if kept_form.url.endswith(body.ADD):
        kept_form.set_viewport_size(SCREEN)
        body.begin(kept_form)
    else:
        kept_form.goto("about:blank")
    kept_form.context.clear_cookies()


@pytest.fixture(scope="session")
def bare_page(profiles: Profiles) -> Page:
    """One tab for all; see `axe_page`."""
    context = profiles(bypass_csp=True)
    axe.bring(context)
    return context.new_page()


@pytest.fixture
def axe_page(bare_page: Page) -> Iterator[Page]:
    """A tab for axe-core (tests/browser/axe.py), which tries colours with inline styles: the
    content policy, that would stop them, is asked in every other test."""
    yield bare_page
    bare_page.goto("about:blank")  # nothing of it asks while the tables are emptied
    bare_page.context.clear_cookies()


@pytest.fixture
def page_without_scripts(profiles: Profiles, live_server: Any) -> Iterator[Page]:
    context = profiles(java_script_enabled=False)
    yield context.new_page()
    forget(context, live_server.url)


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


@pytest.fixture
def desk(page: Page, log_in: LogIn) -> Page:
    """A tab of an editor, who has a section to file under."""
    make_section()
    log_in(page, make_user("Editor"))
    return page
