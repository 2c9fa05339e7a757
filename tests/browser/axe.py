"""What axe-core finds wrong with a page: every rule of WCAG 2.2 A and AA, and its best practices.

`violations(page)` looks at the page as it stands; `at_every_size(page)` too, at four widths, light
and dark; `everywhere(page, address)` so at an address. A test asserts that each is `[]`, on the tab
`axe_page`.

The contrast of text takes axe as long as all else together, and is the same wherever the same class
has the same colours: it is asked once of each, for all pages that a tab shows. That nothing is
missed by that, test_axe_finds.py shows.
"""

from collections.abc import Sequence
from itertools import product
from typing import Any, Literal
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

# Spelt out, so that target-size, which axe leaves off unless it is asked for, is on.
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
CONTRAST = "color-contrast"
COLOURS = ["link-in-text-block"]  # what else another light can change
# All else that another width can change: how large things are, whether they scroll, which show.
SIZES = ["target-size", "scrollable-region-focusable", "aria-hidden-focus", "button-name"]
SIZES += ["link-name", "label", "select-name", "image-alt", "heading-order"]
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
EVERY_RULE = {"type": "tag", "values": TAGS}
WIDTHS = (390, 320, 820, 1440)  # pixels; at the first of them every rule is asked

# A colour that is still on its way from one scheme to the other is no finding.
STILL = """() => {
  const still = new CSSStyleSheet()
  still.replaceSync("*, ::before, ::after { transition: none !important; animation: none }")
  document.adoptedStyleSheets.push(still)
}"""
# Of the hundreds of options in a list of countries or languages one is like another, and axe goes
# through each at every width.
SHORTEN = """() => {
  for (const list of document.querySelectorAll("select, datalist"))
    for (const option of [...list.options].slice(12)) if (!option.selected) option.remove()
}"""
RUN = """async ([runOnly, without, contrastOf]) => {
  axe.configure({ rules: [{ id: "color-contrast", selector: contrastOf }] })
  const context = { exclude: without.map((each) => [each]) }
  const { violations } = await axe.run(
    context, { runOnly, resultTypes: ["violations"], preload: false })
  return violations.flatMap(({ id, help, nodes }) => nodes.map((node) =>
    `${id}: ${help}: ${node.target.join(" ")}: ${node.html.slice(0, 160)}: ${node.failureSummary}`))
}"""
NEW = "[data-new-look]"
# Marks one element for each look of text that was not met before: its class and that of what it is
# in, its colour, all that is painted behind it, and whether it counts as large (WCAG 2.2, 1.4.3).
CHOOSE = """(seen) => {
  const known = new Set(seen), looks = new Set(), behind = new Map()
  const hash = (text) => {  // FNV-1a, twice 32 bits
    let a = 0x811c9dc5, b = 0x1000193
    for (let i = 0; i < text.length; i++) {
      a = Math.imul(a ^ text.charCodeAt(i), 0x1000193)
      b = Math.imul(b ^ text.charCodeAt(i), 0x85ebca6b)
    }
    return `${a}${b}`
  }
  const painted = (element) => {
    if (!element) return ""
    if (!behind.has(element)) {
      const style = getComputedStyle(element)
      const own = [style.backgroundColor, style.backgroundImage, style.opacity, style.filter]
      behind.set(element, hash(`${own.join()} ${painted(element.parentElement)}`))
    }
    return behind.get(element)
  }
  for (const element of document.querySelectorAll("[data-new-look]"))
    delete element.dataset.newLook
  const shows = (node) => node.nodeType === Node.TEXT_NODE && node.data.trim()
  for (const element of document.body.querySelectorAll("*")) {
    const field = element.matches("input, select, textarea")
    if (!field && ![...element.childNodes].some(shows) || !element.checkVisibility()) continue
    const style = getComputedStyle(element), size = parseFloat(style.fontSize)
    const large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700)
    const parent = element.parentElement
    const look = hash([element.tagName, element.className, element.disabled, parent.tagName,
      parent.className, style.color, style.position, large, painted(element)].join("|"))
    if (known.has(look) || looks.has(look)) continue
    looks.add(look)
    element.dataset.newLook = ""
  }
  return [...looks]
}"""

_met: WeakKeyDictionary[Page, set[str]] = WeakKeyDictionary()  # the looks that a tab has shown


def violations(page: Page, *, without: Sequence[str] = ()) -> list[str]:
    """A line for each element that breaks a rule. `without` are selectors that are not ours to
    mend; a caller says why."""
    return _asked(page, EVERY_RULE, without)


def everywhere(
    page: Page, address: str, *, without: Sequence[str] = (), status: int = 200
) -> list[str]:
    """The violations at an address, which is loaded once, as `at_every_size` finds them."""
    page.set_viewport_size({"width": WIDTHS[0], "height": 900})
    page.emulate_media(color_scheme="light")
    answer = page.goto(address)
    assert answer, address
    assert answer.status == status, f"{address} answered {answer.status}"
    return at_every_size(page, without=without)


def at_every_size(page: Page, *, without: Sequence[str] = ()) -> list[str]:
    """The violations of the page as it stands, each with where it was seen. It is asked everything
    narrow and by day; then at other widths and dark, what that can have changed."""
    _bring_axe(page)
    address = urlsplit(page.url)._replace(scheme="", netloc="").geturl()
    found = []
    for width, scheme in product(WIDTHS, SCHEMES):
        if scheme == SCHEMES[0]:
            page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        rules = [CONTRAST] if _has_new_looks(page) else []
        if scheme == "light":
            rules += SIZES
        elif width == WIDTHS[0]:
            rules += COLOURS
        only = {"type": "rule", "values": rules}
        if (width, scheme) == (WIDTHS[0], "light"):
            only = EVERY_RULE
        said = _asked(page, only, without, contrast_of=NEW) if only["values"] else []
        found += [f"{address} at {width} px, {scheme}: {each}" for each in said]
    return found


def _has_new_looks(page: Page) -> bool:
    """Whether a look of text is here that the tab has not shown before; CHOOSE marks them."""
    met = _met.setdefault(page, set())
    new = page.evaluate(CHOOSE, [*met])
    met.update(new)
    return bool(new)


def _asked(
    page: Page, only: dict[str, Any], without: Sequence[str], *, contrast_of: str = "*"
) -> list[str]:
    _bring_axe(page)
    found: list[str] = page.evaluate(RUN, [only, [*without], contrast_of])
    return found


def _bring_axe(page: Page) -> None:
    if not page.evaluate("() => 'axe' in window"):
        for script in (AXE_SCRIPT, STILL, SHORTEN):
            page.evaluate(script)
