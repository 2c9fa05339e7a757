"""An article before readers may see it: for the desk alone."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from tests.factories import make_article, make_draft, make_image, make_user

pytestmark = pytest.mark.django_db


def _signed_in(role: str, *permissions: str) -> Client:
    user = make_user(role)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client = Client()
    client.force_login(user)
    return client


def test_an_editor_sees_a_draft_marked_as_not_published(editor_client: Client) -> None:
    draft = make_draft(headline="“Aloners” Review")
    response = editor_client.get(f"/preview/{draft.pk}/")
    html = response.content.decode()
    assert "Preview – not published" in html
    assert "Status: draft" in html
    assert "“Aloners” Review" in html
    assert "The checklist has nothing against it." in html


def test_the_banner_lists_what_the_checklist_has_against_it(editor_client: Client) -> None:
    draft = make_draft(standfirst="", rating=None)
    html = editor_client.get(f"/preview/{draft.pk}/").content.decode()
    assert "Write a standfirst." in html
    assert "Give a rating" in html


def test_it_is_kept_by_no_cache_and_found_by_no_search_engine(editor_client: Client) -> None:
    response = editor_client.get(f"/preview/{make_draft().pk}/")
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Robots-Tag"] == "noindex"
    assert b'<meta name="robots" content="noindex">' in response.content
    assert b"canonical" not in response.content


def test_nobody_else_learns_that_the_draft_exists(client: Client, moderator_client: Client) -> None:
    draft = make_draft()
    for stranger in (
        client,
        moderator_client,
        _signed_in(""),
        _signed_in("", "view_article", "view_review"),
    ):
        assert stranger.get(f"/preview/{draft.pk}/").status_code == 404


@pytest.mark.parametrize("permission", ["view_article", "view_review"])
def test_either_permission_opens_it_to_staff(permission: str) -> None:
    staff = _signed_in("Moderator", permission)
    assert staff.get(f"/preview/{make_draft().pk}/").status_code == 200


def test_a_published_article_is_shown_at_its_public_address(editor_client: Client) -> None:
    article = make_article()
    response = editor_client.get(f"/preview/{article.pk}/")
    assert response.status_code == 302
    assert response["Location"] == article.get_absolute_url()


def test_an_uncredited_picture_is_shown_here_and_says_so(editor_client: Client) -> None:
    draft = make_draft(lead_image=make_image(credit_line=""))
    html = editor_client.get(f"/preview/{draft.pk}/").content.decode()
    assert "No credit line: readers do not see this picture." in html


@pytest.mark.parametrize("pk", ["0", "999999", "9" * 40])
def test_what_does_not_exist_is_not_found(editor_client: Client, pk: str) -> None:
    assert editor_client.get(f"/preview/{pk}/").status_code == 404
