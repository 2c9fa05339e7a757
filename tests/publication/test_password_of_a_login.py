"""An administrator sees whether a login has a password, and nothing of how it is kept."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.factories import make_user

pytestmark = pytest.mark.django_db


def form_of(user: User, client: Client) -> str:
    root = make_user("Administrator", username="root")
    client.post("/admin/login/", {"username": root.username, "password": "open sesame"})
    return client.get(f"/admin/auth/user/{user.pk}/change/").content.decode()


def test_that_a_password_is_set_is_all_that_is_said(client: Client) -> None:
    html = form_of(make_user("Editor", username="ada"), client)
    assert "A password is set." in html
    for kept in ("algorithm", "salt", "hash<"):
        assert kept not in html
    assert '"../password/"' in html


def test_so_is_that_none_is(client: Client) -> None:
    ada = make_user("Editor", username="ada")
    ada.set_unusable_password()
    ada.save()
    html = form_of(ada, client)
    assert "No password is set." in html
    assert "They cannot log in until one is set." in html
    assert "authentication" not in html


def test_so_is_that_nobody_has_logged_in_yet_and_how_to_another_link(client: Client) -> None:
    """Whoever missed the two hours of the first."""
    ada = make_user("Editor", username="ada")
    assert "Nobody has logged in with it yet." in form_of(ada, client)
    Client().post("/admin/login/", {"username": "ada", "password": "open sesame"})
    again = client.get(f"/admin/auth/user/{ada.pk}/change/").content.decode()
    assert "Nobody has logged in with it yet." not in again
