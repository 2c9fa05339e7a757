"""Why a piece was withdrawn is kept, and said where the newsroom looks at it; readers never are."""

import pytest
from django.test import Client

from reviews import publishing
from reviews.models import Article
from tests.factories import make_article, make_user

from .desk import change_url, errors, form_data

pytestmark = pytest.mark.django_db

LIST = "/admin/reviews/article/"

WHY = "The festival asked us to wait."


def withdrawn(client: Client, article: Article) -> None:
    data = form_data(article) | {"why": WHY, "_withdraw": "x"}
    assert client.post(change_url(article), data).status_code == 302
    article.refresh_from_db()
    assert article.status == "withdrawn"


def test_it_stands_beside_the_piece_among_its_versions_and_in_its_history(
    editor_client: Client,
) -> None:
    article = make_article()
    withdrawn(editor_client, article)
    change = change_url(article)
    assert WHY in editor_client.get(change).text
    assert f"Withdrawn: {WHY}" in editor_client.get(change.replace("change", "versions")).text
    assert f"Why: “{WHY}”" in editor_client.get(change.replace("change", "history")).text


def test_also_while_it_waits_among_what_is_deleted(editor_client: Client) -> None:
    article = make_article()
    withdrawn(editor_client, article)
    publishing.delete(article, by=make_user("Editor"))
    page = editor_client.get(f"/admin/reviews/deletedarticle/{article.pk}/change/").text
    assert WHY in page


def test_once_it_is_back_nobody_is_told(editor_client: Client, client: Client) -> None:
    article = make_article()
    withdrawn(editor_client, article)
    publishing.publish(article, by=None)
    assert WHY not in editor_client.get(change_url(article)).text
    assert WHY not in client.get(article.get_absolute_url()).text


def test_the_reason_of_one_time_is_not_that_of_the_next(editor_client: Client) -> None:
    article = make_article()
    withdrawn(editor_client, article)
    publishing.publish(article, by=None)
    publishing.withdraw(article, by=make_user("Editor"))
    change = change_url(article)
    assert WHY not in editor_client.get(change).text
    assert f"Why: “{WHY}”" in editor_client.get(change.replace("change", "history")).text


def test_it_is_no_note_to_a_writer_whose_draft_it_becomes(editor_client: Client) -> None:
    article = make_article()
    withdrawn(editor_client, article)
    publishing.return_to_draft(article, by=make_user("Editor"))
    for page in (change_url(article), "/admin/"):
        assert WHY not in editor_client.get(page).text


def test_another_button_does_not_lose_it(editor_client: Client) -> None:
    article = make_article()
    answer = editor_client.post(change_url(article), form_data(article) | {"why": WHY})
    assert "Press “Withdraw” beside it" in errors(answer)["why"][0]


def test_of_many_it_is_asked_for_before_any_is_withdrawn(editor_client: Client) -> None:
    articles = [make_article(), make_article()]
    ticked = {"action": "withdraw", "_selected_action": [each.pk for each in articles]}
    assert "Why (optional)" in editor_client.post(LIST, ticked).text
    assert Article.objects.published().count() == 2
    too_long = editor_client.post(LIST, ticked | {"note": "x" * 201, "say": "x"})
    assert too_long.status_code == 422
    editor_client.post(LIST, ticked | {"note": WHY, "say": "x"})
    assert Article.objects.published().count() == 0
    for article in articles:
        assert WHY in editor_client.get(change_url(article)).text
