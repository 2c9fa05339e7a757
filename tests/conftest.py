"""Fixtures that every test may use."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from .factories import make_user


@pytest.fixture
def editor(db: None) -> User:
    return make_user("Editor", username="editor")


@pytest.fixture
def moderator(db: None) -> User:
    return make_user("Moderator", username="moderator")


@pytest.fixture
def editor_client(editor: User) -> Client:
    client = Client()
    client.force_login(editor)
    return client


@pytest.fixture
def moderator_client(moderator: User) -> Client:
    client = Client()
    client.force_login(moderator)
    return client
