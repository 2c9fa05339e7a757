"""A login with which somebody wrote is ended and not deleted, and the page says how."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.factories import make_user
from tests.reviews.desk import ADD, form_data

pytestmark = pytest.mark.django_db

HOW = "take the tick from <strong>Active</strong>"


@pytest.fixture
def ada(client: Client) -> User:
    user = make_user("Editor", username="ada")
    client.force_login(user)
    client.post(ADD, form_data() | {"_save": "Save"})
    root = make_user("Administrator", username="root")
    client.post("/admin/login/", {"username": root.username, "password": "open sesame"})
    return user


def test_it_cannot_be_deleted(ada: User, client: Client) -> None:
    address = f"/admin/auth/user/{ada.pk}/delete/"
    page = client.get(address).content.decode()
    assert HOW in page
    assert "Revision" not in page
    client.post(address, {"post": "yes"})
    assert User.objects.filter(pk=ada.pk).exists()


def test_nor_can_several(ada: User, client: Client) -> None:
    ticked = {"action": "delete_selected", "_selected_action": [ada.pk]}
    page = client.post("/admin/auth/user/", ticked).content.decode()
    assert HOW in page
    assert "Revision" not in page
