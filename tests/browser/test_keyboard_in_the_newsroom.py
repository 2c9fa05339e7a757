"""Everything on the newsroom’s main pages is reached by Tab, and it shows where one is."""

import pytest
from playwright.sync_api import Page

from tests.factories import make_article, make_image, make_user

from .conftest import LogIn
from .tabbing import by_tab
from .test_desk_for_everybody import fill

pytestmark = pytest.mark.django_db(transaction=True)
MOST = 400  # presses of Tab that a page may take

# Notes what everything looks like while nothing has the focus.
NOTE = """() => {
  window.look = (each) => {
    const style = getComputedStyle(each)
    return ["outlineStyle", "outlineWidth", "outlineColor", "boxShadow", "borderColor", "color",
      "backgroundColor", "textDecorationLine"].map((name) => style[name]).join()
  }
  const still = new CSSStyleSheet() // a change that takes its time is not to be seen at once
  still.replaceSync("*, ::before, ::after { transition: none !important }")
  document.adoptedStyleSheets.push(still)
  document.activeElement.blur()
  window.looks = new Map([...document.querySelectorAll("*")].map((each) => [each, look(each)]))
}"""
FOCUS = """(here) => {
  const frame = here.closest(".select2-selection")
  const around = [here, here.parentElement, here.nextElementSibling, frame].filter(Boolean)
  const shown = around.some((each) => looks.get(each) !== look(each))
  return { name: here.outerHTML.slice(0, 120), shown }
}"""


def unseen(page: Page, address: str) -> list[str]:
    """What has the focus without showing it, on the way of Tab through a page."""
    page.goto(address)
    page.evaluate(NOTE)
    way = by_tab(page, FOCUS, most=MOST)
    return [f"{address}: {focus['name']}" for focus in way if not focus["shown"]]


def test_an_editor_tabs_through_the_lists_and_forms(page: Page, log_in: LogIn) -> None:
    article = make_article(lead_image=make_image())
    log_in(page, make_user("Editor"))
    for address in (
        "",
        "reviews/review/",
        f"reviews/film/{article.film_id}/change/",
        "reviews/image/",
        "reviews/image/upload/",
    ):
        assert unseen(page, f"/admin/{address}") == []


def test_a_moderator_tabs_through_the_desk(page: Page, log_in: LogIn) -> None:
    _, waiting = fill()
    log_in(page, make_user("Moderator"))
    desk = "/admin/comments/comment/"
    assert unseen(page, desk) == []
    assert unseen(page, f"{desk}{waiting.pk}/change/") == []
