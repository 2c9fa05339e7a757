"""A journalist writes “Korean”; the page says `lang="ko"`."""

import pytest
from django.test import Client

from reviews.models import Person
from tests.factories import make_user

pytestmark = pytest.mark.django_db

ADD = "/admin/reviews/person/add/"


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(make_user("Editor"))
    return client


def add(desk: Client, language: str) -> str:
    facts = {"name": "Hong Sung-eun", "native_name": "홍성은", "sort_name": "", "slug": ""}
    return desk.post(ADD, facts | {"native_language": language}).content.decode()


@pytest.mark.parametrize(
    ("said", "tag"),
    [
        ("Korean", "ko"),
        ("korean ", "ko"),
        ("Korean in Latin letters", "ko-Latn"),
        ("Japanese (romanised)", "ja-Latn"),
        ("zh-Hant", "zh-Hant"),
        ("Lao", "lo"),
    ],
)
def test_a_language_is_known_by_its_name_or_its_tag(desk: Client, said: str, tag: str) -> None:
    add(desk, said)
    assert Person.objects.get().native_language == tag


def test_what_is_neither_is_refused_with_what_to_write(desk: Client) -> None:
    page = add(desk, "Koreanish")
    assert "Write its English name, such as “Korean”, or its tag" in page
    assert 'value="Koreanish"' in page
    assert not Person.objects.exists()


@pytest.mark.parametrize("model", ["person", "film", "review", "article"])
def test_the_languages_are_there_to_choose_from(desk: Client, model: str) -> None:
    page = desk.get(f"/admin/reviews/{model}/add/").content.decode()
    assert page.count('list="languages"') >= 1
    assert page.count('<datalist id="languages">') == 1
    assert '<option value="ko">Korean</option>' in page
