"""The one Chromium of a test process; skipped, and says so, where it is not installed.

Debian has it without windows as well: the same pages, for less of the processor's time.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

PLACES = [Path("/usr/bin/chromium-headless-shell"), Path("/usr/bin/chromium")]
CHROMIUM = next(filter(Path.exists, PLACES), None)
NOT_INSTALLED = (
    "browser tests skipped: neither of Debian's packages chromium-headless-shell and chromium is "
    "installed"
)
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--font-render-hinting=none",  # as on a reader's screen: letters as wide as they are drawn
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip(NOT_INSTALLED)
    with pytest.MonkeyPatch.context() as environment:
        # Playwright keeps an event loop in this thread for as long as it runs, which Django
        # takes for asynchronous code; the tests are not.
        environment.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        with sync_playwright() as playwright:
            chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
            yield chromium
            chromium.close()
