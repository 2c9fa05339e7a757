"""What axe-core finds wrong with a page: every rule of WCAG 2.2 A and AA, and its best practices.

`violations(page)` looks at the page as it stands; `at_every_size(page)` too, at four widths, light
and dark; `everywhere(page, address)` so at an address. A test asserts that each is `[]`, on the tab
`axe_page`.

What axe takes long over is asked once for all that is alike. The contrast of text, and how a link
is set off from the words around it, are the same wherever the same class has the same colours: they
are asked once of each look, for all pages that a browser shows; so is the size of targets that are
small or have another before them, of each that has the same others around it. And of another width
or light it is asked only what has changed: new looks, new neighbours, what shows and what scrolls.
That nothing is missed by that, test_axe_finds.py shows.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import BrowserContext, Page

# Spelt out, so that target-size, which axe leaves off unless it is asked for, is on.
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What another width can change besides: whether things scroll, and which of them show.
ARRANGED = ["scrollable-region-focusable", "aria-hidden-focus", "button-name", "link-name"]
ARRANGED += ["label", "select-name", "image-alt", "heading-order"]
EVERY_RULE = {"type": "tag", "values": TAGS}
SCRIPT = AXE_SCRIPT + Path(__file__).with_suffix(".js").read_text()

# Pixels and light; in the first every rule is asked, and of the dark first where it is narrowest.
Scheme = Literal["light", "dark"]
SIGHTS: tuple[tuple[int, Scheme], ...] = (
    (390, "light"),
    (320, "dark"),
    (320, "light"),
    (820, "light"),
    (820, "dark"),
    (1440, "dark"),
    (1440, "light"),
)


def bring(context: BrowserContext) -> None:
    """Every page of a profile can be asked from now on, and need not be given the script then."""
    context.add_init_script(SCRIPT)


def violations(page: Page, *, without: Sequence[str] = ()) -> list[str]:
    """A line for each element that breaks a rule. `without` are selectors that are not ours to
    mend; a caller says why."""
    return _asked(page, EVERY_RULE, without, lately=False)


def everywhere(
    page: Page, address: str, *, without: Sequence[str] = (), status: int = 200
) -> list[str]:
    """The violations at an address, which is loaded once, as `at_every_size` finds them."""
    width, scheme = SIGHTS[0]
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    answer = page.goto(address)
    assert answer, address
    assert answer.status == status, f"{address} answered {answer.status}"
    return at_every_size(page, without=without)


def at_every_size(page: Page, *, without: Sequence[str] = ()) -> list[str]:
    """The violations of the page as it stands, each with where it was seen. It is asked everything
    narrow and by day; then at other widths and dark, what that can have changed."""
    address = urlsplit(page.url)._replace(scheme="", netloc="").geturl()
    found: list[str] = []
    page.wait_for_load_state()  # with its styles
    for (width, scheme), before in zip(SIGHTS, (None, *SIGHTS), strict=False):
        if not before or before[0] != width:
            page.set_viewport_size({"width": width, "height": 900})
        if not before or before[1] != scheme:
            page.emulate_media(color_scheme=scheme)
        said = _asked(page, None if before else EVERY_RULE, without, lately=True)
        found += [f"{address} at {width} px, {scheme}: {each}" for each in said]
    return found


def _asked(
    page: Page, only: dict[str, Any] | None, without: Sequence[str], *, lately: bool
) -> list[str]:
    asked = {"runOnly": only, "arranged": ARRANGED, "without": [*without], "lately": lately}
    if not page.evaluate("window.askAxe?.of === document"):
        page.evaluate(SCRIPT)
    found: list[str] = page.evaluate("(asked) => askAxe(asked)", asked)
    return found
