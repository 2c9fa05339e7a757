"""The language of a title, and of a name, is asked for only where its letters do not tell it."""

import pytest
from django.test import Client

from reviews.models import FilmTitle, Person
from tests.reviews.test_admin_films import ADD, film_data

pytestmark = pytest.mark.django_db
PERSON = "/admin/reviews/person/add/"


@pytest.mark.parametrize(
    ("text", "kind", "tag"),
    [
        ("고요의 바다", "original", "ko"),
        ("ワンダフルライフ", "original", "ja"),
        ("రౌద్రం రణం రుధిరం", "original", "te"),
        ("The Silent Sea", "english", "en"),
    ],
)
def test_what_is_told_need_not_be_typed(
    editor_client: Client, text: str, kind: str, tag: str
) -> None:
    editor_client.post(ADD, film_data((text, "", kind)))
    assert FilmTitle.objects.get().language == tag


@pytest.mark.parametrize("text", ["東京物語", "Goyo-ui bada", "طعم گیلاس"])
def test_what_is_not_told_is_asked_for(editor_client: Client, text: str) -> None:
    page = editor_client.post(ADD, film_data((text, "", "original"))).text
    assert "Fill in the language, or leave the whole row empty." in page
    assert f'value="{text}"' in page
    assert not FilmTitle.objects.exists()


def test_what_is_typed_stays(editor_client: Client) -> None:
    editor_client.post(ADD, film_data(("고요의 바다", "ko-KR", "original")))
    assert FilmTitle.objects.get().language == "ko-KR"


@pytest.mark.parametrize(("name", "tag"), [("홍성은", "ko"), ("是枝裕和", ""), ("", "")])
def test_a_name_too(editor_client: Client, name: str, tag: str) -> None:
    data = {"name": "Somebody", "native_name": name, "native_language": "", "slug": ""}
    editor_client.post(PERSON, data)
    assert Person.objects.get().native_language == tag
