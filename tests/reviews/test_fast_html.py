"""Markup that is filled in Python is what Django's `format_html` makes of it."""

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy
from hypothesis import given
from hypothesis import strategies as st

from reviews import memoised
from reviews.fast_html import filled, joined, lines, paragraphs, safe

TEXTS = st.text(alphabet="ab&<>\"'{}% é한\n\x00", max_size=12) | st.text(max_size=12)
VALUES = TEXTS | TEXTS.map(mark_safe) | st.integers() | st.none() | st.just(gettext_lazy("A & B"))


@given(VALUES, VALUES)
def test_it_is_as_django_formats_it(one: object, other: object) -> None:
    ours = filled('<a href="{}">{}</a>', one, other)
    assert ours == format_html('<a href="{}">{}</a>', one, other)
    assert isinstance(ours, SafeString)


@given(VALUES)
def test_so_is_a_value_alone(value: object) -> None:
    assert safe(value) == format_html("{}", value)
    assert isinstance(safe(value), SafeString)


@given(TEXTS.filter(bool))
def test_so_is_what_is_put_into_a_template_that_is_made_once(value: str) -> None:
    said = {"template": "includes/_footer.html", "name": "The <i>Row</i>"}
    assert memoised.around(value, **said) == memoised.rendered(mark=value, **said)


@given(st.lists(VALUES))
def test_what_stands_side_by_side_is_too(values: list[object]) -> None:
    assert joined("<br>", values) == format_html_join(
        mark_safe("<br>"), "{}", [(each,) for each in values]
    )


def test_a_string_of_another_kind_is_escaped_too() -> None:
    class Word(str):
        __slots__ = ()

    assert filled("{}", Word("<b>")) == "&lt;b&gt;"
    assert filled("{}", SafeString("<b>")) == "<b>"


@given(
    st.lists(TEXTS.filter(lambda text: text and "\n\n" not in text and text.strip("\n") == text))
)
def test_texts_are_paragraphs_in_which_lines_break(texts: list[str]) -> None:
    assert paragraphs(texts) == joined(
        "\n", [filled("<p>{}</p>", lines(text, "<br>\n")) for text in texts]
    )
