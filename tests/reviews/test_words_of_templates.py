"""Words that stand in a template are looked up once in each language, and no others are."""

from django.template import Context, Template
from django.utils import translation


def _said(source: str, **values: object) -> str:
    return Template("{% load words %}" + source).render(Context(values))


def test_each_language_has_its_own_words() -> None:
    page = Template('{% load words %}{% translate "Director" %}')
    for _ in range(2):
        for language, word in (("en-gb", "Director"), ("ko", "감독")):
            with translation.override(language):
                assert page.render(Context()) == word


def test_the_same_words_mean_what_their_context_says() -> None:
    with translation.override("ko"):
        plain = _said('{% translate "and" %}')
        assert _said('{% translate "and" context "between two names" %}') != plain


def test_words_that_come_from_elsewhere_are_looked_up_each_time() -> None:
    page = Template("{% load words %}{% translate word %}")
    with translation.override("ko"):
        assert page.render(Context({"word": "Director"})) == "감독"
        assert page.render(Context({"word": "<b>"})) == "&lt;b&gt;"


def test_words_can_be_named_and_put_elsewhere() -> None:
    with translation.override("ko"):
        assert _said('{% translate "Director" as word %}[{{ word }}]') == "[감독]"
        assert _said('{% translate "Director"|lower %}') == _said("{% translate 'Director' %}")


def test_words_around_what_they_are_told_are_said_in_each_language() -> None:
    page = Template(
        "{% load words %}{% blocktranslate with until=day|upper %}The end: {{ until }}"
        "{% endblocktranslate %}"
    )
    for day in ("now", "<b>"):
        assert page.render(Context({"day": day})) == f"The end: {day.upper()}".replace(
            "<B>", "&lt;B&gt;"
        )


def test_words_that_count_have_the_number_of_what_is_counted() -> None:
    source = (
        "{% blocktranslate count count=many %}{{ count }} reply{% plural %}{{ count }} replies"
        "{% endblocktranslate %}"
    )
    assert [_said(source, many=many) for many in (1, 2, 1000)] == [
        "1 reply",
        "2 replies",
        "1000 replies",
    ]
    with translation.override("ko"):
        assert _said(source, many=1) == _said(source, many=2).replace("2", "1")


def test_a_gap_that_nothing_fills_is_empty_as_in_django() -> None:
    assert _said("{% blocktranslate %}100 % of {{ what }}.{% endblocktranslate %}") == "100 % of ."


def test_words_around_can_be_put_elsewhere() -> None:
    source = "{% blocktranslate asvar word %}Page {{ number }}{% endblocktranslate %}[{{ word }}]"
    assert _said(source, number=3) == "[Page 3]"
