"""Where lines break: after the dot between two facts, and never at the hyphen of a name."""

import pytest
from playwright.sync_api import Page, expect

from tests.factories import (
    make_article,
    make_comment,
    make_edition,
    make_film,
    make_reviewer,
)

pytestmark = pytest.mark.django_db(transaction=True)
# Left, right and top of each line of a part.
LINES = """const lines = (part) => [...document.querySelector(part).getClientRects()]
  .map(({left, right, top}) => [left, right, top])"""
# The same with what a part stands in made wider and wider; before it, the left edge of that.
AT_EACH_WIDTH = f"""([part, of, narrowest]) => {{
  {LINES}
  const whole = document.querySelector(of), found = []
  for (let width = narrowest; width < 420; width += 5) {{
    whole.style.width = `${{width}}px`
    found.push([whole.getBoundingClientRect().left, lines(part)])
  }}
  return found
}}"""
# How many lines the headline's name has, and how far the page scrolls sideways.
NAME = f"""() => {{
  {LINES}
  return [lines("h1 .whole").length, document.documentElement.scrollWidth - innerWidth]
}}"""

# How many lines the headline's first word has.
FIRST_WORD = """() => {
  const said = document.querySelector("h1").firstChild, word = document.createRange()
  word.setStart(said, 0)
  word.setEnd(said, said.data.indexOf(" "))
  return word.getClientRects().length
}"""


# How many lines the last word of a part has.
LAST_WORD = """(part) => {
  const said = part.firstChild, word = document.createRange()
  word.setStart(said, said.data.lastIndexOf(" ") + 1)
  word.setEnd(said, said.data.length)
  return word.getClientRects().length
}"""

# How large the letters of a headline are, and how wide its first two are.
LETTERS = """(headline) => {
  const wide = (at) => {
    const walk = document.createTreeWalker(headline, NodeFilter.SHOW_TEXT), letter = new Range()
    letter.setStart(walk.nextNode(), at)
    letter.setEnd(walk.currentNode, at + 1)
    return letter.getBoundingClientRect().width
  }
  return [getComputedStyle(headline).fontSize, wide(0), wide(1)]
}"""


# At which side of a text each of its lines begins.
WHERE_LINES_BEGIN = """(text) => {
  const walk = document.createTreeWalker(text, NodeFilter.SHOW_TEXT), line = new Range()
  const { left } = text.getBoundingClientRect(), found = []
  while (walk.nextNode()) {
    if (!walk.currentNode.data.trim()) continue
    line.selectNode(walk.currentNode)
    found.push(line.getBoundingClientRect().left < left + 1 ? "left" : "right")
  }
  return found
}"""


# The first letter of each line of a part.
FIRST_OF_LINES = """(part) => {
  const said = part.firstChild, letter = new Range()
  const top = (at) => {
    letter.setStart(said, at)
    letter.setEnd(said, at + 1)
    return letter.getBoundingClientRect().top
  }
  return [...said.data].filter((_, at) => !at || top(at) > top(at - 1) + 8)
}"""


def test_a_line_that_breaks_between_two_facts_ends_with_their_dot(page: Page) -> None:
    article = make_article(
        by=make_reviewer("Wren Castellane"),
        edition=make_edition("Documentary Festival"),
        kind="feature",
    )
    on_the_front = [
        (".card__byline time", ".card__byline", 140),
        (".kicker__more", ".card .kicker", 80),
    ]
    on_its_own = [(".article__replies", ".article__dates", 190)]
    for address, parts in (("/", on_the_front), (article.get_absolute_url(), on_its_own)):
        page.goto(address)
        for part, of, narrowest in parts:
            broken = 0
            for left, lines in page.evaluate(AT_EACH_WIDTH, [part, of, narrowest]):
                (start, end, top), *more = lines
                if more and more[0][2] > top + 5 and end - start < 16:  # the dot alone
                    broken += 1
                assert start > left + 16, part
            assert broken, part


def test_no_headline_breaks_at_the_hyphen_of_a_name(page: Page) -> None:
    name = "Chan-wook"
    article = make_article(
        headline=f"A Long Evening Alone With Park {name}", film=make_film(director=f"Park {name}")
    )
    page.goto(article.get_absolute_url())
    for width in range(320, 700, 10):
        page.set_viewport_size({"width": width, "height": 700})
        lines, sideways = page.evaluate(NAME)
        assert lines == 1, width
        assert sideways <= 0, width


def test_the_longest_name_that_is_kept_whole_fits_the_narrowest_screen(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(make_article(headline="Wolfgang-Maria").get_absolute_url())
    lines, sideways = page.evaluate(NAME)
    assert lines == 1
    assert sideways <= 0


def test_no_short_word_of_a_headline_breaks_with_letters_twice_as_large(page: Page) -> None:
    page.goto(make_article(headline="Chungking Express").get_absolute_url())
    page.set_viewport_size({"width": 320, "height": 700})
    letters = page.context.new_cdp_session(page)
    letters.send("Page.setFontSizes", {"fontSizes": {"standard": 32}})
    assert page.evaluate(FIRST_WORD) == 1
    page.goto("/privacy/comments/")
    assert page.locator("h1").evaluate(LAST_WORD) == 1, "of a page with smaller headlines"
    letters.send("Page.setFontSizes", {"fontSizes": {"standard": 16}})


def test_on_the_narrowest_screen_what_a_person_made_is_beside_its_year_and_a_name_beside_its_sign(
    page: Page,
) -> None:
    film = make_film("In the Mood for Love", director="Wong Kar-wai")
    article = make_article(film=film)
    make_comment(article, author_name="A Reader With Quite A Long Name Indeed", status="approved")
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(film.credits.get().person.get_absolute_url())
    assert_beside(page, ".ledger__year", ".ledger__title")
    page.goto(article.get_absolute_url())
    assert_beside(page, ".comment .identicon", ".comment__author")


def assert_beside(page: Page, first: str, second: str) -> None:
    one, other = page.locator(first).bounding_box(), page.locator(second).bounding_box()
    assert one
    assert other
    assert other["x"] > one["x"] + one["width"]


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


def test_titles_of_films_slant_wherever_their_letters_do(page: Page) -> None:
    film = make_film("Uncle Boonmee", original=("ลุงบุญมีระลึกชาติ", "th"))
    for language, text in (
        ("th-Latn", "Loong Boonmee"),
        ("", "Uncle Boonmee"),
        ("ko", "엉클 분미"),
    ):
        film.titles.create(text=text, language=language, kind="english")
    page.goto(film.get_absolute_url())
    titles = page.locator(".ledger cite").all()
    slants = {
        each.inner_text(): each.evaluate("(it) => getComputedStyle(it).fontStyle")
        for each in titles
    }
    assert slants == {
        "ลุงบุญมีระลึกชาติ": "normal",
        "Loong Boonmee": "italic",
        "Uncle Boonmee": "italic",
        "엉클 분미": "normal",
    }


def test_what_is_large_in_japanese_breaks_between_phrases_wherever_it_stands(page: Page) -> None:
    said = "静けさのなかで家族の距離を測る。"
    article = make_article(
        headline="世界の終わりとハードボイルド",
        language="ja",
        standfirst=said,
        body=f"<p>雨が降る。</p><aside><p>{said}</p></aside>",
    )
    page.goto(article.get_absolute_url())
    for part in ("h1", ".standfirst", ".prose aside p"):
        expect(page.locator(part)).to_have_css("word-break", "auto-phrase")
    expect(page.locator(".prose > p")).to_have_css("word-break", "normal")
    page.goto("/")
    for part in (".card__title a", ".card__standfirst"):
        expect(page.locator(part)).to_have_css("word-break", "auto-phrase")


def test_a_lead_without_a_picture_is_as_large_as_on_its_own_page_and_korean_brackets_are_narrow(
    page: Page,
) -> None:
    article = make_article(
        headline="〈살인의 추억〉, 20년 뒤에 다시 보니 달라 보이는 것들",
        language="ko",
        body='<p>일본어로는 <span lang="ja">「はい。」</span></p>',
    )
    found = []
    for address, part in ((article.get_absolute_url(), "h1"), ("/", ".card--lead .card__title")):
        page.goto(address)
        size, bracket, letter = page.locator(part).evaluate(LETTERS)
        found.append(size)
        assert bracket < 0.7 * letter
        if part == "h1":  # nobody else's
            japanese = page.locator(".prose span")
            expect(japanese).to_have_css("font-feature-settings", "normal")
    assert len(set(found)) == 1


@pytest.mark.parametrize("language", ["", "zh-Hant"])
def test_headlines_break_at_spaces_and_points_alone(page: Page, language: str) -> None:
    article = make_article(headline="Why 기생충 Still Matters", language=language)
    page.goto(article.get_absolute_url())
    expect(page.locator("h1")).to_have_css("word-break", "keep-all")
    expect(page.locator(".prose > p")).to_have_css("word-break", "normal")


def test_no_line_of_a_chinese_headline_on_a_card_begins_with_a_point(page: Page) -> None:
    make_article(headline="《牯嶺街少年殺人事件》：一支手電筒照亮的年代", language="zh-Hant")
    page.goto("/reviews/")
    for width in (320, 800, 840, 1440):
        page.set_viewport_size({"width": width, "height": 700})
        first = page.locator(".card__title a").evaluate(FIRST_OF_LINES)
        assert len(first) > 1 or width == 1440
        assert not {"》", "："} & {*first}, width


@pytest.mark.parametrize("language", ["ko", "ja", "zh-Hant"])
def test_what_is_stressed_is_seen_where_no_letter_slants(page: Page, language: str) -> None:
    body = '<p>그는 <em>정확한</em> 말을 <em lang="en">Aloners</em></p><details><p>끝</p></details>'
    page.goto(make_article(language=language, body=body).get_absolute_url())
    expect(page.locator(".prose em").first).to_have_css("text-emphasis-style", "dot")
    expect(page.locator(".prose em").last).to_have_css("text-emphasis-style", "none")
    if language != "ko":  # whose face is Latin's first
        latin = page.locator("body").evaluate("(each) => getComputedStyle(each).fontFamily")
        expect(page.locator(".prose summary")).to_have_css("font-family", latin)


def test_no_line_breaks_within_a_korean_word_that_a_reader_writes_among_english_ones(
    page: Page,
) -> None:
    said = "Thank you for the review, and good night. 감사합니다."
    article = make_article()
    make_comment(article, status="approved", text=said)
    for address, part in (
        (article.get_absolute_url(), ".comment__text p"),
        ("/", ".said__words a"),
    ):
        page.goto(address)
        for width in range(320, 420, 10):
            page.set_viewport_size({"width": width, "height": 700})
            assert page.locator(part).evaluate(LAST_WORD) == 1, width


def test_among_the_main_links_the_one_that_leads_here_is_underlined(page: Page) -> None:
    page.goto("/reviews/")
    underlined = page.eval_on_selector_all(
        ".nav__list a",
        """(links) => links.filter((link) => getComputedStyle(link).textDecorationLine !== "none")
            .map((link) => link.textContent)""",
    )
    assert underlined == ["Reviews"]


def test_each_line_of_a_comment_begins_where_its_own_words_do(page: Page) -> None:
    said = make_comment(
        status="approved",
        text="(In English.)\n\nفيلم رائع! (2021)\n“Aloners”, 1982: שלום!\nאת Aloners!",
    )
    page.goto(said.article.get_absolute_url())
    begins = page.locator(f"#comment-{said.pk} .comment__text").evaluate(WHERE_LINES_BEGIN)
    assert begins == ["left", "right", "left", "right"]
