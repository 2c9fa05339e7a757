"""A piece before readers may see it: for whoever an editor gave its address, for a week."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from reviews import preview_links, publishing
from reviews.models import Article
from tests.factories import make_article, make_draft, make_image, make_user
from tests.reviews.desk import change_url

pytestmark = pytest.mark.django_db
ADDRESS = re.compile(r'id="outside" readonly value="http[^/]*//[^/]*([^"]*)"')


def path_of(article: Article) -> str:
    return "/preview/" + preview_links.address(article).split("/preview/")[1]


def test_an_editor_gives_an_address_to_somebody_without_a_login(
    editor_client: Client, client: Client
) -> None:
    draft = make_draft(headline="“Aloners” Review", lead_image=make_image(credit_line=""))
    found = ADDRESS.search(editor_client.get(change_url(draft)).text)
    assert found
    response = client.get(found[1])
    assert response.status_code == 200
    assert "“Aloners” Review" in response.text
    assert "Preview – not published." in response.text
    for kept in ("checklist", "No credit line", "/admin/", "Write a reply"):
        assert kept not in response.text
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Robots-Tag"] == "noindex"
    assert b'<meta name="robots" content="noindex">' in response.content


def test_it_ends_after_a_week(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    address = path_of(make_draft())
    now = timezone.now()
    for days, status in ((7, 200), (8, 404)):
        then = now + timedelta(days=days)
        monkeypatch.setattr(timezone, "now", lambda then=then: then)
        assert client.get(address).status_code == status


def pressed(editor_client: Client, article: Article, token: str) -> str:
    path = f"/admin/reviews/review/{article.pk}/end-previews/"
    return editor_client.post(path, {"token": token}, follow=True).text


def test_an_editor_ends_all_that_were_given_and_the_next_one_opens(
    editor_client: Client, client: Client
) -> None:
    draft, other = make_draft(), make_draft()
    given, others = path_of(draft), path_of(other)
    form = editor_client.get(change_url(draft)).text
    token = re.search(r'name="token" value="([^"]+)" form="end_previews"', form)
    assert token
    assert token[1] in given
    shown = pressed(editor_client, draft, token[1])
    assert "no longer open anything" in shown
    new = ADDRESS.search(shown)
    assert new
    assert new[1] != given
    assert [client.get(each).status_code for each in (given, new[1], others)] == [404, 200, 200]
    history = editor_client.get(f"/admin/reviews/review/{draft.pk}/history/").text
    assert "Ended the preview addresses given so far." in history


def test_who_presses_late_ends_none_that_a_colleague_has_given_since(
    editor_client: Client, client: Client
) -> None:
    draft = make_draft()
    seen_by_both = preview_links.token(draft)
    assert preview_links.end(draft, seen_by_both)
    draft.refresh_from_db()
    since = path_of(draft)
    for token in (seen_by_both, "", "x:y", preview_links.token(make_draft())):
        assert "Nothing was ended" in pressed(editor_client, draft, token)
    assert client.get(since).status_code == 200


def test_what_is_taken_away_is_taken_from_them_too(client: Client) -> None:
    withdrawn, deleted = make_article(days_ago=-1), make_draft()
    addresses = [path_of(withdrawn), path_of(deleted)]
    assert [client.get(each).status_code for each in addresses] == [200, 200]
    publishing.withdraw(withdrawn, by=make_user())
    publishing.delete(deleted, by=make_user())
    assert [client.get(each).status_code for each in addresses] == [404, 404]


def test_once_it_is_published_it_leads_to_its_page(client: Client) -> None:
    article = make_article()
    assert client.get(path_of(article))["Location"] == article.get_absolute_url()


def test_nobody_makes_one_up_and_none_opens_another_piece(client: Client) -> None:
    draft = make_draft()
    address = path_of(draft)
    Article.objects.filter(pk=draft.pk).update(created_at=timezone.now() - timedelta(days=1))
    for made_up in (address, f"/preview/{draft.pk}:x/", address.replace(":", ":x"), "/preview/a/"):
        assert client.get(made_up).status_code == 404


@pytest.mark.parametrize("article", [make_article, lambda: make_draft(status="withdrawn")])
def test_none_is_offered_where_it_would_open_nothing(editor_client: Client, article: Any) -> None:
    assert 'id="outside"' not in editor_client.get(change_url(article())).text


def test_it_is_for_editors_to_give(client: Client) -> None:
    client.force_login(make_user("Contributor"))
    assert 'id="outside"' not in client.get(change_url(make_draft())).text
