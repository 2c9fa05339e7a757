"""The desk: of two people with one piece open, the second to save is told and loses nothing."""

import pytest
from django.test import Client

from reviews import prose, publishing
from reviews.models.articles import BODY_LIMIT
from tests.factories import make_draft, make_user
from tests.reviews.desk import change_url, errors, form_data

pytestmark = pytest.mark.django_db


@pytest.fixture
def jane() -> Client:
    client = Client()
    client.force_login(make_user("Editor", username="jane", first_name="Jane", last_name="Okafor"))
    return client


def test_the_second_to_save_is_told_who_was_first_and_keeps_the_text(
    editor_client: Client, jane: Client
) -> None:
    article = make_draft()
    seen_by_both = form_data(article)
    jane.post(change_url(article), seen_by_both | {"body": "<p>Jane's words.</p>"})
    response = editor_client.post(change_url(article), seen_by_both | {"body": "<p>Mine.</p>"})
    (error,) = errors(response)["__all__"]
    assert "Jane Okafor saved this review at " in error
    assert "after you opened it" in error
    assert f'href="{change_url(article)}" target="_blank"' in response.content.decode()
    assert "Mine." in response.content.decode()
    article.refresh_from_db()
    assert article.body == "<p>Jane's words.</p>"


def test_a_text_that_no_body_can_hold_is_compared_as_it_was_sent(
    editor_client: Client, jane: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A parser needs a minute for a million ampersands."""
    article = make_draft()
    stale = form_data(article)
    jane.post(change_url(article), stale | {"body": "<p>Jane's words.</p>"})
    clean, longest = prose.clean, [0]

    def measured(html: str) -> prose.Clean:
        longest[0] = max(longest[0], len(html))
        return clean(html)

    monkeypatch.setattr(prose, "clean", measured)
    sent = "&" * (BODY_LIMIT + 1)
    response = editor_client.post(change_url(article), stale | {"body": sent})
    assert errors(response)["body"]
    assert sent.replace("&", "&amp;") in response.text
    assert longest[0] <= BODY_LIMIT


def test_pressing_again_does_not_overwrite_either(editor_client: Client, jane: Client) -> None:
    article = make_draft()
    stale = form_data(article)
    jane.post(change_url(article), stale | {"body": "<p>Jane's words.</p>"})
    for _ in range(2):
        editor_client.post(change_url(article), stale | {"body": "<p>Mine.</p>"})
    article.refresh_from_db()
    assert article.body == "<p>Jane's words.</p>"


def test_each_save_is_a_version_more(editor_client: Client) -> None:
    article = make_draft()
    for version in (2, 3):
        editor_client.post(change_url(article), form_data(article))
        article.refresh_from_db()
        assert article.version == version


@pytest.mark.parametrize("version", ["", "0", "abc", "-1", "99"])
def test_a_form_without_its_version_is_not_saved(editor_client: Client, version: str) -> None:
    article = make_draft()
    data = form_data(article, body="<p>Mine.</p>") | {"as_opened": version}
    response = editor_client.post(change_url(article), data)
    assert errors(response)
    article.refresh_from_db()
    assert "Mine." not in article.body


def test_publishing_meanwhile_counts_as_a_save(editor_client: Client) -> None:
    article = make_draft()
    stale = form_data(article, body="<p>Mine.</p>")
    publishing.publish(article, by=None)
    response = editor_client.post(change_url(article), stale)
    assert "Somebody saved this review" in errors(response)["__all__"][0]


def test_bylines_of_a_stale_form_are_not_saved(editor_client: Client, jane: Client) -> None:
    article = make_draft()
    stale = form_data(article) | {"bylines-0-DELETE": "on"}
    jane.post(change_url(article), form_data(article))
    editor_client.post(change_url(article), stale)
    assert article.bylines.count() == 1
