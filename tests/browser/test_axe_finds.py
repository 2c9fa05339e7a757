"""What axe is asked once for many pages, lights and widths: each fault is found where it is."""

import re

from playwright.sync_api import Page, Route

from . import axe

# Each class is at fault in one place alone.
STYLE = """
body { background: #fff; color: #000 }
.pale { color: #ccc }
.only-wide { display: none }
.small { display: block; width: 60px; height: 30px; background: #000; color: #fff }
.quiet { color: #00c; text-decoration: underline }
@media (prefers-color-scheme: dark) {
  body { background: #000; color: #fff }
  .dim { color: #333 }
  .quiet { color: #eee; text-decoration: none }
}
.below, .above { display: block; width: 60px; height: 30px; background: #000; color: #fff }
@media (min-width: 800px) and (max-width: 900px) {
  .above { margin-top: -20px }
  .scrolls { height: 20px; overflow: auto }
}
@media (min-width: 1400px) { .only-wide { display: block } }
@media (max-width: 330px) { .small { width: 9px; height: 9px; overflow: hidden } }
"""
FAULTY = """<h1>Faults</h1>
<p class="pale">Grey on white.</p>
<p class="dim">Grey on black.</p>
<p class="only-wide pale">Grey on white, on a wide screen.</p>
<p>Words with <a class="quiet" href="/a/">a link</a> among them, which dark looks like words.</p>
<button class="small">One</button><button class="small">Two</button>
<button class="below">Three</button><button class="above">Four</button>
<p class="scrolls">Words.<br>Words.<br>Words.</p><button class="only-wide nameless"></button>"""
LATER = """<h1>Later</h1><p class="pale">As before.</p><div class="dim">As nothing before.</div>"""


def found_on(page: Page, body: str) -> list[tuple[int, str, str, str]]:
    """Width, light, rule and class of each violation on a page of these elements."""
    html = f"<!doctype html><html lang=en><title>A page</title><style>{STYLE}</style>"

    def answer(route: Route) -> None:
        route.fulfill(content_type="text/html", body=f"{html}<main>{body}</main></html>")

    page.route("**/at-fault/", answer)
    lines = axe.everywhere(page, "/at-fault/")
    page.unroute("**/at-fault/")
    line = re.compile(r'/at-fault/ at (\d+) px, (\w+): ([\w-]+): .*? class="([\w -]+)"')
    found = [line.match(each) for each in lines]
    return [(int(m[1]), m[2], m[3], m[4]) for m in found if m]


def test_each_fault_is_found_where_it_is(axe_page: Page) -> None:
    contrast = "color-contrast"
    assert sorted(found_on(axe_page, FAULTY)) == [
        (320, "dark", contrast, "dim"),
        (320, "dark", "link-in-text-block", "quiet"),
        (320, "dark", "target-size", "small"),
        (320, "dark", "target-size", "small"),
        (390, "light", contrast, "pale"),
        (820, "light", "scrollable-region-focusable", "scrolls"),
        (820, "light", "target-size", "below"),
        (1440, "dark", "button-name", "only-wide nameless"),
        (1440, "light", contrast, "only-wide pale"),
    ]
    # On the next page of the same tab, what was not met before.
    assert found_on(axe_page, LATER) == [(320, "dark", contrast, "dim")]
