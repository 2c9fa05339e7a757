"""Arabic, Persian and Hebrew begin at the right, wherever they stand: a piece that is written so, a
phrase in one that is not, titles and names."""

from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.utils import translation

from reviews.models import Article
from reviews.written_in import right_to_left
from tests.factories import make_article, make_film, make_image, make_person

pytestmark = pytest.mark.django_db

HEADLINE = "مراجعة فيلم «ميكروفون»"


def _page(client: Client, address: str) -> str:
    return " ".join(client.get(address).content.decode().split())


@pytest.mark.parametrize("tag", ["ar", "fa-IR", "he", "ur", "yi", "ku-Arab", "pa-Arab-PK"])
def test_a_language_is_known_by_its_name_or_its_script(tag: str) -> None:
    assert right_to_left(tag)


@pytest.mark.parametrize("tag", ["", "en-GB", "ko", "fa-Latn", "he-Latn", "ku", "zh-Hant-HK"])
def test_so_are_those_that_begin_at_the_left(tag: str) -> None:
    assert not right_to_left(tag)


@pytest.fixture
def in_arabic() -> Article:
    film = make_film("Microphone", original=("ميكروفون", "ar"))
    return make_article(
        language="ar",
        headline=HEADLINE,
        standfirst="الإسكندرية (2010).",
        verdict="مدينة تغنّي.",
        content_note="مشاهد عنف.",
        film=film,
        body='<p>قال: «<span lang="en">It was all there.</span>».</p>',
    )


def test_a_piece_that_is_written_so_says_it_where_its_words_are(
    client: Client, in_arabic: Article
) -> None:
    html = _page(client, in_arabic.get_absolute_url())
    for place in ('h1 class="article__headline', 'p class="standfirst', 'div class="prose'):
        assert f'<{place}" lang="ar" dir="rtl">' in html
    assert '<span lang="en" dir="ltr">It was all there.</span>' in html


def test_so_do_cards_search_and_feed(client: Client, in_arabic: Article) -> None:
    assert f'lang="ar" dir="rtl"><a href="{in_arabic.get_absolute_url()}">{HEADLINE}' in _page(
        client, "/reviews/"
    )
    assert 'class="found__title" lang="ar" dir="rtl">' in _page(client, "/search/?q=Microphone")
    feed = client.get("/feed/").content.decode()
    assert '&lt;div lang="ar" dir="rtl"&gt;' in feed
    assert '&lt;span lang="en" dir="ltr"&gt;It was' in feed
    assert '&lt;p lang="ar" dir="rtl"&gt;&lt;strong&gt;مدينة' in feed, "the verdict"
    assert '&lt;span lang="ar" dir="rtl"&gt;مشاهد' in feed, "the content note"


def test_a_phrase_in_a_piece_that_is_not(client: Client) -> None:
    body = '<p>“<span lang="fa">سلام!</span>”, he says, in <span lang="ko">한국</span>.</p>'
    html = _page(client, make_article(body=body).get_absolute_url())
    assert '<span lang="fa" dir="rtl">سلام!</span>”' in html
    assert '<span lang="ko">한국</span>' in html


def test_titles_and_names(client: Client) -> None:
    film = make_film("Taxi Tehran", original=("تاکسی", "fa"))
    director = make_person("Jafar Panahi", native_name="جعفر پناهی", native_language="fa")
    film.credits.create(person=director, role="director")
    html = _page(client, make_article(film=film).get_absolute_url())
    assert '<bdi lang="fa" dir="rtl">تاکسی</bdi>' in html
    assert '<span class="native" lang="fa" dir="rtl">جعفر پناهی</span>' in html


def test_a_credit_in_a_caption_keeps_its_own_direction(client: Client) -> None:
    image = make_image(caption="الإسكندرية، 2010.", credit_line="Image © Figure (2010).")
    body = f'<p>a</p><figure data-image="{image.pk}"></figure>'
    html = _page(client, make_article(language="ar", body=body).get_absolute_url())
    assert '<bdi class="figure__caption">الإسكندرية، 2010.</bdi>' in html
    assert '<bdi class="figure__credit">Image © Figure (2010).</bdi>' in html


def test_a_publication_in_such_a_language(client: Client, settings: Any) -> None:
    """Its pages begin at the right, and so does what leads on; what is in English says so."""
    settings.LANGUAGE_CODE = "he"
    make_article(days_ago=3)
    article = make_article(headline="A review", language="en-GB")
    html = _page(client, article.get_absolute_url())
    assert '<html lang="he" dir="rtl">' in html
    assert '<h1 class="article__headline" lang="en-GB" dir="ltr">A review' in html
    assert '<span class="pager__way">→ Published before' in html
    assert '<html lang="he" dir="rtl">' in _page(client, "/search/?q=review")
    with translation.override("he"):
        assert '<html lang="he" dir="rtl">' in render_to_string("500.html", {"name": "A"})
