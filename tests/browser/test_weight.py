"""A review page asks for little: four requests besides its pictures, and nothing moves when the
faces come late."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route

from tests.factories import make_comment
from tests.reviews.pages import fill_the_publication
from tests.running.processes import environment, free_port, manage, served

from .frames import until

pytestmark = pytest.mark.django_db(transaction=True)
MOST_REQUESTS = 4  # the page, its stylesheet, two faces
MOST_BYTES = 20_000  # of HTML, CSS and scripts, as they come over the line, with their headers
MOST_BYTES_OF_FACES = 75_000
# The last element is there, and the parser's task is over.
PARSED = """new Promise((done) => {
  const look = () => document.querySelector(".colophon__note") ? setTimeout(done) : setTimeout(look)
  look()
})"""
SHIFTS = """
  window.shift = 0
  const note = (list) => list.getEntries().forEach((entry) => (window.shift += entry.value))
  new PerformanceObserver(note).observe({ type: "layout-shift", buffered: true })
"""
# What the browser itself says held up the first paint.
BLOCKING = """() => performance.getEntriesByType("resource")
  .filter((each) => each.renderBlockingStatus === "blocking")
  .map((each) => each.name.includes(".css") ? "stylesheet" : each.name)"""


@pytest.fixture
def review(db: None) -> str:
    return fill_the_publication(3)["review"]


@pytest.fixture
def address(review: str, tmp_path: Path) -> Iterator[str]:
    """The review as readers are served it: collected, hashed, compressed files, a stored page."""
    port = free_port()
    env = environment(tmp_path, SITE_URL=f"http://127.0.0.1:{port}")
    own = {"DJANGO_SETTINGS_MODULE": "tests.running.own_static"}
    done = manage(env | own, "collectstatic", "--no-input", "--verbosity", "0")
    assert done.returncode == 0, done.stderr
    with served(env, tmp_path / "log", port, processes=1) as server:
        yield server.address + review


def test_four_requests_and_twenty_kilobytes_bring_a_review(browser: Browser, address: str) -> None:
    page = browser.new_page()
    asked: dict[str, str] = {}
    weights: dict[str, int] = {}
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.on("Network.requestWillBeSent", lambda it: asked.update({it["requestId"]: _url(it)}))
    wire.on("Network.loadingFinished", lambda it: weights.update({_id(it): _bytes(it)}))
    page.goto(address)
    page.wait_for_load_state("networkidle")
    page.close()
    others = ("/media/", "favicon")
    own = [(url, weights[key]) for key, url in asked.items() if not any(o in url for o in others)]
    assert len(own) == MOST_REQUESTS, own
    assert all(url.startswith(address[:20]) for url in asked.values())
    assert sum(size for url, size in own if ".woff2" not in url) <= MOST_BYTES, own
    assert sum(size for url, size in own if ".woff2" in url) <= MOST_BYTES_OF_FACES, own


def _url(event: dict[str, Any]) -> str:
    return str(event["request"]["url"])


def _id(event: dict[str, Any]) -> str:
    return str(event["requestId"])


def _bytes(event: dict[str, Any]) -> int:
    """Of headers and body, as they came."""
    return int(event["encodedDataLength"])


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_moves_when_the_faces_come_late(page: Page, review: str, width: int) -> None:
    page.route("**/*.woff2", lambda route: None)  # held
    page.set_viewport_size({"width": width, "height": 900})
    page.add_init_script(SHIFTS)
    page.goto(review, wait_until="domcontentloaded")
    until(page, "document.fonts.status === 'loading'")
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    page.unroute("**/*.woff2")  # lets them go, and what is only asked for from now on
    until(page, "[...document.fonts].some((face) => face.status === 'loaded')")
    page.evaluate("document.fonts.ready")
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert page.evaluate("window.shift") < 0.02


def test_no_script_holds_the_page_up_and_no_cookie_comes(page: Page, review: str) -> None:
    page.add_init_script(SHIFTS)
    page.goto(review)
    page.wait_for_load_state("networkidle")
    assert page.locator("script[src]").count() == 0  # the module of replies comes when pressed
    assert page.context.cookies() == []
    # One that the browser has in memory holds nothing up.
    assert page.evaluate(f"({BLOCKING})()") in (["stylesheet"], [])
    assert page.evaluate("window.shift") == 0


def test_a_page_with_comments_asks_for_no_more(page: Page) -> None:
    article = make_comment(status="approved").article
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(article.get_absolute_url())
    page.wait_for_load_state("networkidle")
    assert (
        len([url for url in asked if "/media/" not in url and "favicon" not in url])
        <= MOST_REQUESTS
    )


def test_a_page_does_not_end_before_its_stylesheet_is_there(page: Page, review: str) -> None:
    """At the end of a page browsers lay it out, styled or not, and once more when it is styled."""
    held: list[Route] = []
    page.route("**/site*.css", lambda route: held.append(route))
    page.goto(review, wait_until="commit")
    page.evaluate(PARSED)
    assert page.evaluate("document.readyState") == "loading"
    while not held:  # the browser has asked; it may take a moment until we hear of it
        page.wait_for_timeout(10)
    held[0].continue_()
    page.wait_for_load_state()
    assert page.evaluate("document.readyState") == "complete"
