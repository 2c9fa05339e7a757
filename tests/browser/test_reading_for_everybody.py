"""The public pages on any screen, by any light, with any means: axe, narrow screens, zoom, keys."""

import pytest
from playwright.sync_api import Page

from publication.models import Masthead
from tests.factories import make_article, make_comment
from tests.reviews.pages import fill_the_publication

from . import axe
from .conftest import SCREEN
from .tabbing import by_tab

pytestmark = pytest.mark.django_db(transaction=True)
OTHERS = {
    "search": "/search/?q=film",
    "nothing found": "/search/?q=zzzz",
    "no search yet": "/search/",
    "privacy": "/privacy/comments/",
}
NOT_TWICE = (  # made like another
    *("interview", "feature", "news", "festival_report", "filtered", "tag", "month"),
    *("interviews", "features", "all news", "festival reports"),
)
SIDEWAYS = "document.documentElement.scrollWidth - innerWidth"
# How many things there are to press, follow or write in.
REACHABLE = """[...document.querySelectorAll("a[href], button, input, select, textarea, summary")]
  .filter((each) => each.tabIndex >= 0 && each.type !== "hidden" && each.checkVisibility()
    && (each.type !== "radio" || each.checked)).length"""
# Where the focus is, and whether it shows.
FOCUS = """(here) => {
  const style = getComputedStyle(here)
  const box = here.getBoundingClientRect()
  return {
    name: here.outerHTML.slice(0, 80),
    shown: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    inside: box.right > 0 && box.left < innerWidth && box.width > 0,
  }
}"""


def pages() -> dict[str, str]:
    Masthead.objects.create(
        pk=1, name="The Lantern", tagline="Films", about="We watch.", comment_policy="Be kind."
    )
    addresses = fill_the_publication(3)
    article = make_article(headline="Talked about", content_note="A death.", contains_spoilers=True)
    first = make_comment(article, status="approved", text="Spoiler: she leaves.")
    for _ in range(5):
        first = make_comment(
            article, parent=first, status="approved", author_url="https://a.example"
        )
    own = {"talked about": article.get_absolute_url(), "reply": f"/comments/{first.pk}/reply/"}
    own |= {"thread": f"/comments/on/{article.pk}/all/", "report": f"/comments/{first.pk}/report/"}
    chosen = {name: path for name, path in addresses.items() if name not in NOT_TWICE}
    return chosen | OTHERS | own


def test_axe_finds_nothing_on_any_kind_of_page(axe_page: Page) -> None:
    found = [found for address in pages().values() for found in axe.everywhere(axe_page, address)]
    assert found == []


def test_the_keyboard_goes_through_every_page_and_is_seen_and_none_scrolls_sideways(
    page: Page,
) -> None:
    """On the narrowest screen, at twice the size, and there with letters that the browser's own
    setting makes twice as large."""
    letters = page.context.new_cdp_session(page)
    for name, address in pages().items():
        page.set_viewport_size(SCREEN)
        page.goto(address)
        reachable = page.evaluate(REACHABLE)
        way = by_tab(page, FOCUS, most=200)
        for focus in way:
            assert focus["shown"], (name, focus["name"])
            assert focus["inside"], (name, focus["name"])
        assert 'class="skip"' in way[0]["name"]
        assert len(way) >= reachable > 10, name
        for width, size in ((320, 16), (640, 32), (320, 32)):
            page.set_viewport_size({"width": width, "height": 800})
            letters.send("Page.setFontSizes", {"fontSizes": {"standard": size}})
            assert page.evaluate(SIDEWAYS) <= 0, (address, width, size)
        letters.send("Page.setFontSizes", {"fontSizes": {"standard": 16}})


def test_words_are_heard_apart_and_the_trap_of_the_reply_form_is_not_heard(page: Page) -> None:
    page.goto(pages()["talked about"])
    heard = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    said = [each["name"]["value"] for each in heard if each.get("name", {}).get("value")]
    at = said.index("Reply")
    assert said[at + 1].startswith(" to ")  # as it stands in the page: “Replyto” is no word
    assert "Leave a Reply" in said
    assert not [words for words in said if "robots" in words]
