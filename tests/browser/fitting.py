"""Whether a page of the newsroom fits a narrow screen and large letters, and names its controls."""

from playwright.sync_api import Page

from .conftest import SCREEN

SIDEWAYS = "document.documentElement.scrollWidth - innerWidth"
TWICE = "document.documentElement.style.fontSize = '200%'"
ONCE = "document.documentElement.style.fontSize = ''"
# What no label and no attribute names, among all that can be written in, chosen or pressed.
NAMELESS = """() => {
  const controls = "input:not([type=hidden]), select, textarea, button, [role=combobox]"
  const said = (element) => {
    const others = (element.getAttribute("aria-labelledby") ?? "").split(" ").filter(Boolean)
    const words = (each) => each.getAttribute("aria-label") || each.textContent.trim()
      || [...each.querySelectorAll("img")].map((img) => img.alt).join("")
    return element.getAttribute("aria-label")
      || others.map((id) => document.getElementById(id)).some((each) => each && words(each))
      || [...(element.labels ?? [])].some(words)
      || (element.matches("button") && words(element))
      || (element.matches("[type=submit], [type=button]") && element.value)
  }
  return [...document.querySelectorAll(controls)]
    .filter((element) => element.checkVisibility() && !said(element))
    .map((element) => element.outerHTML.slice(0, 200))
}"""


def wrong_with(page: Page, address: str) -> list[str]:
    """Opens it. Where it is wider than its window, and what is without a name on it."""
    page.set_viewport_size({"width": 320, "height": 800})
    answer = page.goto(f"/admin/{address}")
    assert answer, address
    assert answer.status == 200, f"{address} answered {answer.status}"
    narrow = page.evaluate(SIDEWAYS)
    page.set_viewport_size({"width": 640, "height": 800})
    page.evaluate(TWICE)
    found = {"320 px": narrow, "640 px and 200 %": page.evaluate(SIDEWAYS)}
    page.evaluate(ONCE)
    page.set_viewport_size(SCREEN)
    said = [f"{address} at {where}: {by} px" for where, by in found.items() if by > 0]
    return said + [f"{address}: {control}" for control in page.evaluate(NAMELESS)]
