"""A reader's text as HTML."""

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comments import plain_text
from comments.models import Comment
from comments.reading import rendering

REL = 'rel="nofollow ugc noopener"'


def link(address: str) -> str:
    return f'<a href="{address}" {REL}>{address}</a>'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One.\nTwo.\n\nThree.", "<p>One.<br>\nTwo.</p>\n<p>Three.</p>"),
        ("One.\n \n\nTwo.", "<p>One.</p>\n<p>Two.</p>"),
        ("<b>&amp;</b>", "<p>&lt;b&gt;&amp;amp;&lt;/b&gt;</p>"),
        ("See https://a.example/b.", f"<p>See {link('https://a.example/b')}.</p>"),
        ("(http://a.example/b)", f"<p>({link('http://a.example/b')})</p>"),
        ("http://a.example/b_(film)!", f"<p>{link('http://a.example/b_(film)')}!</p>"),
        ("HTTPS://A.example", f"<p>{link('HTTPS://A.example')}</p>"),
        ("https://a.example/?a=1&b=2", f"<p>{link('https://a.example/?a=1&amp;b=2')}</p>"),
        ("https://a.example/영화 봤다", f"<p>{link('https://a.example/영화')} 봤다</p>"),
        ("https://a.example/。次", f"<p>{link('https://a.example/')}。次</p>"),
        ("javascript:alert(1)", "<p>javascript:alert(1)</p>"),
        ("www.example.org and a@b.example", "<p>www.example.org and a@b.example</p>"),
        ("https:// and http://[x", "<p>https:// and http://[x</p>"),
        ('https://a.example/"onmouseover="x', f"<p>{link('https://a.example/')}&quot;onmouse"),
        ("", ""),
    ],
)
def test_plain_text_becomes_paragraphs_and_links(text: str, expected: str) -> None:
    assert rendering.comment_html(text).startswith(expected)


def plain(markup: str) -> tuple[set[str], set[str], str]:
    """Tags, attributes and text of some HTML, as a browser would read it."""
    tree = html5lib.parseFragment(markup, namespaceHTMLElements=False)
    inner = list(tree.iter())[1:]
    tags = {str(element.tag) for element in inner}
    attributes = {name for element in inner for name in element.attrib}
    return tags, attributes, "".join(tree.itertext())


PIECES = (
    "<script> </p> <img/src=x/onerror=1> \" ' &lt; & http:// https://a.b ) ( ] . # % @ <a/href="
)
nasty = st.lists(
    st.sampled_from([*PIECES.split(), "\n", "\n\n", " ", "javascript:", "\u202e"])
    | st.text(max_size=5),
    max_size=25,
).map("".join)


@given(nasty)
def test_no_text_makes_any_markup_but_ours(text: str) -> None:
    text = plain_text.tidy(text)
    markup = rendering.comment_html(text)
    tags, attributes, words = plain(markup)
    assert tags <= {"p", "br", "a"}
    assert attributes <= {"href", "rel"}
    assert "".join(words.split()) == "".join(text.split())


@given(nasty)
def test_every_link_goes_to_a_web_address_and_recommends_nothing(text: str) -> None:
    tree = html5lib.parseFragment(rendering.comment_html(text), namespaceHTMLElements=False)
    for anchor in tree.iter("a"):
        assert anchor.attrib["href"].lower().startswith(("http://", "https://"))
        assert anchor.attrib["rel"] == "nofollow ugc noopener"


@given(nasty, nasty)
def test_an_author_is_a_name_and_at_most_a_link(name: str, url: str) -> None:
    author = rendering.author_html(Comment(author_name=name, author_url=url))
    tags, attributes, _ = plain(author)
    assert tags <= {"a", "bdi"}
    assert attributes <= {"href", "rel"}


@pytest.mark.parametrize("piece", ["http://", "http://a", ")", "(", "http://a/)", "<", "&", "\n"])
def test_long_adversarial_text_is_one_pass(piece: str) -> None:
    """Would take minutes if any step were quadratic."""
    rendering.comment_html(piece * 100_000)
    rendering.comment_html("http://a.example/" + piece * 100_000)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("혼자 사는 사람들, great", "ko"),
        ("素晴らしかったです", "ja"),
        ("非常好看的电影", "zh"),
        ("หนังเรื่องนี้ดีมาก: great", "th"),
        ("הסרט הזה נפלא", "he"),
        ("Ο ήλιος στο τέλος, π.χ.", "el"),
        ("மிக நல்ல படம்", "ta"),
        ("A film by 홍성은", ""),
        ("A circle’s π, and Ω", ""),
        ("Фильм хорош", ""),  # Russian, Bulgarian, Ukrainian …
        ("", ""),
        ("!!! 5/5", ""),
    ],
)
def test_the_script_tells_the_language(text: str, language: str) -> None:
    assert plain_text.language(text) == language


@pytest.mark.parametrize(
    ("name", "text", "language"),
    [
        ("김하늘", "Arms unfolded.", "ko"),
        ("小川", "私も尾道です。", "ja"),
        ("王璐", "作为中国观众", "zh"),
        ("王璐", "Me too.", ""),  # whose characters they are is not known
        ("Mina", "리뷰 잘 읽었습니다.", ""),
    ],
)
def test_the_script_of_a_name_tells_its_language(name: str, text: str, language: str) -> None:
    assert plain_text.language_of_name(name, text) == language


@given(st.text())
def test_folding_ignores_case_width_spacing_and_invisible_marks(text: str) -> None:
    folded = plain_text.fold(text)
    assert plain_text.fold(f"  {text}\u200b\n") == folded
    assert plain_text.fold("ＡＢＣ Ä") == plain_text.fold("a\u200bbc  ä") == "abc ä"


@given(st.text(st.sampled_from("\u200b\u2060\ufeff\u3164\u2800 \n\t\u00a0\u0301\u202e")))
def test_what_cannot_be_seen_is_blank(text: str) -> None:
    assert plain_text.is_blank(text)
    assert not plain_text.is_blank(f"{text}🎬")
