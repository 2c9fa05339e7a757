"""Where lines break: after the dot between two facts, and never at the hyphen of a name."""

import pytest
from playwright.sync_api import Page, expect

from tests.factories import make_article, make_edition, make_film, make_reviewer

pytestmark = pytest.mark.django_db(transaction=True)
# Where each line of an element begins and ends, and its top.
LINES = "(each) => [...each.getClientRects()].map(({left, right, top}) => [left, right, top])"


def lines(page: Page, part: str) -> list[list[float]]:
    lefts: list[list[float]] = page.locator(part).first.evaluate(LINES)
    return lefts


@pytest.mark.parametrize(
    ("part", "of", "narrowest"),
    [
        (".card__byline time", ".card__byline", 140),
        (".kicker__more", ".card .kicker", 80),
        (".byline__updated", ".byline__dates", 190),
    ],
)
def test_a_line_that_breaks_between_two_facts_ends_with_their_dot(
    page: Page, part: str, of: str, narrowest: int
) -> None:
    article = make_article(
        by=make_reviewer("Wren Castellane"),
        edition=make_edition("Documentary Festival"),
        kind="feature",
    )
    article.updated_at = article.first_published_at
    article.save(update_fields=["updated_at"])
    page.goto(article.get_absolute_url() if "updated" in part else "/")
    whole = page.locator(of).first
    broken = 0
    for width in range(narrowest, 420, 5):
        whole.evaluate("(each, width) => { each.style.width = `${width}px` }", width)
        (start, end, top), *more = lines(page, part)
        if more and more[0][2] > top + 5 and end - start < 16:  # the dot alone
            broken += 1
        assert start > whole.evaluate("(each) => each.getBoundingClientRect().left") + 16
    assert broken


def test_no_headline_breaks_at_the_hyphen_of_a_name(page: Page) -> None:
    name = "Chan-wook"
    article = make_article(
        headline=f"A Long Evening Alone With Park {name}", film=make_film(director=f"Park {name}")
    )
    page.goto(article.get_absolute_url())
    for width in range(320, 700, 10):
        page.set_viewport_size({"width": width, "height": 700})
        assert len(lines(page, "h1 .whole")) == 1
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_the_longest_name_that_is_kept_whole_fits_the_narrowest_screen(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(make_article(headline="Wolfgang-Maria").get_absolute_url())
    assert len(lines(page, "h1 .whole")) == 1
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@pytest.mark.parametrize("width", [390, 1280])
def test_a_films_page_is_walked_in_the_order_it_is_seen_in(page: Page, width: int) -> None:
    film = make_film(director="Hong Sung-eun", original=("혼자 사는 사람들", "ko"))
    make_article(film=film, headline="The review")
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(film.get_absolute_url())
    review = page.get_by_role("link", name="The review").bounding_box()
    director = page.get_by_role("link", name="Hong Sung-eun").bounding_box()
    assert review
    assert director
    seen_later = "y" if width < 992 else "x"  # below it, or to its right
    assert director[seen_later] > review[seen_later]


def test_a_japanese_headline_breaks_between_phrases_wherever_it_stands(page: Page) -> None:
    article = make_article(headline="世界の終わりとハードボイルド", language="ja")
    page.goto(article.get_absolute_url())
    expect(page.locator("h1")).to_have_css("word-break", "auto-phrase")
    page.goto("/")
    expect(page.locator(".card__title a")).to_have_css("word-break", "auto-phrase")
