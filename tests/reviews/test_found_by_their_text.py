"""The newsroom finds pieces by what they say, where somebody asks for that."""

import pytest
from django.test import Client

from tests.factories import make_article, make_draft
from tests.reviews.searching import read_all

pytestmark = pytest.mark.django_db
LISTS = ["/admin/reviews/article/", "/admin/reviews/review/"]


@pytest.mark.parametrize("address", LISTS)
@pytest.mark.parametrize("read", [True, False], ids=["in the index", "not read yet"])
def test_a_word_of_the_text_finds_it_whatever_its_status(
    editor_client: Client, address: str, read: bool
) -> None:
    make_article(headline="“Aloners” Review", body="<p>She eats in a bingo hall.</p>")
    make_draft(headline="Bingo Nights", body="<p>No hall was free.</p>")
    make_article(headline="“Yi Yi” Review", body="<p>Three hours.</p>")
    if read:
        read_all()
    page = editor_client.get(address, {"q": "bingo hall"}).content.decode()
    assert "Aloners" not in page
    assert 'href="?q=bingo+hall&amp;texts=too">Look in the texts too</a>' in page
    page = editor_client.get(address, {"q": "bingo hall", "texts": "too"}).content.decode()
    assert "Look in the texts too" not in page
    assert "Aloners" in page
    assert "Bingo Nights" in page, "one word in its headline, one in its text"
    assert "Yi Yi" not in page
