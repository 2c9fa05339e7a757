"""What an editor saved by mistake is not the last word: what was saved before comes back."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from reviews import publishing, revisions
from reviews.models import Article, Revision
from tests.factories import make_article, make_draft, make_user
from tests.reviews.desk import change_url, form_data, said

pytestmark = pytest.mark.django_db

LONG = "<p>Rain on the stairs.</p><p>A corridor that is never wide enough.</p>"


def versions_of(article: Article) -> str:
    return change_url(article).replace("/change/", "/versions/")


def save(client: Client, article: Article, **words: Any) -> None:
    article.refresh_from_db()
    assert client.post(change_url(article), form_data(article, **words)).status_code == 302


def test_what_was_deleted_and_saved_comes_back(editor_client: Client) -> None:
    article = make_draft(body=LONG)  # of before versions were kept
    save(editor_client, article, body="<p>Oh dear.</p>")
    save(editor_client, article, body="<p>Oh dear. No.</p>")
    page = editor_client.get(versions_of(article))
    kept = list(page.context["page"])
    assert [each.body for each in kept] == ["<p>Oh dear. No.</p>", "<p>Oh dear.</p>", LONG]
    assert [str(each.made_by) for each in kept] == ["editor", "editor", "None"]
    one = editor_client.get(versions_of(article), {"version": kept[2].pk})
    assert "Rain on the stairs.<br>A corridor that is never wide enough." in one.text
    before = editor_client.get(versions_of(article), {"version": kept[1].pk}).text
    assert "Oh <mark>dear. No.</mark>" in before
    back = f"{change_url(article)}?version={kept[2].pk}"
    assert f'href="{back}"' in one.text
    form = editor_client.get(back)
    assert f'action="{change_url(article)}"' in form.text
    assert "are not saved yet" in said(form)
    assert form.context["adminform"].form.initial["body"] == LONG
    article.refresh_from_db()
    assert article.body == "<p>Oh dear. No.</p>"
    sent = form_data(article, body=LONG)
    assert editor_client.post(change_url(article), sent).status_code == 302
    article.refresh_from_db()
    assert article.body == LONG
    assert article.revisions.count() == 4


def test_what_changes_no_word_keeps_no_version(editor_client: Client, editor: User) -> None:
    article = make_draft()
    publishing.publish(article, by=editor)
    save(editor_client, article, verdict="Quiet.")
    assert article.revisions.count() == 1
    save(editor_client, article, headline="Another")
    assert article.revisions.count() == 2


def test_published_in_one_press_a_piece_is_kept_once(editor_client: Client) -> None:
    article = make_draft()
    save(editor_client, article, headline="Ready", _publish="on")
    article.refresh_from_db()
    assert article.is_live()
    assert article.revisions.filter(headline="Ready").count() == 1


def test_the_oldest_are_forgotten_but_not_what_readers_were_told(
    editor_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(revisions, "MOST_KEPT", 3)
    article = make_article()
    save(editor_client, article, headline="Told", substantive="on", note="A name was wrong.")
    for n in range(5):
        save(editor_client, article, headline=f"Silent {n}")
    kept = [each.headline for each in article.revisions.all()]
    assert kept == ["Silent 4", "Silent 3", "Silent 2", "Told"]


def test_of_another_piece_or_of_none_is_no_version(editor_client: Client) -> None:
    article, other = make_article(), make_article()
    theirs = Revision.objects.get(article=other)
    for pk in (theirs.pk, 0, "x", "9" * 30, "9" * 5_000):
        assert editor_client.get(versions_of(article), {"version": pk}).status_code == 404
        form = editor_client.get(change_url(article), {"version": pk})
        assert form.context["adminform"].form.initial["headline"] == article.headline


def test_who_may_only_look_sees_versions_and_no_way_back() -> None:
    article, client = make_article(), Client()
    client.force_login(make_user("Contributor"))
    kept = {"version": article.revisions.get().pk}
    assert client.get(versions_of(article)).status_code == 200
    assert "Put these words into the form" not in client.get(versions_of(article), kept).text
    client.force_login(make_user("Moderator"))
    assert client.get(versions_of(article)).status_code == 403
