"""What axe-core finds wrong with a page: every rule of WCAG 2.2 A and AA, and its best practices.

`violations(page)` looks at the page as it stands; `everywhere(page, address)` at an address on a
phone and on a desk, light and dark. A test asserts that either is `[]`, on the tab `axe_page`.
"""

from collections.abc import Sequence

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

# Spelt out, so that target-size, which axe leaves off unless it is asked for, is on.
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]  # all that another colour scheme can change
SIZES = {390: 844, 1280: 900}  # width and height of a phone and of a laptop
SCHEMES = ("light", "dark")

# A colour that is still on its way from one scheme to the other is no finding.
STILL = """() => {
  const still = new CSSStyleSheet()
  still.replaceSync("*, ::before, ::after { transition: none !important; animation: none }")
  document.adoptedStyleSheets.push(still)
}"""
RUN = """async ([only, without]) => {
  const context = { include: [document], exclude: without.map((each) => [each]) }
  const { violations } = await axe.run(context, { runOnly: only, resultTypes: ["violations"] })
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
    """The violations at an address in each of SIZES and SCHEMES, each with where it was seen."""
    found = []
    for width, height in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme="light")
        answer = page.goto(address)
        assert answer, address
        assert answer.ok, f"{address} answered {answer and answer.status}"
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            rules = COLOURS if scheme == "dark" else ()
            where = f"{address} at {width} px, {scheme}"
            found += [f"{where}: {e}" for e in violations(page, without=without, rules=rules)]
    return found
