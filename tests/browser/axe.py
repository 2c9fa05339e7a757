"""What axe-core finds wrong with a page: every rule of WCAG 2.2 A and AA, and its best practices.

`violations(page)` looks at the page as it stands; `everywhere(page, address)` at an address on a
phone and on a desk, light and dark. A test asserts that either is `[]`, on the tab `axe_page`.
"""

from collections.abc import Sequence
from typing import Literal

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

# Spelt out, so that target-size, which axe leaves off unless it is asked for, is on.
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]  # all that another colour scheme can change
# And all that another width can: how large things are, whether they scroll, which are shown.
SIZES = [*COLOURS, "target-size", "scrollable-region-focusable", "aria-hidden-focus"]
SIZES += ["button-name", "link-name", "label", "select-name", "image-alt", "heading-order"]
Scheme = Literal["light", "dark"]
PHONE, LAPTOP = (390, 844), (1280, 900)

# A colour that is still on its way from one scheme to the other is no finding.
STILL = """() => {
  const still = new CSSStyleSheet()
  still.replaceSync("*, ::before, ::after { transition: none !important; animation: none }")
  document.adoptedStyleSheets.push(still)
}"""
RUN = """async ([only, without]) => {
  const context = { include: [document], exclude: without.map((each) => [each]) }
  const { violations } = await axe.run(
    context, { runOnly: only, resultTypes: ["violations"], preload: false })
  return violations.flatMap(({ id, help, nodes }) => nodes.map((node) =>
    `${id}: ${help}: ${node.target.join(" ")}: ${node.html.slice(0, 160)}: ${node.failureSummary}`))
}"""


def violations(page: Page, *, without: Sequence[str] = (), rules: Sequence[str] = ()) -> list[str]:
    """A line for each element that breaks a rule. `without` are selectors that are not ours to
    mend; a caller says why. `rules` are those to ask instead of all."""
    only = {"type": "rule", "values": [*rules]} if rules else {"type": "tag", "values": TAGS}
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE_SCRIPT)
        page.evaluate(STILL)
    found: list[str] = page.evaluate(RUN, [only, [*without]])
    return found


def everywhere(page: Page, address: str, *, without: Sequence[str] = ()) -> list[str]:
    """The violations at an address, each with where it was seen. The page is loaded once, on a
    phone, and asked everything; then dark, and on a laptop, what that can have changed."""
    found = []

    def ask(size: tuple[int, int], scheme: Scheme, rules: Sequence[str] = ()) -> None:
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.emulate_media(color_scheme=scheme)
        where = f"{address} at {size[0]} px, {scheme}"
        found.extend(f"{where}: {e}" for e in violations(page, without=without, rules=rules))

    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    answer = page.goto(address)
    assert answer, address
    assert answer.ok, f"{address} answered {answer.status}"
    ask(PHONE, "light")
    ask(PHONE, "dark", COLOURS)
    ask(LAPTOP, "dark", COLOURS)
    ask(LAPTOP, "light", SIZES)
    return found
