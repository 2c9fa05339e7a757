"""A review page asks for little: four requests besides its pictures, and nothing moves when the
faces come late."""

import gzip
from typing import Any

import pytest
from playwright.sync_api import Page, Route

from tests.factories import make_comment
from tests.reviews.pages import fill_the_publication

pytestmark = pytest.mark.django_db(transaction=True)
MOST_REQUESTS = 4  # the page, its stylesheet, two faces
MOST_BYTES = 20_000  # of HTML, CSS and scripts, compressed
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


def test_four_requests_and_twenty_kilobytes_bring_a_review(page: Page, review: str) -> None:
    bodies: dict[str, bytes] = {}
    page.on("response", lambda answer: bodies.update({answer.url: _body(answer)}))
    page.goto(review)
    page.wait_for_load_state("networkidle")
    asked = [url for url in bodies if "/media/" not in url and "favicon" not in url]
    assert len(asked) <= MOST_REQUESTS, asked
    assert all("127.0.0.1" in url or "localhost" in url for url in bodies)
    words = [body for url, body in bodies.items() if url in asked and ".woff2" not in url]
    assert sum(len(gzip.compress(body, 9)) for body in words) <= MOST_BYTES


def _body(answer: Any) -> bytes:
    body: bytes = answer.body() if answer.ok else b""
    return body


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_moves_when_the_faces_come_late(page: Page, review: str, width: int) -> None:
    held: list[Route] = []
    page.route("**/*.woff2", lambda route: held.append(route))
    page.set_viewport_size({"width": width, "height": 900})
    page.add_init_script(SHIFTS)
    page.goto(review, wait_until="domcontentloaded")
    _until(page, "document.fonts.status === 'loading'")
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    for route in held:
        route.continue_()
    _until(page, "[...document.fonts].some((face) => face.status === 'loaded')")
    page.evaluate("document.fonts.ready")
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert page.evaluate("window.shift") < 0.02


def _until(page: Page, true: str) -> None:
    """`wait_for_function` evaluates again and again, which the content policy stops."""
    look = f"const look = () => ({true}) ? done() : requestAnimationFrame(look)"
    page.evaluate(f"new Promise((done) => {{ {look}; look() }})")


def test_no_script_holds_the_page_up_and_no_cookie_comes(page: Page, review: str) -> None:
    page.add_init_script(SHIFTS)
    page.goto(review)
    page.wait_for_load_state("networkidle")
    assert page.locator("script[src]").count() == 0  # the module of replies comes when pressed
    assert page.context.cookies() == []
    assert page.evaluate(f"({BLOCKING})()") == ["stylesheet"]
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
