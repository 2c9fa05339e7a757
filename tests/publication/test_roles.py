"""What each role may do."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from publication.roles import ROLES
from tests.factories import make_user

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
