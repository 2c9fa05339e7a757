"""Fixtures that every test may use."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import AppConfig, apps
from django.contrib.auth.models import User
from django.db import connections
from django.db.models.signals import post_migrate
from django.dispatch import receiver
from django.test import Client

from reviews.models import Country

from .chromium import browser as browser  # for tests of pages, and for those of hostile texts
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


@receiver(post_migrate)
def plant_again(sender: AppConfig, using: str, **_: object) -> None:
    """A test with real transactions empties every table; the rows of migrations come back here."""
    if sender.name == "reviews" and not Country.objects.using(using).exists():
        seed = import_module("reviews.migrations.0002_countries_and_languages")
        seed.plant(apps, SimpleNamespace(connection=connections[using]))
