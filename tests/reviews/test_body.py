"""Stored body -> page."""

import pytest
from django.utils.safestring import SafeString
from hypothesis import given
from hypothesis import strategies as st

from reviews import body
from reviews.models import Image

STILL = Image(pk=12, alt_text="A still")


def figure(image: Image, caption: SafeString) -> str:
    return f"[{image.alt_text}|{caption}]"


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("<p>a &amp; b</p>", "<p>a &amp; b</p>"),
        ('<p>a</p><figure data-image="12"></figure><p>b</p>', "<p>a</p>[A still|]<p>b</p>"),
        (
            '<figure data-image="12"><figcaption>x &lt; <em>y</em></figcaption></figure>',
            "[A still|x &lt; <em>y</em>]",
        ),
        ('<figure data-image="13"><figcaption>gone</figcaption></figure><p>b</p>', "<p>b</p>"),
        ("<figure><figcaption>no picture</figcaption></figure><p>b</p>", "<p>b</p>"),
        (
            '<blockquote><p>q</p><figure data-image="12"></figure></blockquote>',
            "<blockquote><p>q</p>[A still|]</blockquote>",
        ),
        (
            '<figure data-image="12"><figcaption>out</figcaption>'
            '<figure data-image="12"><figcaption>in</figcaption></figure></figure><p>b</p>',
            "[A still|out]<p>b</p>",
        ),
        ("<p>a<br>b</p>", "<p>a<br>b</p>"),
        ("<aside><p>a</p></aside>", '<aside role="doc-pullquote"><p>a</p></aside>'),
        ('<p><a href="https://e.org/?a=1&amp;b=2">l</a></p>',) * 2,
    ],
)
def test_figures_are_filled_in_and_the_rest_is_kept(stored: str, shown: str) -> None:
    assert body.render(stored, {12: STILL}, figure) == shown


def test_a_script_that_came_in_by_another_door_is_not_shown() -> None:
    shown = body.render("<p>a</p><script>alert(1)</script>", {}, figure)
    assert shown == "<p>a</p>"


HIDES = '<p>a</p><details><p>b</p><figure data-image="12"></figure></details><p>c</p>'


def test_a_spoiler_is_made_of_what_it_holds() -> None:
    shown = body.render(HIDES, {12: STILL}, figure, spoiler=lambda held: f"({held})")
    assert shown == "<p>a</p>(<p>b</p>[A still|])<p>c</p>"


def test_where_nothing_folds_a_spoiler_is_left_out_with_its_pictures() -> None:
    asked: list[Image] = []
    shown = body.render(HIDES, {12: STILL}, lambda image, _said: str(asked.append(image)))
    assert (shown, asked) == ("<p>a</p><p>c</p>", [])
    assert body.plain_text(HIDES) == "a c"
    assert body.plain_text(HIDES, spoilers=True) == "a b c"


def test_its_pictures_are_pictures_of_the_body_but_not_shown_openly() -> None:
    assert body.image_ids(HIDES) == [12]
    assert body.open_image_ids(HIDES) == []
    assert body.open_image_ids(f'{HIDES}<figure data-image="12"></figure>') == [12]


@given(st.text(alphabet='<>/ad"=123', max_size=40), st.text(alphabet="<>/adehpr1= ", max_size=40))
def test_whatever_stands_in_it_is_left_out(before: str, after: str) -> None:
    pieces = ("<details>", "</details>", "<figure>", "</figure>", "<div data-gallery>", "</div>")
    for piece in pieces:
        html = f"<p>{before}</p><details><p>x</p>{piece}{after}<b>SECRET</b></p>"
        if piece != "</details>":
            assert "SECRET" not in body.plain_text(html)


def test_pictures_are_listed_in_order_and_once() -> None:
    stored = "".join(f'<figure data-image="{n}"></figure>' for n in (5, 3, 5, 9))
    assert body.image_ids(stored) == [5, 3, 9]


def test_the_words_are_without_markup_and_figures() -> None:
    figure = '<figure data-image="1"><figcaption>no</figcaption></figure>'
    stored = f"<p>One <em>two</em></p>{figure}<p>three</p>"
    assert body.plain_text(stored) == "One two three"


def test_headings_lines_and_items_are_words_of_their_own() -> None:
    stored = "<p>a</p><h2>Two</h2><p>b<br>c</p><h3>Three</h3><ul><li>d</li><li><p>e</p></li></ul>"
    assert body.plain_text(stored) == "a Two b c Three d e"


@given(st.text(max_size=200))
def test_any_text_comes_out_as_text(text: str) -> None:
    shown = body.render(f"<p>{text}</p>", {12: STILL}, figure)
    assert "<script" not in shown.lower()


LONG = "<p>" + "It rains in this film. " * 9 + "</p>"


@pytest.mark.parametrize(
    ("html", "has"),
    [
        (LONG + "<p>b</p>", True),
        (LONG + '<figure data-image="12"></figure>', True),
        ("<p>It rains.</p>" + LONG, False),
        ("<h2>One</h2>" + LONG, False),
        (LONG, False),
        ("", False),
        (f"<p>“{LONG[3:]}<p>b</p>", True),
        (f"<p>{'Идёт дождь. ' * 20}</p><p>b</p>", True),
        (f"<p>{'Βρέχει στην ταινία. ' * 20}</p><p>b</p>", True),
        (f"<p>{'تمطر في هذا الفيلم. ' * 20}</p><p>b</p>", False),
        (f"<p>{'इस फ़िल्म में बारिश होती है। ' * 20}</p><p>b</p>", False),
        (f"<p>{'หนังเรื่องนี้ฝนตก ' * 20}</p><p>b</p>", False),
        (f"<p>{'이 영화에는 비가 내린다. ' * 20}</p><p>b</p>", False),
        (f"<p>K{'팝은 이 영화에 나오지 않는다. ' * 20}</p><p>b</p>", False),
    ],
)
def test_a_large_first_letter_stands_alone_with_words_beside_it_and_something_below(
    html: str, has: bool
) -> None:
    assert body.has_initial(html) == has
