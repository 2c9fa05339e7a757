"""Names in other scripts get an address by themselves: Korean as it sounds, all others by what they
are. Nobody is kept from saving a draft by the script of its headline."""

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from reviews.models import Article, Tag
from reviews.romanised import romanised
from tests.factories import make_film
from tests.reviews.desk import ADD, form_data

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("korean", "latin"),
    [
        ("혼자 사는 사람들", "honja saneun saramdeul"),
        ("홍성은", "hongseongeun"),
        ("한국어", "hangugeo"),
        ("물랑루즈", "mullangrujeu"),
        ("올드보이", "oldeuboi"),
        ("빛과 철", "bitgwa cheol"),
        ("있어요", "isseoyo"),
        ("“벌새” 2018", "“beolsae” 2018"),
    ],
)
def test_korean_is_written_as_it_sounds(korean: str, latin: str) -> None:
    assert romanised(korean) == latin


@given(st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), min_size=1))
def test_every_syllable_becomes_letters(korean: str) -> None:
    said = romanised(korean)
    assert said.isascii()
    assert said.isalpha()


def test_a_draft_with_a_korean_headline_is_saved_at_once(editor_client: Client) -> None:
    editor_client.post(ADD, form_data(headline="혼자 사는 사람들", slug=""))
    assert Article.objects.get().slug == "honja-saneun-saramdeul"


def test_what_is_in_no_such_script_has_the_address_of_its_film_or_is_numbered(
    editor_client: Client,
) -> None:
    film = make_film("Tokyo Story")
    for slug in (film.slug, f"{film.slug}-{film.year}"):
        data = form_data(headline="東京物語", slug="") | {"film": film.pk}
        editor_client.post(ADD, data)
        assert Article.objects.filter(slug=slug).exists()
    for name, slug in (("映画", "tag"), ("監督", "tag-2")):
        editor_client.post("/admin/reviews/tag/add/", {"name": name})
        assert Tag.objects.get(name=name).slug == slug
