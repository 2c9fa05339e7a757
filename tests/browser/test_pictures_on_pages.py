"""Pictures on public pages: nothing moves when they come, and the right file is sent."""

from itertools import product
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from reviews import figures
from reviews.models import Article, Image
from tests.factories import make_article, make_film, make_image, make_reviewer

WIDTHS = [390, 1280]
SHIFTS = """
window.shift = 0
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.shift += entry.value
}).observe({ type: "layout-shift", buffered: true })
"""
CHOSEN = """images => images.map(image => ({
  place: image.closest("figure").className.match(/figure--([a-z-]+)/)[1],
  file: image.currentSrc.split("/").pop(),
  asked: Math.round(image.getBoundingClientRect().width),
}))"""


@pytest.fixture
def review(transactional_db: None) -> Article:
    """A review with a picture wherever one can stand, each another: wide, upright and square."""
    lead, still = make_image(width=1300, height=650), make_image(width=700, height=466)
    upright, poster = make_image(width=500, height=800), make_image(width=420, height=640)
    several = [make_image(width=660, height=440) for _ in range(3)]
    reviewer = make_reviewer("Ada")
    reviewer.portrait = make_image(width=400, height=400, developed=True)  # and all before it
    reviewer.save()
    body = f"<p>{'Words. ' * 40}</p>{placed(still)}<p>{'More. ' * 60}</p>{placed(upright)}"
    body += f'<div data-gallery="">{placed(*several)}</div>'
    film = make_film("Aloners", poster=poster)
    return make_article(lead_image=lead, body=body, film=film, by=reviewer)


def placed(*images: Image) -> str:
    return "".join(f'<figure data-image="{image.pk}"></figure>' for image in images)


def read_through(page: Page) -> None:
    """Scrolls to the end as a reader does, and lets every picture come."""
    page.evaluate(
        """async () => {
          for (let y = 0; y < document.documentElement.scrollHeight; y += 400) {
            scrollTo(0, y)
            await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
          }
          for (const image of document.images) if (!image.complete) {
            await new Promise((done) => { image.onload = image.onerror = done })
          }
          await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
        }"""
    )


def pages_of(review: Article) -> list[str]:
    reviewer = review.writers()[0]
    return ["/", "/reviews/", review.get_absolute_url(), reviewer.get_absolute_url()]


def test_what_a_review_does_with_its_pictures(
    page: Page, browser: Browser, live_server: Any, review: Article
) -> None:
    page.goto(review.get_absolute_url())
    the_lead_is_asked_for_at_once_and_the_others_when_they_are_near(page)
    an_upright_picture_is_seen_whole_on_one_screen(page)
    a_gallery_fits_its_column_from_the_narrowest_screen_on(page)
    nothing_moves_when_the_pictures_come(page, review)
    the_smallest_avif_that_fills_its_place_is_chosen(browser, live_server.url, review)


def nothing_moves_when_the_pictures_come(page: Page, review: Article) -> None:
    page.add_init_script(SHIFTS)
    for width, address in product(WIDTHS, pages_of(review)):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(address)
        read_through(page)
        assert page.evaluate("window.shift") == 0, (width, address)
        assert page.evaluate("[...document.images].every(image => image.naturalWidth > 0)")


def the_smallest_avif_that_fills_its_place_is_chosen(
    browser: Browser, site: str, review: Article
) -> None:
    for last in (False, False, False, False, True):  # rows of the front page that are full
        make_article(lead_image=make_image(width=1300, height=650, developed=last))
    screens = [(390, 2), (1024, 2), (1280, 1)]
    # Each with an empty cache: what is there is used again.
    for (width, density), address in product(screens, pages_of(review)):
        context = browser.new_context(
            viewport={"width": width, "height": 800}, device_scale_factor=density
        )
        page = context.new_page()
        page.goto(site + address)
        read_through(page)
        for chosen in page.locator("main figure img").evaluate_all(CHOSEN):
            assert_fits(chosen["place"], chosen["file"], chosen["asked"] * density)
        context.close()


def assert_fits(place: str, file: str, pixels: int) -> None:
    """No narrower than its place, unless there is none wider; no wider than the next would do."""
    crop = figures.PLACES[place].crop
    (sizes,) = [
        sizes for image in Image.objects.all() if file in str(sizes := image.sizes(crop, "avif"))
    ]
    (taken,) = [width for width, _, name in sizes if name.endswith(file)]
    widest = sizes[-1][0]
    fitting = {  # `sizes` says the layout to within three in a hundred
        next((width for width, *_ in sizes if width >= pixels * share), widest)
        for share in (0.97, 1.03)
    }
    assert taken in fitting, (place, pixels)


def the_lead_is_asked_for_at_once_and_the_others_when_they_are_near(page: Page) -> None:
    lead = page.locator(".figure--lead img")
    expect(lead).to_have_attribute("fetchpriority", "high")
    assert lead.evaluate("image => image.loading") != "lazy"
    others = page.locator("main figure:not(.figure--lead) img")
    assert set(others.evaluate_all("images => images.map(i => i.loading)")) == {"lazy"}


def an_upright_picture_is_seen_whole_on_one_screen(page: Page) -> None:
    upright = page.locator(".prose > .figure--upright img")
    seen = upright.evaluate("image => [image.clientHeight, getComputedStyle(image).objectFit]")
    assert seen[0] <= 0.9 * 900 + 1
    assert seen[1] == "contain"


def a_gallery_fits_its_column_from_the_narrowest_screen_on(page: Page) -> None:
    for width in (320, 390, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        page.reload()
        gallery = page.get_by_role("group", name="Gallery of 3 pictures")
        edges = gallery.locator("figure").evaluate_all(
            """figures => figures.map(figure => figure.getBoundingClientRect())
                 .map(box => [box.left, box.right, box.top])"""
        )
        left, right = gallery.evaluate(
            "group => [group.getBoundingClientRect().left, group.getBoundingClientRect().right]"
        )
        assert all(left <= edge[0] and edge[1] <= right + 0.5 for edge in edges)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert (edges[1][2] == edges[2][2]) == (width == 1280)  # side by side where there is room


INITIAL = """page => getComputedStyle(document.querySelector(".prose > p"), "::first-letter")
  .getPropertyValue("initial-letter")"""


def test_a_drop_cap_stands_where_its_own_paragraph_flows_round_it(
    page: Page, transactional_db: None
) -> None:
    long = f"<p>{'It rains in this film. ' * 9}</p>"
    for first, initial in (("<p>Short.</p>", "normal"), (long, "3")):
        page.goto(make_article(body=f"{first}<p>A.</p><p>B.</p>").get_absolute_url())
        assert page.evaluate(INITIAL).startswith(initial)
