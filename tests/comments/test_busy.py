"""More posts than a process takes are asked to wait, keep their words, and cost no query."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from comments import admission
from comments.models import Comment
from tests.factories import make_article

from .posting import WORDS, post

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _one_a_second(settings: Settings) -> Iterator[None]:
    settings.COMMENTS_POSTS_A_SECOND = 1
    admission.start_anew()
    yield
    admission.start_anew()


def test_a_burst_is_taken_then_the_rate_and_never_more_than_a_burst_is_saved() -> None:
    taken = [admission.admits(now=1000.0) for _ in range(5)]
    assert taken == [True, True, True, False, False]
    assert [admission.admits(now=1001.1) for _ in range(2)] == [True, False]
    assert [admission.admits(now=9999.0) for _ in range(4)] == [True, True, True, False]


def test_beyond_it_a_reader_gets_the_words_back_and_sends_them_with_one_press(
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
    settings: Settings,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    article = make_article()
    monkeypatch.setattr(admission, "admits", lambda: False)
    with django_assert_num_queries(0):
        answer = post(client, article, text=f"<b>{WORDS}</b>")
    assert answer.status_code == 429
    assert answer["Retry-After"] == "5"
    assert answer["Cache-Control"] == "no-store"
    page = answer.content.decode()
    assert f"&lt;b&gt;{WORDS}&lt;/b&gt;</textarea>" in page
    typed = dict(re.findall(r'name="(\w+)" value="([^"]*)"', page))
    assert typed["name"] == "Mina"
    assert not Comment.objects.exists()
    monkeypatch.undo()
    again = client.post(
        answer.wsgi_request.path, typed | {"text": WORDS}, headers={"sec-fetch-site": "same-origin"}
    )
    assert again.status_code == 303
    assert Comment.objects.get().text == WORDS


def test_two_threads_are_always_left_for_readers() -> None:
    with admission.place() as first, admission.place() as second, admission.place() as third:
        assert (first, second, third) == (True, True, False)
    with admission.place() as again:
        assert again


def test_an_empty_or_foreign_post_is_asked_to_wait_as_well(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(admission, "admits", lambda: False)
    assert post(client, make_article(), headers={}).status_code == 429
    address = answer_path = f"/comments/on/{make_article().pk}/"
    assert client.post(address, b"\x00", content_type="text/plain").status_code == 429
    assert client.get(answer_path).status_code == 200
