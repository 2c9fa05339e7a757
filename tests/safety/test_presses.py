"""What is pressed in earnest: everybody sends the same complete form, and it is done for those who
may, and for nobody else. authorisation.txt says of every address who is let in; this, of the
presses that matter most, that who is not let in changes nothing."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client

from comments.models import Attempt

from .people import PEOPLE, client_of
from .presses import PRESSES, Press

pytestmark = pytest.mark.django_db

APPS = ("reviews", "comments", "publication", "auth", "admin")


def everything() -> dict[str, list[dict[str, Any]]]:
    """All rows of all that an editor, a moderator or a reader can change; tries are counted."""
    models = [model for app in APPS for model in apps.get_app_config(app).get_models()]
    models.remove(Attempt)
    return {m._meta.label: list(m._default_manager.order_by("pk").values()) for m in models}


def pressed_by_each(press: Press, clients: dict[str, Client]) -> Iterator[tuple[str, bool, bool]]:
    """Who pressed, whether it was done, and whether anything at all is otherwise than before."""
    before = everything()
    for person, client in clients.items():
        with transaction.atomic():
            data = deepcopy(press.data)  # a file is read to its end
            client.post(press.path, data, headers=press.headers)
            yield person, press.done(), everything() != before
            transaction.set_rollback(True)


@pytest.mark.parametrize("make", PRESSES, ids=lambda make: make.__name__)
def test_a_press_does_what_it_says_for_those_who_may_and_nothing_for_others(
    make: Callable[[], Press],
) -> None:
    press, clients = make(), {person: client_of(person) for person in PEOPLE}
    for person, done, changed in pressed_by_each(press, clients):
        assert done is (person in press.may), person
        assert changed is done, person
