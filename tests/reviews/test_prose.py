"""What an article's body may contain."""

import pytest
from django.utils.html import escape
from hypothesis import given
from hypothesis import strategies as st

from reviews import prose

A_FIGURE = '<figure data-image="1"></figure>'
LETS_THROUGH = [
    "<p>Plain, <strong>bold</strong>, <em>slanted</em>.</p>",
    "<h2>Heading</h2><h3>Smaller</h3>",
    "<blockquote><p>Quoted</p></blockquote>",
    "<aside><p>Said once more, and large</p></aside>",
    "<ul><li><p>One</p></li></ul>",
    "<details><p>She leaves</p><ul><li><p>By sea</p></li></ul></details>",
    '<details><blockquote><p>q</p></blockquote><figure data-image="1"></figure></details>',
    "<details><h2>a</h2><h3>b</h3><aside><p>c</p></aside><hr><p>d</p></details>",
    f'<details><p>a</p><div data-gallery="">{2 * A_FIGURE}</div></details>',
    '<ol start="3"><li><p>Three</p></li></ol>',
    "<p>A line<br>and another</p><hr>",
    '<p><a href="https://example.org/x">link</a></p>',
    '<p><span lang="ko">혼자 사는 사람들</span></p>',
    '<figure data-image="12"><figcaption>Her <em>own</em> words</figcaption></figure>',
    '<figure data-image="12"><figcaption></figcaption></figure>',
]


@pytest.mark.parametrize("html", LETS_THROUGH)
def test_what_the_editor_makes_is_let_through(html: str) -> None:
    assert prose.clean(html) == html


def test_what_is_badly_nested_or_left_open_is_no_depth() -> None:
    old = "<picture><source><source></picture><p><em><strong>a</em></strong></p>"
    assert prose.clean(old * 150).count("<p><em><strong>a</strong></em>") == 150


TAKES_OUT = [
    ("<p>a<script>alert(1)</script>b</p>", "<p>ab</p>"),
    ("<style>p{}</style><p>a</p>", "<p>a</p>"),
    ("<\x00UL><li></x>" * 20_000 + "a &lt; b", "<p>a &lt; b</p>"),
    ('<p onclick="x()" class="c" style="color:red" id="i">a</p>', "<p>a</p>"),
    ('<a href="javascript:alert(1)">a</a>', "<a>a</a>"),
    ('<a href="data:text/html,x">a</a>', "<a>a</a>"),
    ('<a href="https://e.org" target="_blank">a</a>', '<a href="https://e.org">a</a>'),
    ("<img src=x onerror=alert(1)>", ""),
    ("<iframe src='https://e.org'></iframe><p>a</p>", "<p>a</p>"),
    ("<h1>a</h1>", "a"),
    ('<span lang="x y onclick">a</span>', "<span>a</span>"),
    (
        '<figure data-image="12 onload"><figcaption>a</figcaption></figure>',
        "<figure><figcaption>a</figcaption></figure>",
    ),
    ("<p>a\x00b</p>", "<p>ab</p>"),
    ('<a href="ht\x00tps://e.org">a</a>', '<a href="https://e.org">a</a>'),
    ('<ol type="a" start="3"><li>a</li></ol>', '<ol start="3"><li>a</li></ol>'),
    ("<svg><script>alert(1)</script></svg>", ""),
    ("<p>a<!-- b --></p>", "<p>a</p>"),
    ('<aside class="x" id="y"><p>a</p></aside>', "<aside><p>a</p></aside>"),
    (
        "<details open class='x'><summary>More</summary><p>a</p></details>",
        "<details>More<p>a</p></details>",
    ),
    (
        "<details><p>a</p><details><p>b</p></details></details>",
        "<details><p>a</p><p>b</p></details>",
    ),
    (
        "<details><h2>a</h2><details><aside><p>b</p></aside></details><hr></details>",
        "<details><h2>a</h2><aside><p>b</p></aside><hr></details>",
    ),
    (
        f"<details><div data-gallery>{A_FIGURE}<p>a</p></div></details>",
        f"<details>{A_FIGURE}<p>a</p></details>",
    ),
    (
        f"<div data-gallery>{2 * A_FIGURE}<details>{A_FIGURE}</details></div>",
        f'<div data-gallery="">{2 * A_FIGURE}</div><details>{A_FIGURE}</details>',
    ),
    (
        '<figure data-image="1"><figcaption>a<details><h2>b</h2></details></figcaption></figure>',
        '<figure data-image="1"><figcaption>a</figcaption></figure>',
    ),
    (
        '<div data-gallery><figure data-image="1"></figure><details>a</details></div>',
        '<figure data-image="1"></figure><details>a</details>',
    ),
    ("<p>a</p><details><p> </p></details>", "<p>a</p>"),
    ("<details><p>a</p>", "<details><p>a</p></details>"),
    ("<p></p>", ""),
    ("<p> </p><p></p>", ""),
]


@pytest.mark.parametrize(("html", "cleaned"), TAKES_OUT)
def test_what_the_editor_cannot_make_is_taken_out(html: str, cleaned: str) -> None:
    assert prose.clean(html) == cleaned


@pytest.mark.parametrize(
    ("typed", "leads_to"),
    [
        ("koreanfilm.co.uk", "https://koreanfilm.co.uk"),
        (" www.bfi.org.uk/whats-on?a=1&b=2#c ", "https://www.bfi.org.uk/whats-on?a=1&b=2#c"),
        ("영화.한국/밤", "https://영화.한국/밤"),
        ("desk@bfi.org.uk", "mailto:desk@bfi.org.uk"),
        *((kept, kept) for kept in ("https://bfi.org.uk/a", "/reviews/a/", "#a", "//bfi.org.uk")),
        *((kept, kept) for kept in ("mailto:desk@bfi.org.uk", "HTTP://bfi.org.uk", "", "the door")),
    ],
)
def test_an_address_that_is_typed_without_https_is_on_the_web(typed: str, leads_to: str) -> None:
    said = prose.clean(f'<p><a href="{escape(typed)}">a</a></p>')
    assert f'href="{escape(leads_to)}"' in said


@given(st.text(alphabet="<>/\"'= abdefgiklmnoprstu&;:#-0123é혼\x00", max_size=80))
def test_cleaning_twice_changes_nothing_more(html: str) -> None:
    once = prose.clean(html)
    assert prose.clean(once) == once
    assert "<script" not in once.lower()


@pytest.mark.parametrize("tag", ["en", "en-GB", "ko", "ko-Latn", "zh-Hant-HK", "sl-rozaj", "yue"])
def test_language_tags_of_the_world_are_known(tag: str) -> None:
    prose.validate_language_tag(tag)


@pytest.mark.parametrize("tag", ["", "k", "english language", "en_GB", "ko;x", "en-GB\n"])
def test_what_is_no_language_tag_is_refused(tag: str) -> None:
    with pytest.raises(Exception, match="BCP 47"):
        prose.validate_language_tag(tag)
