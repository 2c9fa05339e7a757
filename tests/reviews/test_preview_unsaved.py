"""“Preview” shows what is typed, on two screens, and saves none of it."""

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client

from reviews.models import Article, Revision
from tests.factories import make_article, make_draft, make_reviewer

from .desk import ADD, change_url, form_data

pytestmark = pytest.mark.django_db

PREVIEW = {"_preview": "Preview"}


def pressed(data: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in data.items() if name != "_continue"} | PREVIEW


def test_a_new_piece_is_shown_and_not_made(editor_client: Client) -> None:
    data = form_data(headline="Not there yet", body="<p>Typed.</p>", by=make_reviewer("Ann Ko"))
    response = editor_client.post(ADD, pressed(data))
    html = response.content.decode()
    assert response.status_code == 200
    assert html.count("<iframe") == 2
    for words in ("Not there yet", "Typed.", "Ann Ko"):
        assert html.count(words) >= 2
    assert not Article.objects.exists()
    assert not LogEntry.objects.exists()


def test_a_published_piece_stays_as_readers_know_it(editor_client: Client) -> None:
    article = make_article(headline="As it was", body="<p>Old words.</p>")
    data = form_data(article, body="<p>New words.</p>", substantive="on", note="Mended.")
    html = editor_client.post(change_url(article), pressed(data)).content.decode()
    assert "New words." in html
    kept = Article.objects.get()
    assert (kept.body, kept.version, kept.updated_at) == (article.body, article.version, None)
    assert not Revision.objects.filter(note="Mended.").exists()
    assert "Old words." in editor_client.get(article.get_absolute_url()).content.decode()


def test_the_page_within_runs_no_script_and_cannot_break_out(editor_client: Client) -> None:
    draft = make_draft()
    data = form_data(draft, headline='"><script>alert(1)</script>')
    html = editor_client.post(change_url(draft), pressed(data)).content.decode()
    assert html.count("sandbox></iframe>") == 2
    assert "<script>alert" not in html


def test_what_cannot_be_shown_says_what_to_mend(editor_client: Client) -> None:
    draft = make_draft()
    response = editor_client.post(change_url(draft), pressed(form_data(draft, headline="")))
    html = response.content.decode()
    assert response.status_code == 422
    assert "This cannot be shown yet" in html
    assert "Headline: Fill this in: it is needed." in html
    assert "_continue" not in html  # no second form to write in by mistake


def test_it_is_kept_by_no_cache(editor_client: Client) -> None:
    draft = make_draft()
    response = editor_client.post(change_url(draft), pressed(form_data(draft)))
    assert "no-store" in response["Cache-Control"]


def test_who_may_not_change_a_piece_cannot_preview_a_change(moderator_client: Client) -> None:
    draft = make_draft()
    response = moderator_client.post(change_url(draft), pressed(form_data(draft)))
    assert response.status_code == 403
