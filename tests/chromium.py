"""The one Chromium of a test process; skipped, and says so, where it is not installed.

Debian has it without windows as well: the same pages, for less of the processor's time.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.http import HttpRequest, HttpResponseBase
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
    "--renderer-process-limit=1",  # one process has the fonts and scripts of all the tabs
    "--font-render-hinting=none",  # as on a reader's screen: letters as wide as they are drawn
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]

_serve = StaticFilesHandler.serve


def _serve_to_keep(handler: StaticFilesHandler, request: HttpRequest) -> HttpResponseBase:
    """A file of the program, which a browser then asks for once. Without a word it goes by the age
    of the file: on a fresh checkout it would ask for all of them again with every page."""
    answer = _serve(handler, request)
    answer["Cache-Control"] = "max-age=3600"
    return answer


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip(NOT_INSTALLED)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(StaticFilesHandler, "serve", _serve_to_keep)
        # Playwright keeps an event loop in this thread for as long as it runs, which Django
        # takes for asynchronous code; the tests are not.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        with sync_playwright() as playwright:
            chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
            yield chromium
            chromium.close()
