"""Whoever changes what readers saw is asked once whether it is a correction, and never forced."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.utils import timezone

from reviews import publishing
from reviews.models import Article
from tests.factories import make_article, make_draft, make_film
from tests.reviews.desk import change_url, errors, form_data

pytestmark = pytest.mark.django_db

PARAGRAPH = "<p>It also says who the neighbour was, and what became of him after that winter.</p>"


def _save(desk: Client, article: Article, **said: Any) -> dict[str, list[str]]:
    return errors(desk.post(change_url(article), form_data(article, **said)))


def _asked_then_saved(desk: Client, article: Article, field: str, **said: Any) -> str:
    """The question; the form that asked it is sent as it came back."""
    answer = desk.post(change_url(article), form_data(article, **said))
    (question,) = errors(answer)[field]
    assert 'name="asked" value="on"' in answer.content.decode()
    before = article.version
    article.refresh_from_db()
    assert article.version == before
    assert _save(desk, article, **said, asked="on") == {}
    article.refresh_from_db()
    assert article.version == before + 1
    return question


def test_other_stars_are_asked_about(editor_client: Client) -> None:
    article = make_article(rating=6)
    question = _asked_then_saved(editor_client, article, "substantive", rating="8")
    assert question.startswith("Readers saw another rating. Tick this if readers")
    assert article.rating == 8
    assert article.updated_at is None


def test_that_it_was_asked_is_no_change_that_the_history_tells_of(editor_client: Client) -> None:
    article = make_article(rating=6)
    _asked_then_saved(editor_client, article, "substantive", rating="8")
    told = LogEntry.objects.filter(object_id=str(article.pk)).latest("pk").get_change_message()
    assert "Rating" in told
    assert "asked" not in told


def test_another_film_is_asked_about(editor_client: Client) -> None:
    article, other = make_article(), make_film()
    question = _asked_then_saved(editor_client, article, "substantive", film=other.pk)
    assert question.startswith("Readers saw another film.")


def test_a_dozen_words_are_asked_about(editor_client: Client) -> None:
    article = make_article()
    body = article.body + PARAGRAPH
    question = _asked_then_saved(editor_client, article, "substantive", body=body)
    assert question.startswith("15 words were added or taken out.")


def test_chinese_is_counted_by_its_characters(editor_client: Client) -> None:
    article = make_article(body="<p>她一个人吃饭。</p>")
    body = "<p>她一个人吃饭。那年冬天以后邻居怎么样了。</p>"
    assert "substantive" in _save(editor_client, article, body=body)


def test_a_correction_that_does_not_say_what_it_corrects_is_asked_about(
    editor_client: Client,
) -> None:
    article = make_article()
    question = _asked_then_saved(editor_client, article, "note", substantive="on", verdict="Slow.")
    assert question == (
        "Say in a few words what was corrected or added, or save once more as it is."
    )
    assert article.updated_at is not None


def test_a_comma_is_not_asked_about(editor_client: Client) -> None:
    article = make_article(body="<p>She eats alone and the film lets her.</p>")
    assert _save(editor_client, article, body="<p>She eats alone, and the film lets her.</p>") == {}


def test_a_correction_with_its_note_is_not_asked_about(editor_client: Client) -> None:
    article = make_article()
    assert _save(editor_client, article, rating="8", substantive="on", note="A star more.") == {}


def test_what_readers_do_not_see_is_not_asked_about(editor_client: Client) -> None:
    assert _save(editor_client, make_draft(), rating="8") == {}
    article = make_article()
    assert _save(editor_client, article, rating="8", _withdraw="Withdraw") == {}


def test_a_preview_is_not_asked_about(editor_client: Client) -> None:
    article = make_article()
    answer = editor_client.post(change_url(article), form_data(article, rating="8", _preview="x"))
    assert answer.status_code == 200
    assert "srcdoc" in answer.content.decode()


def test_of_what_nobody_has_read_yet_there_is_nothing_to_correct(editor_client: Client) -> None:
    waiting = make_draft()
    publishing.schedule(waiting, timezone.now() + timedelta(days=1), by=None)
    for article, offered in ((waiting, False), (make_article(), True)):
        page = editor_client.get(change_url(article)).text
        assert ("Correction or addition" in page) is offered
