"""HTML that was cleaned is read by its tags, whatever stands in their attributes."""

import pytest

from reviews import body, markup, prose


@pytest.mark.parametrize(
    "html",
    [
        "",
        "words alone",
        '<p>a &lt;b&gt; &amp; c</p><hr><ol start="3"><li>d<br>e</li></ol>',
        '<p><a href="https://e.org/?a=&quot;&gt;1&amp;b=2" rel="noopener">l</a></p>',
        '<p><a href="https://e.org/?a>b">l</a></p>',
    ],
)
def test_a_copy_is_the_same(html: str) -> None:
    assert markup.Copier().copied(html) == html


def test_what_an_attribute_says_is_no_tag() -> None:
    link = '<p><a href="https://e.org/?<figure>">word</a></p>'
    assert body.plain_text(link) == "word"
    assert prose.clean(f"<details>{link}</details>").count("<details>") == 1


def test_values_are_what_was_meant() -> None:
    assert markup.values(' href="a&amp;b" data-image="3"') == {"href": "a&b", "data-image": "3"}


def test_what_was_cleaned_is_not_cleaned_again() -> None:
    cleaned = prose.clean("<p onclick=x>a</p>")
    assert cleaned == "<p>a</p>"
    assert prose.clean(cleaned) is cleaned
    assert prose.clean(cleaned + "<script>x</script>") == cleaned
