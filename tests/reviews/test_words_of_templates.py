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
