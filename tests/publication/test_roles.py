"""What each role may do."""

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.test import Client

from publication.roles import ROLES
from reviews.models import Article
from tests.factories import make_draft, make_user

pytestmark = pytest.mark.django_db


def test_every_permission_a_role_names_exists() -> None:
    for by_app in ROLES.values():
        for app, codenames in by_app.items():
            known = set(
                Permission.objects.filter(content_type__app_label=app).values_list(
                    "codename", flat=True
                )
            )
            assert set(codenames) <= known


@pytest.mark.parametrize(
    ("role", "publishes", "writes", "moderates"),
    [
        ("Contributor", False, True, False),
        ("Editor", True, True, True),
        ("Moderator", False, False, True),
        ("Administrator", True, True, True),
    ],
)
def test_a_role_may_do_its_work_and_no_more(
    role: str, publishes: bool, writes: bool, moderates: bool
) -> None:
    user = make_user(role)
    assert user.has_perm("reviews.publish_article") is publishes
    assert user.has_perm("reviews.add_review") is writes
    assert user.has_perm("comments.moderate_comment") is moderates
    assert user.has_perm("auth.change_user") is (role == "Administrator")


@pytest.mark.parametrize(
    ("role", "seen"), [("Moderator", {"comments"}), ("Contributor", {"reviews"})]
)
def test_a_role_sees_its_own_desk_alone(role: str, seen: set[str]) -> None:
    client = Client()
    client.force_login(make_user(role))
    response = client.get("/admin/")
    assert {app["app_label"] for app in response.context["app_list"]} <= seen


@pytest.mark.parametrize(("role", "answer"), [("Moderator", 403), ("Contributor", 302)])
def test_what_a_draft_is_called_is_not_told_by_its_address_either(role: str, answer: int) -> None:
    draft = make_draft(slug="nobody-may-know")
    client = Client()
    client.force_login(make_user(role))
    kind = ContentType.objects.get_for_model(Article)
    response = client.get(f"/admin/r/{kind.pk}/{draft.pk}/")
    assert response.status_code == answer
    assert ("nobody-may-know" in response.headers.get("Location", "")) is (answer == 302)
    assert client.get(f"/admin/r/x/{draft.pk}/").status_code == 404
